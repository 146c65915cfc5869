"""The keys and the row rules of a table schema, compiled to checks of whole rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .compiled_rule import CompiledRule, line_of_first
from .rule_forms import FORMS

if TYPE_CHECKING:
    import pandas as pd

    from ..rules import Rule
    from ..schema import TableSchema


def row_rules(schema: TableSchema) -> list[CompiledRule]:
    """The checks of a table's rows: those of its keys, and then its row rules in the order of the schema."""
    keys = [_unique(schema.primary_key, "primary key")]
    keys += [_unique(key, "unique key") for key in schema.unique_keys]
    checks = [_compiled(rule) for rule in schema.rules]
    return [*keys, *(check for check in checks if check is not None)]


def _compiled(rule: Rule) -> CompiledRule | None:
    """The check of a rule, with the message and fix of the rule, if it has any, in place of those of its form.

    None for a rule that the table alone does not suffice for.
    """
    compile_rule = FORMS[rule.form].compile
    if compile_rule is None:
        return None
    compiled = compile_rule(rule)
    return replace(compiled, message=rule.message or compiled.message, fix=rule.fix or compiled.fix)


def _unique(key: tuple[str, ...], kind: str) -> CompiledRule:
    columns = list(key)
    names = ", ".join(key)
    cells = "/".join(f"{{{name}}}" for name in key)

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        has_empty_part = frame[columns].isna().any(axis=1)
        return ~frame.duplicated(columns) | has_empty_part

    return CompiledRule(
        f"{kind}: {names}",
        key[::-1],
        holds,
        f"'{cells}' is a duplicate of line {{EXPECTED}}; {names} is a {kind}",
        f"Give each row a {names} of its own, or remove one.",
        expected=line_of_first(columns),
    )
