"""Layer 1, files: the bytes of a CSV, and its cells as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from ..files import BOM, decode
from ..problems import Problem, Unusable
from ..tables import csv_text, header_fault, parse_csv, ragged_row
from .fixes import FORMAT_FIX, not_as_format_writes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..table_schemas import TableSchema

Row = Any  # the number of a row: the stubs of pandas type what an index holds as any hashable
_LINE_WITH_QUOTE = re.compile(rb'^[^"\n]*+"[^\n]*', re.MULTILINE)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A CSV as a frame of `str`, an empty cell as "". The index numbers the rows from 0."""

    file: str
    schema: TableSchema
    frame: pd.DataFrame

    def problem(self, row: Row, column: str | None, message: str, fix: str) -> Problem:
        """A problem with a row or with one of its cells."""
        return Problem(self.file, line_of(row), column, message, fix)

    def cell(self, row: Row, name: str) -> str:
        """The text of a cell."""
        return str(self.frame.loc[row, name])

    def keys(self, fields: Sequence[str]) -> pd.Series[str]:
        """The cells of some fields, joined by `/`."""
        first, *others = (self.frame[field] for field in fields)
        for other in others:
            first = first + "/" + other
        return first

    def ids(self) -> pd.Series[str]:
        """How `evidence.row_id` names the rows."""
        return self.keys(self.schema.primary_key)


def line_of(row: Row) -> int:
    """The line of a row: the header is line 1, and no cell holds a line break."""
    return int(row) + 2


def read_table(data: bytes, file: str, schema: TableSchema) -> tuple[Table | None, list[Problem]]:
    """The table in the bytes of a CSV, and what is wrong with their form; None where rows and cells are not clear."""
    try:
        frame = _canonical(data, schema.names)
        problems: list[Problem] = []
        if frame is None:
            frame, problems = _parsed(decode(data, file), file, schema.names)
    except Unusable as unusable:
        return None, [unusable.problem]
    return None if frame is None else Table(file, schema, frame), problems


def check_order(table: Table) -> Iterator[Problem]:
    """The first row that is not sorted by the primary key, whose cells must be valid."""
    key = table.schema.primary_key
    in_order = pa.scalar(value=False)  # rows with one key
    for name in reversed(key):
        cells = pa.array(table.frame[name]).cast("int64" if table.schema[name].type == "integer" else "string")
        before, after = cells[:-1], cells[1:]
        in_order = pc.or_(pc.less(before, after), pc.and_(pc.equal(before, after), in_order))
    row = pc.index(in_order, value=False).as_py() + 1
    if row:
        yield table.problem(row, None, f"the row is not in the order of {', '.join(key)}", FORMAT_FIX)


def _canonical(data: bytes, header: list[str]) -> pd.DataFrame | None:
    """The cells of a file in canonical form, read by Arrow; None for a file that the csv module must take apart."""
    start = f"{','.join(header)}\n".encode()
    if not data.startswith(start) or not data.endswith(b"\n") or b"\r" in data or b"\n\n" in data:
        return None
    if b'"' in data and not all(_is_canonical(line[0]) for line in _LINE_WITH_QUOTE.finditer(data)):
        return None
    types = dict.fromkeys(header, pa.string())
    try:
        read = pyarrow.csv.read_csv(
            pa.py_buffer(data), convert_options=pyarrow.csv.ConvertOptions(column_types=types)
        ).to_pandas(types_mapper={pa.string(): pd.StringDtype(na_value=float("nan"))}.get)
    except pa.ArrowInvalid:
        return None
    frame: pd.DataFrame = read
    return None if not len(frame) or len(frame) != data.count(b"\n") - 1 else frame


def _is_canonical(line: bytes) -> bool:
    try:
        return csv_text(parse_csv(line.decode(), "")).encode() == line + b"\n"
    except (UnicodeDecodeError, Unusable):
        return False


def _parsed(text: str, file: str, header: list[str]) -> tuple[pd.DataFrame | None, list[Problem]]:
    """The same for a text that is not canonical, and why it is not. Raises Unusable."""
    given, *records = parse_csv(text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n"), file) or [[]]
    if given != header:
        message, fix = header_fault(given, header)
        if sorted(given) == sorted(header):
            fix = f"Put the columns, names and cells, into this order: {','.join(header)}"
        raise Unusable(Problem(file, 1, None, message, fix))
    if not records:
        fix = "Add the rows, or remove the table from datapackage.json."
        raise Unusable(Problem(file, 1, None, "there is a header but no row", fix))
    if ragged := [(line, record) for line, record in enumerate(records, 2) if len(record) != len(header)]:
        return None, [ragged_row(file, line, record, len(header)) for line, record in ragged]
    frame = pd.DataFrame(records, columns=header, dtype="str")
    line = _first_difference(text, csv_text([given, *records]))
    return frame, [] if line is None else [not_as_format_writes(file, line)]


def _first_difference(text: str, canonical: str) -> int | None:
    """The number of the first line in which two texts differ, line ends included; None if they do not."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    canonical_lines = canonical.splitlines(keepends=True)
    for number, (line, other) in enumerate(zip(lines, canonical_lines, strict=False), 1):
        if line != other:
            return number
    return None
