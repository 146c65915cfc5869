"""Which lines of a gap are a changed paragraph by their length, which is all that is known of one without quotes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from .gap import Candidate, Gap, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .joined_lines import JoinedLines
    from .recorded_source import RecordedParagraph

# Lines of the length of so long a paragraph are taken for it even if they are not right beside a neighbour.
LONG = 30


def by_length(joined: JoinedLines, paragraph: RecordedParagraph, gap: Gap) -> Candidate | None:
    """The lines of a gap whose length is nearest to that of a paragraph, or all the text of the gap.

    None if these lengths are too far from that of the paragraph.
    """
    candidates = list(_candidates(joined, paragraph, gap))
    if not candidates:
        return None
    best = min(candidates, key=lambda candidate: candidate.rank)
    if _is_near(best, paragraph, gap):
        return best
    if gap.has_both and gap.is_for_one and len(gap.free) == 1:
        start, end = gap.free[0]
        is_half_to_double = paragraph.characters <= 2 * (end - start) <= 4 * paragraph.characters
        if is_half_to_double:
            return Candidate(paragraph.number, (start, end), (abs(end - start - paragraph.characters), 0, start))
    return None


def _candidates(joined: JoinedLines, paragraph: RecordedParagraph, gap: Gap) -> Iterator[Candidate]:
    """Lines of about the length of a paragraph. They rank by difference in length, then distance from a neighbour."""
    for stretch in gap.free:
        for start, end in _runs(joined, stretch, paragraph.characters):
            distances = [len(joined.text)]
            if gap.has_both or gap.follows_start:
                distances.append(start - gap.free[0][0])
            if gap.has_both or gap.precedes_end:
                distances.append(gap.free[-1][1] - end)
            rank = (abs(end - start - paragraph.characters), min(distances), start)
            yield Candidate(paragraph.number, (start, end), rank)


def _is_near(candidate: Candidate, paragraph: RecordedParagraph, gap: Gap) -> bool:
    """Whether lines have nearly the length of a paragraph. How nearly they need to depends on where they are."""
    difference, distance, _ = candidate.rank
    is_at_its_place = gap.has_both or (distance == 0 and gap.is_at_edge)
    if is_at_its_place and difference <= max(2, paragraph.characters // 10):
        return True
    is_all_there_is = distance == 0 and [candidate.stretch] == list(gap.free)
    is_sure = is_all_there_is or paragraph.characters >= LONG
    return is_sure and difference <= 1 and (gap.has_start or gap.has_end)


def _runs(joined: JoinedLines, stretch: Stretch, length: int) -> Iterator[Stretch]:
    """From each start of a line in a stretch, two runs of lines: the longest within a length, and one line more."""
    first, last = stretch
    starts = [first, *_between(joined.starts, first, last)]
    ends = [*_between(joined.ends, first, last), last]
    for start in starts:
        index = bisect_right(ends, start + length)
        for end in ends[max(0, index - 1) : index + 1]:
            if end > start:
                yield start, end


def _between(edges: Sequence[int], first: int, last: int) -> Sequence[int]:
    """The edges strictly between two places."""
    return edges[bisect_right(edges, first) : bisect_left(edges, last)]
