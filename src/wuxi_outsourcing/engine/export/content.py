"""What every format is made from: the typed rows of a package, its cited cells, and what others say about a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ..csv_files import Value
from ..omissions import omissions
from ..package import CORROBORATIONS, Package
from .cells_table import CITATION, cells_frame

if TYPE_CHECKING:
    import pandas as pd

    from ..schema import TableSchema

Row = Mapping[str, Value]
RowName = tuple[Value, Value]
"""Table and row ID."""


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """A package, read once. Rows stand in the order of the CSV, cells in the order of the fields."""

    package: Package
    rows: Mapping[str, Sequence[Row]]
    """The rows of each table."""
    about: Mapping[str, Any]
    """The descriptor's properties of the package as a whole, how to cite it, and the omitted figures."""
    cells: pd.DataFrame
    """The table `cells`."""
    citations_by_row: Mapping[RowName, Mapping[str, Sequence[Row]]]
    """For each row, the citations behind each of its cells, by field."""
    corroborations_by_row: Mapping[RowName, Sequence[Row]]

    @property
    def cell_rows(self) -> Sequence[Row]:
        """The rows of the table `cells`."""
        return _rows_of(self.cells)

    def citations(self, schema: TableSchema, row: Row) -> Mapping[str, Sequence[Row]]:
        """The citations behind each filled cell of a row that has any, by field."""
        return self.citations_by_row.get((schema.name, schema.row_id(row)), {})

    def corroborations(self, schema: TableSchema, row: Row) -> Sequence[Row]:
        """What other sources say about a row."""
        return self.corroborations_by_row.get((schema.name, schema.row_id(row)), ())


def read_content(package: Package) -> Content:
    """The content of a valid package."""
    rows = {table: package.rows(table) for table in package.paths}
    cells = cells_frame(package)
    return Content(
        package=package,
        rows=rows,
        about=_about(package),
        cells=cells,
        citations_by_row=_citations_by_row(_rows_of(cells)),
        corroborations_by_row=_corroborations_by_row(rows.get(CORROBORATIONS, ())),
    )


def _about(package: Package) -> Mapping[str, Any]:
    about = {key: value for key, value in package.descriptor.items() if key not in ("$schema", "resources")}
    about["citation"] = package.citation()
    about["omissions"] = [asdict(omission) for _, omission in omissions(package)]
    return about


def _rows_of(frame: pd.DataFrame) -> list[dict[str, Value]]:
    """The rows of a frame as dicts, in which None stands for what is missing."""
    values = frame.astype("object")
    rows = values.where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _citations_by_row(cells: Sequence[Row]) -> Mapping[RowName, Mapping[str, Sequence[Row]]]:
    by_row: dict[RowName, dict[str, list[Row]]] = {}
    for cell in cells:
        by_field = by_row.setdefault((cell["table"], cell["row_id"]), {})
        citation = {name: cell[name] for name in CITATION}
        by_field.setdefault(str(cell["field"]), []).append(citation)
    return by_row


def _corroborations_by_row(corroborations: Sequence[Row]) -> Mapping[RowName, Sequence[Row]]:
    by_row: dict[RowName, list[Row]] = {}
    for row in corroborations:
        by_row.setdefault((row["table"], row["row_id"]), []).append(row)
    return by_row
