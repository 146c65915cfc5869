"""Layer 3: what a row must mean as a whole, and what makes it one row among the others.

A rule is a named check over several fields, attached to the Pandera schema of every table that has these fields.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from ..package import TableSchema

Rows = Mapping[str, str]
# What is printed in place of a number.
_NO_NUMBER = ["several", "record_high"]


@dataclass(frozen=True, slots=True)
class RowRule:
    """A check of whole rows: `holds` gives one boolean a row, `message` speaks of a row that fails, as text."""

    name: str
    field: str
    holds: Callable[[pd.DataFrame], "pd.Series[bool]"]
    message: Callable[[Mapping[str, str]], str]
    fix: str


def row_rules(schema: TableSchema, published: date) -> list[RowRule]:
    """The rules for a table. `published` is the day on which the latest source was published."""
    fields = set(schema.names)
    rules = [_unique(key, "primary key") for key in [schema.primary_key]]
    rules += [_unique(key, "unique key") for key in schema.unique_keys]
    rules += [rule for needs, rule in _RULES if needs <= fields]
    for field in schema.fields:
        if field.rule in ("year", "date"):
            rules.append(_not_later(field.name, field.type, published))
    return rules


def _unique(key: tuple[str, ...], kind: str) -> RowRule:
    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        columns = list(key)
        return ~frame.duplicated(columns) | frame[columns].isna().any(axis=1)

    def message(row: Mapping[str, str]) -> str:
        return f"{'/'.join(row[name] for name in key)!r} stands in an earlier row too; it is a {kind}"

    name = f"{kind} ({', '.join(key)})"
    return RowRule(name, key[-1], holds, message, f"Give every row a {', '.join(key)} of its own, or remove the row.")


def _not_later(field: str, kind: str, published: date) -> RowRule:
    limit = published.year if kind == "integer" else pd.Timestamp(published)
    shown = published.year if kind == "integer" else published

    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        return (frame[field] <= limit).fillna(value=True).astype(bool) | frame[field].isna()

    def message(row: Mapping[str, str]) -> str:
        return f"{row[field]} is later than {shown}, when the source was published"

    return RowRule(f"{field} not later than publication", field, holds, message, "Write what the source prints.")


def _number_where_printed(frame: pd.DataFrame) -> "pd.Series[bool]":
    return frame["value"].isna() == frame["qualifier"].isin(_NO_NUMBER)


def _unit_where_number(frame: pd.DataFrame) -> "pd.Series[bool]":
    return frame["unit"].isna() == frame["value"].isna()


_RULES: list[tuple[set[str], RowRule]] = [
    (
        {"qualifier", "value"},
        RowRule(
            "value goes with qualifier",
            "value",
            _number_where_printed,
            lambda row: (
                f"with the qualifier {row['qualifier'] or '(empty)'} a value "
                f"{'must not' if row['value'] else 'must'} stand here"
            ),
            f"Leave value and unit empty for {' and '.join(_NO_NUMBER)}, and only for those.",
        ),
    ),
    (
        {"value", "unit"},
        RowRule(
            "unit goes with value",
            "unit",
            _unit_where_number,
            lambda row: "there is a unit but no value" if row["unit"] else "there is a value but no unit",
            "Write both value and unit, or neither.",
        ),
    ),
    (
        {"year", "as_of"},
        RowRule(
            "year or as_of",
            "as_of",
            lambda frame: frame["year"].isna() | frame["as_of"].isna(),
            lambda row: f"the row has both a year ({row['year']}) and a day ({row['as_of']})",
            "Keep year for a flow, as_of for a stock.",
        ),
    ),
    (
        {"start", "end", "quote"},
        RowRule(
            "end is start plus length",
            "end",
            lambda frame: frame["end"] - frame["start"] == frame["quote"].str.len(),
            lambda row: f"{row['start']} to {row['end']} is not the length of the quote, {len(row['quote'])}",
            "Correct start and end, which count characters from 0, or the quote.",
        ),
    ),
]
