"""Schema: what fails in the Pandera schema of a table, as problems of cells and of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..problems import Problem
    from .read_tables import ReadTables


def check_values(read: ReadTables) -> Iterator[Problem]:
    """Cells that are not of their type, or break a constraint of their field."""
    for table in read.tables.values():
        yield from table.failures.cells


def check_rows(read: ReadTables) -> Iterator[Problem]:
    """Rows that break a rule on their own cells. Only the first rule that a row breaks is reported."""
    yield from _broken_rules(read, across=False)


def check_comparisons(read: ReadTables) -> Iterator[Problem]:
    """Rows that break a rule on several rows. Only the first rule that a row breaks is reported."""
    yield from _broken_rules(read, across=True)


def _broken_rules(read: ReadTables, *, across: bool) -> Iterator[Problem]:
    for table in read.tables.values():
        reported: set[int] = set()
        for rule, rows in table.failures.rows:
            if rule.across == across:
                new = [row for row in rows if row not in reported]
                reported.update(new)
                yield from rule.problems(table, new)
