"""Where the quotes of a changed paragraph are in it, and what it has in their places."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocatedQuote:
    """Where a quote is in the paragraph of a copy, or where it would be."""

    start: int
    end: int
    is_there: bool
    """Whether the paragraph has the quote there."""


Quote = tuple[int, str]
"""Where a quote starts in the paragraph on record, and its text."""


def locate_quotes(quotes: Iterable[Quote], characters: int, text: str) -> dict[Quote, LocatedQuote]:
    """Where each quote of a paragraph of a length is in its changed text.

    A quote is there if it is as far from the beginning, or from the end, as on record. It is also there if it occurs
    once between those quotes, before and after it, that are. Else, what the text has instead is what is between those.

    >>> located = locate_quotes([(0, "2020年"), (7, "1350亿元")], 14, "2020年产值约1530亿元。")
    >>> [(quote.start, quote.end, quote.is_there) for quote in located.values()]
    [(0, 5, True), (7, 14, False)]
    """
    added = len(text) - characters
    ordered = sorted(set(quotes))
    located: dict[Quote, LocatedQuote] = {}
    for quote in ordered:
        for shift in (0, added):
            if _is_at(quote, shift, text):
                located[quote] = _shifted(quote, shift, is_there=True)
                break
    for quote in ordered:
        if quote in located:
            continue
        left, right = _shifts_around(quote, located, added)
        start, words = quote
        left_edge = max(_edges_before(quote, located), default=0)
        right_edge = min(_edges_after(quote, located), default=len(text))
        position = text.find(words, left_edge, right_edge)
        occurs_once = position >= 0 and text.find(words, position + 1, right_edge) < 0
        if occurs_once:
            located[quote] = LocatedQuote(position, position + len(words), is_there=True)
            continue
        first = min(max(start + left, 0), len(text))
        last = min(max(start + len(words) + right, first), len(text))
        located[quote] = LocatedQuote(first, last, is_there=text[first:last] == words)
    return located


def _is_at(quote: Quote, shift: int, text: str) -> bool:
    start, words = quote
    return start + shift >= 0 and text.startswith(words, start + shift)


def _shifted(quote: Quote, shift: int, *, is_there: bool) -> LocatedQuote:
    start, words = quote
    return LocatedQuote(start + shift, start + shift + len(words), is_there=is_there)


def _edges_before(quote: Quote, located: dict[Quote, LocatedQuote]) -> list[int]:
    """Where the quotes end that are there and are before one."""
    return [there.end for (start, words), there in located.items() if there.is_there and start + len(words) <= quote[0]]


def _edges_after(quote: Quote, located: dict[Quote, LocatedQuote]) -> list[int]:
    """Where the quotes start that are there and are after one."""
    end = quote[0] + len(quote[1])
    return [there.start for (start, _), there in located.items() if there.is_there and start >= end]


def _shifts_around(quote: Quote, located: dict[Quote, LocatedQuote], added: int) -> tuple[int, int]:
    """By how much the text is shifted before and after a quote."""
    start, words = quote
    left, left_start = 0, -1
    right, right_start = added, None
    for (other_start, other_words), there in located.items():
        if not there.is_there:
            continue
        shift = there.start - other_start
        is_before = other_start + len(other_words) <= start
        is_after = other_start >= start + len(words)
        if is_before and other_start > left_start:
            left, left_start = shift, other_start
        if is_after and (right_start is None or other_start < right_start):
            right, right_start = shift, other_start
    return left, right
