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
    """The one of `names` that is most similar to a name, or None where none is similar enough."""
    if len(names) > _MOST_COMPARED:
        return None
    matches = get_close_matches(name[:100], names, n=1, cutoff=cutoff)
    return matches[0] if matches else None


def write_one_of(name: str, names: Collection[str]) -> str:
    """The fix for a name that is not there."""
    similar = similar_name(name, names)
    if similar:
        return f"Write {similar}."
    return f"Write one of {', '.join(islice(names, _MOST_LISTED))}."


def choose_term(cell: str, terms: Collection[str], table: str) -> str:
    """The fix for a cell that is no term of its vocabulary.

    A term with a similar spelling may mean another thing, as county and country do. So the fix says where the meanings
    are.
    """
    meanings = f"`wuxi-outsourcing describe {table}` says what each means."
    similar = similar_name(cell, terms)
    other_terms = [term for term in terms if term != similar]
    listed = ", ".join(other_terms[:_MOST_LISTED])
    if not similar:
        return f"Write one of {listed}; {meanings}"
    if not listed:
        return f"Write {similar}."
    return f"Write {similar}, if that is what is meant, or another of {listed}; {meanings}"
