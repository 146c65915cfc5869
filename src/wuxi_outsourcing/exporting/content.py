"""What every format is made from: the typed rows of a package, and the citations of each cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..citations import Citation, citations
from ..package import Field, Package, TableSchema
from ..reading import numbered_rows, type_of_cell

Row = tuple[type_of_cell, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A package, read once. Rows stand in the order of the CSV, cells in the order of the fields."""

    package: Package
    rows: Mapping[str, Sequence[Row]]
    by_cell: Mapping[tuple[str, str, str], Sequence[Citation]]

    def row_id(self, schema: TableSchema, row: Row) -> str:
        """How `evidence.row_id` names a row."""
        return schema.row_id(dict(zip(schema.names, row, strict=True)))

    def citations(self, schema: TableSchema, row: Row, field: Field) -> Sequence[Citation]:
        """What backs a cell; a field that is cited with another has that one's citations."""
        return self.by_cell.get((schema.name, self.row_id(schema, row), field.cited_with or field.name), ())


def read_content(package: Package) -> Content:
    """The rows and citations of a sound package."""
    by_cell: dict[tuple[str, str, str], list[Citation]] = {}
    for _, citation in citations(package):
        by_cell.setdefault(citation.cell, []).append(citation)
    rows = {table: [tuple(row.values()) for _, row in numbered_rows(package, table)] for table in package.schemas}
    return Content(package, rows, by_cell)
