"""The readers of printed dates, of parts of a year and of durations."""

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from printed_forms import in_characters, widened

from wuxi_outsourcing.engine.quantities import RULES
from wuxi_outsourcing.engine.quantities.dates import date, month_day, months, year

READINGS = """
year 2007年 2007
year 2007年度 2007
year 2019 2019
year 二〇〇七年 2007
year 二零一九年 2019
years 5年 5
years 五年 5
years 十周年 10
years 两年 2
years 120年 120
years 1年 1
years 一百零五年 105
date 截至2020年底 2020-12-31
date 截止2020年底 2020-12-31
date 截止到2020年年底 2020-12-31
date 2020年末 2020-12-31
date 2020年6月底 2020-06-30
date 截至2020年2月末 2020-02-29
date 2021年2月末 2021-02-28
date 2020年12月底 2020-12-31
date 截至2011年6月 2011-06-30
date 截至2011年12月 2011-12-31
date 截至二〇一一年二月 2011-02-28
date 2020年三季度末 2020-09-30
date 截至2020年第一季度末 2020-03-31
date 二〇二三年一月九日 2023-01-09
date 2023.1.9 2023-01-09
date 2023/01/09 2023-01-09
date 2023年1月9号 2023-01-09
month_day 12月27日 12-27
months 上半年 01-06
months 下半年 07-12
months 一季度 01-03
months 第三季度 07-09
months 第3季度 07-09
months 4季度 10-12
months 前三季度 01-09
months 前两个季度 01-06
months 前两个月 01-02
months 前二季度 01-06
months 一至三季度 01-09
months 第一季度至第三季度 01-09
months 9月 09-09
months 9月份 09-09
months 09月 09-09
months 九月 09-09
months 十一月 11-11
months 1-6月 01-06
months 1—6月 01-06
months 1~6月份 01-06
months 1至9月 01-09
months 1月至9月 01-09
months 一到九月 01-09
months 7-12月 07-12
months 1-12月 01-12
months 前9个月 01-09
months 前十个月 01-10
months 前5月 01-05
"""
READ_CASES = [tuple(line.split()) for line in READINGS.strip().splitlines()]


@pytest.mark.parametrize(("rule", "quote", "expected"), READ_CASES, ids=[" ".join(case[:2]) for case in READ_CASES])
def test_reads(rule: str, quote: str, expected: str) -> None:
    """Catches a date, part of a year or duration that is read wrongly in one of its scripts and widths."""
    for form in (quote, widened(quote), quote.replace("年", "年 ")):
        assert str(RULES[rule](form)) == expected


@settings(deadline=None)
@given(day=st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)))
@example(day=dt.date(2020, 2, 29))
def test_every_day_reads_back(day: dt.date) -> None:
    """Catches a mix-up of month and day, and an error at the edge of a month, in any form of a date."""
    numeric = (f"{day.year}-{day.month}-{day.day}", f"{day:%Y/%m/%d}", f"截至{day.year}年{day.month}月{day.day}日")
    month = in_characters(day.month).removeprefix("一" * (day.month > 9))
    for quote in (*numeric, *map(widened, numeric)):
        assert date(quote) == day
    for quote in (f"{day.month}月{day.day}日", f"{month}月{in_characters(day.day)}日"):
        assert month_day(quote) == day.isoformat()[5:]
    assert year(f"{day.year}年") == day.year
    assert months(f"{month}月") == f"{day.month:02}-{day.month:02}"
    last = date(f"截至{day.year}年{day.month}月")
    assert last.month == day.month
    assert (last + dt.timedelta(days=1)).day == 1


@given(first=st.integers(1, 12), last=st.integers(1, 12), to=st.sampled_from([*"-~—–至到", "——"]))
def test_every_span_of_months_reads_back(first: int, last: int, to: str) -> None:
    """Catches an end of a span of months that is lost or swapped, and a span over two years that is read."""
    quotes = [f"{first}{to}{last}月", f"{first}月{to}{last}月", f"{in_characters(first)}{to}{last}月份"]
    for quote in quotes:
        if first <= last:
            assert months(quote) == months(widened(quote)) == f"{first:02}-{last:02}"
        else:
            with pytest.raises(ValueError, match="no part of one year"):
                months(quote)
