"""Where a copy has the recorded paragraphs that it does not have unchanged.

The text of a paragraph is not on record, but its length is, what is quoted from it and where in it each quote is. A
passage is taken for a changed paragraph only between the passages that are its neighbours in the article:

- if it has two of the quotes at the right distance
- if it has one of them, and begins and ends with a line about where the paragraph would
- if whole lines have about the length of the paragraph
- if it is all there is between both neighbours
- if it is a paragraph that was found, and a character or two that stand right before or after it in its line
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .joined_lines import JoinedLines
    from .paragraph_search import Passage
    from .recorded_source import RecordedParagraph

# How far a changed paragraph may begin from where a quote says, and its end likewise.
MOST_SHIFT = 10
# How many locations of a quote are tried between two neighbours.
MOST_LOCATIONS = 1_000
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
    has_start: bool
    """Whether a neighbour is before it."""
    has_end: bool
    """Whether a neighbour is after it."""


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
        self._taken = sorted((passage.start, passage.end) for passage in passages)

    def run(self) -> dict[int, Stretch]:
        """Where each changed paragraph is, by number."""
        changed = self._with_added_characters()
        missing = [self._paragraphs[number] for number in sorted(self._paragraphs.keys() - self._found.keys())]
        for find in (self._by_quotes, self._by_length):
            for paragraph in missing:
                if paragraph.number in self._found:
                    continue
                stretch = find(paragraph, self._gap(paragraph.number))
                if stretch:
                    changed[paragraph.number] = stretch
                    self._take(paragraph.number, stretch)
        return changed

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
            before = text[max(end_before, self._joined.starts[self._joined.line_at(start)]) : start]
            after = text[end : min(start_after, self._joined.ends[self._joined.line_at(end - 1)])]
            is_changed_before = not before.endswith(" ") and 0 < len(before.strip(" ")) <= MOST_ADDED
            is_changed_after = not after.startswith(" ") and 0 < len(after.strip(" ")) <= MOST_ADDED
            if is_changed_before or is_changed_after:
                added_before = len(before) if is_changed_before else 0
                added_after = len(after) if is_changed_after else 0
                changed[number] = (start - added_before, end + added_after)
        return changed

    def _gap(self, number: int) -> _Gap:
        """What is between the nearest paragraphs before and after one, in whichever order these are.

        Where only one of them is there, it is what is behind it, or what is in front of it if nothing is behind.
        """
        before = max((other for other in self._found if other < number), default=None)
        after = min((other for other in self._found if other > number), default=None)
        start = 0 if before is None else self._found[before][1]
        end = len(self._joined.text) if after is None else self._found[after][0]
        if before is not None and after is not None and start > end:
            start, end = self._found[after][1], self._found[before][0]
        if start == end and after is None and before is not None:
            return _Gap(0, self._found[before][0], has_start=False, has_end=True)
        if start == end and before is None and after is not None:
            return _Gap(self._found[after][1], len(self._joined.text), has_start=True, has_end=False)
        return _Gap(start, end, has_start=before is not None, has_end=after is not None)

    def _free(self, gap: _Gap) -> list[Stretch]:
        """The stretches of a gap that are no paragraph."""
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
        return free

    def _by_quotes(self, paragraph: RecordedParagraph, gap: _Gap) -> Stretch | None:
        """Where quotes of a paragraph are about as far from each other, or from the ends of lines, as on record."""
        best = None
        best_weight = 0
        for stretch in self._free(gap):
            starts_by_quote = self._starts_by_quote(paragraph, stretch)
            weights: dict[int, int] = defaultdict(int)
            for _, quote, start in starts_by_quote:
                weights[start] += len(quote)
            if not weights:
                continue
            likely_start = min(weights, key=lambda start: (-weights[start], start))
            near = [quote for quote in starts_by_quote if abs(quote[2] - likely_start) <= MOST_SHIFT]
            near.sort(key=lambda quote: (quote[0], abs(quote[2] - likely_start), quote[2]))
            _, _, start_of_first = near[0]
            last_offset = near[-1][0]
            start_of_last = next(start for offset, _, start in near if offset == last_offset)
            distance = min(MOST_SHIFT, max(2, paragraph.characters // 10))
            end_of_last = start_of_last + paragraph.characters
            start_of_line = self._near_edge(self._joined.starts, start_of_first, stretch, stretch[0], distance)
            end_of_line = self._near_edge(self._joined.ends, end_of_last, stretch, stretch[1], distance)
            has_edges = start_of_line is not None and end_of_line is not None
            exact = [(offset, quote) for offset, quote, start_of_quote in near if start_of_quote == likely_start]
            if not has_edges and not _are_apart(exact):
                continue
            start = max(start_of_first, stretch[0]) if start_of_line is None else start_of_line
            end = min(end_of_last, stretch[1]) if end_of_line is None else end_of_line
            if start < end and weights[likely_start] > best_weight:
                best, best_weight = (start, end), weights[likely_start]
        return best

    def _starts_by_quote(self, paragraph: RecordedParagraph, stretch: Stretch) -> list[tuple[int, str, int]]:
        """Each location of a quote in a stretch: its offset on record, its text, where the paragraph would start."""
        text = self._joined.text
        start, end = stretch
        located = []
        for offset, quote in paragraph.quotes:
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

    def _by_length(self, paragraph: RecordedParagraph, gap: _Gap) -> Stretch | None:
        """The lines of a gap whose length is nearest to that of a paragraph, or all that is in the gap."""
        length = paragraph.characters
        best = None
        best_rank: tuple[int, int, int] | None = None
        free = self._free(gap)
        for stretch in free:
            for start, end in self._runs(stretch, length):
                distances = []
                if gap.has_start:
                    distances.append(start - free[0][0])
                if gap.has_end:
                    distances.append(free[-1][1] - end)
                rank = (abs(end - start - length), min(distances, default=start), start)
                if best_rank is None or rank < best_rank:
                    best, best_rank = (start, end), rank
        if best is None or best_rank is None:
            return None
        difference, distance, _ = best_rank
        tolerance = max(2, length // 10)
        has_both = gap.has_start and gap.has_end
        has_one = gap.has_start or gap.has_end
        is_beside_neighbour = has_one and distance == 0
        is_near_in_length = difference <= tolerance and (has_both or is_beside_neighbour)
        is_long_and_near = has_one and length >= LONG and difference <= 1
        if is_near_in_length or is_long_and_near:
            return best
        if has_both and len(free) == 1 and self._is_only_missing(paragraph.number, gap):
            (start, end) = free[0]
            if length <= 2 * (end - start) <= 4 * length:
                return start, end
        return None

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
