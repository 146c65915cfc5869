"""What no text of the package may hold: characters that can't be seen, and letters that only look like ours."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from unicodedata import category, name

from ..package import EVIDENCE
from ..problem import Problem

if TYPE_CHECKING:
    from ..package import Field
    from .csv_file import Table

# Control characters but for the line feed and the carriage return (which has a message of its own), soft hyphen,
# joiners and fillers, zero-width and bidirectional marks, line and paragraph separators, variation selectors, the byte
# order mark inside a text, the mark of a lost character, half a character, what is private or none at all, and tags.
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
# Latin and Chinese, and general punctuation, which is in most notes; what is outside is looked at one by one.
_OUTSIDE = re.compile("[^\x00-\u024f\u1e00-\u1eff\u2010-\u205e\u3000-\u3020\u3400-\u9fff\U00020000-\U0003ffff]")


def check_letters(table: "Table") -> Iterator[Problem]:
    """Letters and digits in our own words that are neither Latin nor Chinese: they pass for others, and match nothing.

    What is transcribed has whatever letters were printed.
    """
    for field in table.schema.fields:
        if _is_ours(field, table.schema.name):
            cells = table.columns[field.name]
            if _OUTSIDE.search("".join(cells)):
                for line, cell in zip(table.lines, cells, strict=True):
                    stranger = next((each for each in _OUTSIDE.findall(cell) if category(each)[0] in "LMN"), None)
                    if stranger is not None:
                        message = f"the cell holds {described(stranger)}, which is neither Latin nor Chinese"
                        fix = "Type the word anew: letters of other scripts look alike, but are not the same."
                        yield Problem(table.file, line, field.name, message, fix)


def described(character: str) -> str:
    """A character by number and name: it may not be one to see.

    >>> described("\u0430")
    'U+0430 (CYRILLIC SMALL LETTER A)'
    """
    return f"U+{ord(character):04X} ({name(character, 'a character without a name')})"


def _is_ours(field: "Field", table: str) -> bool:
    return (
        field.type == "string"
        and field.provenance in ("editorial", "reference")
        and (table, field.name) != (EVIDENCE, "quote")
    )
