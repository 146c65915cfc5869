"""Layer 1, the file: what any reader must be able to rely on before a cell means anything.

A sound file is checked in a few passes over its whole text; cells are looked at one by one only where such a pass says
that something is there to be found.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from unicodedata import is_normalized

from ..package import TableSchema
from ..problem import Problem, Unusable
from ..source_text import not_utf8
from .characters import FORBIDDEN, described

MAX_BYTES = 1 << 30
_BOM = b"\xef\xbb\xbf"
_FORMULA = re.compile(r"[=+\-@]")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
_BLANKS = (" ", "\xa0", "\u3000")
_RARE_BLANK = re.compile("[\u1680\u2000-\u200a\u202f\u205f]")
FORMAT_FIX = "Save it as UTF-8 without byte order mark, with LF line ends."


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
    problems = list(_lines(text, file))
    try:
        rows, lines = _parse(text)
    except csv.Error as error:
        return None, [*problems, _unparsed(text, file, error)]
    header = schema.names
    if not rows or rows[0] != header:
        return None, [*problems, Problem(file, 1, None, *_header(rows[0] if rows else [], header))]
    if len(rows) == 1:
        fix = "Add the rows, or remove the table from datapackage.json."
        return None, [*problems, Problem(file, 1, None, "there is a header but no row", fix)]
    ragged = [index for index, row in enumerate(rows) if len(row) != len(header)]
    problems += [_ragged(file, lines[index], rows[index], len(header)) for index in ragged]
    for index in reversed(ragged):
        del rows[index], lines[index]
    if len(rows) == 1:
        return None, problems
    columns = dict(zip(header, zip(*rows[1:], strict=True), strict=True))
    table = Table(file, schema, lines[1:], columns, complete=not ragged)
    problems += _cells(table, text)
    if not problems:
        problems += _quoting(rows, lines, text, file)
    return table, problems


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
            yield Problem(table.file, table.lines[index], None, message, f"Sort the rows by {', '.join(key)}.")
            return


def _read(path: Path, file: str) -> str:
    """The text of a file. Raises Unusable."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unusable(Problem(file, None, None, "the file is over 1 GiB", "Split the table."))
        data = path.read_bytes()
    except FileNotFoundError:
        fix = "Add it, or remove the resource from datapackage.json."
        raise Unusable(Problem(file, None, None, "no such file", fix)) from None
    except OSError as error:
        message = f"can't be read: {error.strerror}"
        raise Unusable(Problem(file, None, None, message, "Put a readable CSV file there.")) from None
    if not data.strip(_BOM):
        raise Unusable(Problem(file, None, None, "the file is empty", "Add the header and the rows."))
    if data.startswith(_BOM):
        raise Unusable(Problem(file, 1, None, "the file begins with a byte order mark", FORMAT_FIX))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unusable(Problem(file, line, None, *not_utf8(data))) from None


def _lines(text: str, file: str) -> Iterator[Problem]:
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        what = "CRLF" if "\r\n" in text else "CR"
        yield Problem(file, line, None, f"lines end with {what}, not with LF", FORMAT_FIX)
    if not text.endswith("\n"):
        yield Problem(file, text.count("\n") + 1, None, "the last line has no line end", "Add a line feed at the end.")


def _parse(text: str) -> tuple[list[list[str]], list[int]]:
    """The rows and, for each, the physical line that it begins on: a quoted cell may hold line breaks."""
    if '"' not in text and "\r" not in text:
        # Without quotes a line is a row: the common case of the large tables, several times faster than counting.
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        return rows, list(range(1, len(rows) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, lines, line = [], [], 1
    for row in reader:
        rows.append(row)
        lines.append(line)
        line = reader.line_num + 1
    return rows, lines


def _unparsed(text: str, file: str, error: csv.Error) -> Problem:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error:
        pass
    if "field larger than" in str(error):
        message, fix = f"a cell is longer than {csv.field_size_limit():,} characters", "Shorten it, or close its quote."
    else:
        message, fix = (
            f"the row is no CSV ({error})",
            'Quote a cell that holds a quote, and double the quote inside: "".',
        )
    return Problem(file, line, None, message, fix)


def _header(found: list[str], expected: list[str]) -> tuple[str, str]:
    missing = [name for name in expected if name not in found]
    unknown = [name for name in found if name not in expected]
    fix = f"Write: {','.join(expected)}"
    if missing or unknown:
        parts = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has unknown {', '.join(unknown)[:200]}"] * bool(
            unknown
        )
        return f"the header {' and '.join(parts)}", fix
    return "the header has the fields twice or in another order", fix


def _ragged(file: str, line: int, row: list[str], expected: int) -> Problem:
    if not row:
        return Problem(file, line, None, "the line is blank", "Remove it.")
    message = f"the row has {len(row)} cells, the header {expected}"
    return Problem(file, line, None, message, "Add or remove commas; quote a cell that holds a comma.")


def _cells(table: Table, text: str) -> Iterator[Problem]:
    """What no cell may hold. Each test runs over the whole text first."""
    edges = ',"\n'
    suspects = (
        FORBIDDEN.search(text) is not None,
        _RARE_BLANK.search(text) is not None,
        not is_normalized("NFC", text),
        any(blank + edge in text or edge + blank in text for blank in _BLANKS for edge in edges),
        any(edge + sign in text for sign in "=+-@" for edge in edges),
    )
    if not any(suspects):
        return
    for column, cells in table.columns.items():
        for line, cell in zip(table.lines, cells, strict=True):
            found = _cell(cell)
            if found:
                yield Problem(table.file, line, column, *found)


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
        canonical = io.StringIO()
        csv.writer(canonical, lineterminator="\n").writerow(row)
        written = canonical.getvalue().removesuffix("\n")
        if "\n".join(physical[line - 1 : end - 1]) != written:
            fix = f"Write: {written}"
            yield Problem(file, line, None, "a cell is quoted that need not be", fix)
