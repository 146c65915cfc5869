"""A Table Schema, compiled to a Pandera schema, and its failures as problems.

Pandera's own converter loses keys, reads dates as text and anchors patterns wrongly. Patterns are matched by RE2, in
linear time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.engines.pandas_engine import STRING
from pandera.errors import SchemaErrors

from ..frames import DTYPES, typed_frame
from .cell_characters import matches
from .fixes import choose_term
from .row_rules import row_rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..problems import Problem
    from ..schema import Field, TableSchema
    from .compiled_rule import CompiledRule
    from .file_form import Table

_LONGEST_SHOWN = 40
# Each constraint, with whether its limit allows each cell of a column, and the message for a cell that is not allowed.
_CONSTRAINTS: dict[str, tuple[Callable[[Any, Any], Any], str]] = {
    "minimum": (lambda cells, limit: cells >= limit, "is less than {}"),
    "maximum": (lambda cells, limit: cells <= limit, "is more than {}"),
    "minLength": (lambda cells, limit: cells.str.len() >= limit, "is shorter than {} characters"),
    "maxLength": (lambda cells, limit: cells.str.len() <= limit, "is longer than {} characters"),
    "pattern": (matches, "does not have the form {}"),
    "enum": (lambda cells, limit: cells.isin(limit), "is not in the vocabulary"),
}


class _Text(STRING):
    """The dtype `str`, checked with one answer for the whole column.

    Pandera's own gives an answer for each cell, of which Pandera then makes a table.
    """

    def check(self, pandera_dtype: Any, data_container: Any = None) -> bool:  # noqa: ANN401  (as in Pandera)
        answers: Any = super().check(pandera_dtype, data_container)
        return bool(np.all(answers))


def compile_schema(schema: TableSchema) -> pa.DataFrameSchema:
    """The Pandera schema of a table's data frame, with the row rules as its checks.

    The constraints of a field are one check, as Pandera takes a millisecond for each.
    """
    columns = {}
    for field in schema:
        columns[field.name] = pa.Column(
            _Text if field.type == "string" else DTYPES[field.type],
            checks=_checks(field),
            nullable=not field.required,
            title=field.title,
            description=field.description,
        )
    # With `ignore_na`, Pandera would look at each cell of the table again for each rule.
    checks = [pa.Check(rule.holds, name=rule.name, error=rule.name, ignore_na=False) for rule in row_rules(schema)]
    return pa.DataFrameSchema(
        columns,
        checks=checks,
        strict=True,
        ordered=True,
        name=schema.name,
        title=schema.title,
        description=schema.description,
    )


@dataclass(frozen=True)
class TableFailures:
    """What fails in a table by its schema."""

    cells: list[Problem]
    """The problems of cells that are not of their type, or break a constraint."""
    rows: list[tuple[CompiledRule, list[int]]]
    """Each rule that is broken, with the numbers of the rows that break it."""


def table_failures(table: Table) -> TableFailures:
    """What fails in a table: types as it is read, constraints and rules in Pandera."""
    typed = typed_frame(table.frame, table.schema)
    of_types = [table.problem(*fault) for fault in typed.faults]
    of_constraints, of_rows = frame_failures(table, typed.frame)
    return TableFailures([*of_types, *of_constraints], of_rows)


def frame_failures(table: Table, frame: pd.DataFrame) -> tuple[list[Problem], list[tuple[CompiledRule, list[int]]]]:
    """The cells of a typed table that fail in Pandera, as problems, and each row rule with the rows that break it."""
    try:
        compile_schema(table.schema).validate(frame, lazy=True, inplace=True)
    except SchemaErrors as errors:
        failures = errors.failure_cases
    else:
        return [], []
    is_of_cell = failures["schema_context"] == "Column"
    of_cells = failures.loc[is_of_cell, ["column", "index"]]
    problems = [_cell_problem(table, frame, name, row) for name, row in of_cells.itertuples(index=False, name=None)]
    # For a row that fails, Pandera gives a failure for each of its cells.
    of_rows = failures.loc[~is_of_cell, ["check", "index"]].drop_duplicates()
    rows_by_check = {name: sorted(rows) for name, rows in of_rows.groupby("check")["index"]}
    broken = [rule for rule in row_rules(table.schema) if rule.name in rows_by_check]
    return problems, [(rule, rows_by_check[rule.name]) for rule in broken]


def _checks(field: Field) -> list[pa.Check]:
    """The constraints of a field as one check, none where it has none."""
    names = _constraints(field)
    if not names:
        return []

    def holds(cells: Any) -> Any:  # noqa: ANN401  (a column of any type)
        return reduce(and_, [_meets(cells, field, name) for name in names])

    error = ", ".join(f"{name}: {field.constraints[name]}" for name in names)
    return [pa.Check(holds, name=", ".join(names), error=error)]


def _constraints(field: Field) -> list[str]:
    """The constraints of a field that are checked here, in one order for all fields."""
    return [name for name in _CONSTRAINTS if name in field.constraints]


def _meets(cells: Any, field: Field, constraint: str) -> Any:  # noqa: ANN401  (a column of any type)
    """Whether each cell meets a constraint of its field."""
    allows, _ = _CONSTRAINTS[constraint]
    limit = field.constraints[constraint]
    if field.type == "date":
        limit = pd.Timestamp(limit)
    return allows(cells, limit)


def _cell_problem(table: Table, frame: pd.DataFrame, name: str, row: int) -> Problem:
    """The problem of a cell that is empty or breaks one of its constraints."""
    field = table.schema[name]
    cell = table.cell(row, name)
    column_of_one = frame.loc[[row], name]
    if column_of_one.isna().all():
        return table.problem(row, name, "the cell is empty, but the field is required", "Fill it in.")
    broken = next(name for name in _constraints(field) if not _meets(column_of_one, field, name).all())
    limit = field.constraints[broken]
    _, message = _CONSTRAINTS[broken]
    fix = f"{field.title}: {field.description}"
    if broken == "enum":
        fix = choose_term(cell, limit, table.schema.name)
    elif broken == "maxLength":
        fix = f"Shorten it by {len(cell) - limit} characters."
    shown = cell if len(cell) <= _LONGEST_SHOWN else cell[:_LONGEST_SHOWN] + "…"
    return table.problem(row, name, f"{shown!r} {message.format(limit)}", fix)
