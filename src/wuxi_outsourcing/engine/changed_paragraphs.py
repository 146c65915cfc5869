"""Where a copy has the recorded paragraphs that it does not have unchanged.

The text of a paragraph is not on record, but its length is, what is quoted from it and where in it each quote is. A
passage is taken for a changed paragraph only between the passages that are its neighbours in the article:

- if it has two of the quotes at the right distance
- if it has one of them, or a half of one, and begins and ends with a line about where the paragraph would
- if whole lines have about the length of the paragraph
- if it is all there is between both neighbours
- if it is a paragraph that was found, and a character or two that stand right before or after it in its line or,
  in a page, in its element
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from .joined_lines import JoinedLines
    from .paragraph_search import Passage
    from .recorded_source import RecordedParagraph

# How far a changed paragraph may begin from where a quote says, and its end likewise.
MOST_SHIFT = 10
# How many locations of a quote are tried between two neighbours.
MOST_LOCATIONS = 1_000
# A shorter part of a quote says nothing about where the quote is.
SHORTEST_HALF = 3
# How many characters from its neighbours a changed paragraph may be.
FARTHEST = 50_000
# How many of the places are tried at which quotes say that a paragraph starts.
MOST_STARTS = 20
# What of a text right beside a paragraph is a change of it. More is another text.
MOST_ADDED = 2
# Lines of the length of so long a paragraph are taken for it even if they are not right beside a neighbour.
LONG = 30

Stretch = tuple[int, int]
"""Where a passage starts and ends, in places of the joined lines."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """What is between the neighbours of a paragraph that was not found."""

    start: int
    end: int
    number_before: int | None
    """The number of the paragraph in front of it; None where it begins with the copy."""
    number_after: int | None
    """The number of the paragraph behind it; None where it ends with the copy."""

    @property
    def has_start(self) -> bool:
        """Whether a paragraph is in front of it."""
        return self.number_before is not None

    @property
    def has_end(self) -> bool:
        """Whether a paragraph is behind it."""
        return self.number_after is not None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A stretch that may be a changed paragraph."""

    number: int
    stretch: Stretch
    rank: tuple[int, ...]
    """The less, the likelier."""


