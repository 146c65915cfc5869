"""Cells: the characters that a cell may hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category, normalize

import pandas as pd

from ..characters import described, forbidden_characters, is_stream_safe, plain_form, right_to_left
from ..package import EVIDENCE
from ..patterns import match_whole
from .fixes import FORMAT_FIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..problems import Problem
    from ..schema import Field
    from .file_form import Table
    from .read_tables import ReadTables

# A cell that has the form _PLAIN is right in any field. Any other cell is looked at character by character.
_LETTERS = "“”‘’–—À-ÖØ-öø-ÿ\u4e00-\u9fff"
_PLAIN = f"(?:[!-*,./0-<>?A-~{_LETTERS}](?:[ -~{_LETTERS}]*[!-~{_LETTERS}])?)?"
_LONGEST = 32_767
_FORMULA = re.compile(r"[=+@]|-(?![0-9]+(?:\.[0-9]+)?$)")
_LATIN_OR_CHINESE = re.compile("[\x00-\u024f\u1e00-\u1eff\u3000-\u3020\u3400-\u9fff\U00020000-\U0003ffff]")
# Symbols by their category: radicals and strokes, enclosed letters, digits and characters.
_PICTURE = re.compile("[\u2460-\u24ff\u2776-\u2793\u2e80-\u2fff\u31c0-\u31ef\u3200-\u33ff\U0001f100-\U0001f2ff]")
_UNUSUAL = re.compile(f"[^ -~{_LETTERS}，。、；：？！（）《》]")


def check_characters(read: ReadTables) -> Iterator[Problem]:
    """Cells with characters that no cell may hold, or that a spreadsheet would run as a formula."""
    for table in read.tables.values():
        for field in table.schema:
            yield from _faults_of_field(table, field)


def _faults_of_field(table: Table, field: Field) -> Iterator[Problem]:
    cells = table.frame[field.name]
    is_plain = matches(cells, _PLAIN) & (cells.str.len() <= _LONGEST)
    if is_plain.all():
        return
    unusual = cells[~is_plain]
    # Each text is looked at once, as large columns repeat theirs.
    faults: dict[str, tuple[str, str]] = {}
    for cell in unusual.unique():
        fault = _fault(cell, field, table.schema.name)
        if fault is not None:
            faults[cell] = fault
    for row, cell in unusual[unusual.isin(list(faults))].items():
        message, fix = faults[cell]
        yield table.problem(row, field.name, message, fix)


def matches(cells: pd.Series[str], pattern: str) -> pd.Series[bool]:
    """Whether each cell matches the pattern from its first character to its last, by RE2.

    Each text is matched once, as large columns repeat theirs.
    """
    numbers, texts = pd.factorize(cells)
    matched = match_whole(texts, pattern).to_numpy(zero_copy_only=False)
    return pd.Series(matched[numbers], index=cells.index, dtype=bool)


def _fault(cell: str, field: Field, table: str) -> tuple[str, str] | None:  # noqa: PLR0911  (a return a rule)
    """What is wrong with the characters of a cell, as message and fix."""
    if len(cell) > _LONGEST:
        return f"the cell is longer than {_LONGEST:,} characters, which is what a spreadsheet holds", "Shorten it."
    if not is_stream_safe(cell):
        return "the cell holds more than 30 combining marks in a row", "Remove them."
    forbidden = forbidden_characters(cell)
    if forbidden:
        return f"the cell holds {described(forbidden[0])}", _in_place_of(forbidden[0])
    if cell != cell.strip():
        return "the cell begins or ends with whitespace", "Remove the whitespace at both ends."
    if _FORMULA.match(cell):
        return f"a spreadsheet would run the cell as a formula: it begins with {cell[0]}", f"Remove the {cell[0]}."
    if table == EVIDENCE:
        if cell != normalize("NFKC", cell):
            message = "the cell is not in Unicode normalisation form NFKC, as the canonical text of a source is"
            return message, "Write it with half-width letters, digits and marks."
        return None
    if cell != normalize("NFC", cell):
        return "the cell is not in Unicode normalisation form NFC", FORMAT_FIX
    if field.type == "string" and field.provenance in ("editorial", "reference"):
        return _letter_fault(cell, english=field.name.endswith("_en"))
    return None


def _letter_fault(cell: str, *, english: bool) -> tuple[str, str] | None:
    """What is wrong with the first character that looks like another, in a text that is not from a source."""
    for char in _UNUSUAL.findall(cell):
        fault = _look_alike(char, english=english)
        if fault is not None:
            return fault
    return None


def _look_alike(char: str, *, english: bool) -> tuple[str, str] | None:
    """What is wrong with a character that looks like another, or that stands for others."""
    is_symbol = category(char).startswith("S")
    is_letter_mark_or_number = category(char).startswith(("L", "M", "N"))
    # English has no use for full-width symbols.
    plain = normalize("NFKC", char) if english and is_symbol else plain_form(char)
    if right_to_left(char):
        return f"the cell holds {described(char)}, which is written from right to left", "Remove the character."
    if plain != char:
        message = f"the cell holds {described(char)}, a compatibility character"
        if plain != plain.strip() or _letter_fault(plain, english=english):
            return message, "Remove the character."
        return message, f"Write {plain} in place of U+{ord(char):04X}."
    if _PICTURE.match(char):
        message = f"the cell holds {described(char)}, a picture of a letter, digit or part of a character"
        return message, "Type the letter, digit or character itself."
    if is_letter_mark_or_number and not _LATIN_OR_CHINESE.match(char):
        message = f"the cell holds {described(char)}, which is neither Latin nor Chinese"
        return message, "Type the word again: letters of other scripts look alike, but are not the same."
    return None


def _in_place_of(forbidden: str) -> str:
    """The fix for a character that no cell may hold."""
    if forbidden == "\ufffd":
        return "Type again what it stands for: a character was lost when the file was converted."
    if forbidden.isspace():
        return "Write a space (U+0020) in its place, or remove it."
    return "Remove the character."
