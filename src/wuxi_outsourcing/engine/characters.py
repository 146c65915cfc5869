"""Characters that no text of the package may hold, since a reader cannot see them or tell them apart."""

import re
from bisect import bisect
from functools import cache
from unicodedata import bidirectional, category, combining, name, normalize

# Combining marks in a row: the limit of the Stream-Safe Text Format (UAX #15). Normalising longer runs takes
# quadratic time.
MOST_MARKS = 30
# Stands for a character that is lost: the replacement character of Unicode.
LOST = "\ufffd"
# The soft hyphen, the spaces and joiners without a width, the marks of writing direction, and the byte order mark
# inside a text.
ZERO_WIDTH = "[\u00ad\u200b-\u200f\u2060\ufeff]"
_ZERO_WIDTH = re.compile(ZERO_WIDTH)
# Characters that Unicode 15 to 18 assign: the oldest supported Python knows Unicode 14. First and last of each range.
UNASSIGNED_IN_UNICODE_14 = (
    "58B-58C 5C8-5C9 88F 897 B53-B54 C5C CDC CF3 ECE 1ACF-1AF0 1B4E-1B4F 1B7F 1C89-1C8A 208F 209D-209F 20C1-20C4 "
    "2427-2429 2B96 2E60-2E63 2FFC-2FFF 31E4-31EF A7CB-A7CF A7D2 A7D4 A7DA-A7F1 AB6C-AB6D FBC3-FBD2 FD90-FD91 "
    "FDC8-FDCE 105C0-105F3 107BB-107BF 10940-10959 10D40-10D8F 10EC2-10EFF 1123F-11241 11380-113E2 116D0-116E3 "
    "11B00-11BF9 11DB0-11DF1 11F00-11F5A 1246F 12475-1247F 12550-12686 1342F 13439-143FA 16100-16139 16D40-16D79 "
    "16EA0-16ED3 16FF2-16FF6 187F8-187FF 18CD6-18CFF 18D09-191D2 1B123-1B132 1B155 1B168 1CC00-1CEFD 1D127-1D128 "
    "1D1EB-1D1FF 1D250-1D2D3 1D6A6 1DB00-1DB1C 1DF1F-1DFFF 1E030-1E08F 1E4D0-1E6FF 1F1AE 1F6D8-1F6DC 1F774-1F77F "
    "1F7D9-1F7DB 1F7F1-1F7FF 1F8B2-1F8D8 1FA54-1FA57 1FA75-1FA77 1FA87-1FA8F 1FAAD-1FAAF 1FABB-1FABF 1FAC6-1FACF "
    "1FADA-1FADF 1FAE8-1FAEF 1FAF7-1FAFA 1FBCB-1FBEF 1FBFA 2B739-2B73F 2B81E 2CEA2-2CEAD 2EBF0-2EE5D 31350-3FC3F"
)
# Printable by their category, but invisible (fillers, variation selectors, the Braille blank), and the two characters
# that stand for a lost one.
_VARIATION_SELECTORS = [chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))]
_INVISIBLE = frozenset(
    (*"\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc\ufffd", *_VARIATION_SELECTORS)
)


def forbidden_characters(text: str) -> list[str]:
    r"""The characters of a text that no cell, key or quote may hold, each listed once.

    Control, format, private, surrogate and unassigned characters, every space but U+0020, and what is invisible.

    >>> forbidden_characters("无锡\u200b Wuxi\u00a0")
    ['\u200b', '\xa0']
    """
    if text.isascii() and text.isprintable():
        return []
    return [character for character in dict.fromkeys(text) if _is_forbidden(character)]


def right_to_left(text: str) -> list[str]:
    r"""The characters of a text that are written from right to left, which reorders what is beside them.

    >>> right_to_left("Wuxi\u061f")
    ['\u061f']
    """
    if text.isascii():
        return []
    return [char for char in dict.fromkeys(text) if bidirectional(char) in ("R", "AL", "AN")]


