"""What every rule does first: it brings a quote to plain characters, or refuses it."""

import re
import unicodedata

from .numerals import NUMERAL

# Characters of a quote. No figure comes near it. It bounds the work on hostile input.
LONGEST = 60
TO = "(?:[-~〜–—−―至到]|—{2})"  # between the ends of a range

QUOTE = "Quote the figure whole, with its unit and its qualifier."
STATEMENT = "Transcribe it as a statement, without a figure."


class Unreadable(ValueError):
    """A quote that a rule can't read for certain. `str()` of it shows the quote and says why.

    >>> str(Unreadable("1350", "names no unit"))
    '“1350” names no unit'
    """

    def __init__(self, quote: str, why: str, fix: str = QUOTE) -> None:
        """Say why, after the quote, shortened if it is long, and keep what to do about it."""
        shown = quote if len(quote) <= LONGEST else f"{quote[:LONGEST]}…"
        super().__init__(f"“{shown}” {why}")
        self.why = why
        self.fix = fix


def plain(quote: str) -> str:
    """Normalise widths and spaces. Raises Unreadable for what normalising would turn into another figure."""
    if len(quote) > LONGEST:
        raise Unreadable(quote, f"is longer than {LONGEST} characters: quote only the figure")
    if not unicodedata.is_normalized("NFKC", quote):
        before = ""
        for char in quote:
            is_square_metre = char == "²" and before in ("m", "\uff4d")
            if _would_fuse(char) and not is_square_metre:
                raise Unreadable(quote, f"holds the special character “{char}”: quote the figure without it")
            before = char
    text = re.sub("[〇○]", "零", unicodedata.normalize("NFKC", quote).strip())
    # In “约 20 家” the spaces are typesetting, and go. “1 350” and “二 十” may be one figure or two. So that space
    # stays, and no rule reads it.
    return re.sub(rf"(?<![{NUMERAL}., ]) +| +(?![0-9零一二两三四五六七八九十., ])", "", text)


def _would_fuse(char: str) -> bool:
    """Whether a character would become a part of the figure beside it: NFKC makes 102 of 10² and 120 of ①20."""
    tag, *characters = unicodedata.decomposition(char).split() or [""]
    if tag in {"<circle>", "<super>", "<sub>", "<fraction>"}:
        return True
    return tag == "<compat>" and len(characters) > 1
