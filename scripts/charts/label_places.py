"""Where the label of a mark has room."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .sheet import SMALL, Point
from .text_layout import breadth

ASCENT, DESCENT = 0.85, 0.2
"""How far text reaches above and below its base line, in sizes of the font."""


class Box(NamedTuple):
    """A part of the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether two boxes have a part in common."""
        beside = self.right <= other.left or other.right <= self.left
        above = self.bottom <= other.top or other.bottom <= self.top
        return not (beside or above)

    def holds(self, other: "Box") -> bool:
        """Whether a box lies inside this one."""
        in_width = self.left <= other.left and other.right <= self.right
        return in_width and self.top <= other.top and other.bottom <= self.bottom


class Place(NamedTuple):
    """The base line of a label and the anchor of its text."""

    at: Point
    anchor: str


def room_for(text: str, mark: Box, taken: Sequence[Box], frame: Box) -> tuple[Place, Box] | None:
    """A free place for the label of a mark inside a frame; None without one."""
    for place in _candidates(mark):
        box = text_box(text, place)
        if frame.holds(box) and not any(box.overlaps(other) for other in taken):
            return place, box
    return None


def text_box(text: str, place: Place) -> Box:
    """What a label covers."""
    x, y = place.at
    width = breadth(text, SMALL)
    left = x - width * {"start": 0, "middle": 0.5, "end": 1}[place.anchor]
    return Box(left, y - SMALL * ASCENT, left + width, y + SMALL * DESCENT)


def _candidates(mark: Box) -> Iterator[Place]:
    """Above a mark, to its right, to its left and below it."""
    middle = (mark.left + mark.right) / 2
    level = (mark.top + mark.bottom) / 2 + SMALL * (ASCENT - DESCENT) / 2
    above = mark.top - SMALL * DESCENT - 1
    below = mark.bottom + SMALL * ASCENT + 1
    yield Place((middle, above), "middle")
    yield Place((mark.right + 2, level), "start")
    yield Place((mark.left - 2, level), "end")
    yield Place((mark.left, above), "start")
    yield Place((mark.right, above), "end")
    yield Place((middle, below), "middle")
    yield Place((mark.left, below), "start")
    yield Place((mark.right, below), "end")


def around(points: Iterable[Point], reach: float) -> Box:
    """The box around marks."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs) - reach, min(ys) - reach, max(xs) + reach, max(ys) + reach)
