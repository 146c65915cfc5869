"""Layer 1, files: the bytes of a CSV, and its cells as text."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from ..files import BOM, decode
from ..problems import Problem, Unusable
from ..tables import MAX_CELL, csv_text, header_fault, parse_csv, ragged_row
from .fixes import FORMAT_FIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..table_schemas import TableSchema

_LINE_WITH_QUOTE = re.compile(rb'^[^"\n]*+"[^\n]*', re.MULTILINE)
_MOST_CANDIDATES = 200


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A CSV as a frame of `str`, an empty cell as "". The index numbers the rows of the file from 0."""

    file: str
    schema: TableSchema
    frame: pd.DataFrame
    complete: bool
    """Whether every row of the file is in the frame, with a key that can be relied on."""

    def problem(self, row: int, column: str | None, message: str, fix: str) -> Problem:
        """A problem with a row or with one of its cells."""
        return Problem(self.file, line_of(row), column, message, fix)

    def keys(self, fields: Sequence[str]) -> pd.Series[str]:
        """The cells of some fields, joined by `/`: of the primary key, how `evidence.row_id` names the rows."""
        first, *others = (self.frame[name] for name in fields)
        return first.str.cat(others, sep="/") if others else first

    def ids(self) -> pd.Series[str]:
        """How `evidence.row_id` names the rows."""
        return self.keys(self.schema.primary_key)


def line_of(row: int) -> int:
    """The line of a row: the header is line 1, and no cell holds a line break."""
    return int(row) + 2


def read_table(
    data: bytes, file: str, schema: TableSchema, *, is_valid: Callable[[Table], bool]
) -> tuple[Table | None, list[Problem]]:
    """The table in the bytes of a CSV, and what is wrong with their form; None where its rows cannot be told apart.

    `is_valid` decides whether columns in another order were moved with their cells, or their names alone.
    """
    frame = _regular(data, schema.names)
    if frame is not None:
        return Table(file, schema, frame, complete=True), []
    try:
        return _irregular(decode(data, file), file, schema, is_valid)
    except Unusable as unusable:
        return None, [unusable.problem]


def check_order(table: Table, faulty: set[int | None]) -> Iterator[Problem]:
    """The first row that is not sorted by the primary key, except for rows on `faulty` lines."""
    key = list(table.schema.primary_key)
    keys = table.frame.loc[~table.frame.index.isin([line - 2 for line in faulty if line]), key]
    try:
        integers = {name: "int64" for name in key if table.schema[name].type == "integer"}
        keys = keys.astype(integers)
    except (ValueError, OverflowError):
        return  # The schema layer reports the cell.
    not_after = pd.Series(data=False, index=keys.index)
    for name in reversed(key):
        before = keys[name].shift()
        not_after = (keys[name] < before) | ((keys[name] == before) & not_after)
    for row in not_after.index[not_after][:1]:
        count = int(not_after.sum())
        message = f"{count} row(s) are not in the order of {', '.join(key)}; this is the first"
        yield table.problem(row, None, message, FORMAT_FIX)


def _regular(data: bytes, header: list[str]) -> pd.DataFrame | None:
    """The cells of a file in canonical form, read by Arrow; None for a file that the csv module must take apart."""
    start = f"{','.join(header)}\n".encode()
    if not data.startswith(start) or not data.endswith(b"\n") or b"\r" in data or b"\n\n" in data:
        return None
    if not all(_is_canonical(line[0], len(header)) for line in _LINE_WITH_QUOTE.finditer(data)):
        return None
    try:
        read = pyarrow.csv.read_csv(
            pa.py_buffer(data),
            parse_options=pyarrow.csv.ParseOptions(ignore_empty_lines=False),
            convert_options=pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(header, pa.string())),
        )
    except pa.ArrowInvalid:
        return None
    frame = read.to_pandas(types_mapper={pa.string(): pd.StringDtype(na_value=float("nan"))}.get)
    too_long = any((frame[name].str.len() > MAX_CELL).any() for name in header)
    return None if too_long or not len(frame) or len(frame) != data.count(b"\n") - 1 else frame


def _is_canonical(line: bytes, cells: int) -> bool:
    try:
        (record,) = parse_csv(line.decode(), "")
    except (UnicodeDecodeError, Unusable):
        return False
    return len(record) == cells and csv_text([record]).encode() == line + b"\n"


