"""What is between two paragraphs that were found in a copy, and what of it may be a third one that was not."""

from collections.abc import Sequence
from dataclasses import dataclass

Stretch = tuple[int, int]
"""Where a passage starts and ends, in places of the joined lines."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a paragraph that was not found would be: between its neighbours in the article, if these were found."""

    free: Sequence[Stretch]
    """The stretches that are no other paragraph, in order."""
    has_start: bool
    """Whether a paragraph is in front of it."""
    has_end: bool
    """Whether a paragraph is behind it."""
    follows_start: bool
    """Whether the paragraph in front of it is the one before in the article, too."""
    precedes_end: bool
    """Whether the paragraph behind it is the next one in the article, too."""
    is_at_edge: bool
    """Whether it is where the first or the last paragraph of the article would be."""
    is_for_one: bool
    """Whether no other paragraph that was not found would be in it."""

    @property
    def has_both(self) -> bool:
        """Whether paragraphs are in front of it and behind it."""
        return self.has_start and self.has_end


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a changed paragraph."""

    number: int
    stretch: Stretch
    rank: tuple[int, ...]
    """The less, the likelier."""
