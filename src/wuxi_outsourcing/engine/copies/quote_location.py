"""Where the quotes of a changed paragraph are in it, and what it has in their places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .quote_alignment import shifts_of_quotes
from .recorded_source import Quote


@dataclass(frozen=True, slots=True)
class LocatedQuote:
    """Where a quote is in the paragraph of a copy, or where it would be."""

    start: int
    end: int
    is_there: bool
    """Whether the paragraph has the quote there."""


def locate_quotes(quotes: Iterable[Quote], characters: int, text: str) -> dict[Quote, LocatedQuote]:
    """Where each quote of a paragraph of a length is in its changed text.

    Where a quote is not there, the text has instead what is between those, before and after it, that are.

    >>> located = locate_quotes([(0, "2020年"), (7, "1350亿元")], 14, "2020年产值约1530亿元。")
    >>> [(quote.start, quote.end, quote.is_there) for quote in located.values()]
    [(0, 5, True), (7, 14, False)]
    """
    added = len(text) - characters
    ordered = sorted(set(quotes))
    shifts = shifts_of_quotes(ordered, added, text)
    located: dict[Quote, LocatedQuote] = {}
    for quote in ordered:
        start, words = quote
        end = start + len(words)
        if quote in shifts:
            shift = shifts[quote]
            located[quote] = LocatedQuote(start + shift, end + shift, is_there=True)
            continue
        left, right = _shifts_around(quote, shifts, added)
        first = min(max(start + left, 0), len(text))
        last = min(max(end + right, first), len(text))
        located[quote] = LocatedQuote(first, last, is_there=text[first:last] == words)
    return located


def _shifts_around(quote: Quote, shifts: Mapping[Quote, int], added: int) -> tuple[int, int]:
    """By how much the text is shifted before and after a quote that is not there."""
    start, words = quote
    end = start + len(words)
    left, left_start = 0, -1
    right, right_start = added, None
    for (other_start, other_words), shift in shifts.items():
        is_before = other_start + len(other_words) <= start
        is_after = other_start >= end
        if is_before and other_start > left_start:
            left, left_start = shift, other_start
        if is_after and (right_start is None or other_start < right_start):
            right, right_start = shift, other_start
    return left, right
