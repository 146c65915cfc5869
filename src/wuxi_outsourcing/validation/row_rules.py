"""Layer 3: what a row must mean as a whole, and what makes it one row among the others.

A rule is a named check over several fields, attached to the Pandera schema of every table that has these fields.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from ..package import Field, TableSchema

# What is printed in place of a number.
_NO_NUMBER = ["several", "record_high"]


@dataclass(frozen=True, slots=True)
class RowRule:
    """A check of whole rows.

    `fields` are those that it looks at, the first of them the one where a problem is placed. `holds` gives one boolean
    a row; `message` speaks of a row that fails, given as text. A rule `across` rows says nothing while any cell that it
    looks at is faulty; one `of_rows` finds a row to be wrong as a whole.
    """

    name: str
    fields: tuple[str, ...]
    holds: Callable[[pd.DataFrame], "pd.Series[bool]"]
    message: Callable[[Mapping[str, str]], str]
    fix: str
    across: bool = False
    of_rows: bool = False


def row_rules(schema: TableSchema, published: date) -> list[RowRule]:
    """The rules for a table. `published` is the day on which the latest source was published."""
    rules = [replace(_unique(schema.primary_key, "primary key"), of_rows=True)]
    rules += [_unique(key, "unique key") for key in schema.unique_keys]
    rules += [rule for rule in _RULES if set(rule.fields) <= set(schema.names)]
    rules += [_not_later(field, published) for field in schema.fields if field.rule in ("year", "date")]
    return rules


def _unique(key: tuple[str, ...], kind: str) -> RowRule:
    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        columns = list(key)
        again = frame.duplicated(columns)
        return ~(again & frame[columns].notna().all(axis=1)) if again.any() else ~again

    def message(row: Mapping[str, str]) -> str:
        return f"{'/'.join(row[name] for name in key)!r} stands in an earlier row too; it is a {kind}"

    fix = f"Give every row a {', '.join(key)} of its own, or remove the row."
    return RowRule(f"{kind}: {', '.join(key)}", key[::-1], holds, message, fix)


def _not_later(field: Field, published: date) -> RowRule:
    limit = published.year if field.type == "integer" else published

    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        cells = frame[field.name]
        return cells.isna() | (cells <= (limit if isinstance(limit, int) else pd.Timestamp(limit))).fillna(value=True)

    def message(row: Mapping[str, str]) -> str:
        return f"{row[field.name]} is later than {limit}, when the source was published"

    name = f"{field.name} not later than publication"
    return RowRule(name, (field.name,), holds, message, "Write what the source prints.")


def _no_gap(numbered: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each number is 1, or that of another row of the same source and 1; their order is told elsewhere."""
    number = numbered["paragraph"]
    before = numbered.assign(paragraph=number - 1).merge(numbered.drop_duplicates(), how="left", indicator="found")
    return (number <= 1).fillna(value=True).astype(bool) | (before["found"] == "both").to_numpy()


_RULES = [
    RowRule(
        "value goes with qualifier",
        ("value", "qualifier"),
        lambda frame: frame["value"].isna() == frame["qualifier"].isin(_NO_NUMBER),
        lambda row: (
            f"with the qualifier {row['qualifier'] or '(empty)'} a value "
            f"{'must not' if row['value'] else 'must'} stand here"
        ),
        f"Leave value and unit empty for {' and '.join(_NO_NUMBER)}, and only for those.",
    ),
    RowRule(
        "unit goes with value",
        ("unit", "value"),
        lambda frame: frame["unit"].isna() == frame["value"].isna(),
        lambda row: "there is a unit but no value" if row["unit"] else "there is a value but no unit",
        "Write both value and unit, or neither.",
    ),
    RowRule(
        "year or as_of",
        ("as_of", "year"),
        lambda frame: frame["year"].isna() | frame["as_of"].isna(),
        lambda row: f"the row has both a year ({row['year']}) and a day ({row['as_of']})",
        "Keep year for a flow, as_of for a stock.",
    ),
    RowRule(
        "paragraphs counted from 1",
        ("paragraph", "source_id", "gist_en"),
        lambda frame: _no_gap(frame[["source_id", "paragraph"]]),
        lambda row: f"paragraph {row['paragraph']} of {row['source_id']} has none before it",
        "Number the paragraphs of a source 1, 2, 3 without a gap.",
        across=True,
    ),
    RowRule(
        "end is start plus length",
        ("end", "start", "quote"),
        lambda frame: frame["end"] - frame["start"] == frame["quote"].str.len(),
        lambda row: f"{row['start']} to {row['end']} is not the length of the quote, {len(row['quote'])}",
        "Correct start and end, which count characters from 0, or the quote.",
    ),
]
