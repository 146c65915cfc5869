"""The lines of a copy as one text: joined without a space, or with one where a wrapped line has lost it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .article import Line

_ENDS_LATIN = re.compile("[A-Za-z]$")
_STARTS_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class JoinedLines:
    """Lines, joined in one way.

    A position counts the characters of the text. A place counts those of the same lines joined without a space, so that
    it is the same in all ways of joining.
    """

    text: str
    starts: Sequence[int]
    """Where each line starts in the text."""
    ends: Sequence[int]
    """Where each line ends in the text."""
    spaces: Sequence[int]
    """How many spaces were put in from the beginning to the start of each line."""
    goes_on: Sequence[bool]
    """Whether each line goes on with the one above, as in a page."""

    def line_at(self, position: int) -> int:
        """The index of the line that has a character of the text. A space between two lines belongs to the first."""
        return bisect_right(self.starts, position) - 1

    def place(self, position: int) -> int:
        """The place of a character of the text."""
        return position - self.spaces[self.line_at(position)]

    def end_place(self, position: int) -> int:
        """The place of the end of a passage, from its position in the text."""
        return self.place(position - 1) + 1

    def block_start(self, index: int) -> int:
        """Where the block of a line starts: the line itself, after those above with which it goes on."""
        while self.goes_on[index]:
            index -= 1
        return self.starts[index]

    def block_end(self, index: int) -> int:
        """Where the block of a line ends: the line itself, before those below that go on with it."""
        while index + 1 < len(self.goes_on) and self.goes_on[index + 1]:
            index += 1
        return self.ends[index]

    def position(self, place: int, without_space: JoinedLines) -> int:
        """The position in the text of a place. `without_space` are the same lines, joined without a space."""
        return place + self.spaces[without_space.line_at(place)]

    def has_spaces(self, start: int, end: int) -> bool:
        """Whether spaces were put into a passage."""
        return self.spaces[self.line_at(start)] != self.spaces[self.line_at(end - 1)]


def join(lines: Sequence[Line]) -> list[JoinedLines]:
    """The lines, joined in each way: without a space, with one between Latin letters, with one where the file has."""
    without = [False] * len(lines)
    between_letters = [False]
    for one, other in pairwise(lines):
        is_between_letters = _ENDS_LATIN.search(one.text) and _STARTS_LATIN.match(other.text)
        between_letters.append(bool(is_between_letters))
    where_file_has = [line.is_spaced for line in lines]
    where_file_has[:1] = [False]
    return [_joined(lines, spaced) for spaced in (without, between_letters, where_file_has)]


def _joined(lines: Sequence[Line], spaced: Sequence[bool]) -> JoinedLines:
    """The lines joined, with a space before each line for which `spaced` is true."""
    parts = []
    starts = []
    ends = []
    end = 0
    for line, has_space in zip(lines, spaced, strict=True):
        if has_space:
            parts.append(" ")
            end += 1
        parts.append(line.text)
        starts.append(end)
        end += len(line.text)
        ends.append(end)
    return JoinedLines("".join(parts), starts, ends, list(accumulate(spaced)), [line.goes_on for line in lines])
