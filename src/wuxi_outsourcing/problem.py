"""What every check returns: a problem, with its place first and then the mend."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

LONGEST = 600


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in one place. Printed, it is the place, the message, and below it the mend.

    >>> import wuxi_outsourcing as wx
    >>> print(wx.Problem("data/parks.csv", 3, "level", "'city' is not in the vocabulary", "Write national."))
    data/parks.csv:3:level: 'city' is not in the vocabulary
        Write national.
    """

    file: str
    """Path in the package's folder, or as given for a file from outside."""
    line: int | None
    """Physical line, from 1; None where the file as a whole is meant."""
    column: str | None
    """Name of the field, or path inside a JSON file; None where the line as a whole is meant."""
    message: str
    """What is wrong."""
    fix: str
    """How to mend it."""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.message}\n    {self.fix}"


class Unusable(Exception):
    """Nothing could be done, because the input itself can't be read or the output not be written.

    >>> import wuxi_outsourcing as wx
    >>> try:
    ...     wx.export("json", wx.path("parks"))
    ... except wx.Unusable as unusable:
    ...     print(unusable.problem.message)
    there is something here already
    """

    problem: Problem
    """The one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def one_per_place(problems: Iterable[Problem]) -> list[Problem]:
    """The first problem of each place, in the order of files and lines; later ones there are echoes of it.

    Checks run from the file's bytes up to its meaning, so the first one to speak of a cell is nearest to the cause.
    """
    first: dict[tuple[str, int | None, str | None], Problem] = {}
    for problem in problems:
        first.setdefault((problem.file, problem.line, problem.column), problem)
    return sorted(map(_plain, first.values()), key=lambda problem: (problem.file, problem.line or 0))


def visible(text: str) -> str:
    r"""The text with what a terminal would obey, or not show, written as an escape.

    >>> visible("Wu\x1b[31mxi\u202e 无锡")
    'Wu\\x1b[31mxi\\u202e 无锡'
    """
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def _plain(problem: Problem) -> Problem:
    """The same, fit to be shown: what a hostile cell, file or key holds must not steer or flood a terminal or a log."""
    words = (problem.file, problem.column or "", problem.message, problem.fix)
    if all(each.isprintable() and len(each) <= LONGEST for each in words):
        return problem
    file, column, message, fix = (visible(f"{each[:LONGEST]}…" if len(each) > LONGEST else each) for each in words)
    return replace(problem, file=file, column=column or None, message=message, fix=fix)
