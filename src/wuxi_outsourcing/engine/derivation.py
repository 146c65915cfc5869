"""Which cells are cited, and what a quote makes of one: what validation checks and what `quote` goes by."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from .package import SOURCES, Package
from .problems import UnknownName
from .quantities import (
    NO_PERIOD,
    PERIOD_RULES,
    RULES,
    Undated,
    Unreadable,
    is_relative,
    omitted_context,
    omitted_end_of_year,
    omitted_period,
    omitted_reference,
    part_of_relative_year,
)
from .schema import CLASSES_WITH_CITATIONS, Field, TableSchema

CONTEXT = 60  # characters: no word around a figure is longer
_QUOTE_IT_TOO = "Quote it too."


def citation_fault(table: str, field: str, package: Package) -> tuple[str, str, str] | None:
    """Why a field is not one to be cited, as column of the evidence, message and fix; None if it is.

    Raises Unusable where the table's schema cannot be read.
    """
    if table not in package.paths:
        return "table", f"there is no table {table!r}", f"Write one of {', '.join(package.paths)}."
    schema = package.schema(table)
    if field not in schema:
        return "field", f"{table} has no field {field!r}", f"Write one of {', '.join(schema.names)}."
    quoted_field = schema[field].cited_with
    if quoted_field:
        return "field", f"{table}.{field} shares the evidence of {quoted_field}", f"Cite {quoted_field} instead."
    provenance = schema[field].provenance
    if provenance not in CLASSES_WITH_CITATIONS:
        message = f"{table}.{field} is {provenance}: it needs no evidence and must have none"
        return "field", message, "Remove the row."
    return None


@lru_cache(maxsize=1 << 16)
def cell_from_quote(rule: str | None, quote: str, published_on: date | None = None) -> str:
    """What a quote makes the cell, as the CSV writes it: the quote itself, or what the rule reads in it.

    `published_on` is the day on which the source of the quote was published. Only a relative period needs it.

    Raises Unreadable where the rule reads nothing in it, and UnknownName for a rule that does not exist.

    >>> cell_from_quote("quantity", "超3000亿元"), cell_from_quote("qualifier", "超3000亿元")
    ('300000000000', 'more_than')
    >>> cell_from_quote(None, "无锡")
    '无锡'
    >>> cell_from_quote("date", "去年底", date(2014, 5, 20))
    '2013-12-31'
    """
    if rule is None:
        return quote
    if rule not in RULES:
        raise UnknownName("rule", rule, RULES)
    reader = RULES[rule]
    value = reader(quote, published_on) if rule in PERIOD_RULES else reader(quote)
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def day_for_cells(table: str, published_on: str | None) -> date | None:
    """The day of publication that relative periods of a table are reckoned from, as `sources` writes it.

    None where there is no such day, or none of the calendar, and for the table `sources`: the day of publication can't
    be derived from itself.
    """
    if table == SOURCES or not published_on:
        return None
    try:
        return date.fromisoformat(published_on)
    except ValueError:
        return None


def fix_of_unreadable(error: Unreadable, table: str) -> str:
    """What to do about a quote that no rule reads for a cell of a table."""
    if table == SOURCES and isinstance(error, Undated):
        return "Quote a day with its year, or leave the cell empty."
    return error.fix


def months_fault(schema: TableSchema, name: str, row: Mapping[str, object], quote: str) -> tuple[str, str] | None:
    """Why a quote such as 今年前两月 does not give a row's year, as message and fix; None if its months agree."""
    months = _field_with_rule(schema, "months")
    part = part_of_relative_year(quote)
    if schema[name].rule != "year" or months is None or not part:
        return None
    in_quote = cell_from_quote("months", part)
    if row[months] == in_quote:
        return None
    message = f"“{quote}” is about the months {in_quote}, but {months} is {row[months] or 'empty'}"
    return message, f"Write {in_quote} in {months}, and cite it too; or quote what gives the year of the row."


def fields_cited_with(schema: TableSchema, field: Field) -> list[Field]:
    """The fields that share the quote of another."""
    return [other for other in schema if other.cited_with == field.name]


def omitted_words(
    schema: TableSchema, name: str, row: Mapping[str, object], paragraph: str, span: tuple[int, int]
) -> tuple[str, str] | None:
    """The words next to a quote that change what its rule reads, if the quote leaves out any, and the fix.

    What follows a year, such as 上半年, belongs to the row's months; it is no fault in a table without months.
    """
    start, end = span
    before = paragraph[max(0, start - CONTEXT) : start]
    quote = paragraph[start:end]
    after = paragraph[end : end + CONTEXT]
    rule = schema[name].rule
    if rule == "quantity":
        return _omitted_around_quantity(before, quote, after)
    if rule == "year":
        return _omitted_around_year(before, quote, after, schema, row)
    if rule in ("date", "months"):
        period = omitted_period(before, after, quote=quote)
        return (period, _QUOTE_IT_TOO) if period else None
    return None


def _omitted_around_quantity(before: str, quote: str, after: str) -> tuple[str, str] | None:
    words = omitted_context(before, after, quote=quote)
    if not words:
        return None
    fix = None
    if before.endswith(words):
        fix = _fix_of_longer_quote(words + quote)
    return words, fix or _QUOTE_IT_TOO


def _omitted_around_year(
    before: str, quote: str, after: str, schema: TableSchema, row: Mapping[str, object]
) -> tuple[str, str] | None:
    if is_relative(quote):
        omitted = _omitted_behind_relative_year(quote, after, schema, row)
        if omitted:
            return omitted
    months = _field_with_rule(schema, "months")
    if months is None:
        return None
    if row.get(months):
        after = ""  # the row says which part of the year it is about
    period = omitted_period(before, after, quote=quote)
    if not period:
        return None
    return period, f"Fill in {months} for a part of the year; omit the year of a longer period."


def _omitted_behind_relative_year(
    quote: str, after: str, schema: TableSchema, row: Mapping[str, object]
) -> tuple[str, str] | None:
    """What makes of a relative year another period, or the day of a count that the row has no date for."""
    reference = omitted_reference(quote, after)
    if reference:
        return reference, NO_PERIOD
    as_of = _field_with_rule(schema, "date")
    if as_of is None or row.get(as_of):
        return None
    end_of_year = omitted_end_of_year(quote, after)
    if not end_of_year:
        return None
    return end_of_year, f"Fill in {as_of} from “{quote}{end_of_year}”, and leave the year empty."


def _field_with_rule(schema: TableSchema, rule: str) -> str | None:
    """The name of the first field that a rule derives."""
    return next((field.name for field in schema if field.rule == rule), None)


def _fix_of_longer_quote(quote: str) -> str | None:
    """The fix for a quote that would be refused if the omitted words were added: then no figure can be read."""
    try:
        cell_from_quote("quantity", quote)
    except Unreadable as error:
        return error.fix
    return None
