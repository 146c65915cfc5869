"""Which unit a figure has, by its words and its form. The words of each unit are in `units.py`."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from .units import PARTS, PER_BEHIND, RATES, UNITS
from .unreadable import STATEMENT, Unreadable
from .word_tables import any_of

_PER = re.compile(any_of(PER_BEHIND))
# Classes of size that are said of yuan alone: 百亿级. 亿级 is also said of users.
_YUAN = re.compile("[1-9][0-9]{2,}亿|.*[百千万]亿")


def unit_of(quote: str, figure: re.Match[str], words: Mapping[str, AbstractSet[str]]) -> str:
    """Name the base unit of a figure, given what the words before it mean. Raises Unreadable."""
    units = _units(figure)
    for currency in words["currency"]:
        units = _with_currency(quote, figure["unit"], currency.split(), units)
    if not units:
        raise Unreadable(quote, "names no unit: quote the unit or measure word too")
    if len(units) > 1:
        raise Unreadable(quote, "names two units: expected one")
    unit = units[0]
    if figure["grade"] and unit != "CNY":
        raise Unreadable(quote, "is a class of size: only amounts in CNY are read as one, such as 百亿级", STATEMENT)
    words_behind = _PER.findall(figure["per"] or "")
    per = words["per"] | {PER_BEHIND[word] for word in words_behind}
    if not per:
        return unit
    rate = RATES.get(frozenset(per)) if unit == "CNY" else None
    if rate is None:
        why = f"is a rate, {unit} per {' and '.join(sorted(per))}, that the vocabulary of units does not have"
        raise Unreadable(quote, why, STATEMENT)
    return rate


def _units(figure: re.Match[str]) -> list[str]:
    """Each unit that is named behind the figure or by its form. 百分之十五% names two."""
    if figure["share"]:
        return ["percent"]
    if figure["number"] is None:  # 翻一番
        return ["times"]
    word, low_word = figure["unit"], figure["low_unit"]
    units = [UNITS[word]] if word else []
    if word and low_word and UNITS[low_word] != UNITS[word]:
        units.append(UNITS[low_word])
    if figure["parts"] or figure["denominator"]:
        units.append(PARTS.get(figure["parts"], "percent"))
    if figure["grade"] and not units and _YUAN.fullmatch(figure["number"]):
        units = ["CNY"]
    return units


def _with_currency(quote: str, word: str | None, possible: list[str], units: list[str]) -> list[str]:
    """Add the currency that is named before the amount: 港币3亿元, US$13.78亿, ¥3亿元.

    `possible` are the currencies that the name may stand for. `word` is the word for the unit behind the amount.
    """
    is_yuan_of_any_currency = word == "元" and units == ["CNY"]
    if len(possible) == 1 and (not units or is_yuan_of_any_currency):
        return possible
    if not units:
        raise Unreadable(quote, f"names no currency for certain: it may be {' or '.join(possible)}; quote the unit too")
    if units[0] in possible:
        return units
    return units + possible
