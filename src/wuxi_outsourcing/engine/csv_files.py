"""CSV files: the one reader of rows, strict. `canonical_csv.py` writes them. Standard library only."""

from __future__ import annotations

import csv
import re
from datetime import date
from typing import TYPE_CHECKING

from .files import BOM, decode, read_bytes
from .problems import Problem, Unusable, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from .schema import TableSchema

Value = str | int | float | bool | date | None
"""The value of a cell; None where it is empty."""
Row = dict[str, Value]
"""A row of a table, by field."""
TextRow = dict[str, str]
"""A row of a table as the CSV has it: each cell is text, by field."""

_MAX_BYTES = 1 << 30
# By a part of what the csv module reports: message and fix.
_CSV_FAULTS = {
    "field larger than": ("a cell is longer than 131,072 characters", "Shorten it, or close its quote."),
    "unexpected end of data": ("a cell with an open quote", "Close the quote of the cell, or remove it."),
    "new-line character": ("a line ends with CR", "Run `wuxi-outsourcing format`."),
}
_INTEGER = "-?[1-9][0-9]{0,17}|0"  # 2020, -3
_NUMBER = r"-?[1-9][0-9]{0,17}(?:\.[0-9]{0,17}[1-9])?|-?0\.[0-9]{0,17}[1-9]|0"  # 1500000, 14.4, -0.5
# A value is written in one way, so that equal values are equal text: no plus, no leading or trailing zero, no 1e3.
# Each type has the pattern of a cell, what a cell of another form is not, and the fix.
FORMS = {
    "integer": (_INTEGER, "an integer", "Write digits alone, without leading zeros: 2020."),
    "number": (_NUMBER, "a number", "Write plain digits: 1500000 or 14.4."),
    "boolean": ("true|false", "a boolean", "Write true or false."),
    "date": ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date", "Write the day as 2020-12-31."),
}
_VALUES: dict[str, Callable[[str], Value]] = {
    "integer": int,
    "number": float,
    "boolean": lambda cell: cell == "true",
    "date": date.fromisoformat,
}


def line_of(row: int) -> int:
    """The line of a row of that number, from 0: the header is line 1, and no cell holds a line break."""
    return int(row) + 2


def csv_bytes(path: Path, file: str) -> bytes:
    """The content of a CSV, which problems call `file`. Raises Unusable, also for a file without any."""
    missing = "Add it, or remove the resource from datapackage.json."
    data = read_bytes(path, file, limit=_MAX_BYTES, missing=missing)
    if not data.strip(BOM.encode()):
        raise Unusable(Problem(file, None, None, "the file is empty", "Add the header and the rows."))
    return data


def text_rows(data: bytes, file: str, names: Sequence[str]) -> Iterator[TextRow]:
    """The rows in the bytes of a CSV that has these fields. Raises Unusable at the first fault."""
    records = parse_csv(decode(data, file).removeprefix(BOM), file)
    if records[0] != names:
        raise Unusable(Problem(file, 1, None, *header_fault(records[0], names)))
    return as_rows(records, file)


def typed_row(row: TextRow, schema: TableSchema, file: str, line: int) -> Row:
    """A row with values in place of texts. Raises Unusable for a cell that is not of its type."""
    typed: Row = {}
    for field in schema:
        cell = row[field.name]
        if not cell:
            typed[field.name] = None
        elif field.type == "string":
            typed[field.name] = cell
        else:
            typed[field.name] = _value(cell, field.type, file, line, field.name)
    return typed


def as_rows(records: Sequence[list[str]], file: str) -> Iterator[TextRow]:
    """Records below their header as dicts. Raises Unusable for a ragged row."""
    header = records[0]
    for number, record in enumerate(records[1:]):
        if len(record) != len(header):
            raise Unusable(ragged_row(file, line_of(number), record, len(header)))
        yield dict(zip(header, record, strict=True))


def parse_csv(text: str, file: str, *, delimiter: str = ",") -> list[list[str]]:
    """The records in the text of a CSV with LF line ends. Raises Unusable for malformed CSV.

    A line break inside a cell is malformed here, so that a record's number gives its line.
    """
    lines = text.removesuffix("\n").split("\n") if text else []
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    try:
        for record in reader:
            line = len(records) + 1
            if reader.line_num != line:
                fix = "Close the quote of the cell, or write the cell on one line."
                raise Unusable(Problem(file, line, None, "a cell with an open quote or a line break", fix))
            records.append(record)
    except csv.Error as error:
        raise Unusable(Problem(file, len(records) + 1, None, *_csv_fault(error))) from None
    return records


def header_fault(header: Sequence[str], expected: Sequence[str]) -> tuple[str, str]:
    """What is wrong with a header, as message and fix."""
    fix = f"Write: {','.join(expected)}"
    if len(header) == 1:
        for name, separator in (("semicolons", ";"), ("tabs", "\t")):
            if header[0].split(separator) == expected:
                return f"the cells are separated by {name}, not by commas", "Run `wuxi-outsourcing format`."
    missing = [name for name in expected if name not in header]
    unknown = [name for name in header if name not in expected]
    faults = []
    if missing:
        faults.append(f"lacks {', '.join(missing)}")
    if unknown:
        faults.append(f"has unknown {', '.join(unknown)[:200]}")
    if faults:
        return f"the header {' and '.join(faults)}", fix
    if len(header) == len(expected):
        fix = f"Put the columns, names and cells, into this order: {','.join(expected)}"
    return "the header has duplicate fields or another order", fix


def ragged_row(file: str, line: int, record: Sequence[str], expected: int) -> Problem:
    """The problem of a record that does not have as many cells as the header."""
    if not record:
        return Problem(file, line, None, "the line is empty", "Remove it.")
    message = f"the row has {counted(len(record), 'cell')}, the header {expected}"
    return Problem(file, line, None, message, "Add or remove commas; quote a cell that holds a comma.")


def type_fault(cell: str, field_type: str) -> tuple[str, str]:
    """What is wrong with a cell that is not of its type, as message and fix."""
    _, what, fix = FORMS[field_type]
    return f"{cell[:40]!r} is not {what}", fix


def _csv_fault(error: csv.Error) -> tuple[str, str]:
    """What the csv module reports, as message and fix."""
    for words, fault in _CSV_FAULTS.items():
        if words in str(error):
            return fault
    return f"malformed CSV ({error})", 'Quote the cell, and double each quote inside: "".'


def _value(cell: str, field_type: str, file: str, line: int, name: str) -> Value:
    form, _, _ = FORMS[field_type]
    try:
        if re.fullmatch(form, cell):
            return _VALUES[field_type](cell)
    except ValueError:  # a day that no month has
        pass
    raise Unusable(Problem(file, line, name, *type_fault(cell, field_type)))
