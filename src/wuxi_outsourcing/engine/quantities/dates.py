"""Printed dates and parts of a year: “截至2020年底” is 2020-12-31, “上半年” is 01-06.

A year may be named relative to the day of publication: “去年底” is 2013-12-31 in a source published in 2014. What is
relative to anything else is refused. So is a month without a year, such as “截至4月底”: it mostly lies in the year of
publication, but after a sentence about another year it lies in that one, and the quote can't tell.
"""

import datetime as dt
import re

from .numerals import DIGITS, NUMERAL_CHARACTERS, read_numeral
from .relative_periods import NO_PERIOD, RelativeYear, relative_year
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
# 截至4月底, 1月9日, 年底.
_WITHOUT_YEAR = re.compile(rf"(?:{_UNTIL}|[至到])?(?:{_END_OF_YEAR}|{_END_OF_QUARTER}|{_MONTH_OR_DAY})")
_PLAN = re.compile("十[一二三四]?五|五年[规计]划")  # 十四五

# Parts of a year that are counted in months or in quarters, by how many months one of these has: 9月, 1-6月 and
# 前9个月, or 第三季度 and 前三季度.
_PERIODS = {
    1: re.compile(rf"(?:前(?P<to>{MONTH}|两)个?|(?:(?P<first>{MONTH})(?:月份?)?{TO})?(?P<last>{MONTH}))月份?"),
    3: re.compile(rf"(?:前(?P<to>{MONTH}|两)个?|第?(?:(?P<first>{MONTH})(?:季度)?{TO}第?)?(?P<last>{MONTH}))季度"),
}
_MONTHS_OF_YEAR = 12
_MOST_YEARS = 999
_WHOLE_YEAR = "01-12"
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


def year(quote: str, published_on: dt.date | None = None) -> int:
    """Read a calendar year. Raises Unreadable, also for 2011年上半年, where the quote of the year is 2011年.

    A relative year may have a part of the year with it, as the one quote then gives both year and months.

    >>> year("2007年"), year("2019"), year("二〇〇七年")
    (2007, 2019, 2007)
    >>> year("去年", dt.date(2014, 5, 20)), year("今年前两月", dt.date(2014, 5, 20))
    (2013, 2014)
    """
    text = plain(quote)
    relative = relative_year(quote, text, published_on)
    if relative:
        return _relative_calendar_year(quote, relative)
    matched = re.fullmatch(f"({YEAR})年度?|((?:19|20)[0-9]{{2}})", text)
    if not matched:
        raise _unreadable(quote, "is no calendar year: expected four digits, such as 2007年, and nothing else")
    return _day(quote, matched[1] or matched[2], 1, 1).year


def _relative_calendar_year(quote: str, relative: RelativeYear) -> int:
    is_year = relative.after == "" or _part_of_year(relative.after) is not None
    if relative.before or not is_year:
        raise _unreadable(quote, "is no calendar year: expected 去年 alone, or with a part of it, such as 去年上半年")
    return _day(quote, str(relative.year), 1, 1).year


def date(quote: str, published_on: dt.date | None = None) -> dt.date:
    """Read a day, or the end of a year, quarter or month as its last day. Raises Unreadable.

    A relative date after the publication is refused, also 今年底: what is not yet counted is a plan, for which the year
    alone is quoted; or the source is older or younger than its day says.

    >>> date("2023年1月9日").isoformat(), date("截至2020年底").isoformat(), date("截至2011年6月").isoformat()
    ('2023-01-09', '2020-12-31', '2011-06-30')
    >>> date("去年底", dt.date(2014, 5, 20)).isoformat(), date("至今年4月底", dt.date(2014, 5, 20)).isoformat()
    ('2013-12-31', '2014-04-30')
    """
    text = plain(quote)
    relative = relative_year(quote, text, published_on)
    if relative:
        text = relative.in_digits
        if relative.before in ("至", "到"):
            text = text.removeprefix(relative.before)
    day = _date_in(quote, text)
    if relative and published_on and day > published_on:
        fix = "Quote the year alone, as the year of a plan; else check published_on of the source."
        raise Unreadable(quote, f"would be {day}, after the publication on {published_on}", fix)
    return day


def _date_in(quote: str, text: str) -> dt.date:
    """Read a date in plain characters."""
    numeric = _NUMERIC_DATE.fullmatch(text)
    if numeric:
        return _day(quote, numeric["year"], numeric["month"], numeric["day"])
    matched = _DATE.fullmatch(text)
    if not matched and _WITHOUT_YEAR.fullmatch(text):
        why = "names no year, and the source may speak of another year than that of its publication"
        raise Unreadable(quote, why, f"Quote the year too if it stands beside it. {NO_PERIOD}")
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


def months(quote: str, published_on: dt.date | None = None) -> str:
    """Read a part of a year as MM-MM, its first and its last month. Raises Unreadable.

    It may have a relative year with it. Then it may not end after the month of publication, unless it is the whole
    year. Of a plan, the part alone is quoted.

    >>> months("上半年"), months("第三季度"), months("1-6月"), months("9月"), months("前三季度")
    ('01-06', '07-09', '01-06', '09-09', '01-09')
    >>> months("今年前两月", dt.date(2014, 5, 20))
    '01-02'
    """
    text = plain(quote)
    relative = relative_year(quote, text, published_on)
    part = _part_of_year(relative.after if relative else text)
    if part is None or (relative and relative.before):
        raise _unreadable(quote, "is no part of one year: expected a form such as 上半年, 第三季度, 9月 or 1-6月")
    if relative and published_on:
        _refuse_later_part(quote, relative, part, published_on)
    return part


def _refuse_later_part(quote: str, relative: RelativeYear, part: str, published_on: dt.date) -> None:
    """Raise Unreadable for a part of a year that ends after the month of publication."""
    last_month = (relative.year, int(part[-2:]))
    if part != _WHOLE_YEAR and last_month > (published_on.year, published_on.month):
        fix = f"Quote {relative.after} alone, as the months of a plan; else check published_on of the source."
        raise Unreadable(quote, f"ends after the publication on {published_on}", fix)


def _part_of_year(text: str) -> str | None:
    """Read a part of a year in plain characters; None if it is none."""
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
    return None


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
