"""The tables of the installed package, and the one reader of CSV files."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from .files import BOM, decode, read_bytes
from .package import installed
from .problems import Problem, Unusable, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from .package import Package
    from .table_schemas import TableSchema
    from .table_types import TableName, Value

_MAX_BYTES = 1 << 30
# What the csv module reports, as message and fix.
_CSV_FAULTS = {
    "field larger than": ("a cell is longer than 131,072 characters", "Shorten it, or close its quote."),
    "unexpected end of data": ("a cell with an open quote", "Close the quote of the cell, or remove it."),
    "new-line character": ("a line ends with CR", "Run `wuxi-outsourcing format`."),
}
# Every dtype can hold a missing value, so that it does not depend on whether the field is required.
DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[us]"}


def tables() -> list[TableName]:
    """The names of the tables, a list in the order of `datapackage.json`.

    >>> import wuxi_outsourcing as wx
    >>> wx.tables()  # doctest: +ELLIPSIS
    [..., 'parks', ...]
    """
    return list(installed().paths)  # type: ignore[arg-type]  # TableName lists them


def rows(table: TableName) -> list[dict[str, Value]]:
    """The rows of a table, a list of dicts with a key for each field, by the standard library alone.

    Values are `str`, `int`, `float`, `bool` or `datetime.date` as the Table Schema says, and None where a cell is
    empty. Amounts are in the base unit that the row's `unit` names (CNY, m2, percent, count …). Transcribed from the
    sources of the package; `evidence` gives the locations. Raises UnknownName (a LookupError).

    >>> import wuxi_outsourcing as wx
    >>> sorted(wx.rows("parks")[0])[:4]
    ['function', 'level', 'name_en', 'name_zh']
    >>> wx.rows("sources")[0]["published_on"]  # doctest: +ELLIPSIS
    datetime.date(...)
    """
    return [row for _, row in numbered_rows(installed(), table)]


def path(table: TableName) -> Path:
    """The path of a table's CSV file (UTF-8, comma, header), for polars, DuckDB, R and other readers.

    Raises UnknownName (a LookupError).

    >>> import wuxi_outsourcing as wx
    >>> wx.path("policies").name
    'policies.csv'
    """
    return installed().path(table)


def describe(table: TableName) -> TableSchema:
    """The schema of a table: title, keys and fields with type, unit, vocabulary and provenance.

    Taken from `datapackage.json` and `schemas/`. Printed, it is a text to read. Raises UnknownName (a LookupError).

    >>> import wuxi_outsourcing as wx
    >>> wx.describe("policies")["duration_years"].unit
    'years'
    >>> print(wx.describe("projects"))  # doctest: +ELLIPSIS
    projects: Projects
    One row is a flagship industrial project.
    Primary key: project_id
    ...
    """
    return installed().schema(table)


def numbered_rows(package: Package, table: str) -> Iterator[tuple[int, dict[str, Value]]]:
    """Each row of a table, typed, with its line in the CSV. Raises UnknownName, and Unusable at the first fault."""
    schema = package.schema(table)
    value_of = {field.name: _value_of(field.type) for field in schema.fields}
    for line, record in text_rows(package, table):
        row: dict[str, Value] = {}
        for name, cell in record.items():
            try:
                row[name] = value_of[name](cell) if cell else None
            except ValueError:
                message = f"{cell[:40]!r} is not of type {schema[name].type}"
                fix = "Run `wuxi-outsourcing validate` on the folder to see what is wrong."
                raise Unusable(Problem(package.paths[table], line, name, message, fix)) from None
        yield line, row


def text_rows(package: Package, table: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row of a table as text, with its line in the CSV. Raises UnknownName, and Unusable at the first fault."""
    schema, file = package.schema(table), package.paths[table]
    records = parse_csv(decode(csv_bytes(package, table), file).removeprefix(BOM), file)
    if records[0] != schema.names:
        raise Unusable(Problem(file, 1, None, *header_fault(records[0], schema.names)))
    return enumerate(as_rows(records, file), 2)


def as_rows(records: list[list[str]], file: str) -> Iterator[dict[str, str]]:
    """Records below their header as dicts: row `i` stands on line `i + 2`. Raises Unusable for a ragged row."""
    header = records[0]
    for line, record in enumerate(records[1:], 2):
        if len(record) != len(header):
            raise Unusable(ragged_row(file, line, record, len(header)))
        yield dict(zip(header, record, strict=True))


def csv_bytes(package: Package, table: str) -> bytes:
    """The content of a table's CSV. Raises Unusable, also for a file without any."""
    file = package.paths[table]
    missing = "Add it, or remove the resource from datapackage.json."
    data = read_bytes(package.root / file, file, limit=_MAX_BYTES, missing=missing)
    if not data.strip(BOM.encode()):
        raise Unusable(Problem(file, None, None, "the file is empty", "Add the header and the rows."))
    return data


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
        known = (fault for words, fault in _CSV_FAULTS.items() if words in str(error))
        message, fix = next(known, (f"malformed CSV ({error})", 'Quote the cell, and double each quote inside: "".'))
        raise Unusable(Problem(file, len(records) + 1, None, message, fix)) from None
    return records


def csv_text(records: Iterable[Sequence[str]]) -> str:
    r"""Records as the text of a CSV in canonical form: commas, LF, and quotes only where they are needed.

    >>> csv_text([["park_id", "note"], ["a", "b, c"]])
    'park_id,note\na,"b, c"\n'
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(records)
    return text.getvalue()


def header_fault(header: list[str], expected: list[str]) -> tuple[str, str]:
    """What is wrong with a header, as message and fix."""
    fix = f"Write: {','.join(expected)}"
    if len(header) == 1:
        for name, separator in (("semicolons", ";"), ("tabs", "\t")):
            if header[0].split(separator) == expected:
                return f"the cells are separated by {name}, not by commas", "Run `wuxi-outsourcing format`."
    missing = [name for name in expected if name not in header]
    unknown = [name for name in header if name not in expected]
    parts = [f"lacks {', '.join(missing)}"] * bool(missing)
    parts += [f"has unknown {', '.join(unknown)[:200]}"] * bool(unknown)
    if parts:
        return f"the header {' and '.join(parts)}", fix
    return "the header has duplicate fields or another order", fix


def ragged_row(file: str, line: int, record: list[str], expected: int) -> Problem:
    """The problem of a record that does not have as many cells as the header."""
    if not record:
        return Problem(file, line, None, "the line is empty", "Remove it.")
    message = f"the row has {counted(len(record), 'cell')}, the header {expected}"
    return Problem(file, line, None, message, "Add or remove commas; quote a cell that holds a comma.")


def _value_of(kind: str) -> Callable[[str], Value]:
    """What reads a cell that is not empty. Raises ValueError."""
    if kind == "date":
        return date.fromisoformat
    if kind == "boolean":
        return lambda cell: ("false", "true").index(cell) == 1
    return {"string": str, "integer": int, "number": float}[kind]
