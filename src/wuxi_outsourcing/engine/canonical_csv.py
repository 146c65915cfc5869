"""The canonical form of a CSV: what `format` writes, and what `validate` holds the lines of a file against.

A file in this form is UTF-8 without a BOM. Cells are separated by commas and lines end with LF. A cell is in quotes
only where it needs them, and no line is empty. The order of rows, by primary key, is checked in `checks/file_form.py`.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from .csv_files import parse_csv
from .files import BOM
from .problems import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LINE_WITH_QUOTE = re.compile(rb'^[^"\n]*+"[^\n]*', re.MULTILINE)


def csv_text(records: Iterable[Sequence[str]]) -> str:
    r"""Records as the text of a CSV in canonical form: commas, LF, and quotes only where they are needed.

    >>> csv_text([["park_id", "note"], ["a", "b, c"]])
    'park_id,note\na,"b, c"\n'
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(records)
    return text.getvalue()


def is_canonical_csv(data: bytes, names: Sequence[str]) -> bool:
    """Whether the bytes of a CSV with these fields are in canonical form, whatever the order of its rows.

    It is fast, and decides how `frames` reads a file; `first_uncanonical_line` then says where it is not.
    """
    header = f"{','.join(names)}\n".encode()
    if not data.startswith(header) or not data.endswith(b"\n"):
        return False
    if b"\r" in data or b"\n\n" in data:
        return False
    # Most lines have no quotes, and are canonical by that.
    if b'"' not in data:
        return True
    return all(_is_canonical_line(line[0]) for line in _LINE_WITH_QUOTE.finditer(data))


def first_uncanonical_line(text: str, file: str) -> int | None:
    """The number of the first line that is not as a CSV in canonical form has it; None if each is."""
    canonical = csv_text(parse_csv(text.removeprefix(BOM), file))
    lines = _LINE.findall(text)
    canonical_lines = _LINE.findall(canonical)
    for number, (line, other) in enumerate(zip(lines, canonical_lines, strict=False), 1):
        if line != other:
            return number
    return None


def _is_canonical_line(line: bytes) -> bool:
    try:
        return csv_text(parse_csv(line.decode(), "")).encode() == line + b"\n"
    except (UnicodeDecodeError, Unusable):
        return False
