"""Where a copy has the recorded paragraphs of a source, unchanged.

A paragraph is known by its length and its hash alone. A passage of the copy that has both is the paragraph, whatever
stands around it. A passage is tried if it starts where a paragraph may start:

- at the start of a line
- in the middle of a line, where a paragraph that was found ends
- in the middle of a line, if its longest recorded quote is then as far from the start as on record
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..problems import Problem, Unusable
from .article import text_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .joined_lines import JoinedLines
    from .recorded_source import Quote, RecordedParagraph

# How many passages of a file are tried: it bounds the time that a file can cost.
MOST_TRIED = 200_000


@dataclass(frozen=True, slots=True, order=True)
class FoundPassage:
    """A passage of a copy. Its start and end are places in the joined lines."""

    start: int
    end: int
    text: str


class ParagraphSearch:
    """The search for the paragraphs of one source in one copy."""

    def __init__(self, file: str, joins: Sequence[JoinedLines], paragraphs: Iterable[RecordedParagraph]) -> None:
        """Nothing is searched yet."""
        self._file = file
        self._joins = joins
        self._paragraphs = list(paragraphs)
        self._numbers: dict[tuple[int, str], list[int]] = defaultdict(list)
        for paragraph in self._paragraphs:
            self._numbers[paragraph.characters, paragraph.sha256].append(paragraph.number)
        self._tried = 0
        self._found: dict[FoundPassage, list[int]] = {}

    def run(self) -> tuple[dict[int, FoundPassage], list[FoundPassage]]:
        """Two results: the paragraphs that were found, by number, and all passages that are a paragraph, in order.

        No two passages overlap. A copy may have a paragraph several times: then the first result has the one that suits
        the order of the article, and the second has them all. Raises Unusable if too many passages would be tried.
        """
        for joined in self._joins:
            ends = set(joined.ends)
            for paragraph in self._paragraphs:
                for start in self._starts(joined, ends, paragraph):
                    self._try(joined, start, paragraph.characters)
        self._go_on_within_lines()
        passages = _without_overlaps(self._found)
        return self._chosen(passages), passages

    def _starts(self, joined: JoinedLines, ends: set[int], paragraph: RecordedParagraph) -> Iterator[int]:
        """Where a paragraph may start in the joined lines.

        If nothing is quoted from it, that is at the start of any line. Otherwise, it is at the start of a line if the
        paragraph would end with a line and have one of its quotes, or anywhere if it would have its longest quote.
        """
        quotes = paragraph.quotes
        for start in joined.starts:
            ends_with_line = start + paragraph.characters in ends
            if not quotes or (ends_with_line and _has_a_quote(joined.text, start, quotes)):
                yield start
        if not quotes:
            return
        offset, longest_quote = max(quotes, key=lambda quote: (len(quote[1]), -quote[0]))
        position = joined.text.find(longest_quote)
        while position >= 0:
            if position >= offset:
                yield position - offset
            position = joined.text.find(longest_quote, position + 1)

    def _go_on_within_lines(self) -> None:
        """Try the passages that start where a passage that was found ends in the middle of a line."""
        without_space = self._joins[0]
        ends = set(without_space.ends)
        lengths = sorted({paragraph.characters for paragraph in self._paragraphs})
        queue = list(self._found)
        seen = set()
        while queue:
            end = queue.pop().end
            if end in ends or end in seen:
                continue
            seen.add(end)
            for joined in self._joins:
                start = joined.position(end, without_space)
                while joined.text[start] == " ":
                    start += 1
                for length in lengths:
                    passage = self._try(joined, start, length)
                    if passage:
                        queue.append(passage)

    def _try(self, joined: JoinedLines, start: int, length: int) -> FoundPassage | None:
        """The passage of a length from a start, if it is a paragraph that was not found before."""
        end = start + length
        if end > len(joined.text):
            return None
        is_tried_already = joined is not self._joins[0] and not joined.has_spaces(start, end)
        if is_tried_already:
            return None
        self._tried += 1
        if self._tried > MOST_TRIED:
            message = "the file has too many passages that could be a paragraph of the article"
            raise Unusable(Problem(self._file, None, None, message, "Give the article alone."))
        text = joined.text[start:end]
        numbers = self._numbers.get((length, text_digest(text)))
        if not numbers:
            return None
        passage = FoundPassage(joined.place(start), joined.end_place(end), text)
        if passage in self._found:
            return None
        self._found[passage] = numbers
        return passage

    def _chosen(self, passages: Sequence[FoundPassage]) -> dict[int, FoundPassage]:
        """The passage that is each paragraph: as many as can be in the order of the article, the others anywhere."""
        chosen = _in_order(passages, self._found)
        used = set(chosen.values())
        for passage in passages:
            if passage in used:
                continue
            free = [number for number in self._found[passage] if number not in chosen]
            if free:
                chosen[free[0]] = passage
        return dict(sorted(chosen.items()))


def _has_a_quote(text: str, start: int, quotes: Iterable[Quote]) -> bool:
    """Whether one of the quotes of a paragraph is where it should be, if the paragraph starts at `start`."""
    return any(text.startswith(quote, start + offset) for offset, quote in quotes)


def _without_overlaps(passages: Iterable[FoundPassage]) -> list[FoundPassage]:
    """The passages in order, without those that begin in another one. Of two that begin together, the longer stays."""
    kept: list[FoundPassage] = []
    for passage in sorted(passages, key=lambda passage: (passage.start, -passage.end)):
        if not kept or passage.start >= kept[-1].end:
            kept.append(passage)
    return kept


def _in_order(
    passages: Sequence[FoundPassage], numbers: Mapping[FoundPassage, Sequence[int]]
) -> dict[int, FoundPassage]:
    """The longest series of passages that are paragraphs with ascending numbers.

    Where the copy has a passage twice, the later one is in the series. This is the usual algorithm for the longest
    increasing subsequence.
    """
    # For each length, the series of that length that ends with the lowest number.
    last_numbers: list[int] = []
    last_links: list[_Link] = []
    for passage in passages:
        for number in reversed(numbers[passage]):
            length = bisect_left(last_numbers, number)
            before = last_links[length - 1] if length else None
            link = _Link(number, passage, before)
            # Replaces the series of this length, or appends the first one.
            last_numbers[length : length + 1] = [number]
            last_links[length : length + 1] = [link]
    series = {}
    at = last_links[-1] if last_links else None
    while at:
        series[at.number] = at.passage
        at = at.before
    return series


@dataclass(frozen=True, slots=True)
class _Link:
    """The last passage of a series, linked to the one before it."""

    number: int
    passage: FoundPassage
    before: _Link | None
