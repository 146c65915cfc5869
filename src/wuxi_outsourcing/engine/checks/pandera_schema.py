"""Layers 2 and 3: a Table Schema, compiled to a Pandera schema, and its failures as problems.

Pandera's own converter loses keys, reads dates as text and anchors patterns wrongly. Patterns are matched by RE2, in
linear time.
"""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.engines.pandas_engine import STRING
from pandera.errors import SchemaErrors

from ..frames import DTYPES
from .cells import matches
from .fixes import choose_term
from .row_rules import row_rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..problems import Problem
    from ..schema import Field, TableSchema
    from .row_checks import RowRule
    from .table_files import Table

    Rows = list[tuple[RowRule, list[int]]]

_LONGEST_SHOWN = 40
# What holds of the cells that a limit allows, and what a cell that it does not allow is.
_CONSTRAINTS: dict[str, tuple[Callable[[Any, Any], Any], str]] = {
    "minimum": (lambda cells, limit: cells >= limit, "is less than {}"),
    "maximum": (lambda cells, limit: cells <= limit, "is more than {}"),
    "minLength": (lambda cells, limit: cells.str.len() >= limit, "is shorter than {} characters"),
    "maxLength": (lambda cells, limit: cells.str.len() <= limit, "is longer than {} characters"),
    "pattern": (matches, "does not have the form {}"),
    "enum": (lambda cells, limit: cells.isin(limit), "is not in the vocabulary"),
}


class _Text(STRING):
    """The dtype `str`, checked with one answer for the column: Pandera makes a table of one for each cell."""

    def check(self, pandera_dtype: Any, data_container: Any = None) -> bool:  # noqa: ANN401  (as in Pandera)
        answers: Any = super().check(pandera_dtype, data_container)
        return bool(np.all(answers))


def compile_schema(schema: TableSchema) -> pa.DataFrameSchema:
    """The Pandera schema of a table's data frame, with the row rules as its checks.

    The constraints of a field are one check, as Pandera takes a millisecond for each.
    """
    return pa.DataFrameSchema(
        {
            field.name: pa.Column(
                _Text if field.type == "string" else DTYPES[field.type],
                checks=_checks(field),
                nullable=not field.required,
                title=field.title,
                description=field.description,
            )
            for field in schema
        },
        # With `ignore_na`, Pandera would look at each cell of the table again for each rule.
        checks=[pa.Check(rule.holds, name=rule.name, error=rule.name, ignore_na=False) for rule in row_rules(schema)],
        strict=True,
        ordered=True,
        name=schema.name,
        title=schema.title,
        description=schema.description,
    )


def frame_failures(table: Table, frame: pd.DataFrame) -> tuple[list[Problem], Rows]:
    """The cells of a typed table that fail in Pandera, as problems, and the rows that fail."""
    try:
        compile_schema(table.schema).validate(frame, lazy=True, inplace=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return [], []
    of_cells = cases["schema_context"] == "Column"
    cells = cases.loc[of_cells, ["column", "index"]].itertuples(index=False, name=None)
    problems = [_cell_problem(table, frame, name, row) for name, row in cells]
    # Of a row that fails, Pandera gives a case for each of its cells.
    rows = cases.loc[~of_cells, ["check", "index"]].drop_duplicates()
    failed = {name: sorted(indexes) for name, indexes in rows.groupby("check")["index"]}
    return problems, [(rule, failed[rule.name]) for rule in row_rules(table.schema) if rule.name in failed]


def _checks(field: Field) -> list[pa.Check]:
    names = [name for name in _CONSTRAINTS if name in field.constraints]

    def holds(cells: Any) -> Any:  # noqa: ANN401  (a column of any type)
        return reduce(and_, (_CONSTRAINTS[name][0](cells, _limit(field, name)) for name in names))

    error = ", ".join(f"{name}: {field.constraints[name]}" for name in names)
    return [pa.Check(holds, name=", ".join(names), error=error)] if names else []


def _cell_problem(table: Table, frame: pd.DataFrame, name: str, row: int) -> Problem:
    """The problem of a cell that breaks one of its constraints."""
    field, cell, typed = table.schema[name], table.cell(row, name), frame.loc[[row], name]
    if typed.isna().all():
        return table.problem(row, name, "the cell is empty, but the field is required", "Fill it in.")
    broken = (n for n in _CONSTRAINTS if n in field.constraints)
    constraint = next(n for n in broken if not _CONSTRAINTS[n][0](typed, _limit(field, n)).all())
    limit, fix = field.constraints[constraint], f"{field.title}: {field.description}"
    if constraint == "enum":
        fix = choose_term(cell, limit, table.schema.name)
    elif constraint == "maxLength":
        fix = f"Shorten it by {len(cell) - limit} characters."
    shown = repr(cell if len(cell) <= _LONGEST_SHOWN else cell[:_LONGEST_SHOWN] + "…")
    return table.problem(row, name, f"{shown} {_CONSTRAINTS[constraint][1].format(limit)}", fix)


def _limit(field: Field, name: str) -> Any:  # noqa: ANN401  (of the field's type)
    limit = field.constraints[name]
    return pd.Timestamp(limit) if field.type == "date" else limit
