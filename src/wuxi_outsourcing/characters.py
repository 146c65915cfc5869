"""Characters that no text of the package may hold, since no reader can see them."""

import re
from unicodedata import name

# Control characters but for the line feed and the carriage return (which has a message of its own), soft hyphen,
# joiners and fillers, zero-width and bidirectional marks, line and paragraph separators, variation selectors, the byte
# order mark inside a text, the mark of a lost character, half a character, what is private or none at all, and tags.
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)


def described(character: str) -> str:
    """A character by number and name: it may not be one to see.

    >>> described("\u0430")
    'U+0430 (CYRILLIC SMALL LETTER A)'
    """
    return f"U+{ord(character):04X} ({name(character, 'a character without a name')})"
