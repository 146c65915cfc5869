"""Which quotes a changed paragraph still has, and by how much each of them is shifted.

The words of a quote may occur elsewhere in the paragraph, too. So all quotes are aligned with the text at once: in
their order, and so that as few characters as possible are added, removed or replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .recorded_source import Quote

# How many occurrences of the quotes of a paragraph are tried.
MOST_OCCURRENCES = 2_000
# How many occurrences are tried as the one before another.
MOST_BEFORE = 200


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """A place at which the changed text has the words of a quote."""

    index: int
    """Which of the quotes it is, in their order."""
    start: int
    """Where the quote starts on record."""
    end: int
    """Where the quote ends on record."""
    shift: int
    """How many characters farther than on record the words start."""


@dataclass(frozen=True, slots=True)
class _Series:
    """Occurrences of quotes, in order, of which each is consistent with those before it."""

    last: _Occurrence
    before: _Series | None
    """The series without its last occurrence; None if that is the only one."""
    end: int
    """Where on record the last of its quotes ends. Of quotes that overlap, that need not be the last one."""
    cost: int
    """How many characters at least are added, removed or replaced up to the last occurrence."""


def shifts_of_quotes(quotes: Sequence[Quote], added: int, text: str) -> dict[Quote, int]:
    """By how much each quote that is there is shifted, in a text that has so many characters more than on record.

    The quotes are given in their order. One that is shifted neither as what is before it nor as what is after it may
    have been somewhere else. It is left out.

    >>> shifts_of_quotes([(0, "去年"), (4, "1350亿元"), (13, "2倍")], 1, "去年产值约1350亿元,为3倍。")
    {(0, '去年'): 0, (4, '1350亿元'): 1}
    """
    occurrences = _cheapest_occurrences(quotes, added, text)
    shifts = [0, *(occurrence.shift for occurrence in occurrences), added]
    shifts_of = {}
    for number, occurrence in enumerate(occurrences, 1):
        before, shift, after = shifts[number - 1 : number + 2]
        # Between two shifts that differ by less than its length, a quote cannot be another occurrence of its words.
        length = occurrence.end - occurrence.start
        is_between = min(before, after) < shift < max(before, after) and abs(after - before) < length
        if shift in (before, after) or is_between:
            shifts_of[quotes[occurrence.index]] = shift
    return shifts_of


def _cheapest_occurrences(quotes: Sequence[Quote], added: int, text: str) -> list[_Occurrence]:
    """The occurrences of the series with which a text is the paragraph on record with the fewest characters changed."""
    lengths = [len(words) for _, words in quotes]
    lengths_before = list(accumulate(lengths, initial=0))
    every_series: list[_Series] = []
    cheapest = None
    lowest_cost = abs(added) + lengths_before[-1]
    for occurrence in _occurrences(quotes, text):
        series = _series_up_to(occurrence, every_series[-MOST_BEFORE:], lengths_before)
        every_series.append(series)
        lost_after = lengths_before[-1] - lengths_before[occurrence.index + 1]
        cost = series.cost + abs(added - occurrence.shift) + lost_after
        if cost < lowest_cost:
            cheapest, lowest_cost = series, cost
    occurrences = []
    while cheapest:
        occurrences.append(cheapest.last)
        cheapest = cheapest.before
    return occurrences[::-1]


def _occurrences(quotes: Sequence[Quote], text: str) -> list[_Occurrence]:
    """The occurrences of the quotes in a text, those of each quote in turn."""
    occurrences: list[_Occurrence] = []
    for index, (start, words) in enumerate(quotes):
        position = text.find(words)
        while position >= 0 and len(occurrences) < MOST_OCCURRENCES:
            occurrences.append(_Occurrence(index, start, start + len(words), position - start))
            position = text.find(words, position + 1)
    return occurrences


def _series_up_to(occurrence: _Occurrence, candidates: Sequence[_Series], lengths_before: Sequence[int]) -> _Series:
    """The cheapest series that ends with an occurrence: behind one of the others, or alone.

    Each character of a quote that it leaves out counts as replaced.
    """
    before = None
    end = occurrence.end
    lowest_cost = abs(occurrence.shift) + lengths_before[occurrence.index]
    for series in candidates:
        if not _may_follow(occurrence, series):
            continue
        lost_between = lengths_before[occurrence.index] - lengths_before[series.last.index + 1]
        cost = series.cost + abs(occurrence.shift - series.last.shift) + lost_between
        if cost < lowest_cost:
            before, lowest_cost = series, cost
            end = max(occurrence.end, series.end)
    return _Series(occurrence, before, end, lowest_cost)


def _may_follow(occurrence: _Occurrence, series: _Series) -> bool:
    """Whether an occurrence is behind a series, on record and in the text. Quotes that overlap are shifted alike."""
    if occurrence.index <= series.last.index:
        return False
    if occurrence.shift == series.last.shift:
        return True
    is_behind_on_record = occurrence.start >= series.end
    is_behind_in_text = occurrence.start + occurrence.shift >= series.end + series.last.shift
    return is_behind_on_record and is_behind_in_text
