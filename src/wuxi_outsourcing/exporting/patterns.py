"""A pattern of a table schema, taken apart, and said for DuckDB, whose expressions are those of RE2.

It fits exactly the texts that Python's `re.fullmatch` fits; where that can't be said, there is None.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any

# RE2 repeats nothing more often.
MOST_REPEATED = 1000


class Unsayable(ValueError):
    """A part of a pattern that has no exact counterpart."""


@dataclass(frozen=True, slots=True)
class Characters:
    """One character: one from the first of a pair to its last, or, if `negated`, any other."""

    ranges: tuple[tuple[int, int], ...]
    negated: bool = False

    @property
    def is_one(self) -> bool:
        """Whether only one character is meant."""
        return not self.negated and len(self.ranges) == 1 and len(set(self.ranges[0])) == 1

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


def re2(pattern: str) -> str | None:
    r"""The pattern for RE2, to be fitted to a whole text.

    >>> re2(".+[a-z]{2}")
    '[^\\x{a}]+[a-z]{2}'
    """
    with suppress(Unsayable):
        return _re2(parsed(pattern), MOST_REPEATED)
    return None


def parsed(pattern: str) -> tuple[Node, ...]:
    r"""What a pattern consists of. Raises Unsayable for what has no counterpart elsewhere, such as `\d` and `^`."""
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
                raise Unsayable(kind)
            yield Repeat(low, None if endless else high, tuple(_nodes(body)))
        else:
            raise Unsayable(kind)


def _characters(items: Sequence[tuple[str, Any]]) -> Characters:
    ranges: list[tuple[int, int]] = []
    for kind, content in items:
        if kind in ("LITERAL", "RANGE"):
            ranges.append((content, content) if kind == "LITERAL" else content)
        elif kind != "NEGATE":
            raise Unsayable(kind)
    return Characters(tuple(sorted(ranges)), negated=items[0][0] == "NEGATE")


def _re2(nodes: Iterable[Node], most: int) -> str:
    """The pattern; repeats of repeats together may not be more than `most`."""
    text = ""
    for node in nodes:
        if isinstance(node, Characters):
            inside = "".join(_code(low) if low == high else f"{_code(low)}-{_code(high)}" for low, high in node.ranges)
            text += inside if node.is_one else f"[{'^' * node.negated}{inside}]"
        elif isinstance(node, Branch):
            text += f"(?:{'|'.join(_re2(option, most) for option in node.options)})"
        else:
            times = max(node.low, node.high or 0, 1)
            if times > most:
                raise Unsayable
            body = _re2(node.body, most // times)
            one = len(node.body) == 1 and isinstance(node.body[0], Characters)
            text += (body if one else f"(?:{body})") + _count(node)
    return text


def _code(character: int) -> str:
    return chr(character) if chr(character).isascii() and chr(character).isalnum() else f"\\x{{{character:x}}}"


def _count(node: Repeat) -> str:
    usual = {(0, None): "*", (1, None): "+", (0, 1): "?", (node.low, node.low): f"{{{node.low}}}"}
    return usual.get((node.low, node.high), f"{{{node.low},{'' if node.high is None else node.high}}}")
