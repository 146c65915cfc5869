"""What a printed figure says: “超3000亿元” is more than 300000000000 CNY, “截至2020年底” is 2020-12-31.

The words are tables, the frame around a number is one regular expression, a numeral is read by a small recursive
function. What they do not cover in full is refused, quote in the message: a refusal costs a contributor a minute,
a wrong guess stays in the data for ever.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import lru_cache

from .lexicon import BEHIND, FRONT, LEAD, LONGEST, MEASURES, SQUARE_METRES, UNITS, any_of
from .numeral import DIGITS, NUMERAL, read_numeral

_LARGEST, _SMALLEST = 17, -6  # powers of ten: beyond them lies no int64, and a Decimal prints an exponent
_EXACT = Context(prec=2 * LONGEST)  # whatever the caller's own context rounds to
# A figure in “超百家” or “千余人”, but a way of speaking in “百家企业”.
_ROUND = {"百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "百亿": 10, "千亿": 11, "万亿": 12}
_FRONT = re.compile(any_of(FRONT))
_FRAME = re.compile(
    rf"{LEAD}{{0,3}}(?P<cny>人民币)?(?P<front>{any_of(FRONT)}{{0,2}}){LEAD}{{0,2}}(?P<yuan>人民币)?(?P<parts>百分之)?"
    rf"(?P<minus>[-−负])?(?P<number>[{NUMERAL}点.,]+)(?:(?P<more>[余多])(?P<scale>[百千万亿]*))?"
    rf"(?P<unit>{any_of(UNITS)})?(?P<behind>{any_of(BEHIND)})?"
)
_NUMBERLESS = {
    "several": re.compile(rf"{LEAD}{{0,3}}(?:多|数|若干){any_of(MEASURES.split())}"),
    "record_high": re.compile(rf"{LEAD}{{0,2}}均?(?:再?创[下出]?了?)?历史新高"),
}
_RANGE = re.compile(rf"[{NUMERAL}%家个元][-~〜–—−到至][{NUMERAL}]")

# What the forms that the rules read are made of: no span with another character is worth trying.
CHARACTERS = frozenset(
    "".join((*FRONT, *BEHIND, *UNITS, LEAD, NUMERAL))
    + "0123456789人民币百分之点.,-−/负余多数若干均再创下出了历史新高年度月日号截至止到底末周〇○ "
)


class Unreadable(ValueError):
    """A quote that does not say, beyond doubt, what the rule asks for; the message shows the quote."""

    def __init__(self, quote: str, why: str) -> None:
        """Word the message: the quote, shortened if it is long, and what was expected."""
        super().__init__(f"“{quote[:LONGEST]}{'…' * (len(quote) > LONGEST)}” {why}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in base units and how exactly it is meant; several and record_high have neither value nor unit."""

    qualifier: str
    value: Decimal | None
    unit: str | None


def _plain(quote: str) -> str:
    """Normalise widths and blanks, and refuse what normalising would turn into another figure."""
    if len(quote) > LONGEST:
        raise Unreadable(quote, f"is longer than {LONGEST} characters: quote only the figure")
    for before, char in zip(" " + quote, quote if not unicodedata.is_normalized("NFKC", quote) else "", strict=False):
        # NFKC makes 102 of 10² and 120 of ①20; only the square of a metre is meant as an ordinary 2.
        tag, *parts = unicodedata.decomposition(char).split() or [""]
        fused = tag in {"<circle>", "<super>", "<sub>", "<fraction>"} or (tag == "<compat>" and len(parts) > 1)
        if fused and (char != "²" or before not in "m\uff4d"):
            raise Unreadable(quote, f"holds the special character “{char}”: quote the figure without it")
    text = re.sub("[〇○]", "零", unicodedata.normalize("NFKC", quote).strip())
    # “约 20 家” is typesetting; “1 350” and “二 十” may be one figure or two: that blank stays and is refused.
    return re.sub(rf"(?<![{NUMERAL}., ]) +| +(?![0-9零一二两三四五六七八九十., ])", "", text)


def _qualifier(quote: str, frame: re.Match[str]) -> str:
    found = {FRONT[word] for word in _FRONT.findall(frame["front"])}
    found |= {"more_than"} if frame["more"] else set()
    found |= {BEHIND[frame["behind"]]} if frame["behind"] else set()
    if "less_than" in found:
        raise Unreadable(quote, "means less than the figure, and the vocabulary has no such qualifier")
    if len(found) > 1:
        raise Unreadable(quote, f"says {' and '.join(sorted(found))} at once: a figure has one qualifier")
    return found.pop() if found else "exact"


def _value(quote: str, frame: re.Match[str], *, percent: bool, qualifier: str) -> Decimal:
    text = frame["number"] + (frame["scale"] or "")
    value = read_numeral(text)
    if text in _ROUND and (text == "百" if frame["parts"] else qualifier != "exact"):  # 百分之百, 超百家
        value = Decimal(10) ** _ROUND[text]
    if value is None:
        raise Unreadable(quote, f"holds “{text}”, which is no standard numeral such as 1,350亿 or 三百五十")
    if frame["minus"] and not (percent and qualifier in {"exact", "about"}):
        raise Unreadable(quote, "begins with a dash or minus: only a plain percentage can be below zero")
    return -value if frame["minus"] else value


