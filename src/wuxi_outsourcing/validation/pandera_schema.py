"""Layer 2, second half: a Table Schema, compiled to a Pandera schema, and its failures as problems.

Pandera's own converter loses keys, reads dates as text and anchors patterns wrongly. Patterns are matched by RE2, in
linear time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from ..tables import DTYPES
from .files import line_of
from .fixes import write_one_of
from .row_rules import row_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import date

    from ..problems import Problem
    from ..table_schemas import Field, TableSchema
    from .files import Table
    from .row_rules import RowRule

    # Of cells: column, check and row; of rows: rule and row; of problems: line and column.
    Cells = list[tuple[str, str, int]]
    Rows = list[tuple[RowRule, int]]
    Locations = AbstractSet[tuple[int | None, str | None]]

_LONGEST_SHOWN = 40
# From the limit, what checks a whole column; and what a cell that fails is.
_CONSTRAINTS: dict[str, tuple[Callable[[Any], Callable[[Any], object]], str]] = {
    "minimum": (lambda limit: lambda cells: cells >= limit, "is less than {}"),
    "maximum": (lambda limit: lambda cells: cells <= limit, "is more than {}"),
    "minLength": (lambda limit: lambda cells: cells.str.len() >= limit, "is shorter than {} characters"),
    "maxLength": (lambda limit: lambda cells: cells.str.len() <= limit, "is longer than {} characters"),
    "pattern": (lambda limit: lambda cells: cells.str.fullmatch(f"(?:{limit})"), "does not have the form {}"),
    "enum": (lambda limit: lambda cells: cells.isin(limit), "is not in the vocabulary"),
}


def compile_schema(schema: TableSchema, publications: Mapping[str, date]) -> pa.DataFrameSchema:
    """The Pandera schema of a table's data frame, with the row rules as its checks.

    `publications` are the days on which the sources were published.
    """
    return pa.DataFrameSchema(
        {
            field.name: pa.Column(
                DTYPES[field.type],
                checks=[_check(field, name) for name in field.constraints if name in _CONSTRAINTS],
                nullable=not field.required,
                title=field.title,
                description=field.description,
            )
            for field in schema
        },
        checks=[pa.Check(rule.holds, name=rule.name, error=rule.name) for rule in row_rules(schema, publications)],
        strict=True,
        ordered=True,
        name=schema.name,
        title=schema.title,
        description=schema.description,
    )


def frame_failures(table: Table, frame: pd.DataFrame, publications: Mapping[str, date]) -> tuple[Cells, Rows]:
    """The cells and the rows of a typed table that fail in Pandera."""
    try:
        compile_schema(table.schema, publications).validate(frame, lazy=True, inplace=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return [], []
    of_cells = cases["schema_context"] == "Column"
    # Of a row that fails, Pandera gives a case for each of its cells.
    cells, rows = cases[of_cells], cases.loc[~of_cells, ["check", "index"]].drop_duplicates()
    rules = {rule.name: rule for rule in row_rules(table.schema, publications)}
    return (
        list(zip(cells["column"], cells["check"], cells["index"], strict=True)),
        [(rules[check], row) for check, row in zip(rows["check"], rows["index"], strict=True)],
    )


def cell_problems(table: Table, failures: Cells, known: Locations) -> Iterator[Problem]:
    """The cells that break a constraint, except those whose problems are `known`."""
    reported = set(known)
    for name, check, row in failures:
        if (line_of(row), name) not in reported:
            reported.add((line_of(row), name))
            constraint, field, cell = check.partition(":")[0], table.schema[name], table.frame.loc[row, name]
            if constraint == "not_nullable":
                yield table.problem(row, name, "the cell is empty, but the field is required", "Fill it in.")
                continue
            shown = repr(cell if len(cell) <= _LONGEST_SHOWN else cell[:_LONGEST_SHOWN] + "…")
            limit = field.constraints[constraint]
            fix = f"{field.title}: {field.description}"
            if constraint == "enum":
                fix = write_one_of(cell, limit)
            elif constraint == "maxLength":
                fix = f"Shorten it by {len(cell) - limit} characters."
            yield table.problem(row, name, f"{shown} {_CONSTRAINTS[constraint][1].format(limit)}", fix)


def row_problems(table: Table, failures: Rows, known: Locations) -> Iterator[Problem]:
    """The rows that break a rule, except those that only follow from cells whose problems are `known`."""
    faulty = set(known)
    columns = {column for _, column in faulty}
    for rule, row in failures:
        cells = {(line_of(row), field) for field in rule.fields}
        if faulty.isdisjoint(cells) and not (rule.across and columns.intersection(rule.fields)):
            column, message, fix = rule.fault(table.frame, row)
            yield table.problem(row, column, message, fix)
            # What is wrong with a duplicate row is not to be reported again by another rule.
            faulty.update((line_of(row), field) for field in (table.schema.names if rule.of_rows else (column,)))


def _check(field: Field, name: str) -> pa.Check:
    limit = field.constraints[name]
    holds = _CONSTRAINTS[name][0](pd.Timestamp(limit) if field.type == "date" else limit)
    return pa.Check(holds, name=name, error=f"{name}: {limit}")
