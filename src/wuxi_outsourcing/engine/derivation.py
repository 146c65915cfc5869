"""Which cells are cited, and what a quote makes of one: what validation checks and what `quote` goes by."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from .package import Package
from .problems import UnknownName
from .quantities import RULES, Unreadable, omitted_context, omitted_period
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
def cell_from_quote(rule: str | None, quote: str) -> str:
    """What a quote makes the cell, as the CSV writes it: the quote itself, or what the rule reads in it.

    Raises Unreadable where the rule reads nothing in it, and UnknownName for a rule that does not exist.

    >>> cell_from_quote("quantity", "超3000亿元"), cell_from_quote("qualifier", "超3000亿元")
    ('300000000000', 'more_than')
    >>> cell_from_quote(None, "无锡")
    '无锡'
    """
    if rule is None:
        return quote
    if rule not in RULES:
        raise UnknownName("rule", rule, RULES)
    value = RULES[rule](quote)
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


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
    months = next((field.name for field in schema if field.rule == "months"), None)
    if months is None:
        return None
    if row.get(months):
        after = ""  # the row says which part of the year it is about
    period = omitted_period(before, after, quote=quote)
    if not period:
        return None
    return period, f"Fill in {months} for a part of the year; omit the year of a longer period."


def _fix_of_longer_quote(quote: str) -> str | None:
    """The fix for a quote that would be refused if the omitted words were added: then no figure can be read."""
    try:
        cell_from_quote("quantity", quote)
    except Unreadable as error:
        return error.fix
    return None
