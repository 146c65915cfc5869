"""Periods that are relative to the day of publication: what is read, and what is refused with its reason."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from printed_forms import cases, widened

from wuxi_outsourcing.engine.quantities import PERIOD_RULES, RULES, Undated, Unreadable, is_relative
from wuxi_outsourcing.engine.quantities.dates import date, months, year

REFUSED = "refused: "
CASES = [(rule, day, quote, cell) for rule, day, quote, cell in cases("relative.txt", " | ")]
READ = [case for case in CASES if not case[-1].startswith(REFUSED)]
NOT_READ = [case for case in CASES if case[-1].startswith(REFUSED)]
RELATIVE_LETTERS = "前去今明年上当同本近以来期底末截至到1234月日半季度两-"


@pytest.mark.parametrize(("rule", "day", "quote", "cell"), READ, ids=[" ".join(case[:3]) for case in READ])
def test_reads(rule: str, day: str, quote: str, cell: str) -> None:
    """Catches a relative period that is read as another year, day or part of a year, in one of its widths."""
    for form in (quote, widened(quote), quote.replace("年", " 年 ")):
        assert str(RULES[rule](form, dt.date.fromisoformat(day))) == cell


@pytest.mark.parametrize(("rule", "day", "quote", "why"), NOT_READ, ids=[" ".join(case[:3]) for case in NOT_READ])
def test_refuses(rule: str, day: str, quote: str, why: str) -> None:
    """Catches a period that is guessed where neither quote nor day says it, and a reason or a fix that is lost."""
    with pytest.raises(Unreadable) as refusal:
        RULES[rule](quote, dt.date.fromisoformat(day))
    assert f"“{quote}” " in str(refusal.value)
    assert why.removeprefix(REFUSED) in str(refusal.value)
    assert refusal.value.fix.endswith(".")


@pytest.mark.parametrize("case", READ, ids=[" ".join(case[:3]) for case in READ])
def test_needs_the_day(case: tuple[str, ...]) -> None:
    """Catches a relative period that is read without a day, and one whose reading is taken for independent of it."""
    rule, _, quote, cell = case
    if is_relative(quote):
        with pytest.raises(Undated, match="relative to the day of publication, which is not known") as refusal:
            RULES[rule](quote)
        assert refusal.value.fix.startswith("Fill in published_on of the source, or leave the cell empty and put")
    else:
        assert str(RULES[rule](quote)) == cell


@given(published_on=st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
@example(published_on=dt.date(2012, 2, 29))
def test_any_day_of_publication(published_on: dt.date) -> None:
    """Catches an error at the edge of a year or a month, and a date after the publication that is read."""
    assert year("去年", published_on) == published_on.year - 1
    assert date("去年底", published_on) == dt.date(published_on.year - 1, 12, 31)
    month = published_on.month
    assert date(f"今年{month}月{published_on.day}日", published_on) == published_on
    assert months(f"今年1-{month}月", published_on) == f"01-{month:02}"
    next_day = published_on + dt.timedelta(days=1)
    word = "今年" if next_day.year == published_on.year else "明年"
    with pytest.raises(Unreadable, match="after the publication"):
        date(f"{word}{next_day.month}月{next_day.day}日", published_on)


@given(quote=st.text(st.sampled_from(RELATIVE_LETTERS), max_size=9), published_on=st.dates())
@example(quote="前年", published_on=dt.date.min)
@example(quote="明年底", published_on=dt.date.max)
def test_the_day_counts_for_relative_quotes_alone(quote: str, published_on: dt.date) -> None:
    """Catches an exception other than Unreadable, and a quote that depends on the day unnoticed."""
    for rule in PERIOD_RULES:
        readings = {_reading(rule, quote, day) for day in (None, published_on, dt.date(2014, 5, 20))}
        assert len(readings) == 1 or is_relative(quote)


def _reading(rule: str, quote: str, published_on: dt.date | None) -> str | None:
    try:
        return str(RULES[rule](quote, published_on))
    except Unreadable:
        return None