def plain_form(character: str) -> str:
    """What a character is a variant of by Unicode; the character itself if it is no variant.

    Some variants are what Chinese text needs, and stay as they are: full-width marks and symbols, and the ellipsis.
    Full-width letters and digits are not among them.

    >>> [plain_form(character) for character in "²Ⅲ⼀Ａ，～…无"]
    ['2', 'III', '一', 'A', '，', '～', '…', '无']
    """
    is_full_width = "\uff00" <= character <= "\uffef"
    is_mark_or_symbol = category(character)[0] in "PS"
    if (is_full_width and is_mark_or_symbol) or character == "…":
        return character
    return normalize("NFKC", character).replace("\u2044", "/")  # the fraction slash of ½


def unassigned(text: str) -> list[str]:
    r"""The characters of a text that Unicode 14 does not assign, each listed once, whichever version Python knows.

    >>> unassigned("无锡\u088f\U0001fae8")
    ['\u088f', '\U0001fae8']
    """
    return [char for char in dict.fromkeys(text) if _is_unassigned(char)]


def is_stream_safe(text: str) -> bool:
    r"""Whether a text has at most 30 combining marks in a row, so that it can be normalised in linear time.

    >>> is_stream_safe("é" * 31), is_stream_safe("e" + "\u0301" * 31)
    (True, False)
    """
    return _long_runs_of_marks(text) is None


def normalizable(text: str) -> str:
    r"""A text that has one normal form everywhere, found in linear time: U+FFFD stands for what prevents that.

    That is each character that Unicode 14 does not assign, and each combining mark after the 30th in a row. Characters
    without a width, which pages have between words, are left out.

    >>> normalizable("无\u200b锡\u088f")
    '无锡\ufffd'
    """
    if text.isascii():
        return text
    text = _ZERO_WIDTH.sub("", text)
    characters = unassigned(text)
    if characters:
        text = text.translate(dict.fromkeys(map(ord, characters), LOST))
    long_runs = _long_runs_of_marks(text)
    if long_runs is None:
        return text
    return long_runs.sub(_without_marks_over_limit, text)


def described(character: str) -> str:
    """A character by number and name, since it may not be visible.

    >>> described("\u0430")
    'U+0430 (CYRILLIC SMALL LETTER A)'
    """
    return f"U+{ord(character):04X} ({name(character, 'a character without a name')})"


def _long_runs_of_marks(text: str) -> re.Pattern[str] | None:
    """What matches the runs of more than 30 combining marks in a text; None if it has no such run."""
    if text.isascii() or len(text) <= MOST_MARKS:
        return None
    marks = "".join(char for char in set(text) if combining(normalize("NFKD", char)[0]))
    if not marks:
        return None
    long_run = re.compile(f"[{re.escape(marks)}]{{{MOST_MARKS + 1},}}")
    return long_run if long_run.search(text) else None


def _without_marks_over_limit(run: re.Match[str]) -> str:
    """A run of combining marks in which each one over the limit is lost."""
    marks = run[0]
    return marks[:MOST_MARKS] + LOST * (len(marks) - MOST_MARKS)


def _is_forbidden(character: str) -> bool:
    # What Python calls printable excludes the categories "other" and "separator", but not the space U+0020.
    return not character.isprintable() or character in _INVISIBLE or _is_unassigned(character)


def _is_unassigned(character: str) -> bool:
    if category(character) == "Cn":
        return True
    bounds_up_to_character = bisect(_bounds_of_unassigned(), ord(character))
    return bounds_up_to_character % 2 == 1  # the last of them begins a range


@cache
def _bounds_of_unassigned() -> list[int]:
    """The first code of each range and the one after its last, in turn."""
    bounds = []
    for codes in UNASSIGNED_IN_UNICODE_14.split():
        first, _, last = codes.partition("-")
        bounds.append(int(first, 16))
        bounds.append(int(last or first, 16) + 1)
    return bounds
