"""Where a copy has the recorded paragraphs that it does not have unchanged.

The text of a paragraph is not on record. On record are its length, what is quoted from it, and where in it each quote
is. A passage is taken for a changed paragraph only between the paragraphs that are its neighbours in the article. One
of these must be true as well:

- It has two of the quotes at the right distance.
- It has one of the quotes, or half of one. A line begins about where the paragraph would begin, and a line ends about
  where it would end.
- It is whole lines that have about the length of the paragraph.
- It is all the text between both neighbours.

A paragraph that was found is changed, too, if one or two characters stand right before or after it in its line or, in a
page, in its element.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from .by_length import by_length
from .by_quotes import by_quotes
from .gap import Candidate, Gap, Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from .joined_lines import JoinedLines
    from .paragraph_search import Passage
    from .recorded_source import RecordedParagraph

# How many characters from its neighbours a changed paragraph may be.
FARTHEST = 50_000
# A text of so many characters right beside a paragraph is a change of it. A longer one is another text.
MOST_ADDED = 2


class ChangedParagraphs:
    """The search for changed paragraphs of one source in one copy."""

    def __init__(
        self,
        joined: JoinedLines,
        paragraphs: Mapping[int, RecordedParagraph],
        found: Mapping[int, Passage],
        passages: Iterable[Passage],
    ) -> None:
        """Nothing is searched yet. `found` and `passages` are the results of the search for unchanged paragraphs."""
        self._joined = joined
        self._paragraphs = paragraphs
        self._numbers = list(paragraphs)
        self._indexes = {number: index for index, number in enumerate(self._numbers)}
        self._found = {number: (passage.start, passage.end) for number, passage in found.items()}
        self._taken = sorted((passage.start, passage.end) for passage in passages)

    def run(self) -> dict[int, Stretch]:
        """Where each changed paragraph is, by number."""
        changed = self._with_added_characters()
        for find in (by_quotes, by_length):
            changed |= self._found_by(find)
        return changed

    def _found_by(self, find: Callable[[JoinedLines, RecordedParagraph, Gap], Candidate | None]) -> dict[int, Stretch]:
        """What is found in one way. The likeliest paragraph is taken first: it makes the gaps of the others smaller."""
        found: dict[int, Stretch] = {}
        known: dict[int, tuple[Gap, Candidate | None]] = {}
        while True:
            for number in self._paragraphs.keys() - self._found.keys():
                gap = self._gap(number)
                if number not in known or known[number][0] != gap:
                    known[number] = (gap, find(self._joined, self._paragraphs[number], gap))
            candidates = [candidate for number, (_, candidate) in known.items() if number not in self._found]
            likely = [candidate for candidate in candidates if candidate]
            if not likely:
                return found
            likeliest = min(likely, key=lambda candidate: (candidate.rank, candidate.number))
            found[likeliest.number] = likeliest.stretch
            self._found[likeliest.number] = likeliest.stretch
            self._taken = sorted([*self._taken, likeliest.stretch])

    def _with_added_characters(self) -> dict[int, Stretch]:
        """The paragraphs that were found with a character or two right beside them."""
        changed = {}
        for number, (start, end) in self._found.items():
            before, after = self._text_beside(start, end)
            is_changed_before = not before.endswith(" ") and 0 < len(before.strip(" ")) <= MOST_ADDED
            is_changed_after = not after.startswith(" ") and 0 < len(after.strip(" ")) <= MOST_ADDED
            if is_changed_before or is_changed_after:
                added_before = len(before) if is_changed_before else 0
                added_after = len(after) if is_changed_after else 0
                changed[number] = (start - added_before, end + added_after)
        return changed

    def _text_beside(self, start: int, end: int) -> tuple[str, str]:
        """What is beside a passage that was found, up to the next one and to the ends of its line or element."""
        joined = self._joined
        index = bisect_left(self._taken, (start, end))
        first = joined.block_start(joined.line_at(start))
        last = joined.block_end(joined.line_at(end - 1))
        if index > 0:
            first = max(first, self._taken[index - 1][1])
        if index + 1 < len(self._taken):
            last = min(last, self._taken[index + 1][0])
        return joined.text[first:start], joined.text[end:last]

    def _gap(self, number: int) -> Gap:
        """Where a paragraph would be. In a copy with the paragraphs in another order, it may be anywhere."""
        before = max((other for other in self._found if other < number), default=None)
        after = min((other for other in self._found if other > number), default=None)
        starts = [self._found[other][0] for other in sorted(self._found)]
        is_in_order = starts == sorted(starts)
        start, end = 0, len(self._joined.text)
        if is_in_order and before is not None:
            start = self._found[before][1]
        if is_in_order and after is not None:
            end = self._found[after][0]
        index = self._indexes[number]
        return Gap(
            free=self._free(start, end),
            has_start=before is not None,
            has_end=after is not None,
            follows_start=before is not None and self._numbers[index - 1] == before,
            precedes_end=after is not None and self._numbers[index + 1] == after,
            is_at_edge=number in (self._numbers[0], self._numbers[-1]),
            is_for_one=self._is_for_one(before, after),
        )

    def _is_for_one(self, before: int | None, after: int | None) -> bool:
        """Whether one paragraph alone is missing between two."""
        first = 0 if before is None else self._indexes[before] + 1
        end = len(self._numbers) if after is None else self._indexes[after]
        return end - first == 1

    def _free(self, first: int, last: int) -> Sequence[Stretch]:
        """The stretches between two places that are no paragraph, without what is far from both places."""
        free = []
        start = first
        for taken_start, taken_end in self._taken:
            if taken_start >= last:
                break
            if start < taken_start:
                free.append((start, taken_start))
            start = max(start, taken_end)
        if start < last:
            free.append((start, last))
        if last - first <= 2 * FARTHEST:
            return free
        near = []
        for start, end in free:
            near += [(start, min(end, first + FARTHEST)), (max(start, last - FARTHEST), end)]
        return [(start, end) for start, end in near if start < end]
