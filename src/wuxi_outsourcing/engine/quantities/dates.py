"""Printed dates and parts of a year: “截至2020年底” is 2020-12-31, “上半年” is 01-06."""

import datetime as dt
import re

from .numerals import DIGITS, NUMERAL_CHARACTERS, read_numeral
from .unreadable import TO, Unreadable, plain

# Four digits from 1000 to 2999: “5000年” is a span of time. In characters, 二〇〇七.
YEAR = "(?:[12][0-9]{3}|[一二][零一二三四五六七八九]{3})"
MONTH = _DAY = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_UNTIL = "截[至止]到?"
_END_OF_YEAR = "年?[底末]"
_END_OF_QUARTER = "第?(?P<quarter>[1-4一二三四])季度[底末]"
_MONTH_OR_DAY = rf"(?P<month>{MONTH})月(?:(?P<end>[底末])|(?P<day>{_DAY})[日号])?"
# 截至2020年底, 2020年第三季度末, 2020年6月底, 2020年6月28日.
_DATE = re.compile(rf"(?P<until>{_UNTIL})?(?P<year>{YEAR})年(?:{_END_OF_YEAR}|{_END_OF_QUARTER}|{_MONTH_OR_DAY})")
# 2020-06-28, 2020/6/28, 2020.6.28.
_NUMERIC_DATE = re.compile(rf"(?:{_UNTIL})?(?P<year>{YEAR})(?P<mark>[-/.])(?P<month>{MONTH})(?P=mark)(?P<day>{_DAY})")
_PLAN = re.compile("十[一二三四]?五|五年[规计]划")  # 十四五

# Parts of a year that are counted in months or in quarters, by how many months one of these has: 9月, 1-6月 and
# 前9个月, or 第三季度 and 前三季度.
_PERIODS = {
    1: re.compile(rf"(?:前(?P<to>{MONTH}|两)个?|(?:(?P<first>{MONTH})(?:月份?)?{TO})?(?P<last>{MONTH}))月份?"),
    3: re.compile(rf"(?:前(?P<to>{MONTH}|两)个?|第?(?:(?P<first>{MONTH})(?:季度)?{TO}第?)?(?P<last>{MONTH}))季度"),
}
_MONTHS_OF_YEAR = 12
_MOST_YEARS = 999
_HALVES = {"上半年": "01-06", "下半年": "07-12"}

_AS_IN_SOURCE = "Quote the date alone, as in the source; leave the cell empty where the source gives none."


def _unreadable(quote: str, why: str) -> Unreadable:
    if _PLAN.search(quote):
        why = "names a five-year plan, which is a name and no date"
    return Unreadable(quote, why, _AS_IN_SOURCE)


def _number(text: str) -> int:
    """Read a month, a day or a count of years; 0 if it is none. 07 is read as 7, although it is no numeral."""
    if re.fullmatch("[0-9]{1,2}", text):
        return int(text)
    return int(read_numeral(text) or 0)


def _day(quote: str, year: str, month: str | int, day: str | int) -> dt.date:
    """A day from its parts as they are in the quote. Raises Unreadable for one that is in no calendar."""
    digits = "".join(str(DIGITS.get(digit, digit)) for digit in year)
    try:
        return dt.date(int(digits), _number(str(month)), _number(str(day)))
    except ValueError:
        raise _unreadable(quote, "is no day of the calendar") from None


def year(quote: str) -> int:
    """Read a calendar year. Raises Unreadable, also for 2011年上半年, where the quote of the year is 2011年.

    >>> year("2007年"), year("2019"), year("二〇〇七年")
    (2007, 2019, 2007)
    """
    matched = re.fullmatch(f"({YEAR})年度?|((?:19|20)[0-9]{{2}})", plain(quote))
    if not matched:
        raise _unreadable(quote, "is no calendar year: expected four digits, such as 2007年, and nothing else")
    return _day(quote, matched[1] or matched[2], 1, 1).year


def date(quote: str) -> dt.date:
    """Read a day, or the end of a year, quarter or month as its last day. Raises Unreadable.

    >>> date("2023年1月9日").isoformat(), date("截至2020年底").isoformat(), date("截至2011年6月").isoformat()
    ('2023-01-09', '2020-12-31', '2011-06-30')
    """
    text = plain(quote)
    numeric = _NUMERIC_DATE.fullmatch(text)
    if numeric:
        return _day(quote, numeric["year"], numeric["month"], numeric["day"])
    matched = _DATE.fullmatch(text)
    if not matched or _is_month_as_a_whole(matched):
        raise _unreadable(quote, "names no day: expected a date such as 2023年1月9日, 2023-01-09 or 2020年底")
    if matched["day"]:
        return _day(quote, matched["year"], matched["month"], matched["day"])
    last_month = matched["month"] or 3 * _number(matched["quarter"] or "4")
    return _last_day_of_month(_day(quote, matched["year"], last_month, 1))


def _is_month_as_a_whole(matched: re.Match[str]) -> bool:
    """Whether a date is a month such as 2011年6月. 截至2011年6月 and 2011年6月底 are the end of one, which is a day."""
    return bool(matched["month"]) and not (matched["day"] or matched["end"] or matched["until"])


def _last_day_of_month(first_day: dt.date) -> dt.date:
    in_next_month = first_day + dt.timedelta(days=31)
    return in_next_month.replace(day=1) - dt.timedelta(days=1)


def month_day(quote: str) -> str:
    """Read a day without a year, as MM-DD. Raises Unreadable.

    >>> month_day("12月27日")
    '12-27'
    """
    matched = re.fullmatch(f"({MONTH})月({_DAY})[日号]", plain(quote))
    if not matched:
        raise _unreadable(quote, "names no month and day: expected a form such as 12月27日")
    return f"{_day(quote, '2000', matched[1], matched[2]):%m-%d}"  # a leap year: it may be 29 February


def months(quote: str) -> str:
    """Read a part of a year as MM-MM, its first and its last month. Raises Unreadable.

    >>> months("上半年"), months("第三季度"), months("1-6月"), months("9月"), months("前三季度")
    ('01-06', '07-09', '01-06', '09-09', '01-09')
    """
    text = plain(quote)
    if text in _HALVES:
        return _HALVES[text]
    for months_in_one, form in _PERIODS.items():
        period = form.fullmatch(text)
        if not period:
            continue
        last = _number(period["to"] or period["last"])
        first = 1 if period["to"] else _number(period["first"] or period["last"])
        first_month = (first - 1) * months_in_one + 1
        last_month = last * months_in_one
        if 1 <= first_month <= last_month <= _MONTHS_OF_YEAR:
            return f"{first_month:02}-{last_month:02}"
    raise _unreadable(quote, "is no part of one year: expected a form such as 上半年, 第三季度, 9月 or 1-6月")


def years(quote: str) -> int:
    """Read a duration in whole years. Raises Unreadable, also for four digits: they are a calendar year.

    >>> years("5年"), years("十周年")
    (5, 10)
    """
    matched = re.fullmatch(rf"([1-9][0-9]{{0,2}}|[{NUMERAL_CHARACTERS}]+)周?年", plain(quote))
    value = _number(matched[1]) if matched else 0
    if not 1 <= value <= _MOST_YEARS:
        raise _unreadable(quote, "is no duration in whole years: expected a form such as 5年 (2007年 is a date)")
    return value
