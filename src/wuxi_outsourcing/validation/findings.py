"""What a validation has found so far: one problem a location, the one nearest to the cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import one_per_location
from .files import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..problems import Problem
    from .files import Row, Table


class Findings:
    """The first problem of each location: layers run from the bytes of a file up to its meaning."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._first: dict[tuple[str, int | None, str | None], Problem] = {}
        self.add(problems)

    def add(self, problems: Iterable[Problem], *, better_fix: bool = False) -> None:
        """Keep the problems of new locations; with `better_fix`, give the others this fix."""
        for problem in problems:
            location = problem.file, problem.line, problem.column
            known = self._first.setdefault(location, problem)
            if better_fix:
                self._first[location] = known.with_fix(problem.fix)

    def add_to_new_lines(self, problems: Iterable[Problem]) -> None:
        """Keep the problems of lines without one: what a line has may be the cause of the others."""
        lines = {(file, line) for file, line, _ in self._first if line is not None}
        self.add(problem for problem in problems if (problem.file, problem.line) not in lines)

    def has(self, table: Table, row: Row, fields: Iterable[str]) -> bool:
        """Whether one of these cells has a problem."""
        return any((table.file, line_of(row), field) in self._first for field in fields)

    def faulty_columns(self, file: str) -> set[str | None]:
        """The columns of a file that have problems; None is a line as a whole."""
        return {column for name, _, column in self._first if name == file}

    def keys_are_valid(self, table: Table) -> bool:
        """Whether each row of a table can be relied on to have the ID that it should have."""
        return self.faulty_columns(table.file).isdisjoint(table.schema.primary_key)

    def sorted(self) -> list[Problem]:
        """All problems, by file and line."""
        return one_per_location(self._first.values())
