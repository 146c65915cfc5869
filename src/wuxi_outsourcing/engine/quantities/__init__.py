"""Figures and dates of a Chinese source, read into values: “超3000亿元” is more than 300000000000 CNY.

`RULES` are the rules that a table schema names. What a rule can't read for certain raises Unreadable.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from .context import omitted_context, omitted_period
from .dates import date, month_day, months, year, years
from .figures import quantity
from .lists import LIST_CHARACTERS, last_of_list_start
from .numerals import NUMERAL
from .relative_periods import (
    NO_PERIOD,
    RELATIVE_CHARACTERS,
    RELATIVE_QUOTE,
    Undated,
    is_relative,
    omitted_end_of_year,
    omitted_reference,
    part_of_relative_year,
)
from .units import PER_BEHIND, UNITS
from .unreadable import Unreadable
from .words import BEHIND, INSIDE, PREFIX, RANK_LEAD, SHARES, VAGUE

__all__ = [
    "CHARACTERS",
    "LIST_CHARACTERS",
    "NO_PERIOD",
    "PERIOD_RULES",
    "RELATIVE_CHARACTERS",
    "RELATIVE_QUOTE",
    "RULES",
    "Undated",
    "Unreadable",
    "is_relative",
    "last_of_list_start",
    "omitted_context",
    "omitted_end_of_year",
    "omitted_period",
    "omitted_reference",
    "part_of_relative_year",
]

# The value, the upper end, the qualifier and the unit of a row are all read from one quote.
_quantity = lru_cache(maxsize=1 << 10)(quantity)

RULES: Mapping[str, Callable[..., int | dt.date | str | Decimal | None]] = {
    "year": year,
    "date": date,
    "month_day": month_day,
    "months": months,
    "years": years,
    "quantity": lambda quote: _quantity(quote).value,
    "quantity_to": lambda quote: _quantity(quote).value_to,
    "qualifier": lambda quote: _quantity(quote).qualifier,
    "unit": lambda quote: _quantity(quote).unit,
}
"""The rules by name, each a function of the quote that gives the cell; None is an empty cell."""

PERIOD_RULES = ("year", "date", "months")
"""The rules that are given the day of publication too, which explains 去年."""

CHARACTERS = frozenset(
    "".join((*PREFIX, *VAGUE, *INSIDE, *UNITS, *PER_BEHIND, *BEHIND, *RANK_LEAD, *SHARES, NUMERAL))
    + "0123456789点.,-−~〜–—―至到/负分之级翻番倍首位榜第前若干下年度月日号截止底末周上半季份个〇○ "
)
"""The characters of everything that the rules read, but for relative years. A span with another is not worth trying."""
