"""Layer 1, the file: what any reader must be able to rely on before a cell means anything.

A sound file is checked in a few passes over its whole text; cells are looked at one by one only where such a pass says
that something is there to be found.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from unicodedata import is_normalized, name

from ..csv_text import BOM, MAX_CELL, decoded, header_fault, parse, ragged_row, read_bytes, written
from ..package import TableSchema
from ..problem import Problem, Unusable

# Control characters but for the line feed and the carriage return (which has a message of its own), soft hyphen,
# zero-width and bidirectional marks, line and paragraph separators, and the byte order mark inside a text.
_FORBIDDEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_FORMULA = re.compile(r"[=+\-@]")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
# A blank or the sign of a formula behind a delimiter, or a blank before one. The rare character is looked for first.
_BLANKS = " \xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_AT_EDGE = re.compile(f'[{_BLANKS}=+\\-@](?<=[,"\n].)|[{_BLANKS}](?=[,"\n])')
FORMAT_FIX = "Run `wuxi-outsourcing format`, or save it as UTF-8 without byte order mark, with LF line ends."


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV as text, by column, with the physical line of each row. `complete` if no row had to be left out."""

    file: str
    schema: TableSchema
    lines: Sequence[int]
    columns: Mapping[str, Sequence[str]]
    complete: bool

    def rows(self, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The cells of some columns, row by row."""
        return zip(*(self.columns[name] for name in names), strict=True)


def read_table(root: Path, file: str, schema: TableSchema) -> tuple[Table | None, list[Problem]]:
    """The table in a file and what is wrong with the file; no table where its rows can't be told apart."""
    try:
        text = _read(root / file, file)
    except Unusable as unusable:
        return None, [unusable.problem]
    table = _regular(text, file, schema)
    if table is not None:
        return table, list(_cells(table, text))
    return _irregular(text, file, schema)


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
    columns = dict(zip(header, zip(*rows[1:], strict=True), strict=True))
    table = Table(file, schema, lines[1:], columns, complete=not ragged)
    problems += _cells(table, text)
    return table, problems or list(_quoting(rows, lines, text, file))


def check_order(table: Table, faulty: set[int | None]) -> Iterator[Problem]:
    """Rows that are not sorted by the primary key, but for those on lines whose key is `faulty` itself."""
    key = table.schema.primary_key
    integers = [table.schema[name].type == "integer" for name in key]
    columns = [table.columns[name] for name in key]
    try:
        typed = [list(map(int, cells)) if integer else cells for cells, integer in zip(columns, integers, strict=True)]
    except ValueError:
        return  # The schema layer says which cell is no integer.
    for index, (before, after) in enumerate(pairwise(zip(*typed, strict=True)), 1):
        if after < before and faulty.isdisjoint(table.lines[index - 1 : index + 1]):
            message = f"the row is out of order: {'/'.join(map(str, after))} comes before {'/'.join(map(str, before))}"
            yield Problem(
                table.file, table.lines[index], None, message, f"Sort the rows by {', '.join(key)}, as `format` does."
            )
            return


def _read(path: Path, file: str) -> str:
    """The text of a file. Raises Unusable."""
    data = read_bytes(path, file)
    if data.startswith(BOM):
        raise Unusable(Problem(file, 1, None, "the file begins with a byte order mark", FORMAT_FIX))
    return decoded(data, file)


def _lines(text: str, file: str) -> Iterator[Problem]:
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        what = "CRLF" if "\r\n" in text else "CR"
        yield Problem(file, line, None, f"lines end with {what}, not with LF", FORMAT_FIX)
    if not text.endswith("\n"):
        yield Problem(file, text.count("\n") + 1, None, "the last line has no line end", "Add a line feed at the end.")


def _regular(text: str, file: str, schema: TableSchema) -> Table | None:
    """The table of a text without quotes in which every line is a row.

    That is what the large tables are, and it is cut into cells many times faster than by the csv module, which has the
    say about every other text.
    """
    names = schema.names
    header, _, body = text.partition("\n")
    if '"' in text or "\r" in text or header.split(",") != names or not body.endswith("\n"):
        return None
    lines = body[:-1].split("\n")
    if any(line.count(",") != len(names) - 1 for line in lines) or max(map(len, lines)) > MAX_CELL:
        return None
    cells = body[:-1].replace("\n", ",").split(",")
    columns = {name: cells[index :: len(names)] for index, name in enumerate(names)}
    return Table(file, schema, range(2, len(lines) + 2), columns, complete=True)


def _cells(table: Table, text: str) -> Iterator[Problem]:
    """What no cell may hold. Each test runs over the whole text first."""
    suspects = (
        _FORBIDDEN.search(text) is not None,
        _AT_EDGE.search(text) is not None,
        not is_normalized("NFC", text),
    )
    if not any(suspects):
        return
    for column, cells in table.columns.items():
        for line, cell in zip(table.lines, cells, strict=True):
            found = _cell(cell)
            if found:
                yield Problem(table.file, line, column, *found)


def _cell(cell: str) -> tuple[str, str] | None:
    if found := _FORBIDDEN.search(cell):
        character = found.group()
        label = name(character, "a control character")
        return f"the cell holds U+{ord(character):04X} ({label})", "Remove the character."
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
