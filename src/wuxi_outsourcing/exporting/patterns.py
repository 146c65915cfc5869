"""A pattern of a table schema, said in another language: RE2 for DuckDB, GLOB for SQLite, which has no expressions.

Either fits exactly the texts that Python's `re.fullmatch` fits; where that can't be said, there is None.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from typing import Any

from .sql import literal

# RE2 repeats nothing more often; and a pattern that falls into more cases is none to be read.
MOST_REPEATED, MOST_CASES = 1000, 64
# What `\s` fits in Python, which is more than in RE2.
_SPACES = [(0x9, 0xD), (0x1C, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)]
_SPACES += [(0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)]


class _Unsayable(ValueError):
    """A part of a pattern that has no exact counterpart."""


@dataclass(frozen=True, slots=True)
class Characters:
    """One character: one from the first of a pair to its last, or, if `negated`, any other."""

    ranges: tuple[tuple[int, int], ...]
    negated: bool = False

    def within(self, other: "Characters") -> bool:
        """Whether each of these is sure to be one of the others."""
        if self.negated:
            return self == other
        if other.negated:
            return not any(low <= last and first <= high for low, high in other.ranges for first, last in self.ranges)
        return all(any(low <= first and last <= high for low, high in other.ranges) for first, last in self.ranges)


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same, over and over; without end where `high` is None."""

    low: int
    high: int | None
    body: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One or the other."""

    options: tuple[tuple["Node", ...], ...]


Node = Characters | Repeat | Branch
# A pattern without branches: a character each, or, where the second is true, any number of them.
Case = tuple[tuple[Characters, bool], ...]


def re2(pattern: str) -> str | None:
    r"""The pattern for RE2, to be fitted to a whole text.

    >>> re2(".+[a-z]{2}")
    '[^\\x{a}]+[a-z]{2}'
    """
    with suppress(_Unsayable):
        return _re2(_parsed(pattern), MOST_REPEATED)
    return None


def glob(column: str, pattern: str) -> str | None:
    """The condition, in SQLite's SQL, that a column fits the pattern.

    >>> glob("c", "[a-z]+(-[a-z]+)*")
    "c GLOB '[a-z]*' AND c NOT GLOB '*-' AND c NOT GLOB '*--*' AND c NOT GLOB '*[^-a-z]*'"
    >>> glob("c", "a?[0-9]{2}")
    "c GLOB '[0-9][0-9]' OR c GLOB 'a[0-9][0-9]'"
    >>> glob("c", "(ab*c)*")
    """
    with suppress(_Unsayable):
        nodes = _parsed(pattern)
        return _words(column, nodes) or " OR ".join(_glob(column, case) for case in _cases(nodes))
    return None


def _parsed(pattern: str) -> tuple[Node, ...]:
    return tuple(_nodes(import_module("re._parser").parse(pattern)))


def _nodes(parts: Iterable[tuple[Any, Any]]) -> Iterator[Node]:
    for code, value in parts:
        kind = str(code)
        if kind in ("LITERAL", "NOT_LITERAL"):
            yield Characters(((value, value),), negated=kind != "LITERAL")
        elif kind == "ANY":
            yield Characters(((0xA, 0xA),), negated=True)
        elif kind == "IN":
            yield _characters([(str(item), content) for item, content in value])
        elif kind == "SUBPATTERN" and not value[1] and not value[2]:
            yield from _nodes(value[-1])
        elif kind == "BRANCH":
            yield Branch(tuple(tuple(_nodes(option)) for option in value[1]))
        elif kind in ("MAX_REPEAT", "MIN_REPEAT"):
            low, high, body = value
            endless = str(high) == "MAXREPEAT"
            if max(low, 0 if endless else high) > MOST_REPEATED:
                raise _Unsayable(kind)
            yield Repeat(low, None if endless else high, tuple(_nodes(body)))
        else:
            raise _Unsayable(kind)


def _characters(items: Sequence[tuple[str, Any]]) -> Characters:
    ranges: list[tuple[int, int]] = []
    for kind, content in items:
        if kind in ("LITERAL", "RANGE"):
            ranges.append((content, content) if kind == "LITERAL" else content)
        elif (kind, str(content)) == ("CATEGORY", "CATEGORY_SPACE"):
            ranges += _SPACES
        elif kind != "NEGATE":
            raise _Unsayable(kind)
    return Characters(tuple(sorted(ranges)), negated=items[0][0] == "NEGATE")


def _re2(nodes: Iterable[Node], most: int) -> str:
    """The pattern; repeats of repeats together may not be more than `most`."""
    text = ""
    for node in nodes:
        if isinstance(node, Characters):
            inside = "".join(_code(low) if low == high else f"{_code(low)}-{_code(high)}" for low, high in node.ranges)
            text += inside if _is_one(node) else f"[{'^' * node.negated}{inside}]"
        elif isinstance(node, Branch):
            text += f"(?:{'|'.join(_re2(option, most) for option in node.options)})"
        else:
            times = max(node.low, node.high or 0, 1)
            if times > most:
                raise _Unsayable
            body = _re2(node.body, most // times)
            one = len(node.body) == 1 and isinstance(node.body[0], Characters)
            text += (body if one else f"(?:{body})") + _count(node)
    return text


def _code(character: int) -> str:
    return chr(character) if chr(character).isascii() and chr(character).isalnum() else f"\\x{{{character:x}}}"


def _count(node: Repeat) -> str:
    usual = {(0, None): "*", (1, None): "+", (0, 1): "?", (node.low, node.low): f"{{{node.low}}}"}
    return usual.get((node.low, node.high), f"{{{node.low},{'' if node.high is None else node.high}}}")


def _cases(nodes: Iterable[Node]) -> list[Case]:
    """All ways through the pattern."""
    cases: list[Case] = [()]
    for node in nodes:
        cases = [before + after for before, after in product(cases, _options(node))]
        if len(cases) > MOST_CASES:
            raise _Unsayable
    return cases


def _options(node: Node) -> list[Case]:
    if isinstance(node, Characters):
        return [((node, False),)]
    if isinstance(node, Branch):
        return [case for option in node.options for case in _cases(option)]
    if node.high is None:
        if len(node.body) == 1 and isinstance(node.body[0], Characters):
            return [((node.body[0], False),) * node.low + ((node.body[0], True),)]
        raise _Unsayable
    if node.high - node.low > MOST_CASES:
        raise _Unsayable
    return [case for times in range(node.low, node.high + 1) for case in _cases(node.body * times)]


def _words(column: str, nodes: tuple[Node, ...]) -> str | None:
    """The condition for words of some letters with a separator between any two, `[a-z]+(-[a-z]+)*`."""
    match nodes:
        case (Repeat(1, None, (Characters() as letter,)) as word, Repeat(0, None, (Characters() as mark, again))) if (
            again == word and not letter.negated and _is_one(mark) and not mark.within(letter)
        ):
            one = _written(mark)
            no = [f"*{one}", f"*{one}{one}*", f"*{_written(_with(letter, mark), other=True)}*"]
            return " AND ".join([_is(column, f"{_written(letter)}*"), *(_is_not(column, each) for each in no)])
    return None


def _glob(column: str, case: Case) -> str:
    """The condition for one way through the pattern.

    GLOB's `*` stands for anything: what it stands for in place of a run of characters must be looked at too.
    """
    whole = _is(column, "".join("*" if run else _written(each) for each, run in case))
    runs = [index for index, (_, run) in enumerate(case) if run]
    if len(case) > 4 and len(set(case)) == 1 and not runs:  # noqa: PLR2004  (as many as are read at a glance)
        return f"length({column}) = {len(case)} AND {_is_not(column, f'*{_written(case[0][0], other=True)}*')}"
    if not runs:
        return whole
    first, last = runs[0], runs[-1]
    letter = case[first][0]
    if any(case[index][0] != letter for index in runs):
        raise _Unsayable
    strange = [each for each, _ in case[first:last] if not each.within(letter)]
    inside = column
    if any(not each.within(letter) for each, _ in (*case[:first], *case[last:])):
        # What stands before the first run, and behind the last, is as long as it is.
        before, after = first, len(case) - last - 1
        inside = f"substr({column}, {before + 1}, length({column}) - {before + after})"
    if not strange:
        return f"{whole} AND {_is_not(inside, f'*{_written(letter, other=True)}*')}"
    mark = strange[0]
    if len(strange) > 1 or letter.negated or not _is_one(mark) or mark.within(letter):
        raise _Unsayable
    # The one mark between two runs stands there once.
    one, neither = _written(mark), _written(_with(letter, mark), other=True)
    return f"{whole} AND {_is_not(inside, f'*{one}*{one}*')} AND {_is_not(inside, f'*{neither}*')}"


def _is(column: str, pattern: str) -> str:
    return f"{column} GLOB {literal(pattern)}"


def _is_not(column: str, pattern: str) -> str:
    return f"{column} NOT GLOB {literal(pattern)}"


def _is_one(characters: Characters) -> bool:
    return not characters.negated and len(characters.ranges) == 1 and len(set(characters.ranges[0])) == 1


def _with(letter: Characters, mark: Characters) -> Characters:
    return Characters(tuple(sorted(letter.ranges + mark.ranges)))


def _written(characters: Characters, *, other: bool = False) -> str:
    """The characters, or all others, as GLOB has them: `]` first, then `-`, and `^` last stand for themselves."""
    if _is_one(characters) and not other and chr(characters.ranges[0][0]) not in "*?[":
        return chr(characters.ranges[0][0])
    listed = "".join(_range(low, high) for low, high in _without(characters.ranges, "]-^"))
    first, last = (
        "".join(mark for mark in marks if Characters(((ord(mark), ord(mark)),)).within(Characters(characters.ranges)))
        for marks in ("]-", "^")
    )
    return f"[{'^' * (characters.negated != other)}{first}{listed}{last}]"


def _range(low: int, high: int) -> str:
    return chr(low) if low == high else f"{chr(low)}-{chr(high)}"


def _without(ranges: Iterable[tuple[int, int]], marks: str) -> Iterator[tuple[int, int]]:
    """The ranges with these characters cut out."""
    for low, high in ranges:
        edges = sorted(ord(mark) for mark in marks if low <= ord(mark) <= high)
        for start, end in zip([low, *(edge + 1 for edge in edges)], [*(edge - 1 for edge in edges), high], strict=True):
            if start <= end:
                yield start, end
