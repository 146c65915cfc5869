"""What a figure in a source says: “超3000亿元” is more than 300000000000 CNY, “20-30家” is 20 to 30.

The words are tables. The frame around a number is one regular expression. A numeral is read by a small recursive
function. What these do not cover in full is refused: a refusal costs a contributor a minute, but a wrong guess stays in
the data unnoticed.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from .amounts import checked, ends, is_range, numeral
from .figure_unit import unit_of
from .lists import last_of_list
from .numerals import NUMERAL
from .units import MEASURES, PER_BEHIND, UNITS
from .unreadable import LONGEST, STATEMENT, TO, Unreadable, plain
from .word_tables import any_of
from .words import BEHIND, FRONT, INSIDE, LEAD, PREFIX, RANK_LEAD, SHARES, VAGUE

# No value is rounded, whatever the caller's own context is.
_EXACT = Context(prec=2 * LONGEST)
_PERCENTAGES = {"percent", "per_mille", "percentage_points"}
_SPANS_OF_TIME = {"years", "months", "days"}
# The qualifiers that do not say whether the value is above or below the figure.
_WITHOUT_DIRECTION = {"unqualified", "about"}

_WORD = re.compile(any_of(PREFIX))
_NUMBER = rf"[{NUMERAL}点.,]+"

# What a figure is made of, in the order of the text. Each part has the groups that the reader asks for.
# Words such as 同比下降 or 累计超. 过 is one only before a round figure or a half: 过20家 may be the end of 引进过20家.
_WORDS_BEFORE = rf"(?P<prefix>(?:(?!过(?![百千万亿半]|一半)){any_of(PREFIX)}){{0,6}}+)"
_SHARE = rf"(?P<share>{any_of(SHARES)})"  # 一半
_DOUBLING = rf"翻(?:了?(?P<within>{any_of(FRONT)})?(?P<doublings>[一二两三四五])?番|倍)"  # 翻倍, 翻了近两番
_FRACTION = rf"(?P<parts>[{NUMERAL}]+分之)?"  # 百分之, 三分之
_MINUS = "(?P<minus>[-−负])?"
_VAGUE = f"(?P<vague>[{VAGUE}])?"  # 上 in 上千家
_LOWER_END = rf"(?:(?P<low>{_NUMBER})(?P<low_unit>{any_of(UNITS)})?{TO}(?P=parts)?)?"  # 20-, 3亿元至, 三至百分之
_DENOMINATOR = "/(?P<denominator>[0-9]{1,3})"  # /4 in 3/4
_INSIDE = rf"(?P<inside>{any_of(INSIDE)})(?P<scale>[百千万亿]*)"  # 多亿 in 3000多亿元
_UNIT = rf"(?P<unit>{any_of(UNITS)})?(?P<half>半)?"  # 家, 年半
_RATE = rf"(?P<per>{any_of(PER_BEHIND)}{{0,2}})"  # /人/月
_GRADE = "(?P<grade>级)?"  # 级 in 百亿级
# 以上. 多 stands behind a unit only if it is none of things: 3倍多.
_WORD_BEHIND = rf"(?P<behind>{any_of(BEHIND)}|(?<=[成倍番年])多)?"

_AMOUNT = (
    rf"{_FRACTION}{_MINUS}{_VAGUE}{_LOWER_END}(?P<number>{_NUMBER})(?:{_DENOMINATOR}|{_INSIDE})?{_UNIT}{_RATE}{_GRADE}"
)
_FIGURE = re.compile(rf"{_WORDS_BEFORE}(?:{_SHARE}|{_DOUBLING}|{_AMOUNT}){_WORD_BEHIND}")
# 位居第3位, 前十, 首位.
_RANK = re.compile(
    rf"{any_of(LEAD | RANK_LEAD)}{{0,3}}+(?:首位|榜首|(?P<ordinal>第(?!两)|前)(?P<number>(?![0零])[{NUMERAL}]+)[位名]?)"
)
# 多家, 若干项.
_SEVERAL = re.compile(rf"{any_of(LEAD)}{{0,3}}+(?:多|数|几|若干){any_of(MEASURES)}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in base units, and how exactly it is meant.

    `value_to` is the upper end of a range, else None. With the qualifier several, value and unit are None.
    """

    qualifier: str
    value: Decimal | None
    value_to: Decimal | None
    unit: str | None


