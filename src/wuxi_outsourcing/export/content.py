"""What every format is made from: the typed rows of a package, and what stands beside each row and cell."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..citation import citation_text
from ..package import CORROBORATIONS, EVIDENCE, Package
from ..provenance.figures import omissions
from ..table_schemas import Field, TableSchema
from ..table_types import Value
from ..tables import numbered_rows

Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Content:
    """A package, read once. Rows stand in the order of the CSV, cells in the order of the fields."""

    package: Package
    rows: Mapping[str, Sequence[Row]]
    """The rows of each table."""
    about: Mapping[str, Any]
    """The descriptor's properties of the package as a whole, how to cite it, and the omitted figures."""
    by_cell: Mapping[tuple[Value, ...], Sequence[Row]]
    """Rows of `evidence` by table, row ID and field."""
    by_row: Mapping[tuple[Value, ...], Sequence[Row]]
    """Rows of `corroborations` by table and row ID."""

    def citations(self, schema: TableSchema, row: Row, field: Field) -> Sequence[Row]:
        """The citations of a cell: those of another field where it is cited with one."""
        return self.by_cell.get((schema.name, schema.row_id(row), field.cited_with or field.name), ())

    def corroborations(self, schema: TableSchema, row: Row) -> Sequence[Row]:
        """What other sources say about a row."""
        return self.by_row.get((schema.name, schema.row_id(row)), ())


def read_content(package: Package) -> Content:
    """The content of a valid package."""
    rows = {table: [row for _, row in numbered_rows(package, table)] for table in package.paths}
    about = {key: value for key, value in package.descriptor.items() if key not in ("$schema", "resources")}
    about["citation"] = citation_text(package)
    about["omissions"] = [asdict(omission) for _, omission in omissions(package)]
    by_cell = _grouped(rows[EVIDENCE], "table", "row_id", "field")
    by_row = _grouped(rows.get(CORROBORATIONS, ()), "table", "row_id")
    return Content(package, rows, about, by_cell, by_row)


def _grouped(rows: Sequence[Row], *names: str) -> dict[tuple[Value, ...], list[Row]]:
    grouped: dict[tuple[Value, ...], list[Row]] = {}
    for row in rows:
        grouped.setdefault(tuple(row[name] for name in names), []).append(row)
    return grouped
