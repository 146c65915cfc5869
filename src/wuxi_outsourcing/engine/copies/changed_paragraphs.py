"""Where a copy has the recorded paragraphs that it does not have unchanged.

The text of a paragraph is not on record. On record are its length, what is quoted from it, and where in it each quote
is. A passage is taken for a changed paragraph only between the paragraphs that are its neighbours in the article. One
of these must be true as well:

- It has two of the quotes at the right distance.
- It has one of the quotes, or half of one. A line begins about where the paragraph would begin, and a line ends about
  where it would end.
- It is whole lines that have about the length of the paragraph.
- It is all the text between both neighbours.

A paragraph that was found is changed, too, if other text stands right before or after it in its line or, in a page, in
its element. One or two characters always are a change. More are none if a sentence ends between them and the paragraph,
or if a mark separates them from it.
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
    from .paragraph_search import FoundPassage
    from .recorded_source import RecordedParagraph

# How many characters from its neighbours a changed paragraph may be.
FARTHEST = 50_000
# So few characters right beside a paragraph are a change of it, whichever they are.
FEW_ADDED = 2
# Text that ends with one of these does not go on behind it, and text that begins with one does not go on before it.
ENDS = "。!?;:…”’)]》】」』>|_/·•-—–"
BEGINS = "([【《<|_/·•-—–"
# How many of the characters beside a paragraph are taken as a part of it.
MOST_ADDED = 40


class ChangedParagraphs:
    """The search for changed paragraphs of one source in one copy."""

    def __init__(
        self,
        joined: JoinedLines,
        paragraphs: Mapping[int, RecordedParagraph],
        found: Mapping[int, FoundPassage],
        passages: Iterable[FoundPassage],
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
        changed: dict[int, Stretch] = {}
        for find in (by_quotes, by_length):
            changed |= self._found_by(find)
        for number in self._found.keys() - changed.keys():
            stretch = self._found[number]
            with_added = self._with_added_characters(*stretch)
            if with_added != stretch:
                changed[number] = with_added
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

    def _with_added_characters(self, start: int, end: int) -> Stretch:
        """A paragraph that was found, with the text beside it that is a change of it."""
        text = self._joined.text[start:end]
        before, after = self._text_beside(start, end)
        has_end_before = before[-1:] in ENDS
        has_end_after = text[-1] in ENDS or after[:1] in BEGINS
        if not before.endswith(" ") and _is_change(before, is_apart=has_end_before):
            start -= min(len(before), MOST_ADDED)
        if not after.startswith(" ") and _is_change(after, is_apart=has_end_after):
            end += min(len(after), MOST_ADDED)
        return start, end

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


def _is_change(added: str, *, is_apart: bool) -> bool:
    """Whether text right beside a paragraph is a change of it."""
    size = len(added.strip())
    return 0 < size <= FEW_ADDED or (size > FEW_ADDED and not is_apart)
