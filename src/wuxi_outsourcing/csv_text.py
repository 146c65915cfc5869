"""A CSV as text: its bytes read, its rows told apart, and rows written in the one form that the package has them in."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from .problem import Problem, Unusable
from .source_text import not_utf8

MAX_BYTES = 1 << 30
# The csv module's own limit, unless another library has changed it for the whole process.
MAX_CELL = 131_072
BOM = b"\xef\xbb\xbf"


def read_bytes(path: Path, file: str) -> bytes:
    """What is in a file, which must be something. Raises Unusable."""
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
    if not data.strip(BOM):
        raise Unusable(Problem(file, None, None, "the file is empty", "Add the header and the rows."))
    return data


def decoded(data: bytes, file: str) -> str:
    """Bytes that must be UTF-8. Raises Unusable, with the line."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message, fix = not_utf8(data)
        if "GB18030" in message:
            fix = "Run `wuxi-outsourcing format --from-encoding gb18030`, or save the file as UTF-8."
        raise Unusable(Problem(file, data.count(b"\n", 0, error.start) + 1, None, message, fix)) from None


def parse(text: str, file: str) -> tuple[list[list[str]], list[int]]:
    """The rows and, for each, the physical line that it begins on: a quoted cell may hold line breaks.

    Raises Unusable for what is no CSV.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, lines, line = [], [], 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        if "field larger than" in str(error):
            raise Unusable(_too_long(file, line)) from None
        fix = 'Quote a cell that holds a quote, and double the quote inside: "".'
        raise Unusable(Problem(file, line, None, f"the row is no CSV ({error})", fix)) from None
    for row, line in zip(rows, lines, strict=True):
        if max(map(len, row), default=0) > MAX_CELL:
            raise Unusable(_too_long(file, line))
    return rows, lines


def written(rows: Iterable[Sequence[str]]) -> str:
    r"""The rows as a CSV: commas, LF, and quotes only where they are needed.

    >>> written([["park_id", "note"], ["a", "b, c"]])
    'park_id,note\na,"b, c"\n'
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def header_fault(found: list[str], expected: list[str]) -> tuple[str, str]:
    """What is wrong with a header, as message and mend."""
    missing = [name for name in expected if name not in found]
    unknown = [name for name in found if name not in expected]
    fix = f"Write: {','.join(expected)}"
    if missing or unknown:
        parts = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has unknown {', '.join(unknown)[:200]}"] * bool(
            unknown
        )
        return f"the header {' and '.join(parts)}", fix
    return "the header has the fields twice or in another order", fix


def ragged_row(file: str, line: int, row: list[str], expected: int) -> Problem:
    """The problem of a row that has not as many cells as the header."""
    if not row:
        return Problem(file, line, None, "the line is blank", "Remove it.")
    message = f"the row has {len(row)} cells, the header {expected}"
    return Problem(file, line, None, message, "Add or remove commas; quote a cell that holds a comma.")


def _too_long(file: str, line: int) -> Problem:
    message = f"a cell is longer than {MAX_CELL:,} characters"
    return Problem(file, line, None, message, "Shorten it, or close its quote.")
