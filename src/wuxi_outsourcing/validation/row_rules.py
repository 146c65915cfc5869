"""Layer 3: rules over several fields of a row, and what makes a row one among the others.

A rule is a named check over fields. It applies to every table that has them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from ..table_schemas import Field, TableSchema

    Fault = Callable[[pd.DataFrame, int], tuple[str, str, str]]

# Qualifiers of what is printed without a number.
NO_NUMBER = ["several", "record_high"]


@dataclass(frozen=True, slots=True)
class RowRule:
    """A check of whole rows.

    `holds` takes the typed frame and gives a boolean for each row. `fault` takes the frame as text and a row that
    fails, and gives column, message and fix. A rule `across` rows is passed over while a cell of its fields is faulty;
    one `of_rows` finds a row to be wrong as a whole.
    """

    name: str
    fields: tuple[str, ...]
    holds: Callable[[pd.DataFrame], pd.Series[bool]]
    fault: Fault
    across: bool = False
    of_rows: bool = False


def row_rules(schema: TableSchema, publications: Mapping[str, date]) -> list[RowRule]:
    """The rules for a table. `publications` are the days on which the sources were published."""
    rules = [_unique(schema.primary_key, "primary key", of_rows=True)]
    rules += [_unique(key, "unique key", of_rows=False) for key in schema.unique_keys]
    rules += [rule for rule in _RULES if set(rule.fields) <= set(schema.names)]
    rules += _translations(schema)
    if publications:
        rules += [_not_later(field, schema, publications) for field in schema if field.rule in ("year", "date")]
    return rules


def _unique(key: tuple[str, ...], kind: str, *, of_rows: bool) -> RowRule:
    columns = list(key)

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        duplicate = frame.duplicated(columns)
        return ~(duplicate & frame[columns].notna().all(axis=1)) if duplicate.any() else ~duplicate

    def fault(frame: pd.DataFrame, row: int) -> tuple[str, str, str]:
        cells = frame.loc[row, columns]
        first = int((frame[columns] == cells).all(axis=1).idxmax()) + 2
        message = f"{'/'.join(cells)!r} is a duplicate of line {first}; {', '.join(key)} is a {kind}"
        return key[-1], message, f"Give each row a {', '.join(key)} of its own, or remove one."

    return RowRule(f"{kind}: {', '.join(key)}", key, holds, fault, of_rows=of_rows)


def _not_later(field: Field, schema: TableSchema, publications: Mapping[str, date]) -> RowRule:
    """Only a target is later than the publication of its source; without `source_id`, of the latest one."""
    fields = tuple(name for name in (field.name, "source_id", "status") if name in schema)
    days = {source: pd.Timestamp(day) for source, day in publications.items()}

    def limits(frame: pd.DataFrame) -> pd.Series:
        sources = frame["source_id"] if "source_id" in fields else pd.Series("", index=frame.index)
        limit = sources.map(days).astype("datetime64[us]").fillna(max(days.values()))
        return limit.dt.year if field.type == "integer" else limit

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        cells = frame[field.name]
        targets = frame["status"] == "target" if "status" in fields else False
        return ((cells <= limits(frame)).fillna(value=False) | cells.isna() | targets).astype(bool)

    def fault(frame: pd.DataFrame, row: int) -> tuple[str, str, str]:
        limit = str(limits(frame.loc[[row]]).iloc[0])[:10]
        message = f"{frame.loc[row, field.name]} is later than {limit}, when the source was published"
        fix = "If it is a target, write target in status; else write" if "status" in fields else "Write"
        return field.name, message, f"{fix} what the source prints."

    return RowRule(f"{field.name} not later than publication", fields, holds, fault)


def _translations(schema: TableSchema) -> Iterator[RowRule]:
    """Optional text in two languages, such as a note: both are there, or neither."""
    for field in schema:
        pair = (field.name, f"{field.name.removesuffix('_en')}_zh")
        if field.name.endswith("_en") and pair[1] in schema and not (field.required or schema[pair[1]].required):
            yield _both_or_neither(*pair)


def _both_or_neither(english: str, chinese: str) -> RowRule:
    def fault(frame: pd.DataFrame, row: int) -> tuple[str, str, str]:
        empty, filled = sorted((english, chinese), key=lambda name: bool(frame.loc[row, name]))
        return empty, f"{empty} is empty, but {filled} is not", "Write it in both languages, or in neither."

    name, fields = f"{english} goes with {chinese}", (english, chinese)
    return RowRule(name, fields, lambda frame: frame[english].isna() == frame[chinese].isna(), fault)


def _same_within(group: str, field: str) -> RowRule:
    """Rows of one group have the same value in a field, where they have one at all."""

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        usual = frame.groupby(group)[field].agg(lambda cells: next(iter(cells.mode()), None))
        return frame[field].isna() | frame[group].isna() | (frame[field] == frame[group].map(usual))

    def fault(frame: pd.DataFrame, row: int) -> tuple[str, str, str]:
        cell, name = frame.loc[row, [field, group]]
        other = frame.loc[(frame[group] == name) & ~frame[field].isin([cell, ""]), field].mode()[0]
        message = f"{cell} is not the {field} of the other rows with the {group} {name}, which is {other}"
        return field, message, f"Write {other}, or give the row another {group}."

    return RowRule(f"one {field} for each {group}", (group, field), holds, fault)


def _at(column: str, message: str, fix: str) -> Fault:
    """A fault that always has the same place; cells of the row are filled in."""
    return lambda frame, row: (column, message.format_map(frame.loc[row]), fix)


def _no_gap(frame: pd.DataFrame) -> pd.Series[bool]:
    """Whether each number is 1, or that of another row of the same source and 1; order is another check."""
    numbered = frame[["source_id", "paragraph"]]
    previous = numbered.assign(paragraph=numbered["paragraph"] - 1)
    matches = previous.merge(numbered.drop_duplicates(), how="left", indicator="match")["match"] == "both"
    return (numbered["paragraph"] <= 1).fillna(value=True).astype(bool) | matches.to_numpy()


def _wrong_end(frame: pd.DataFrame, row: int) -> tuple[str, str, str]:
    start, end, quote = frame.loc[row, ["start", "end", "quote"]]
    message = f"{start} to {end} is not the length of the quote, {len(quote)}"
    return "end", message, f"Write {int(start) + len(quote)}, or correct start or quote."


_RULES = [
    RowRule(
        "value goes with qualifier",
        ("value", "qualifier"),
        lambda frame: frame["value"].isna() == frame["qualifier"].isin(NO_NUMBER),
        _at(
            "value",
            "{value} does not go with the qualifier {qualifier}",
            f"Leave value and unit empty for {' and '.join(NO_NUMBER)}, and only for those.",
        ),
    ),
    RowRule(
        "unit goes with value",
        ("unit", "value"),
        lambda frame: frame["unit"].isna() == frame["value"].isna(),
        _at("unit", "{unit!r} does not go with the value {value!r}", "Write both value and unit, or neither."),
    ),
    RowRule(
        "value_to is more than value",
        ("value_to", "value"),
        lambda frame: frame["value_to"].isna() | (frame["value_to"] > frame["value"]),
        _at("value_to", "{value_to} is not more than value, {value!r}", "Write the upper end of the printed range."),
    ),
    RowRule(
        "months go with year",
        ("months", "year"),
        lambda frame: frame["months"].isna() | frame["year"].notna(),
        _at("year", "there are months, {months}, but no year", "Write the year, or leave months empty."),
    ),
    RowRule(
        "months in order",
        ("months",),
        lambda frame: frame["months"].isna() | (frame["months"].str[:2] <= frame["months"].str[3:]),
        _at("months", "{months} ends before it begins", "Write the first month before the last."),
    ),
    RowRule(
        "year or as_of",
        ("as_of", "year"),
        lambda frame: frame["year"].isna() | frame["as_of"].isna(),
        _at(
            "as_of", "the row has both a year ({year}) and a day ({as_of})", "Keep year for a flow, as_of for a stock."
        ),
    ),
    *(_same_within("indicator", field) for field in ("topic", "measure", "unit")),
    RowRule(
        "status of lines of work",
        ("status", "kind", "text_zh"),
        lambda frame: frame["status"].isna() | (frame["kind"] == "line_of_work"),
        _at("status", "a statement of the kind {kind} has a status", "Empty the cell: only a line_of_work has one."),
    ),
    RowRule(
        "paragraphs counted from 1",
        ("paragraph", "source_id", "gist_en"),
        _no_gap,
        _at(
            "paragraph",
            "there is no paragraph before paragraph {paragraph} of {source_id}",
            "Add the row of that paragraph again, or number the paragraphs 1, 2, 3 without a gap.",
        ),
        across=True,
    ),
    RowRule(
        "end is start plus length",
        ("end", "start", "quote"),
        lambda frame: frame["end"] - frame["start"] == frame["quote"].str.len(),
        _wrong_end,
    ),
]