def _irregular(
    text: str, file: str, schema: TableSchema, is_valid: Callable[[Table], bool]
) -> tuple[Table | None, list[Problem]]:
    """The same for a text that is not canonical; what `format` puts right is one problem a file."""
    problems = list(_line_ends(text, file))
    text = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    header = schema.names
    try:
        records = parse_csv(text, file)
    except Unusable as unusable:
        return None, [*problems, _with_fix(unusable.problem, text.split("\n"), len(header))]
    given = records[0] if records else []
    if sorted(given) != sorted(header):
        return None, [*problems, Problem(file, 1, None, *header_fault(given, header))]
    empty = [number for number, record in enumerate(records, 1) if not record]
    if empty:
        message = f"{len(empty)} line(s) are empty; this is the first"
        problems.append(Problem(file, empty[0], None, message, "Remove the empty lines."))
    ragged = [number for number, record in enumerate(records, 1) if record and len(record) != len(header)]
    problems += [ragged_row(file, number, records[number - 1], len(header)) for number in ragged]
    rows = {number - 2: record for number, record in enumerate(records, 1) if len(record) == len(header)}
    del rows[-1]
    if not rows:
        fix = "Add the rows, or remove the table from datapackage.json."
        return None, problems or [Problem(file, 1, None, "there is a header but no row", fix)]
    frame = pd.DataFrame(list(rows.values()), index=list(rows), columns=given, dtype="str")
    if given != header:
        message, fix = header_fault(given, header)
        if is_valid(Table(file, schema, frame[header], complete=True)):
            fix = f"Move the columns, with their cells, into this order: {','.join(header)}"
        return None, [*problems, Problem(file, 1, None, message, fix)]
    return Table(file, schema, frame, complete=not ragged), problems or list(_quoting(records, text, file))


def _line_ends(text: str, file: str) -> Iterator[Problem]:
    if text.startswith(BOM):
        yield Problem(file, 1, None, "the file begins with a byte order mark", FORMAT_FIX)
    elif "\r" in text:
        ends = "CRLF" if "\r\n" in text else "CR"
        line = text.count("\n", 0, text.index("\r")) + 1
        yield Problem(file, line, None, f"lines end with {ends}, not with LF", FORMAT_FIX)
    elif not text.endswith("\n"):
        yield Problem(file, text.count("\n") + 1, None, "the last line has no line end", FORMAT_FIX)


def _quoting(records: list[list[str]], text: str, file: str) -> Iterator[Problem]:
    lines = text.removesuffix("\n").split("\n")
    needless = [
        number
        for number, (line, record) in enumerate(zip(lines, records, strict=True), 1)
        if '"' in line and csv_text([record]) != line + "\n"
    ]
    if needless:
        message = f"{len(needless)} line(s) quote cells that need no quotes; this is the first"
        yield Problem(file, needless[0], None, message, FORMAT_FIX)


def _with_fix(problem: Problem, lines: list[str], cells: int) -> Problem:
    """The problem of malformed CSV, with the line to write where only one has the right number of cells."""
    if problem.line is None or problem.line > len(lines) or len(lines[problem.line - 1]) > MAX_CELL:
        return problem
    line, following = lines[problem.line - 1], "".join(lines[problem.line : problem.line + 1])
    places = [match.start() for match in re.finditer('["]', line)][:_MOST_CANDIDATES]
    gaps = [match.start() for match in re.finditer(",|$", line)][:_MOST_CANDIDATES]
    candidates = [line[:at] + line[at + 1 :] for at in places]
    candidates += [f'{line[:at]}"{line[at:]}' for at in (*places, *gaps)]
    records = {text: record for text in candidates if (record := _record(text, cells))}
    whole = _record(f"{line} {following}", cells)
    if whole and not _record(following, cells):
        fix = f"Write lines {problem.line} and {problem.line + 1} as one: {csv_text([whole]).strip()}"
        return problem.with_fix(fix)
    different = {csv_text([record]).strip() for record in records.values()}
    return problem.with_fix(f"Write: {different.pop()}") if len(different) == 1 else problem


def _record(line: str, cells: int) -> list[str] | None:
    try:
        (record,) = csv.reader([line], strict=True)
    except (csv.Error, ValueError):
        return None
    return record if len(record) == cells else None
