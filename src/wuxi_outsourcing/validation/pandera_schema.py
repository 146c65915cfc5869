"""Layer 2, second half: a Table Schema, compiled to a Pandera schema, and its failures as problems.

Pandera's own converter loses keys, reads dates as text and mis-anchors patterns, hence this one.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from ..package import Field, TableSchema
from ..problem import Problem
from ..reading import DTYPES
from .column import Table
from .row_rules import RowRule, row_rules

LONGEST_SHOWN = 40


def compile_schema(schema: TableSchema, published: date) -> pa.DataFrameSchema:
    """The Pandera schema for a table's data frame, with the row rules as its checks."""
    return pa.DataFrameSchema(
        {
            field.name: pa.Column(
                DTYPES[field.type],
                checks=[_check(field, name) for name in field.constraints if name in _CONSTRAINTS],
                nullable=not field.required,
                title=field.title,
                description=field.description,
            )
            for field in schema.fields
        },
        checks=[pa.Check(rule.holds, name=rule.name, error=rule.name) for rule in row_rules(schema, published)],
        strict=True,
        ordered=True,
        name=schema.name,
        title=schema.title,
        description=schema.description,
    )


def check_frame(table: Table, frame: pd.DataFrame, known: Iterable[Problem], published: date) -> list[Problem]:
    """What Pandera finds wrong with a table, at the line of each failure.

    `known` are the problems of cells that were found before, such as those that are missing in the frame because they
    could not be read.
    """
    try:
        compile_schema(table.schema, published).validate(frame, lazy=True)
    except SchemaErrors as errors:
        cells = list(_cells(table, errors.failure_cases))
        faulty = {(problem.line, problem.column) for problem in (*known, *cells)}
        return [*cells, *_rows(table, errors.failure_cases, faulty, row_rules(table.schema, published))]
    return []


def _cells(table: Table, failures: pd.DataFrame) -> Iterator[Problem]:
    """Failures of single cells."""
    columns = failures[failures["schema_context"] == "Column"]
    for check, line, column in zip(columns["check"], columns["index"], columns["column"], strict=True):
        if check == "not_nullable":
            yield Problem(table.file, line, column, "the cell is empty, but the field is required", "Fill it in.")
            continue
        field, cell = table.schema[column], table.columns[column][bisect_left(table.lines, line)]
        name = check.partition(":")[0]
        message = _CONSTRAINTS[name].message.format(cell=_shown(cell), limit=field.constraints[name])
        yield Problem(table.file, line, column, message, _CONSTRAINTS[name].fix(field, cell))


def _rows(
    table: Table, failures: pd.DataFrame, faulty: set[tuple[int | None, str | None]], rules: Iterable[RowRule]
) -> Iterator[Problem]:
    """Failures of whole rows, but for those that only follow from a faulty cell."""
    by_name = {rule.name: rule for rule in rules}
    whole = failures[failures["schema_context"] == "DataFrameSchema"]
    columns = {field for _, field in faulty}
    # Pandera gives one failure for each column of a failing row.
    for check, line in dict.fromkeys(zip(whole["check"], whole["index"], strict=True)):
        rule = by_name[check]
        if rule.across and not columns.isdisjoint(rule.fields):
            continue
        if faulty.isdisjoint((line, field) for field in rule.fields):
            at = bisect_left(table.lines, line)
            row = {name: cells[at] for name, cells in table.columns.items()}
            yield Problem(table.file, line, rule.fields[0], rule.message(row), rule.fix)
            # What is wrong with this cell, or with a row that stands twice, is not to be told again by another rule.
            faulty.update((line, field) for field in (row if rule.of_rows else rule.fields[:1]))


def _check(field: Field, name: str) -> pa.Check:
    limit = field.constraints[name]
    holds = _CONSTRAINTS[name].compiled(pd.Timestamp(limit) if field.type == "date" else limit)
    return pa.Check(holds, name=name, error=f"{name}: {limit}")


def _shown(cell: str) -> str:
    return repr(cell if len(cell) <= LONGEST_SHOWN else cell[:LONGEST_SHOWN] + "…")


def _near_terms(field: Field, cell: str) -> str:
    terms = [str(term) for term in field.constraints["enum"]]
    near = get_close_matches(cell, terms, n=1)
    return f"Write {near[0]}." if near else f"Write one of {', '.join(terms)}."


def _as_described(field: Field, _cell: str) -> str:
    return f"{field.title}: {field.description}"


@dataclass(frozen=True, slots=True)
class _Constraint:
    compiled: Callable[[Any], Callable[[Any], object]]  # from the limit, what asks a whole column
    message: str
    fix: Callable[[Field, str], str]


_CONSTRAINTS = {
    "minimum": _Constraint(lambda limit: lambda cells: cells >= limit, "{cell} is less than {limit}", _as_described),
    "maximum": _Constraint(lambda limit: lambda cells: cells <= limit, "{cell} is more than {limit}", _as_described),
    "minLength": _Constraint(
        lambda limit: lambda cells: cells.str.len() >= limit, "{cell} is shorter than {limit} characters", _as_described
    ),
    "maxLength": _Constraint(
        lambda limit: lambda cells: cells.str.len() <= limit,
        "{cell} is longer than {limit} characters",
        lambda field, cell: f"Shorten it by {len(cell) - field.constraints['maxLength']} characters.",
    ),
    "pattern": _Constraint(
        lambda limit: lambda cells: cells.str.fullmatch(f"(?:{limit})"),
        "{cell} does not have the form {limit}",
        _as_described,
    ),
    "enum": _Constraint(lambda limit: lambda cells: cells.isin(limit), "{cell} is not in the vocabulary", _near_terms),
}
