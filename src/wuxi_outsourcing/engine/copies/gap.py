"""What is between two paragraphs that were found in a copy, and what of it may be a third one that was not."""

from collections.abc import Sequence
from dataclasses import dataclass

Stretch = tuple[int, int]
"""Where a passage starts and ends, in places of the joined lines."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a paragraph that was not found would be.

    That is between the nearest paragraphs, before it and after it in the article, that were found.
    """

    free: Sequence[Stretch]
    """The stretches of the gap that are no other paragraph, in order."""
    has_start: bool
    """Whether a paragraph before it was found."""
    has_end: bool
    """Whether a paragraph after it was found."""
    follows_start: bool
    """Whether the one found before it is right before it in the article."""
    precedes_end: bool
    """Whether the one found after it is right after it in the article."""
    is_at_edge: bool
    """Whether it is the first or the last paragraph of the article."""
    is_for_one: bool
    """Whether no other paragraph would be in the same gap."""

    @property
    def has_both(self) -> bool:
        """Whether paragraphs before it and after it were found."""
        return self.has_start and self.has_end


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a changed paragraph."""

    number: int
    stretch: Stretch
    rank: tuple[int, ...]
    """The lower, the likelier."""
