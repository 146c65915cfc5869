"""Layer 3: rules over several fields of a row, and what makes a row one among the others.

A rule is a named check over fields. It applies to every table that has them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ..tables import line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..problems import Problem
    from ..schema import TableSchema
    from .table_files import Table

    Right = Callable[[int], object]

# Only a change can be below zero, and these are the units of one.
UNITS_OF_CHANGE = ["percent", "per_mille", "percentage_points"]
# Qualifiers of what is printed without a number.
NO_NUMBER = ["several", "record_high"]


def _nothing(_: Table) -> Right:
    return lambda _: ""


@dataclass(frozen=True, slots=True)
class RowRule:
    """A check of whole rows: what `holds` gives for the typed frame is true of each row that is right.

    The problem is with the first of the fields. Message and fix are filled in with the cells of the row, and with
    `{right}`: for a table as text, `right` gives the function that gives it for a row.
    """

    name: str
    fields: tuple[str, ...]
    holds: Callable[[pd.DataFrame], pd.Series[bool]]
    message: str
    fix: str
    right: Callable[[Table], Right] = _nothing
    across: bool = False
    """Whether a row is compared with others, so that a problem with these fields in any row stands in the way."""

    def problems(self, table: Table, rows: Iterable[int]) -> Iterator[Problem]:
        """The problem of each row that breaks the rule."""
        right = self.right(table)
        for row in rows:
            cells = {**table.frame.loc[row], "right": right(row)}
            message, fix = self.message.format_map(cells), self.fix.format_map(cells)
            yield table.problem(row, self.fields[0], message, fix)


def row_rules(schema: TableSchema) -> list[RowRule]:
    """The rules for a table."""
    rules = [_unique(schema.primary_key, "primary key"), *(_unique(key, "unique key") for key in schema.unique_keys)]
    rules += [rule for rule in _RULES if set(rule.fields) <= set(schema.names)]
    rules += _translations(schema)
    return rules


def _unique(key: tuple[str, ...], kind: str) -> RowRule:
    columns = list(key)

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        return ~frame.duplicated(columns) | frame[columns].isna().any(axis=1)

    names, cells = ", ".join(key), "/".join(f"{{{name}}}" for name in key)
    message = f"'{cells}' is a duplicate of line {{right}}; {names} is a {kind}"
    fix = f"Give each row a {names} of its own, or remove one."
    return RowRule(f"{kind}: {names}", key[::-1], holds, message, fix, _line_of_first(columns))


def _line_of_first(columns: list[str]) -> Callable[[Table], Right]:
    """The line of the first row that has the same cells in some columns."""

    def right(table: Table) -> Right:
        numbers = table.frame.index.to_series()
        same = [table.frame[name] for name in columns]
        first = numbers.groupby(same).transform("first")
        return lambda row: line_of(first[row])

    return right


def _distinct(fields: tuple[str, ...], what: str) -> RowRule:
    """No two rows have the same values in all of these fields, where an empty cell equals another."""
    columns = list(fields)
    return RowRule(
        f"distinct: {', '.join(fields)}",
        fields,
        lambda frame: ~frame.duplicated(columns),
        f"this is the {what} of line {{right}}: both have the same {', '.join(fields)}",
        "Remove one of the two, or correct what tells them apart.",
        _line_of_first(columns),
        across=True,
    )


def _translations(schema: TableSchema) -> Iterator[RowRule]:
    """Optional text in two languages, such as a note: both are there, or neither."""
    for field in schema:
        english, chinese = field.name, f"{field.name.removesuffix('_en')}_zh"
        if english.endswith("_en") and chinese in schema and not (field.required or schema[chinese].required):
            yield _goes_with(english, chinese)
            yield _goes_with(chinese, english)


def _goes_with(name: str, other: str) -> RowRule:
    return RowRule(
        f"{name}: where {other} is",
        (name, other),
        lambda frame: frame[name].notna() | frame[other].isna(),
        f"{name} is empty, but {other} is not",
        "Write it in both languages, or in neither.",
    )


def _same_within(group: str, field: str) -> RowRule:
    """Rows of one group have the same value in a field, where they have one at all."""

    def usual(frame: pd.DataFrame) -> pd.Series:
        counts = frame[[group, field]].value_counts().reset_index()
        return counts.drop_duplicates(group).set_index(group)[field]

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        return frame[field].isna() | frame[group].isna() | (frame[field] == frame[group].map(usual(frame)))

    def right(table: Table) -> Right:
        filled = table.frame[table.frame[field] != ""]
        of_group = usual(filled)
        return lambda row: of_group[table.cell(row, group)]

    return RowRule(
        f"{field}: one for each {group}",
        (field, group),
        holds,
        f"{{{field}}} is not the {field} of the other rows with the {group} {{{group}}}, which is {{right}}",
        f"Write {{right}}, or give the row another {group}.",
        right,
        across=True,
    )


def _no_gap(frame: pd.DataFrame) -> pd.Series[bool]:
    """Whether each number is 1, or that of another row of the same source and 1; order is another check."""
    numbered = frame[["source_id", "paragraph"]]
    previous = pd.MultiIndex.from_frame(numbered.assign(paragraph=numbered["paragraph"] - 1))
    known = previous.isin(pd.MultiIndex.from_frame(numbered)) | numbered.isna().any(axis=None)
    return (numbered["paragraph"] <= 1).fillna(value=True).astype(bool) | known


def _is_not_below_zero(frame: pd.DataFrame) -> pd.Series[bool]:
    """Whether each value is at least 0, or has a unit of change."""
    return frame["value"].isna() | (frame["value"] >= 0) | frame["unit"].isin(UNITS_OF_CHANGE)


def _months_in_order(frame: pd.DataFrame) -> pd.Series[bool]:
    """Whether the first month is not after the last, in a text such as 01-06."""
    first, last = frame["months"].str[:2], frame["months"].str[3:]
    return frame["months"].isna() | (first <= last)


def _is_read_afterwards(frame: pd.DataFrame) -> pd.Series[bool]:
    """Whether each year is not after the day on which it was read."""
    read_in = frame["accessed_on"].dt.year.astype("Int64")
    is_before: pd.Series[bool] = (frame["year"] <= read_in).fillna(value=True).astype(bool)
    return is_before


_RULES = [
    RowRule(
        "value: goes with qualifier",
        ("value", "qualifier"),
        lambda frame: frame["value"].isna() == frame["qualifier"].isin(NO_NUMBER),
        "{value} does not go with the qualifier {qualifier}",
        f"Leave value and unit empty for {' and '.join(NO_NUMBER)}, and only for those.",
    ),
    RowRule(
        "unit: goes with value",
        ("unit", "value"),
        lambda frame: frame["unit"].isna() == frame["value"].isna(),
        "{unit!r} does not go with the value {value!r}",
        "Write both value and unit, or neither.",
    ),
    RowRule(
        "value: not below zero",
        ("value", "unit"),
        _is_not_below_zero,
        "{value} {unit} is below zero, which only a percentage or percentage points can be",
        "Correct the value, or transcribe the fall as a statement, without a figure.",
    ),
    RowRule(
        "value_to: above value",
        ("value_to", "value"),
        lambda frame: frame["value_to"].isna() | frame["value"].isna() | (frame["value_to"] > frame["value"]),
        "{value_to} is not above {value}, the lower end of the range",
        "Write the upper end of the range, or empty the cell.",
    ),
    RowRule(
        "months: in order",
        ("months",),
        _months_in_order,
        "{months} ends before it begins",
        "Write the first month and then the last: 01-06.",
    ),
    RowRule(
        "year: before it was read",
        ("year", "accessed_on"),
        _is_read_afterwards,
        "{year} is after {accessed_on}, the day on which the page was read",
        "Correct the year or the day.",
    ),
    _distinct(
        ("indicator", "place_id", "source_id", "status", "unit", "year", "months", "as_of"),
        "observation",
    ),
    RowRule(
        "year: where months are",
        ("year", "months"),
        lambda frame: frame["months"].isna() | frame["year"].notna(),
        "there are months, {months}, but no year",
        "Write the year, or leave months empty.",
    ),
    RowRule(
        "as_of: not with year",
        ("as_of", "year"),
        lambda frame: frame["year"].isna() | frame["as_of"].isna(),
        "the row has both a year ({year}) and a day ({as_of})",
        "Keep year for a flow, as_of for a stock.",
    ),
    *(_same_within("indicator", field) for field in ("topic", "measure", "unit")),
    RowRule(
        "status: of lines of work",
        ("status", "kind", "text_zh"),
        lambda frame: frame["status"].isna() | (frame["kind"] == "line_of_work"),
        "a statement of the kind {kind} has a status",
        "Empty the cell: only a line_of_work has one.",
    ),
    RowRule(
        "paragraph: counted from 1",
        ("paragraph", "source_id", "gist_en"),
        _no_gap,
        "there is no paragraph before paragraph {paragraph} of {source_id}",
        "Add the row of that paragraph again, or number the paragraphs 1, 2, 3 without a gap.",
        across=True,
    ),
    RowRule(
        "end: start plus length",
        ("end", "start", "quote"),
        lambda frame: frame["end"] - frame["start"] == frame["quote"].str.len(),
        "{start} to {end} is not the length of the quote",
        "Write {right}, or correct start or quote.",
        lambda table: lambda row: int(table.cell(row, "start")) + len(table.cell(row, "quote")),
    ),
]
