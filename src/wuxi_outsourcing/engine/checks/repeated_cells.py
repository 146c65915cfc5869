"""Repeated cells: what a row repeats of the row that it refers to, where a rule `sameAs` says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..csv_files import line_of
from .compiled_rule import EXPECTED, filled_in
from .rule_forms import applies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..problems import Problem
    from ..rules import Rule
    from .file_form import Table
    from .read_tables import ReadTables


def check_repeated_cells(read: ReadTables) -> Iterator[Problem]:
    """Cells that are not those of the row that a foreign key refers to. As elsewhere, an empty cell equals another.

    Only rows without a problem are compared: any other cell might be the wrong one.
    """
    for table in read.tables.values():
        for rule in table.schema.rules:
            if rule.form != "sameAs":
                continue
            name, key_field = _referred(table, rule)
            if name in read.tables and name in read.targets:
                yield from _differing_cells(table, rule, read.tables[name], key_field)


def _referred(table: Table, rule: Rule) -> tuple[str, str]:
    """The table that the reference of a rule is to, and the field there that it holds a value of."""
    for key in table.schema.foreign_keys:
        if key.fields == (rule.reference,):
            return key.resource, key.reference_fields[0]
    raise LookupError(f"{rule.reference} is not a foreign key of {table.schema.name}")


def _differing_cells(table: Table, rule: Rule, target: Table, key_field: str) -> Iterator[Problem]:
    """The problem of each cell of a table that differs from that of the row that it refers to."""
    frame = table.frame
    row_by_key = target.frame.index.to_series().set_axis(target.frame[key_field])
    # An empty reference is the key of no row.
    target_rows = frame[rule.reference].map(row_by_key[row_by_key.index != ""])
    expected = target_rows.map(target.frame[rule.target])
    is_known = target_rows.notna()
    is_wrong = is_known & applies(rule, frame) & (frame[rule.field] != expected)
    for row in frame.index[is_wrong]:
        yield _problem(table, row, rule, target, int(target_rows[row]))


def _problem(table: Table, row: int, rule: Rule, target: Table, target_row: int) -> Problem:
    """The problem of a cell that is not what it should repeat, with the message and fix of the rule if it has any."""
    expected = target.cell(target_row, rule.target)
    where = f"{target.file}:{line_of(target_row)}"
    shown = f"'{{{rule.field}}}'"
    referred = f"the {rule.target} of {{{rule.reference}}} ({where})"
    message = f"{shown} is not '{{{EXPECTED}}}', {referred}"
    fix = f"Write {{{EXPECTED}}}, or correct {referred}."
    if not table.cell(row, rule.field):
        message = f"the cell is empty, but {referred} is '{{{EXPECTED}}}'"
    if not expected:
        message = f"{shown} is filled in, but {referred} is empty"
        fix = f"Empty the cell, or fill in {referred}."
    cells = {**table.frame.loc[row], EXPECTED: expected}
    return table.problem(row, rule.field, filled_in(rule.message or message, cells), filled_in(rule.fix or fix, cells))