class ChangedParagraphs:
    """The search for changed paragraphs of one source in one copy."""

    def __init__(
        self,
        joined: JoinedLines,
        paragraphs: Mapping[int, RecordedParagraph],
        found: Mapping[int, Passage],
        passages: Iterable[Passage],
    ) -> None:
        """Nothing is searched yet. `passages` are all that are some paragraph, `found` those chosen by number."""
        self._joined = joined
        self._paragraphs = paragraphs
        self._found = {number: (passage.start, passage.end) for number, passage in found.items()}
        self._candidates: dict[tuple[str, int], tuple[_Gap, list[Stretch], _Candidate | None]] = {}
        self._taken = sorted((passage.start, passage.end) for passage in passages)

    def run(self) -> dict[int, Stretch]:
        """Where each changed paragraph is, by number."""
        changed = self._with_added_characters()
        for find in (self._by_quotes, self._by_length):
            likeliest = self._likeliest(find)
            while likeliest:
                changed[likeliest.number] = likeliest.stretch
                self._take(likeliest.number, likeliest.stretch)
                likeliest = self._likeliest(find)
        return changed

    def _likeliest(
        self, find: Callable[[RecordedParagraph, _Gap, Sequence[Stretch]], _Candidate | None]
    ) -> _Candidate | None:
        """The likeliest of all candidates for the paragraphs that are not found; None if there is none."""
        candidates = []
        for number, paragraph in self._paragraphs.items():
            if number in self._found:
                continue
            gap = self._gap(number)
            free = self._free(gap)
            known = self._candidates.get((find.__name__, number))
            if known is None or known[0] != gap or known[1] != free:
                known = (gap, free, find(paragraph, gap, free))
                self._candidates[find.__name__, number] = known
            candidate = known[2]
            if candidate:
                candidates.append(candidate)
        return min(candidates, default=None, key=lambda candidate: (candidate.rank, candidate.number))

    def _take(self, number: int, stretch: Stretch) -> None:
        self._found[number] = stretch
        self._taken.append(stretch)
        self._taken.sort()

    def _with_added_characters(self) -> dict[int, Stretch]:
        """The paragraphs that were found with a character or two right beside them, in the same line."""
        text = self._joined.text
        starts_taken = [start for start, _ in self._taken]
        changed = {}
        for number, (start, end) in self._found.items():
            index = bisect_left(starts_taken, start)
            end_before = self._taken[index - 1][1] if index else 0
            start_after = starts_taken[index + 1] if index + 1 < len(starts_taken) else len(text)
            before = text[max(end_before, self._joined.block_start(self._joined.line_at(start))) : start]
            after = text[end : min(start_after, self._joined.block_end(self._joined.line_at(end - 1)))]
            is_changed_before = not before.endswith(" ") and 0 < len(before.strip(" ")) <= MOST_ADDED
            is_changed_after = not after.startswith(" ") and 0 < len(after.strip(" ")) <= MOST_ADDED
            if is_changed_before or is_changed_after:
                added_before = len(before) if is_changed_before else 0
                added_after = len(after) if is_changed_after else 0
                changed[number] = (start - added_before, end + added_after)
        return changed

    def _gap(self, number: int) -> _Gap:
        """What is between the nearest paragraphs before and after one. In a copy of another order, it is all of it."""
        before = max((other for other in self._found if other < number), default=None)
        after = min((other for other in self._found if other > number), default=None)
        starts = [start for _, (start, _) in sorted(self._found.items())]
        if starts != sorted(starts):
            return _Gap(0, len(self._joined.text), before, after)
        start = 0 if before is None else self._found[before][1]
        end = len(self._joined.text) if after is None else self._found[after][0]
        return _Gap(start, end, before, after)

    def _free(self, gap: _Gap) -> list[Stretch]:
        """The stretches of a gap that are no paragraph. What is far from both neighbours is left out."""
        free = []
        start = gap.start
        for taken_start, taken_end in self._taken:
            if taken_start >= gap.end:
                break
            if start < taken_start:
                free.append((start, taken_start))
            start = max(start, taken_end)
        if start < gap.end:
            free.append((start, gap.end))
        if gap.end - gap.start <= 2 * FARTHEST:
            return free
        near = []
        for start, end in free:
            near += [(start, min(end, gap.start + FARTHEST)), (max(start, gap.end - FARTHEST), end)]
        return [(start, end) for start, end in near if start < end]

    def _by_quotes(self, paragraph: RecordedParagraph, _gap: _Gap, free: Sequence[Stretch]) -> _Candidate | None:
        """Where quotes of a paragraph are about as far from each other, or from the ends of lines, as on record."""
        best = None
        for stretch in free:
            quotes = self._starts_by_quote(paragraph, stretch)
            weights: dict[int, int] = defaultdict(int)
            for _, quote, start in quotes:
                weights[start] += len(quote)
            likely_starts = sorted(weights, key=lambda start: (-weights[start], start))
            for likely_start in likely_starts[:MOST_STARTS]:
                found = self._stretch_around(paragraph, stretch, quotes, likely_start)
                rank = (-weights[likely_start],)
                if found and (best is None or rank < best.rank):
                    best = _Candidate(paragraph.number, found, rank)
        return best

    def _stretch_around(
        self,
        paragraph: RecordedParagraph,
        stretch: Stretch,
        quotes: Iterable[tuple[int, str, int]],
        likely_start: int,
    ) -> Stretch | None:
        """The passage of a stretch that a paragraph is if it starts about where its quotes say."""
        near = [quote for quote in quotes if abs(quote[2] - likely_start) <= MOST_SHIFT]
        near.sort(key=lambda quote: (quote[0], abs(quote[2] - likely_start), quote[2]))
        last_offset = near[-1][0]
        start_of_first = near[0][2]
        start_of_last = next(start for offset, _, start in near if offset == last_offset)
        end_of_last = start_of_last + paragraph.characters
        distance = min(MOST_SHIFT, max(2, paragraph.characters // 10))
        start_of_line = self._near_edge(self._joined.starts, start_of_first, stretch, stretch[0], distance)
        end_of_line = self._near_edge(self._joined.ends, end_of_last, stretch, stretch[1], distance)
        has_edges = start_of_line is not None and end_of_line is not None
        if not has_edges and not _has_two(near, paragraph.quotes):
            return None
        start = max(start_of_first, stretch[0]) if start_of_line is None else start_of_line
        end = min(end_of_last, stretch[1]) if end_of_line is None else end_of_line
        return (start, end) if start < end else None

    def _starts_by_quote(self, paragraph: RecordedParagraph, stretch: Stretch) -> list[tuple[int, str, int]]:
        """Each location of a quote in a stretch: its offset on record, its text, where the paragraph would start."""
        text = self._joined.text
        start, end = stretch
        located = []
        for offset, quote in (*paragraph.quotes, *_halves(paragraph.quotes)):
            position = text.find(quote, start, end)
            for _ in range(MOST_LOCATIONS):
                if position < 0:
                    break
                located.append((offset, quote, position - offset))
                position = text.find(quote, position + 1, end)
        return located

    def _near_edge(
        self, edges: Sequence[int], position: int, stretch: Stretch, own_edge: int, distance: int
    ) -> int | None:
        """The edge of a line nearest to a position, or that of the stretch; None if none is within a distance."""
        index = bisect_left(edges, position)
        around = edges[max(0, index - 1) : index + 1]
        inside = [edge for edge in around if stretch[0] <= edge <= stretch[1]]
        nearest = min([own_edge, *inside], key=lambda edge: (abs(edge - position), edge))
        return nearest if abs(nearest - position) <= distance else None

    def _by_length(self, paragraph: RecordedParagraph, gap: _Gap, free: Sequence[Stretch]) -> _Candidate | None:
        """The lines of a gap whose length is nearest to that of a paragraph, or all that is in the gap."""
        length = paragraph.characters
        number = paragraph.number
        candidates = []
        for stretch in free:
            for start, end in self._runs(stretch, length):
                distance = self._distance_to_neighbour(number, gap, start - free[0][0], free[-1][1] - end)
                rank = (abs(end - start - length), distance, start)
                candidates.append(_Candidate(number, (start, end), rank))
        if not candidates:
            return None
        best = min(candidates, key=lambda candidate: candidate.rank)
        difference, distance, _ = best.rank
        has_both = gap.has_start and gap.has_end
        has_one = gap.has_start or gap.has_end
        is_at_its_place = has_both or (distance == 0 and self._is_at_edge(number))
        is_near_in_length = is_at_its_place and difference <= max(2, length // 10)
        is_all_there_is = distance == 0 and [best.stretch] == list(free)
        is_nearly_as_long = has_one and difference <= 1 and (length >= LONG or is_all_there_is)
        if is_near_in_length or is_nearly_as_long:
            return best
        if has_both and len(free) == 1 and self._is_only_missing(number, gap):
            start, end = free[0]
            if length <= 2 * (end - start) <= 4 * length:
                return _Candidate(number, free[0], (abs(end - start - length), 0, start))
        return None

    def _distance_to_neighbour(self, number: int, gap: _Gap, from_start: int, from_end: int) -> int:
        """How far lines are from a neighbour: of a gap with one neighbour, from that if the numbers are consecutive."""
        distances = []
        if gap.has_start and (gap.has_end or self._are_consecutive(gap.number_before, number)):
            distances.append(from_start)
        if gap.has_end and (gap.has_start or self._are_consecutive(number, gap.number_after)):
            distances.append(from_end)
        return min(distances, default=len(self._joined.text))

    def _is_at_edge(self, number: int) -> bool:
        """Whether a paragraph is the first or the last on record."""
        return number in (min(self._paragraphs), max(self._paragraphs))

    def _are_consecutive(self, number: int | None, other: int | None) -> bool:
        """Whether no paragraph on record is between two."""
        numbers = list(self._paragraphs)
        return number is not None and other is not None and numbers.index(other) == numbers.index(number) + 1

    def _runs(self, stretch: Stretch, length: int) -> Iterator[Stretch]:
        """From each beginning of a line in a stretch, the lines that are just shorter and just longer than a length."""
        first, last = stretch
        starts = [first, *_between(self._joined.starts, first, last)]
        ends = [*_between(self._joined.ends, first, last), last]
        for start in starts:
            index = bisect_right(ends, start + length)
            for end in ends[max(0, index - 1) : index + 1]:
                if end > start:
                    yield start, end

    def _is_only_missing(self, number: int, gap: _Gap) -> bool:
        """Whether no other paragraph belongs into a gap."""
        missing = self._paragraphs.keys() - self._found.keys() - {number}
        return not any(self._gap(other) == gap for other in missing)


def _halves(quotes: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The halves of quotes: one of them is there even where the quote itself is changed in one character."""
    for offset, quote in quotes:
        middle = len(quote) // 2
        if middle >= SHORTEST_HALF:
            yield offset, quote[:middle]
            yield offset + middle, quote[middle:]


def _has_two(located: Iterable[tuple[int, str, int]], quotes: Sequence[tuple[int, str]]) -> bool:
    """Whether two whole quotes are exactly as far from each other as on record."""
    by_start: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for offset, quote, start in located:
        if (offset, quote) in quotes:
            by_start[start].append((offset, quote))
    return any(_are_apart(of_start) for of_start in by_start.values())


def _are_apart(quotes: Iterable[tuple[int, str]]) -> bool:
    """Whether two of the quotes do not overlap."""
    end = None
    for offset, quote in sorted(quotes, key=lambda quote: quote[0] + len(quote[1])):
        if end is not None and offset >= end:
            return True
        if end is None:
            end = offset + len(quote)
    return False


def _between(edges: Sequence[int], first: int, last: int) -> Sequence[int]:
    """The edges strictly between two places."""
    return edges[bisect_right(edges, first) : bisect_left(edges, last)]
