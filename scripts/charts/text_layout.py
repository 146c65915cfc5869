"""How wide a text is, and where its lines end, without the font that a reader will have."""

import re
from unicodedata import east_asian_width

# The widths of letters, in sizes of the font: those of DejaVu Sans, a wide one, so that few fonts need more room.
ADVANCES = {0.34: " ijlI.,:;'!|", 0.42: "frt()[]/-", 0.58: "ckszvxyJ", 0.98: "mwMW%@"}
CAPITAL, LETTER, EAST_ASIAN = 0.74, 0.64, 1
BOLD = 1.12
"""By how much bold text is wider."""
# A piece of text that is kept on one line: a word, or a Chinese character, with the marks that belong to it.
_PIECE = re.compile(
    r" ?(?:[■○◇] )?[（《“‘]*(?:[^\x00-\u2e7f]|[^\s\u2e80-\U0010ffff]+)[，。、；：！？）》”’]*",
)


def leading(size: float) -> float:
    """From one base line to the next."""
    return round(size * 1.35)


def wrapped(words: str, width: float, size: float) -> list[str]:
    """Text on lines that are no wider than `width`, unless a single word is.

    >>> wrapped("Fund measures of 2012", 100, 12)
    ['Fund measures', 'of 2012']
    """
    lines = [""]
    for piece in _PIECE.findall(words):
        if lines[-1] and breadth(lines[-1] + piece, size) > width:
            lines.append("")
        lines[-1] = (lines[-1] + piece).lstrip()
    return lines


def breadth(words: str, size: float) -> float:
    """How wide a text is in a wide font.

    >>> breadth("123", 10), breadth("计划", 10)
    (19.2, 20)
    """
    return sum(map(_advance, words)) * size


def _advance(character: str) -> float:
    if east_asian_width(character) in "WFA":  # quotation marks and the like are wide in a Chinese font
        return 1
    usual = CAPITAL if character.isupper() else LETTER
    return next((advance for advance, letters in ADVANCES.items() if character in letters), usual)