def quantity(quote: str) -> Quantity:
    """Read a printed quantity into base units.

    >>> quantity("超3000亿元")
    Quantity(qualifier='more_than', value=Decimal('300000000000'), unit='CNY')
    >>> quantity("多家")
    Quantity(qualifier='several', value=None, unit=None)
    >>> quantity("1350")
    Traceback (most recent call last):
    wuxi_outsourcing.printed.Unreadable: “1350” names no unit: quote the unit or measure word too
    """
    text = _plain(quote)
    for meaning, form in _NUMBERLESS.items():
        if form.fullmatch(text):
            return Quantity(meaning, None, None)
    frame = _FRAME.fullmatch(text)
    if not frame:
        why = "is a range" if _RANGE.search(text) else "is not read in full"
        raise Unreadable(quote, f"{why}: expected one figure with its unit, such as 超3000亿元 or 200余家")
    word, parts = frame["unit"], frame["parts"]
    if not word and not parts:
        raise Unreadable(quote, "names no unit: quote the unit or measure word too")
    unit = UNITS[word] if word else "percent"
    if (word and parts) or ((frame["cny"] or frame["yuan"]) and unit != "CNY"):
        raise Unreadable(quote, "names two units: expected one")
    with localcontext(_EXACT):
        qualifier = _qualifier(quote, frame)
        value = _value(quote, frame, percent=unit == "percent", qualifier=qualifier)
        value = (value * SQUARE_METRES.get(word, 1)).normalize() + 0  # neither trailing zeros nor minus zero
        if not _SMALLEST <= value.adjusted() <= _LARGEST:
            raise Unreadable(quote, "is too large or too small for a printed figure")
        if value == value.to_integral():
            value = value.quantize(Decimal(1))
        elif unit == "count":
            raise Unreadable(quote, "is no whole number of what it counts: is a scale or unit cut off?")
        return Quantity(qualifier, value, unit)


# Four digits from 1000 to 2999: “5000年” is a span of time. In characters, 二〇〇七.
_YEAR = "(?P<year>[12][0-9]{3}|[一二][零一二三四五六七八九]{3})"
_MONTH, _DAY = (f"(?P<{name}>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})" for name in ("month", "day"))
_DATE = re.compile(rf"(?:截[至止]到?)?{_YEAR}年(?:年?[底末]|{_MONTH}月(?:[底末]|{_DAY}[日号]))")
_NUMERIC_DATE = re.compile(rf"(?:截[至止]到?)?{_YEAR}(?P<mark>[-/.]){_MONTH}(?P=mark){_DAY}")


def _number(text: str) -> int:
    """Read a month, a day or a count of years; 0 if it is none. 07 is a month, though no numeral."""
    value = int(text) if re.fullmatch("[0-9]{1,2}", text) else read_numeral(text)
    return int(value or 0)


def _day(quote: str, year: str, month: str, day: str) -> dt.date:
    digits = "".join(str(DIGITS.get(digit, digit)) for digit in year)
    try:
        return dt.date(int(digits), _number(month), _number(day))
    except ValueError:
        raise Unreadable(quote, "is no day of the calendar") from None


def year(quote: str) -> int:
    """Read a calendar year.

    >>> year("2007年"), year("2019"), year("二〇〇七年")
    (2007, 2019, 2007)
    """
    text = _plain(quote)
    found = re.fullmatch(f"{_YEAR}年度?", text) or re.fullmatch("(?P<year>(?:19|20)[0-9]{2})", text)
    if not found:
        raise Unreadable(quote, "is no calendar year: expected four digits, such as 2007年")
    return _day(quote, found["year"], "1", "1").year


def date(quote: str) -> dt.date:
    """Read a day, or the last day of the year or month whose end is named.

    >>> date("2023年1月9日").isoformat(), date("截至2020年底").isoformat(), date("2020年2月末").isoformat()
    ('2023-01-09', '2020-12-31', '2020-02-29')
    """
    text = _plain(quote)
    found = _DATE.fullmatch(text) or _NUMERIC_DATE.fullmatch(text)
    if not found:
        raise Unreadable(quote, "names no day: expected a date such as 2023年1月9日, 2023-01-09 or 2020年底")
    day = _day(quote, found["year"], found["month"] or "12", found["day"] or "28")
    if found["day"]:
        return day
    return (day + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)  # 28 + 4: the next month


def month_day(quote: str) -> str:
    """Read a day whose year is not printed, as MM-DD.

    >>> month_day("12月27日")
    '12-27'
    """
    found = re.fullmatch(f"{_MONTH}月{_DAY}[日号]", _plain(quote))
    if not found:
        raise Unreadable(quote, "names no month and day: expected a form such as 12月27日")
    return f"{_day(quote, '2000', found['month'], found['day']):%m-%d}"  # a leap year: it may be 29 February


def years(quote: str) -> int:
    """Read a duration in whole years.

    >>> years("5年"), years("十周年")
    (5, 10)
    """
    found = re.fullmatch(rf"(?P<number>[1-9][0-9]{{0,2}}|[{NUMERAL[3:]}]+)周?年", _plain(quote))
    value = _number(found["number"]) if found else 0
    if value not in range(1, 1000):  # four digits are a calendar year
        raise Unreadable(quote, "is no duration in whole years: expected a form such as 5年 (2007年 is a date)")
    return value


# Number, qualifier and unit of a row all read one quote.
_quantity = lru_cache(maxsize=1 << 10)(quantity)
RULES: Mapping[str, Callable[[str], int | dt.date | str | Decimal | None]] = {
    "year": year,
    "date": date,
    "month_day": month_day,
    "years": years,
    "quantity": lambda quote: _quantity(quote).value,
    "qualifier": lambda quote: _quantity(quote).qualifier,
    "unit": lambda quote: _quantity(quote).unit,
}
