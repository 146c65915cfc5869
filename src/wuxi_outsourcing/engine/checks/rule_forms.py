"""The forms of row rules: how a rule of each is checked, and what its message and fix are.

A rule of one of these forms is an object under `rules` in the schema of its table, and needs no Python.

A new form is a function here with its entry in `FORMS`, its properties in `profiles/tableschema.json` and its sentence
in `engine/rules.py`. A form that needs more than the table is checked in `citations.py` or `repeated_cells.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from .compiled_rule import CompiledRule, line_of_first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..rules import Rule

NUMBERS = ("integer", "number")


# Forms: rules about the fields of one row


def _requires(rule: Rule) -> CompiledRule:
    return CompiledRule(
        rule.description,
        (rule.other, rule.field),
        lambda frame: frame[rule.field].isna() | frame[rule.other].notna(),
        f"{rule.other} is empty, but {rule.field} is not",
        f"Fill in {rule.other}, or empty {rule.field}.",
    )


def _excludes(rule: Rule) -> CompiledRule:
    return CompiledRule(
        rule.description,
        (rule.field, rule.other),
        lambda frame: frame[rule.field].isna() | frame[rule.other].isna(),
        f"the row has both {rule.field} ({{{rule.field}}}) and {rule.other} ({{{rule.other}}})",
        f"Empty {rule.field} or {rule.other}.",
    )


def _one_of(rule: Rule) -> CompiledRule:
    *others, last = rule.fields
    names = f"{', '.join(others)} and {last}"
    shown = [f"{name} '{{{name}}}'" for name in rule.fields]
    return CompiledRule(
        rule.description,
        rule.fields,
        lambda frame: frame[list(rule.fields)].notna().sum(axis=1) == 1,
        f"exactly one of {names} must have a value, but the row has {', '.join(shown)}",
        "Fill in one of them, and leave the others empty.",
    )


def _required_where(rule: Rule) -> CompiledRule:
    return CompiledRule(
        rule.description,
        (rule.field, *rule.conditional_names),
        lambda frame: frame[rule.field].notna() | ~applies(rule, frame),
        f"the cell is empty, but {rule.description}",
        "Fill it in.",
    )


def _empty_where(rule: Rule) -> CompiledRule:
    return CompiledRule(
        rule.description,
        (rule.field, *rule.conditional_names),
        lambda frame: frame[rule.field].isna() | ~applies(rule, frame),
        f"the cell is not empty, but {rule.description}",
        "Empty the cell.",
    )


def _minimum_where(rule: Rule) -> CompiledRule:
    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        is_enough = frame[rule.field].isna() | (frame[rule.field] >= rule.minimum)
        return is_enough | ~applies(rule, frame)

    return CompiledRule(
        rule.description,
        (rule.field, *rule.conditional_names),
        holds,
        f"{{{rule.field}}} is less than {rule.minimum}, but {rule.description}",
        "Correct it.",
    )


def _greater_than(rule: Rule) -> CompiledRule:
    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        value, other = _comparable(frame[rule.field], frame[rule.other])
        return value.isna() | other.isna() | (value > other)

    return CompiledRule(
        rule.description,
        (rule.field, rule.other),
        holds,
        f"{{{rule.field}}} is not greater than {{{rule.other}}}, the {rule.other} of the row",
        f"Correct {rule.field} or {rule.other}.",
    )


def _at_most(rule: Rule) -> CompiledRule:
    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        value, other = _comparable(frame[rule.field], frame[rule.other])
        return value.isna() | other.isna() | (value <= other)

    return CompiledRule(
        rule.description,
        (rule.field, rule.other),
        holds,
        f"{{{rule.field}}} is more than {{{rule.other}}}, the {rule.other} of the row",
        f"Correct {rule.field} or {rule.other}.",
    )


def _ascending(rule: Rule) -> CompiledRule:
    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        # Each text is looked at once, as large columns repeat theirs.
        numbers, texts = pd.factorize(frame[rule.field], use_na_sentinel=False)
        ascends = [pd.isna(text) or _ascends(text.split(rule.separator)) for text in texts]
        return pd.Series(ascends, dtype=bool).take(numbers).set_axis(frame.index)

    return CompiledRule(
        rule.description,
        (rule.field,),
        holds,
        f"the parts of {{{rule.field}}} are not in ascending order",
        "Write the lowest part first.",
    )


def _ascends(parts: list[str]) -> bool:
    """Whether no part is less than the one before it, compared as texts."""
    return parts == sorted(parts)


def _start_plus_length(rule: Rule) -> CompiledRule:
    def expected(frame: pd.DataFrame, rows: list[int]) -> Iterable[object]:
        starts = frame.loc[rows, rule.start].astype(int)
        lengths = frame.loc[rows, rule.text].str.len()
        return starts + lengths

    return CompiledRule(
        rule.description,
        (rule.field, rule.start, rule.text),
        lambda frame: frame[rule.field] - frame[rule.start] == frame[rule.text].str.len(),
        f"{{{rule.start}}} to {{{rule.field}}} is not the length of the {rule.text}",
        f"Write {{EXPECTED}}, or correct {rule.start} or {rule.text}.",
        expected=expected,
    )


# Forms: rules that compare rows


def _same_within(rule: Rule) -> CompiledRule:
    group, name = rule.within, rule.field

    def usual(frame: pd.DataFrame) -> pd.Series[Any]:
        """The value that most rows of each group have."""
        counts = frame[[group, name]].value_counts().reset_index()
        return counts.drop_duplicates(group).set_index(group)[name]

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        is_usual = frame[name] == frame[group].map(usual(frame))
        return frame[name].isna() | frame[group].isna() | is_usual

    def expected(frame: pd.DataFrame, rows: list[int]) -> Iterable[object]:
        filled = frame[frame[name] != ""]
        return frame.loc[rows, group].map(usual(filled))

    return CompiledRule(
        rule.description,
        (name, group),
        holds,
        f"{{{name}}} is not the {name} of the other rows with the {group} {{{group}}}, which is {{EXPECTED}}",
        f"Write {{EXPECTED}}, or give the row another {group}.",
        across=True,
        expected=expected,
    )


def _consecutive(rule: Rule) -> CompiledRule:
    number, group = rule.field, rule.within

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        """Whether each number is 1, or follows that of another row; order is another check."""
        numbered = frame[[group, number]]
        previous = numbered.assign(**{number: numbered[number] - 1})
        follows = pd.MultiIndex.from_frame(previous).isin(pd.MultiIndex.from_frame(numbered))
        is_first = (numbered[number] <= 1).fillna(value=True).astype(bool)
        has_gap = ~is_first & ~follows
        return ~has_gap | bool(numbered.isna().any(axis=None))

    return CompiledRule(
        rule.description,
        (number, group),
        holds,
        f"there is no {number} before {number} {{{number}}} of {{{group}}}",
        f"Add the row before it, or number each {number} 1, 2, 3 without a gap.",
        across=True,
    )


def _distinct(rule: Rule) -> CompiledRule:
    columns = list(rule.fields)
    return CompiledRule(
        rule.description,
        rule.fields,
        lambda frame: ~frame.duplicated(columns),
        f"this repeats line {{EXPECTED}}: both have the same {', '.join(columns)}",
        "Remove one of the two, or correct what tells them apart.",
        across=True,
        expected=line_of_first(columns),
    )


def applies(rule: Rule, frame: pd.DataFrame) -> pd.Series[bool]:
    """Whether each row is one of those that a rule is about. The frame is typed, or of text with "" for empty."""
    applies = pd.Series(data=True, index=frame.index)
    for name, terms in rule.where.items():
        applies &= frame[name].isin(terms)
    for name in rule.where_empty:
        applies &= frame[name].isna() | frame[name].isin([""])
    if rule.unless:
        is_exempt = pd.Series(data=True, index=frame.index)
        for name, terms in rule.unless.items():
            is_exempt &= frame[name].isin(terms)
        applies &= ~is_exempt
    return applies


def _comparable(value: pd.Series[Any], other: pd.Series[Any]) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Two columns to compare. Where one has dates and the other numbers, the years of the dates are compared."""
    is_date = pd.api.types.is_datetime64_dtype(value)
    other_is_date = pd.api.types.is_datetime64_dtype(other)
    if is_date and not other_is_date:
        value = value.dt.year.astype("Int64")
    if other_is_date and not is_date:
        other = other.dt.year.astype("Int64")
    return value, other


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of row rule."""

    compile: Callable[[Rule], CompiledRule] | None
    """Gives the check of a rule; None for a form that needs more than the table."""
    types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The types that its fields may have, by their role, where not every type fits."""
    compares: bool = False
    """Whether `field` and `other` are compared, so that their types must fit each other."""
    needs_citation: bool = False
    """Whether `field` is compared with the source that is cited for it."""
    expects: bool = False
    """Whether it knows what would be right, so that its message may say `{EXPECTED}`."""


