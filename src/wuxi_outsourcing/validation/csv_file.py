"""Layer 1, the file: what any reader must be able to rely on before a cell means anything."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from unicodedata import is_normalized

import numpy as np
import pyarrow as pa
import pyarrow.csv

from ..characters import FORBIDDEN, described
from ..csv_text import BOM, MAX_CELL, decoded, header_fault, parse, ragged_row, read_bytes, written
from ..package import TableSchema
from ..problem import Problem, Unusable
from .column import Column, Table, column

_FORMULA = re.compile(r"[=+\-@]")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
FORMAT_FIX = "Run `wuxi-outsourcing format`, or save it as UTF-8 without byte order mark, with LF line ends."


def read_table(root: Path, file: str, schema: TableSchema) -> tuple[Table | None, list[Problem]]:
    """The table in a file and what is wrong with the file; no table where its rows can't be told apart."""
    try:
        data = read_bytes(root / file, file)
        table = _regular(data, file, schema)
        if table is not None:
            return table, list(_cells(table))
        return _irregular(_text(data, file), file, schema)
    except Unusable as unusable:
        return None, [unusable.problem]


def _regular(data: bytes, file: str, schema: TableSchema) -> Table | None:
    """The table in a file without quotes in which every line is a row.

    That is what the large tables are, and Arrow reads it many times faster than the csv module, which has the say about
    every other file.
    """
    names = schema.names
    irregular = any(mark in data for mark in (b'"', b"\r", b"\n\n")) or not data.endswith(b"\n")
    if irregular or not data.startswith(f"{','.join(names)}\n".encode()):
        return None
    text = pa.dictionary(pa.int32(), pa.string())
    try:
        read = pyarrow.csv.read_csv(
            pa.py_buffer(data),
            parse_options=pyarrow.csv.ParseOptions(quote_char=False, ignore_empty_lines=False),
            convert_options=pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, text)),
        )
    except pa.ArrowInvalid:
        return None
    if not read.num_rows:
        return None
    columns = {
        name: Column(
            cells.chunk(0).dictionary.to_numpy(zero_copy_only=False).tolist(),
            np.concatenate([each.indices.to_numpy() for each in cells.chunks]),
        )
        for name, cells in zip(names, read.unify_dictionaries().columns, strict=True)
    }
    if any(max(map(len, each.different)) > MAX_CELL for each in columns.values()):
        return None
    return Table(file, schema, range(2, read.num_rows + 2), columns, complete=True)


def _text(data: bytes, file: str) -> str:
    if data.startswith(BOM):
        raise Unusable(Problem(file, 1, None, "the file begins with a byte order mark", FORMAT_FIX))
    return decoded(data, file)


def _irregular(text: str, file: str, schema: TableSchema) -> tuple[Table | None, list[Problem]]:
    """The same for a text that the csv module must take apart."""
    problems = list(_lines(text, file))
    try:
        rows, lines = parse(text, file)
    except Unusable as unusable:
        return None, [*problems, unusable.problem]
    header = schema.names
    if not rows or rows[0] != header:
        return None, [*problems, Problem(file, 1, None, *header_fault(rows[0] if rows else [], header))]
    if len(rows) == 1:
        fix = "Add the rows, or remove the table from datapackage.json."
        return None, [*problems, Problem(file, 1, None, "there is a header but no row", fix)]
    ragged = [index for index, row in enumerate(rows) if len(row) != len(header)]
    problems += [ragged_row(file, lines[index], rows[index], len(header)) for index in ragged]
    for index in reversed(ragged):
        del rows[index], lines[index]
    if len(rows) == 1:
        return None, problems
    columns = dict(zip(header, map(column, zip(*rows[1:], strict=True)), strict=True))
    table = Table(file, schema, lines[1:], columns, complete=not ragged)
    problems += _cells(table)
    return table, problems or list(_quoting(rows, lines, text, file))


def check_order(table: Table, faulty: set[int | None]) -> Iterator[Problem]:
    """Rows that are not sorted by the primary key, but for those on lines whose key is `faulty` itself."""
    key = table.schema.primary_key
    before_after = np.zeros(len(table.lines) - 1, bool)  # whether a row comes after the next one, by the key so far
    for name in reversed(key):
        values = table.columns[name].different
        try:
            typed = list(map(int, values)) if table.schema[name].type == "integer" else values
        except ValueError:
            return  # The schema layer says which cell is no integer.
        ranks = np.empty(len(values), np.int64)
        ranks[sorted(range(len(values)), key=typed.__getitem__)] = np.arange(len(values))
        order = ranks[table.columns[name].codes]
        before_after = (order[:-1] > order[1:]) | (order[:-1] == order[1:]) & before_after
    for row in np.flatnonzero(before_after).tolist():
        if faulty.isdisjoint(table.lines[row : row + 2]):
            before, after = ("/".join(table.columns[name][at] for name in key) for at in (row, row + 1))
            message = f"the row is out of order: {after} comes before {before}"
            fix = f"Sort the rows by {', '.join(key)}, as `format` does."
            yield Problem(table.file, table.lines[row + 1], None, message, fix)
            return


def _lines(text: str, file: str) -> Iterator[Problem]:
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        what = "CRLF" if "\r\n" in text else "CR"
        yield Problem(file, line, None, f"lines end with {what}, not with LF", FORMAT_FIX)
    if not text.endswith("\n"):
        yield Problem(file, text.count("\n") + 1, None, "the last line has no line end", "Add a line feed at the end.")


def _cells(table: Table) -> Iterator[Problem]:
    """What no cell may hold. Each test runs over all the different cells of a column first."""
    for name, cells in table.columns.items():
        text = "".join(cells.different)
        plain = text.isascii() and text.isprintable()
        edges = {cell[:1] for cell in cells.different} | {cell[-1:] for cell in cells.different}
        if (
            not (plain or (is_normalized("NFC", text) and not FORBIDDEN.search(text)))
            or any(map(str.isspace, edges))
            or any(map(_FORMULA.match, edges))
        ):
            for row in np.flatnonzero(cells.where(_cell)).tolist():
                yield Problem(table.file, table.lines[row], name, *(_cell(cells[row]) or ()))


def _cell(cell: str) -> tuple[str, str] | None:
    if found := FORBIDDEN.search(cell):
        return f"the cell holds {described(found.group())}", "Remove the character."
    if cell != cell.strip():
        return "the cell begins or ends with a blank", "Remove the blank."
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"a spreadsheet would run the cell as a formula: it begins with {cell[0]}", f"Remove the {cell[0]}."
    if not is_normalized("NFC", cell):
        return "the cell is not in Unicode normalisation form NFC", "Type the text anew, or normalise it to NFC."
    return None


def _quoting(rows: list[list[str]], lines: list[int], text: str, file: str) -> Iterator[Problem]:
    if '"' not in text:
        return
    physical = text.split("\n")
    for row, (line, end) in zip(rows, pairwise([*lines, len(physical)]), strict=True):
        canonical = written([row]).removesuffix("\n")
        if "\n".join(physical[line - 1 : end - 1]) != canonical:
            fix = f"Write: {canonical}"
            yield Problem(file, line, None, "a cell is quoted that need not be", fix)
