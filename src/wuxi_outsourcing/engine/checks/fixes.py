"""Problems and fixes that several checks name."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection

FORMAT_FIX = "Run `wuxi-outsourcing format`."
_MOST_COMPARED, _MOST_LISTED = 5000, 30


def not_as_format_writes(file: str, line: int) -> Problem:
    """The problem of a line that `format` would write in another way."""
    return Problem(file, line, None, "the line is not as `format` writes it", FORMAT_FIX)


def similar_name(name: str, names: Collection[str], *, cutoff: float = 0.75) -> str | None:
    """The name that is most similar to another, None if none is."""
    if len(names) > _MOST_COMPARED:
        return None
    return next(iter(get_close_matches(name[:100], names, n=1, cutoff=cutoff)), None)


def write_one_of(name: str, names: Collection[str]) -> str:
    """The fix for a name that is not there."""
    similar = similar_name(name, names)
    return f"Write {similar}." if similar else f"Write one of {', '.join(islice(names, _MOST_LISTED))}."


def choose_term(cell: str, terms: Collection[str], table: str) -> str:
    """The fix for a cell that is no term of its vocabulary.

    A similar term may mean another thing, as country does beside county: so the meaning decides, not the spelling.
    """
    meanings = f"`wuxi-outsourcing describe {table}` says what each means."
    similar = similar_name(cell, terms)
    others = ", ".join(islice((term for term in terms if term != similar), _MOST_LISTED))
    if similar and others:
        return f"Write {similar}, if that is what is meant, or another of {others}; {meanings}"
    return f"Write {similar}." if similar else f"Write one of {others}; {meanings}"
