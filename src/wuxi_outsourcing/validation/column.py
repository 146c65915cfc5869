"""A table as columns in which each different cell stands once: what is asked of millions of rows is asked of those."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..package import TableSchema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.intp]
    Mask = NDArray[np.bool_]
    Codes = NDArray[np.int32]

_LARGEST = 1 << 62


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The cells of a column as text: row `i` holds `different[codes[i]]`, and none stands twice."""

    different: Sequence[str]
    codes: "Codes"

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> str:
        return self.different[int(self.codes[row])]

    def __iter__(self) -> Iterator[str]:
        return map(self.different.__getitem__, self.codes.tolist())

    def where(self, holds: Callable[[str], object]) -> "Mask":
        """For each row whether its cell holds; asked once of each different cell."""
        return np.fromiter(map(bool, map(holds, self.different)), bool, len(self.different))[self.codes]

    @property
    def filled(self) -> "Mask":
        """For each row whether it has a cell that is not empty."""
        return self.where(str)

    def codes_in(self, other: "Column") -> "Codes":
        """For each row the code that its cell has in another column, -1 if it has none."""
        used = np.zeros(len(self.different), bool)
        used[self.codes] = True
        asked = np.flatnonzero(used)
        found = np.empty(len(self.different), np.int32)
        values = pa.array(map(self.different.__getitem__, asked.tolist()), pa.string())
        found[asked] = pc.index_in(values, value_set=pa.array(other.different, pa.string())).fill_null(-1).to_numpy()
        return found[self.codes]

    def first_rows(self) -> "Rows":
        """By code the first row that has it; -1 for a value that no row has."""
        rows = np.full(len(self.different), -1)
        rows[self.codes[::-1]] = np.arange(len(self.codes))[::-1]
        return rows


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV as text, by column, with the physical line of each row. `complete` if no row had to be left out."""

    file: str
    schema: TableSchema
    lines: Sequence[int]
    columns: Mapping[str, Column]
    complete: bool

    def rows(self, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The cells of some columns, row by row."""
        return zip(*(self.columns[name] for name in names), strict=True)

    def row_ids(self) -> Column:
        """How `evidence.row_id` names the rows."""
        key = self.schema.primary_key
        return self.columns[key[0]] if len(key) == 1 else column(map("/".join, self.rows(key)))


def column(cells: Iterable[str]) -> Column:
    """Cells as a column."""
    codes: dict[str, int] = {}
    numbers = np.fromiter((codes.setdefault(cell, len(codes)) for cell in cells), np.int32)
    return Column(list(codes), numbers)


def combined(parts: Sequence["Codes"]) -> "NDArray[np.int64]":
    """One code for each row, equal where the rows have equal codes in all parts. No part has a negative one."""
    whole, most = parts[0].astype(np.int64), int(parts[0].max(initial=0)) + 1
    for part in parts[1:]:
        size = int(part.max(initial=0)) + 1
        if most * size > _LARGEST:
            different, whole = np.unique(whole, return_inverse=True)
            most = len(different)
        whole, most = whole * size + part, most * size
    return whole
