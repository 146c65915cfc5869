"""What a contributed pattern may cost: a backtracking matcher tries every way in which a pattern can fit a cell.

`(a+)+` fits forty letters in a million million ways. The ways are counted here from the pattern's own structure, before
any cell is looked at: a pattern of few ways is fast on every cell, and no other is let through. Nor is one that
matchers (Python's and RE2 among them) take in different ways.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any

from .csv_text import MAX_CELL

MOST_WAYS = 1_000_000
# \d and the like are of ASCII or of Unicode, {,5} is a repeat or text, and [[:alpha:] is a class or a set.
_AMBIGUOUS = re.compile(r"\\[A-Za-z0-9]|\{,|\[:")
_ONE = {"LITERAL", "NOT_LITERAL", "IN", "ANY"}
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_FIRST, _LAST = 0, 0x10FFFF

Part = tuple[Any, Any]


class _Refused(ValueError):
    """Something that Table Schema's patterns, which are those of XML Schema, do not have."""


@cache
def hazard(pattern: str, max_length: int | None) -> tuple[str, str] | None:
    """What is wrong with a pattern for cells of at most that length, as message and mend.

    >>> hazard("(a+)+", 40)[0]
    'the pattern fits a cell in too many ways: checking one could take for ever'
    >>> hazard("[a-z]+(-[a-z]+)*", 40)
    """
    fix = "Write it without."
    if found := _AMBIGUOUS.search(pattern):
        return f"the pattern holds {found.group()}, which not all take alike", "Write out what it stands for."
    try:
        re.compile(pattern)
        parsed = import_module("re._parser").parse(pattern)
        ways = _ways(parsed, MAX_CELL if max_length is None else max_length)
        if parsed.state.flags != re.UNICODE:
            return "the pattern holds a flag, which Table Schema does not have", fix
    except _Refused as refused:
        return f"the pattern holds {refused}, which Table Schema does not have", fix
    except (re.error, OverflowError, RecursionError) as error:
        return f"the pattern is no regular expression: {error}", "Correct the pattern."
    if ways <= MOST_WAYS:
        return None
    fix = "Give the field a maxLength" if max_length is None else "Write it without a repeat inside a repeat"
    return "the pattern fits a cell in too many ways: checking one could take for ever", f"{fix}, or simplify it."


def _ways(parts: Iterable[Part], length: int) -> int:
    """At most how many ways there are to fit a sequence to the beginning of a text of that length."""
    ways = 1
    for kind, value in parts:
        ways *= _ways_of(str(kind), value, length)
        if ways > MOST_WAYS:
            return MOST_WAYS + 1
    return ways


def _ways_of(kind: str, value: Any, length: int) -> int:  # noqa: ANN401  (the parser says no more)
    if kind in _ONE or kind == "AT":
        return 1
    if kind == "SUBPATTERN" and not value[1] and not value[2]:
        return _ways(value[-1], length)
    if kind == "BRANCH":
        return sum(_ways(branch, length) for branch in value[1])
    if kind in _REPEATS:
        low, high, body = int(value[0]), min(int(value[1]), length), value[2]
        if low > 1 and body.getwidth()[0] == 0:
            return MOST_WAYS + 1  # as often as it says, without ever moving on
        inside = _ways(body, length)
        if inside == 1 or _separated(list(body)):
            return max(high - low + 1, 1)
        # The 20th power of two is too many already.
        return max(sum(int(inside ** min(times, 20)) for times in range(low, min(high, low + 20) + 1)), 1)
    raise _Refused(kind.lower().replace("_", " "))


def _separated(body: list[Part]) -> bool:
    """Whether a body begins with a character that cannot stand elsewhere in it, and varies in one place at most.

    It is then repeated in one way only: `(-[a-z]+)*` begins anew at each hyphen.
    """
    while len(body) == 1 and str(body[0][0]) == "SUBPATTERN":
        body = list(body[0][1][-1])
    varying = 0
    ranges = []
    for kind, value in body:
        if str(kind) in _ONE:
            ranges.append(_ranges(str(kind), value))
        elif str(kind) in _REPEATS and len(value[2]) == 1 and str(value[2][0][0]) in _ONE:
            varying += value[0] != value[1]
            ranges.append(_ranges(str(value[2][0][0]), value[2][0][1]))
        else:
            return False
    if varying > 1 or not body or str(body[0][0]) not in _ONE:
        return False
    return not any(
        low <= last and first <= high for low, high in ranges[0] for each in ranges[1:] for first, last in each
    )


def _ranges(kind: str, value: Any) -> list[tuple[int, int]]:  # noqa: ANN401
    """The characters that one part fits; all of them where that is not plain to say."""
    if kind == "LITERAL":
        return [(value, value)]
    ranges = []
    for item, content in value if kind == "IN" else ():
        if str(item) == "LITERAL":
            ranges.append((content, content))
        elif str(item) == "RANGE":
            ranges.append(content)
        else:
            return [(_FIRST, _LAST)]
    return ranges or [(_FIRST, _LAST)]
