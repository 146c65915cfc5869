"""A pattern of a table schema, said for SQLite, which has no expressions but GLOB.

The condition fits exactly the texts that Python's `re.fullmatch` fits; where that can't be said, there is None.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import product

from .patterns import MOST_REPEATED, Branch, Characters, Node, Repeat, Unsayable, parsed
from .sql import literal

# A pattern that falls into more cases is none to be read.
MOST_CASES = 64
# A pattern without branches: a character each, or, where the second is true, any number of them.
Case = tuple[tuple[Characters, bool], ...]


def glob(column: str, pattern: str) -> str | None:
    """The condition, in SQLite's SQL, that a column fits the pattern.

    >>> glob("c", "[a-z]+(-[a-z]+)*")
    "c GLOB '[a-z]*' AND c NOT GLOB '*-' AND c NOT GLOB '*--*' AND c NOT GLOB '*[^-a-z]*'"
    >>> glob("c", "a?[0-9]{2}")
    "c GLOB '[0-9][0-9]' OR c GLOB 'a[0-9][0-9]'"
    >>> glob("c", "(ab*c)*")
    """
    with suppress(Unsayable):
        nodes = parsed(pattern)
        return _words(column, nodes) or " OR ".join(_glob(column, case) for case in _cases(nodes))
    return None


def _cases(nodes: Iterable[Node]) -> list[Case]:
    """All ways through the pattern."""
    cases: list[Case] = [()]
    for node in nodes:
        cases = [before + after for before, after in product(cases, _options(node))]
        if len(cases) > MOST_CASES or max(map(len, cases)) > MOST_REPEATED:
            raise Unsayable
    return cases


def _options(node: Node) -> list[Case]:
    if isinstance(node, Characters):
        return [((node, False),)]
    if isinstance(node, Branch):
        return [case for option in node.options for case in _cases(option)]
    if node.high is None:
        if len(node.body) == 1 and isinstance(node.body[0], Characters):
            return [((node.body[0], False),) * node.low + ((node.body[0], True),)]
        raise Unsayable
    if node.high - node.low > MOST_CASES:
        raise Unsayable
    return [case for times in range(node.low, node.high + 1) for case in _cases(node.body * times)]


def _words(column: str, nodes: tuple[Node, ...]) -> str | None:
    """The condition for words of some letters with a separator between any two, `[a-z]+(-[a-z]+)*`."""
    match nodes:
        case (Repeat(1, None, (Characters() as letter,)) as word, Repeat(0, None, (Characters() as mark, again))) if (
            again == word and not letter.negated and mark.is_one and not mark.within(letter)
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
        raise Unsayable
    strange = [each for each, _ in case[first:last] if not each.within(letter)]
    inside = column
    if any(not each.within(letter) for each, _ in (*case[:first], *case[last:])):
        # What stands before the first run, and behind the last, is as long as it is.
        before, after = first, len(case) - last - 1
        inside = f"substr({column}, {before + 1}, length({column}) - {before + after})"
    if not strange:
        return f"{whole} AND {_is_not(inside, f'*{_written(letter, other=True)}*')}"
    mark = strange[0]
    if len(strange) > 1 or letter.negated or not mark.is_one or mark.within(letter):
        raise Unsayable
    # The one mark between two runs stands there once.
    one, neither = _written(mark), _written(_with(letter, mark), other=True)
    return f"{whole} AND {_is_not(inside, f'*{one}*{one}*')} AND {_is_not(inside, f'*{neither}*')}"


def _is(column: str, pattern: str) -> str:
    return f"{column} GLOB {literal(pattern)}"


def _is_not(column: str, pattern: str) -> str:
    return f"{column} NOT GLOB {literal(pattern)}"


def _with(letter: Characters, mark: Characters) -> Characters:
    return Characters(tuple(sorted(letter.ranges + mark.ranges)))


def _written(characters: Characters, *, other: bool = False) -> str:
    """The characters, or all others, as GLOB has them: `]` first, then `-`, and `^` last stand for themselves."""
    if characters.is_one and not other and chr(characters.ranges[0][0]) not in "*?[":
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
