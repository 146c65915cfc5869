"""What every format is made from: the typed rows of a package, and what stands beside each row and cell."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..citation import citation_text
from ..package import EVIDENCE, Package
from ..provenance import citations
from ..provenance.omissions import omissions
from ..provenance.values import Citation
from ..table_schemas import Field, TableSchema
from ..table_types import Value
from ..tables import numbered_rows

CORROBORATIONS = "corroborations"
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A package, read once. Rows stand in the order of the CSV, cells in the order of the fields."""

    package: Package
    rows: Mapping[str, Sequence[Row]]
    by_cell: Mapping[tuple[str, str, str], Sequence[Citation]]
    by_row: Mapping[tuple[str, str], Sequence[Mapping[str, Value]]]
    """What other sources say about a row, by its table and ID: rows of the table `corroborations`."""

    def row_id(self, schema: TableSchema, row: Row) -> str:
        """How `evidence.row_id` names a row."""
        return schema.row_id(dict(zip(schema.names, row, strict=True)))

    def citations(self, schema: TableSchema, row: Row, field: Field) -> Sequence[Citation]:
        """The citations of a cell: those of another field where it is cited with one."""
        return self.by_cell.get((schema.name, self.row_id(schema, row), field.cited_with or field.name), ())

    def corroborations(self, schema: TableSchema, row: Row) -> Sequence[Mapping[str, Value]]:
        """What other sources say about a row."""
        return self.by_row.get((schema.name, self.row_id(schema, row)), ())

    @property
    def about(self) -> dict[str, Any]:
        """The descriptor's properties of the package as a whole, how to cite it, and the omitted figures."""
        properties = {
            key: value for key, value in self.package.descriptor.items() if key not in ("$schema", "resources")
        }
        omitted = [asdict(omission) for _, omission in omissions(self.package)]
        return properties | {"citation": citation_text(self.package), "omissions": omitted}


def read_content(package: Package) -> Content:
    """The rows of a package with their citations and corroborations. Raises Unusable."""
    rows = {
        table: [tuple(row.values()) for _, row in numbered_rows(package, table)] for table in (*package.paths, EVIDENCE)
    }
    by_cell: dict[tuple[str, str, str], list[Citation]] = {}
    for _, citation in citations(package):
        by_cell.setdefault(citation.cell, []).append(citation)
    by_row: dict[tuple[str, str], list[Mapping[str, Value]]] = {}
    if CORROBORATIONS in package.paths:
        for _, row in numbered_rows(package, CORROBORATIONS):
            by_row.setdefault((str(row["table"]), str(row["row_id"])), []).append(row)
    return Content(package, rows, by_cell, by_row)