_INTEGER = ("integer",)
_TEXT = ("string",)
_COMPARABLE = {"field": (*NUMBERS, "date"), "other": (*NUMBERS, "date")}
FORMS = {
    "requires": Form(compile=_requires),
    "excludes": Form(compile=_excludes),
    "oneOf": Form(compile=_one_of),
    "requiredWhere": Form(compile=_required_where),
    "emptyWhere": Form(compile=_empty_where),
    "minimumWhere": Form(compile=_minimum_where, types={"field": NUMBERS}),
    "greaterThan": Form(compile=_greater_than, types=_COMPARABLE, compares=True),
    "atMost": Form(compile=_at_most, types=_COMPARABLE, compares=True),
    "ascending": Form(compile=_ascending, types={"field": _TEXT}),
    "startPlusLength": Form(
        compile=_start_plus_length,
        types={"field": _INTEGER, "start": _INTEGER, "text": _TEXT},
        expects=True,
    ),
    "sameWithin": Form(compile=_same_within, expects=True),
    "consecutive": Form(compile=_consecutive, types={"field": _INTEGER}),
    "distinct": Form(compile=_distinct, expects=True),
    # Checked in `repeated_cells.check_repeated_cells`.
    "sameAs": Form(compile=None, expects=True),
    # Checked in `citations.check_dates_after_source`.
    "notAfterSource": Form(compile=None, types={"field": ("integer", "date")}, needs_citation=True, expects=True),
}
"""Each form of row rule, by its name in a schema."""
