"""What a validation has found so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import one_per_location

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..problems import Problem
    from .file_form import Table


class FoundProblems:
    """The problems found so far. Checks run from the bytes of a file up to its meaning.

    A line that has a problem gets no more from later checks: a later problem may only follow from the first.
    """

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._problems: list[Problem] = []
        self._lines: set[tuple[str, int]] = set()
        self.add(problems)

    def add(self, problems: Iterable[Problem]) -> None:
        """Keep what a check has found in lines without a problem, and in files as a whole."""
        found = list(problems)
        new = [problem for problem in found if (problem.file, problem.line) not in self._lines]
        self._problems += new
        for problem in new:
            if problem.line is not None:
                self._lines.add((problem.file, problem.line))

    def lines(self, file: str) -> set[int]:
        """The lines of a file that have problems."""
        return {line for of_file, line in self._lines if of_file == file}

    def faulty_columns(self, file: str) -> set[str | None]:
        """The columns of a file that have problems; None is a line as a whole."""
        return {problem.column for problem in self._problems if problem.file == file}

    def keys_are_valid(self, table: Table) -> bool:
        """Whether each row of a table can be relied on to have the ID that it should have."""
        return self.faulty_columns(table.file).isdisjoint(table.schema.primary_key)

    def sorted(self) -> list[Problem]:
        """All problems, by file and line."""
        return one_per_location(self._problems)
