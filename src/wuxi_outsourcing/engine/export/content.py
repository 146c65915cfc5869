"""What every format is made from: the typed rows of a package, and what stands beside each row and cell."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..omissions import omissions
from ..package import CORROBORATIONS, EVIDENCE, Package
from ..schema import TableSchema
from ..tables import Value

Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Content:
    """A package, read once. Rows stand in the order of the CSV, cells in the order of the fields."""

    package: Package
    rows: Mapping[str, Sequence[Row]]
    """The rows of each table."""
    about: Mapping[str, Any]
    """The descriptor's properties of the package as a whole, how to cite it, and the omitted figures."""
    beside: Mapping[tuple[Value, ...], Sequence[Row]]
    """Rows of `evidence` and `corroborations` by name of that table, table and row ID."""

    def citations(self, schema: TableSchema, row: Row) -> dict[str, Sequence[Row]]:
        """The citations behind each field that has any: those of another field where it is cited with one."""
        of_row = self.beside.get((EVIDENCE, schema.name, schema.row_id(row)), ())
        cited: dict[str, Sequence[Row]] = {}
        for field in schema:
            quoted_field = field.cited_with or field.name
            citations = [citation for citation in of_row if citation["field"] == quoted_field]
            if citations:
                cited[field.name] = citations
        return cited

    def corroborations(self, schema: TableSchema, row: Row) -> Sequence[Row]:
        """What other sources say about a row."""
        return self.beside.get((CORROBORATIONS, schema.name, schema.row_id(row)), ())


def read_content(package: Package) -> Content:
    """The content of a valid package."""
    rows: dict[str, Sequence[Row]] = {table: package.rows(table) for table in package.paths}
    about = {key: value for key, value in package.descriptor.items() if key not in ("$schema", "resources")}
    about["citation"] = package.citation()
    about["omissions"] = [asdict(omission) for _, omission in omissions(package)]
    beside: dict[tuple[Value, ...], list[Row]] = {}
    for table in (EVIDENCE, CORROBORATIONS):
        for row in rows.get(table, ()):
            beside.setdefault((table, row["table"], row["row_id"]), []).append(row)
    return Content(package, rows, about, beside)
