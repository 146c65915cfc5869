"""Which cells are cited, and what a quote makes of one: what validation checks and what `cite` goes by."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from . import printed
from .package import Field, Package, TableSchema

CITED = ("quoted", "derived")


def citable(name: str, field: str, package: Package) -> tuple[str, str, str] | None:
    """What is wrong with citing this field at all, as column, message and mend."""
    if name not in package.paths:
        return "table", f"there is no table {name!r}", f"Write one of {', '.join(package.paths)}."
    schema = package.schemas.get(name)
    if schema is None:
        return None  # Its schema is faulty, and says so itself.
    if field not in schema.names:
        return "field", f"{name} has no field {field!r}", f"Write one of {', '.join(schema.names)}."
    provenance, leader = schema[field].provenance, schema[field].cited_with
    if leader:
        return "field", f"{name}.{field} shares the evidence of {leader}", f"Cite {leader} instead."
    if provenance not in CITED:
        return "field", f"{name}.{field} is {provenance}: it needs no evidence and must have none", "Remove the row."
    return None


@lru_cache(maxsize=1 << 16)
def said(rule: str | None, quote: str) -> str:
    """What a quote makes the cell, as the CSV writes it: the quote itself, or what the rule reads in it."""
    if rule is None:
        return quote
    value = printed.RULES[rule](quote)
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def followers(schema: TableSchema, field: Field) -> list[Field]:
    """The fields that share the quote of another."""
    return [each for each in schema.fields if each.cited_with == field.name]
