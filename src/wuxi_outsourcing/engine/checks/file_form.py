"""Files: the form of a CSV, and the order of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from ..canonical_csv import first_uncanonical_line
from ..csv_files import line_of
from ..files import decode
from ..frames import key_texts, read_text_frame
from ..problems import Problem
from .fixes import FORMAT_FIX, not_as_format_writes
from .pandera_schema import table_failures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from ..schema import TableSchema
    from .pandera_schema import TableFailures
    from .read_tables import ReadTables

Row = Any  # the number of a row: the stubs of pandas type what an index holds as any hashable


@dataclass(frozen=True, eq=False)
class Table:
    """A CSV as a frame of `str`, an empty cell as "". The index numbers the rows from 0."""

    file: str
    schema: TableSchema
    frame: pd.DataFrame

    @cached_property
    def failures(self) -> TableFailures:
        """What fails in it by its schema."""
        return table_failures(self)

    def problem(self, row: Row, column: str | None, message: str, fix: str) -> Problem:
        """A problem with a row or with one of its cells."""
        return Problem(self.file, line_of(row), column, message, fix)

    def cell(self, row: Row, name: str) -> str:
        """The text of a cell."""
        return str(self.frame.loc[row, name])

    def keys(self, fields: Sequence[str]) -> pd.Series[str]:
        """The cells of some fields, joined as in a row's ID."""
        return key_texts(self.frame, fields)

    def ids(self) -> pd.Series[str]:
        """How `evidence.row_id` names the rows."""
        return self.keys(self.schema.primary_key)


def read_table(data: bytes, file: str, schema: TableSchema) -> tuple[Table | None, list[Problem]]:
    """The table in the bytes of a CSV, and what is wrong with its form. No table where rows and cells are not clear."""
    read = read_text_frame(data, file, schema.names)
    if read.frame is None:
        return None, read.problems
    if read.frame.empty:
        fix = "Add the rows, or remove the table from datapackage.json."
        return None, [Problem(file, 1, None, "there is a header but no row", fix)]
    problems: list[Problem] = []
    if not read.is_canonical:
        line = first_uncanonical_line(decode(data, file), file)
        if line is not None:
            problems.append(not_as_format_writes(file, line))
    return Table(file, schema, read.frame), problems


def check_order(read: ReadTables) -> Iterator[Problem]:
    """The first row of each table that is not in the order of the primary key."""
    for table in read.tables.values():
        row = _first_unsorted(table)
        if row is not None:
            key = ", ".join(table.schema.primary_key)
            yield table.problem(row, None, f"the row is not in the order of {key}", FORMAT_FIX)


def _first_unsorted(table: Table) -> int | None:
    """The number of the first row whose key is below that of the row before it; None if there is none."""
    is_in_order = pa.scalar(value=False)  # two rows with the same key are not in order
    for name in reversed(table.schema.primary_key):
        arrow_type = "int64" if table.schema[name].type == "integer" else "string"
        cells = pa.array(table.frame[name]).cast(arrow_type)
        before, after = cells[:-1], cells[1:]
        # Where the cells of this field are equal, the fields behind it decide.
        equal_and_in_order = pc.and_(pc.equal(before, after), is_in_order)
        is_in_order = pc.or_(pc.less(before, after), equal_and_in_order)
    position = int(pc.index(is_in_order, value=False).as_py())
    if position < 0:
        return None
    return position + 1