def quantity(quote: str) -> Quantity:
    """Read a quantity in a source into base units.

    A fall is below zero. Growth by a multiple is a percentage. Of figures that share a word, the last one is read.
    Raises Unreadable.

    >>> quantity("超3000亿元")
    Quantity(qualifier='more_than', value=Decimal('300000000000'), value_to=None, unit='CNY')
    >>> quantity("20-30家")
    Quantity(qualifier='unqualified', value=Decimal('20'), value_to=Decimal('30'), unit='count')
    >>> quantity("下降3.2%")
    Quantity(qualifier='unqualified', value=Decimal('-3.2'), value_to=None, unit='percent')
    >>> quantity("分别下降5.3%和4.1%").value
    Decimal('-4.1')
    >>> quantity("多家")
    Quantity(qualifier='several', value=None, value_to=None, unit=None)
    >>> quantity("1350")
    Traceback (most recent call last):
    wuxi_outsourcing.engine.quantities.unreadable.Unreadable: “1350” names no unit: quote the unit or measure word too
    """
    text = plain(quote)
    text = last_of_list(text) or text
    text = re.sub("个多(?=月|小时)", "多个", text)  # 3个多月
    if _SEVERAL.fullmatch(text):
        return Quantity("several", None, None, None)
    with localcontext(_EXACT):
        rank = _RANK.fullmatch(text)
        if rank:
            return _read_rank(quote, rank)
        figure = _FIGURE.fullmatch(text)
        if figure:
            return _read_figure(quote, figure)
    example = "expected one figure or range with its unit, such as 超3000亿元, 200余家 or 20-30%"
    raise Unreadable(quote, f"is not read in full: {example}")


def _read_rank(quote: str, rank: re.Match[str]) -> Quantity:
    """Read 第3位 or 首位; 前十 is a rank of at most 10."""
    is_among_first = rank["ordinal"] == "前"
    number = numeral(quote, rank["number"] or "一", qualified=is_among_first)
    qualifier = "at_most" if is_among_first else "unqualified"
    return Quantity(qualifier, checked(quote, number, "rank"), None, "rank")


def _read_figure(quote: str, figure: re.Match[str]) -> Quantity:
    """Read any other figure: an amount, a share by name or a doubling."""
    words_before = _WORD.findall(figure["prefix"])
    meanings = _meanings(words_before)
    qualifier = _qualifier(quote, figure, meanings["qualifier"])
    unit = unit_of(quote, figure, meanings)
    if unit in _SPANS_OF_TIME and "近" in words_before:
        raise Unreadable(quote, "may be the time up to the source, or nearly as long", STATEMENT)
    numbers = ends(quote, figure, qualified=qualifier != "unqualified")
    if meanings["change"] or figure["minus"]:
        unit, factor = _change(quote, figure, meanings["change"], qualifier, unit)
        numbers = sorted(factor * number for number in numbers)
    values = [checked(quote, number, unit) for number in numbers]
    value_to = values[1] if len(values) > 1 else None
    return Quantity(qualifier, values[0], value_to, unit)


def _meanings(words_before: list[str]) -> Mapping[str, AbstractSet[str]]:
    """What the words before a figure mean, by kind of word; for a kind that is not there, an empty set."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for word in words_before:
        kind, meaning = PREFIX[word]
        meanings[kind].add(meaning)
    return meanings


def _qualifier(quote: str, figure: re.Match[str], before: AbstractSet[str]) -> str:
    """The one qualifier that the words before, in and behind a figure give it. Raises Unreadable."""
    found = set(before)
    meanings = FRONT | INSIDE | BEHIND
    for group in ("within", "inside", "behind"):
        word = figure[group]
        if word:
            found.add(meanings[word])
    if figure["vague"] or figure["grade"]:
        found.add("order_of_magnitude")
    if "less_than" in found:
        raise Unreadable(quote, "means less than the figure, and the vocabulary has no such qualifier", STATEMENT)
    if len(found) > 1:
        raise Unreadable(quote, f"says {' and '.join(sorted(found))} at once: a figure has one qualifier", STATEMENT)
    qualifier = found.pop() if found else "unqualified"
    if qualifier not in _WITHOUT_DIRECTION and is_range(figure):
        raise Unreadable(quote, f"says {qualifier} of a range: a range is either unqualified or about", STATEMENT)
    if figure["inside"] == "几" and not re.search("[十0]$", figure["number"]):
        raise Unreadable(quote, "holds 几 after another number than ten: expected a form such as 十几家")
    return qualifier


def _change(quote: str, figure: re.Match[str], words: AbstractSet[str], qualifier: str, unit: str) -> tuple[str, int]:
    """The unit of a change, and what its numbers are multiplied by. Raises Unreadable.

    A fall is below zero. Growth by a multiple is in percent: 增长2倍 is 200 percent. But 2倍 alone is a factor, and so
    is 翻一番.
    """
    falls = "fall" in words
    is_below_zero = falls or bool(figure["minus"])
    why = None
    if len(words) > 1 or (figure["minus"] and falls):
        why = "rises and falls at once: expected a form such as 增长14.4%, 下降3.2% or -3.2%"
    elif unit == "times" and (falls or not figure["number"]):
        why = "is no change that a multiple can say: expected a form such as 增长2倍 or 翻一番"
    elif figure["minus"] and (unit not in _PERCENTAGES or figure["low"]):
        why = "begins with a dash or minus: only one plain percentage can be below zero"
    elif is_below_zero and qualifier not in _WITHOUT_DIRECTION:  # 下降超10%: is it above or below -10?
        why = f"says {qualifier} of a figure below zero, where the direction is open"
    if why:
        raise Unreadable(quote, why, STATEMENT)
    sign = -1 if is_below_zero else 1
    if unit == "times":
        return "percent", 100 * sign
    return unit, sign
