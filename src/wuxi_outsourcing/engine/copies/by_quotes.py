"""Which passage of a gap is a changed paragraph by what is quoted from it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .gap import Candidate, Gap, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .joined_lines import JoinedLines
    from .recorded_source import Quote, RecordedParagraph

# How far the start of a changed paragraph may be from where a quote says that it is, and its end likewise.
MOST_SHIFT = 10
# How many locations of a quote are tried in a stretch.
MOST_LOCATIONS = 1_000
# At how many places, of those where quotes say that a paragraph starts, it is tried. The likeliest come first.
MOST_STARTS = 20
# A shorter part of a quote says nothing about where the quote is.
SHORTEST_HALF = 3


@dataclass(frozen=True, slots=True)
class _Clue:
    """A location of a quote, or of a half of one, in a copy."""

    quote: Quote
    start: int
    """Where the paragraph would start by it."""


def by_quotes(joined: JoinedLines, paragraph: RecordedParagraph, gap: Gap) -> Candidate | None:
    """The passage of a gap that has most of what is quoted from a paragraph; None if there is none.

    It must have two quotes as far from each other as on record, or begin and end with lines about where its quotes say.
    """
    best = None
    for stretch in gap.free:
        clues = _clues(joined.text, paragraph, stretch)
        weights: dict[int, int] = defaultdict(int)
        for clue in clues:
            _, words = clue.quote
            weights[clue.start] += len(words)
        likely_starts = sorted(weights, key=lambda start: (-weights[start], start))
        for likely_start in likely_starts[:MOST_STARTS]:
            passage = _passage_at(joined, paragraph, stretch, clues, likely_start)
            rank = (-weights[likely_start],)
            if passage and (best is None or rank < best.rank):
                best = Candidate(paragraph.number, passage, rank)
    return best


def _clues(text: str, paragraph: RecordedParagraph, stretch: Stretch) -> list[_Clue]:
    """Each location of a quote of a paragraph, or of a half of one, in a stretch."""
    start, end = stretch
    clues = []
    for quote in (*paragraph.quotes, *_halves(paragraph.quotes)):
        offset, words = quote
        position = text.find(words, start, end)
        for _ in range(MOST_LOCATIONS):
            if position < 0:
                break
            clues.append(_Clue(quote, position - offset))
            position = text.find(words, position + 1, end)
    return clues


def _halves(quotes: Iterable[Quote]) -> Iterator[Quote]:
    """The halves of quotes: one of them is there even where the quote itself is changed in one character."""
    for offset, words in quotes:
        middle = len(words) // 2
        if middle >= SHORTEST_HALF:
            yield offset, words[:middle]
            yield offset + middle, words[middle:]


def _passage_at(
    joined: JoinedLines, paragraph: RecordedParagraph, stretch: Stretch, clues: Iterable[_Clue], likely_start: int
) -> Stretch | None:
    """The passage of a stretch that a paragraph is if it starts about where its quotes say."""
    near = [clue for clue in clues if abs(clue.start - likely_start) <= MOST_SHIFT]
    near.sort(key=lambda clue: (clue.quote[0], abs(clue.start - likely_start), clue.start))
    start_by_first = near[0].start
    end_by_last = _start_by_last(near) + paragraph.characters
    farthest = min(MOST_SHIFT, max(2, paragraph.characters // 10))
    start_of_line = _near_edge([stretch[0], *_around(joined.starts, start_by_first, stretch)], start_by_first, farthest)
    end_of_line = _near_edge([stretch[1], *_around(joined.ends, end_by_last, stretch)], end_by_last, farthest)
    has_edges = start_of_line is not None and end_of_line is not None
    if not has_edges and not _has_two(near, paragraph.quotes):
        return None
    start = max(start_by_first, stretch[0]) if start_of_line is None else start_of_line
    end = min(end_by_last, stretch[1]) if end_of_line is None else end_of_line
    return (start, end) if start < end else None


def _start_by_last(clues: Sequence[_Clue]) -> int:
    """Where a paragraph would start by the last of its quotes. The first clue of that quote is the likeliest."""
    last_offset, _ = clues[-1].quote
    return next(clue.start for clue in clues if clue.quote[0] == last_offset)


def _around(edges: Sequence[int], position: int, stretch: Stretch) -> list[int]:
    """The edges of lines just before and just after a position, as far as they are in a stretch."""
    index = bisect_left(edges, position)
    return [edge for edge in edges[max(0, index - 1) : index + 1] if stretch[0] <= edge <= stretch[1]]


def _near_edge(edges: Iterable[int], position: int, farthest: int) -> int | None:
    """The edge that is nearest to a position; None if none is near."""
    nearest = min(edges, key=lambda edge: (abs(edge - position), edge))
    return nearest if abs(nearest - position) <= farthest else None


def _has_two(clues: Iterable[_Clue], quotes: Sequence[Quote]) -> bool:
    """Whether two whole quotes are exactly as far from each other as on record."""
    by_start: dict[int, list[Quote]] = defaultdict(list)
    for clue in clues:
        if clue.quote in quotes:
            by_start[clue.start].append(clue.quote)
    return any(_are_apart(of_start) for of_start in by_start.values())


def _are_apart(quotes: Iterable[Quote]) -> bool:
    """Whether two of the quotes do not overlap."""
    first_end = min(offset + len(words) for offset, words in quotes)
    last_start = max(offset for offset, _ in quotes)
    return last_start >= first_end
