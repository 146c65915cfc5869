"""Checks of whole rows: what a row rule or a key is compiled to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..csv_files import line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from ..problems import Problem
    from .file_form import Table

    Expected = Callable[[pd.DataFrame, list[int]], Iterable[object]]

EXPECTED = "EXPECTED"
"""The placeholder for what would be right. No field has this name, as names of fields are in lower case."""
PLACEHOLDER = re.compile(r"\{([A-Za-z0-9_]+)\}")


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A check of whole rows: for a typed frame, `holds` gives whether each row is right.

    The problem is with the first of the fields. In `message` and `fix`, a field in braces stands for the cell of the
    row, and `{EXPECTED}` for what `expected` gives for it.
    """

    name: str
    fields: tuple[str, ...]
    holds: Callable[[pd.DataFrame], pd.Series[bool]]
    message: str
    fix: str
    across: bool = False
    """Whether a row is compared with others. Then a problem with these fields in any row stands in the way."""
    expected: Expected | None = None
    """For the table as text and some of its rows: what would be right in each of these."""

    def problems(self, table: Table, rows: Iterable[int]) -> Iterator[Problem]:
        """The problem of each row that breaks the rule."""
        numbers = list(rows)
        if not numbers:
            return
        placeholders = PLACEHOLDER.findall(self.message + self.fix)
        columns: dict[str, list[object]] = {}
        for name in table.schema.names:
            if name in placeholders:
                columns[name] = list(table.frame.loc[numbers, name])
        if self.expected is not None:
            columns[EXPECTED] = list(self.expected(table.frame, numbers))
        for index, row in enumerate(numbers):
            cells = {name: str(column[index]) for name, column in columns.items()}
            yield table.problem(row, self.fields[0], filled_in(self.message, cells), filled_in(self.fix, cells))


def filled_in(text: str, cells: Mapping[str, str]) -> str:
    """A message with cells in place of the names in braces. Any other braces are text, also those in a cell."""
    return PLACEHOLDER.sub(lambda match: cells.get(match[1], match[0]), text)


def line_of_first(columns: list[str]) -> Expected:
    """For each row: the line of the first row that has the same cells in some columns."""

    def line(frame: pd.DataFrame, rows: list[int]) -> Iterable[object]:
        numbers = frame.index.to_series()
        same = [frame[name] for name in columns]
        first = numbers.groupby(same).transform("first")
        return [line_of(number) for number in first.loc[rows]]

    return line
