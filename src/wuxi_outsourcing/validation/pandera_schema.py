"""Layer 2, second half: a Table Schema, compiled to a Pandera schema, and its failures as problems.

Pandera's own converter loses keys, reads dates as text and mis-anchors patterns, hence this one.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from ..package import Field, TableSchema
from ..problem import Problem
from ..reading import DTYPES
from .column import Table
from .frame import TypedTable
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


def check_typed(table: Table, typed: TypedTable, known: Iterable[Problem], published: date) -> list[Problem]:
    """What Pandera finds wrong with a table, at the line of each failure.

    A column's constraints are asked of each of its different values once, the row rules of all rows. `known` are the
    problems of cells that were found before, such as those that are missing because they could not be read.
    """
    compiled = compile_schema(table.schema, published)
    cells = [
        problem
        for name, column in compiled.columns.items()
        for problem in _cells(
            table, name, _failures(pa.DataFrameSchema({name: column}), typed.different[name].to_frame(name))
        )
    ]
    faulty = {(problem.line, problem.column) for problem in (*known, *cells)}
    failures = _failures(pa.DataFrameSchema(checks=compiled.checks), typed.rows)
    return [*cells, *_rows(table, failures, faulty, row_rules(table.schema, published))]


def _failures(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> list[tuple[str, Any]]:
    """The name of each check that fails, with the index of what fails it."""
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        # Of a row that fails, Pandera gives a case for each column.
        return list(dict.fromkeys(zip(cases["check"], cases["index"], strict=True)))
    return []


def _cells(table: Table, name: str, failures: Iterable[tuple[str, int]]) -> Iterator[Problem]:
    """The cells that hold a value that fails; values are given by their codes."""
    field, cells = table.schema[name], table.columns[name]
    said: dict[int, tuple[str, str]] = {}  # the first thing that is wrong with a value
    for check, code in failures:
        cell, constraint = cells.different[code], check.partition(":")[0]
        if check == "not_nullable":
            said.setdefault(code, ("the cell is empty, but the field is required", "Fill it in."))
        elif code not in said:
            message = _CONSTRAINTS[constraint].message.format(cell=_shown(cell), limit=field.constraints[constraint])
            said[code] = message, _CONSTRAINTS[constraint].fix(field, cell)
    fails = np.zeros(len(cells.different), bool)
    fails[list(said)] = True
    for row in np.flatnonzero(fails[cells.codes]).tolist():
        yield Problem(table.file, table.lines[row], name, *said[int(cells.codes[row])])


def _rows(
    table: Table,
    failures: Iterable[tuple[str, int]],
    faulty: set[tuple[int | None, str | None]],
    rules: Iterable[RowRule],
) -> Iterator[Problem]:
    """The rows on the lines that fail, but for those that only follow from a faulty cell."""
    by_name = {rule.name: rule for rule in rules}
    columns = {field for _, field in faulty}
    for check, line in failures:
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
