"""The reader of printed figures: what it reads, what it refuses, and what a quote must not leave out."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal, localcontext

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from forms import BEHIND, FRONT, INSIDE, LESS_THAN, LIMIT, MEASURES, SCALES, UNITS, in_characters, widened
from wuxi_outsourcing.printed import RULES, Quantity, Unreadable, date, month_day, quantity, year, years
from wuxi_outsourcing.surroundings import left_out

Reader = Callable[[str], object]

READS = """
13.78亿美元        exact      1378000000        USD
13.78亿美金        exact      1378000000        USD
1,350亿元          exact      135000000000      CNY
1,350,000元        exact      1350000           CNY
1350.50元          exact      1350.5            CNY
3万亿元            exact      3000000000000     CNY
5千万元            exact      50000000          CNY
1亿2000万元        exact      120000000         CNY
1亿500万元         exact      105000000         CNY
2.5千亿元          exact      250000000000      CNY
人民币3亿元        exact      300000000         CNY
3亿元人民币        exact      300000000         CNY
约人民币3亿元      about      300000000         CNY
人民币约3亿元      about      300000000         CNY
0.0万元            exact      0                 CNY
14.4%              exact      14.4              percent
-2.3%              exact      -2.3              percent
−2.3%              exact      -2.3              percent
约-2.3%            about      -2.3              percent
-0.0%              exact      0                 percent
百分之十五         exact      15                percent
百分之三点五       exact      3.5               percent
百分之零点五       exact      0.5               percent
百分之15           exact      15                percent
百分之百           exact      100               percent
超百分之二十       more_than  20                percent
百分之三十多       more_than  30                percent
3个百分点          exact      3                 percent
3百分点            exact      3                 percent
100平方米          exact      100               m2
100㎡              exact      100               m2
100m²              exact      100               m2
3万平方米          exact      30000             m2
2.5平方公里        exact      2500000           m2
2平方千米          exact      2000000           m2
5km²               exact      5000000           m2
3.5公顷            exact      35000             m2
8个                exact      8                 count
200余家            more_than  200               count
20多个             more_than  20                count
3000多亿元         more_than  300000000000      CNY
20余万人           more_than  200000            count
1.2万多家          more_than  12000             count
100余万元          more_than  1000000           CNY
一百多万人次       more_than  1000000           count
二十余家           more_than  20                count
20家有余           more_than  20                count
超过了200家        more_than  200               count
超200余家          more_than  200               count
约200家左右        about      200               count
近3000亿元         nearly     300000000000      CNY
不少于150万元      at_least   1500000           CNY
150万元以上        at_least   1500000           CNY
3家及以上          at_least   3                 count
最高不超过500万元  at_most    5000000           CNY
5000万元以内       at_most    50000000          CNY
累计达36家         exact      36                count
共有36家           exact      36                count
约有200家          about      200               count
达到近3000亿元     nearly     300000000000      CNY
两万人             exact      20000             count
十家               exact      10                count
十二家             exact      12                count
三百五十家         exact      350               count
一千零五家         exact      1005              count
一千〇五家         exact      1005              count
一百一十二家       exact      112               count
一万零五百家       exact      10500             count
一百二十万五千元   exact      1205000           CNY
一百二十万零五千元 exact      1205000           CNY
⼗家               exact      10                count
一万二千亿元       exact      1200000000000     CNY
三点五亿元         exact      350000000         CNY
两点五亿元         exact      250000000         CNY
3千家              exact      3000              count
1万2千人           exact      12000             count
1万2000人          exact      12000             count
近百家             nearly     100               count
超千亿元           more_than  100000000000      CNY
百余亿元           more_than  10000000000       CNY
超亿元             more_than  100000000         CNY
千余人             more_than  1000              count
多家               several    None                 None
若干家             several    None                 None
数家               several    None                 None
有多个             several    None                 None
创历史新高         record_high None                None
历史新高           record_high None                None
创下历史新高       record_high None                None
均创历史新高       record_high None                None
"""
READ_CASES = [tuple(line.split()) for line in READS.strip().splitlines()]

REFUSED: dict[Reader, dict[str, str]] = {
    quantity: {
        "no unit": "1350 1350亿 200余 30亿以上 十 3.5万",
        "less than": "不到20家 不足20家 低于3% 20家以下 约不足20家",
        "at once": "约200余家 超过3000亿元以上 近20多个 至少200余家 不少于20家以内",
        "is a range": "3到5家 3-5家 3~5家 3—5家 三至五家 3%-5%",
        "two units": "人民币3亿美元 约人民币3亿美元 百分之十五% 人民币5家",
        "no standard numeral": """
            1,35亿元 13,50,000元 1350,000元 1.2.3亿元 .5% 5.% -2.3.% 007家 0,350元 一百二家 一万五元 1万2人
            一亿二千元 一万五百家 二零二零家 二〇二〇家 一二三家 二三家 十七八家 三五百亿元 二十百家 两十家
            十两家 一百零两家 3十家 十5家 二十零五家 一百零五十家 一百零家 三千万百家 万亿亿元 3万万元 百家
            千万元 万亿元 亿元 1.5亿2000万元 3点5亿元 三点两亿元 三点家 1万20000人 1万10000人 1亿20000万元
            零十家 零百五十家 0万5000家 5.5点五家 百分之千
        """,
        "no whole number": "1.5家 2.5个 1.00005万人",
        "below zero": "-3家 -5亿元 超-2.3% -2.3%以上",
        "too large or too small": "99999999999亿元 1000000000000000000家 0.0000001%",
        "special character": "10²家 ①20家 ⒈5家 3½家 H₂0家",
        "longer than": "1" * 61 + "家",
        "not read in full": """
            半家 几家 数十家 几十家 上百家 十来家 3亿港元 10元/年 100元/平方米 第3家 20个人 20家企业
            产值1350亿元 1e9家 ٣家 2倍 三分之一 3亩 3公里 5千克 3吨 创新高 新高 多 多元 数百家 约多家 家 约 %
            +5% 3、5家 千分之三 + 2\u200b0家
        """,
    },
    year: {"no calendar year": "207年 20019年 5年 5000年 0999年 1350 二〇〇年 2007年底 二千年"},
    date: {
        "names no day": "2020年 2020年6月 2020年初 1月9日 2023-01/09 20230109 今年底",
        "no day of the calendar": "2023-02-29 2023年13月1日 2023年6月31日 2020年0月底",
    },
    month_day: {
        "no month and day": "12-27 12月 2022年12月27日 12月27日电 廿七日",
        "no day of the calendar": "2月30日 13月1日 0月1日 6月31日",
    },
    years: {"no duration": "2007年 二〇〇七年 0年 07年 1.5年 半年 百年 5 5个年头 近5年 5年多 3-5年 一千年 两千年"},
}
REFUSALS = [
    (reader, quote, why)
    for reader, table in REFUSED.items()
    for why, quotes in table.items()
    for quote in quotes.split()
]
# A blank between two figures may join or part them.
REFUSALS += [(quantity, quote, "not read in full") for quote in ("", "1 350亿元", "1  350亿元", "二 十家", "20\n家")]


# An oracle of its own: the words are written out here again, so that a slip in the module's tables shows.


@pytest.mark.parametrize(("quote", "qualifier", "value", "unit"), READ_CASES, ids=[case[0] for case in READ_CASES])
def test_reads(quote: str, qualifier: str, value: str, unit: str) -> None:
    """Catches a printed form that is read wrongly or no longer read, and a value that prints with an exponent."""
    read = quantity(quote)
    assert (read.qualifier, str(read.value), str(read.unit)) == (qualifier, value, unit)


@pytest.mark.parametrize(
    ("reader", "quote", "why"), REFUSALS, ids=[f"{case[0].__name__}-{case[1]}" for case in REFUSALS]
)
def test_refuses(reader: Reader, quote: str, why: str) -> None:
    """Catches a doubtful quote that is read all the same, and a message that hides the quote or the reason."""
    with pytest.raises(Unreadable) as refusal:
        reader(quote)
    assert f"“{quote[:60]}" in str(refusal.value)
    assert why in str(refusal.value)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("2007年", 2007),
        ("2007年度", 2007),
        ("2019", 2019),
        (widened("2019年"), 2019),
        ("二〇〇七年", 2007),
        ("二零一九年", 2019),
    ],
)
def test_year(quote: str, expected: int) -> None:
    """Catches a calendar year that is read wrongly in one of its scripts."""
    assert year(quote) == expected


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("5年", 5),
        ("5 年", 5),
        ("五年", 5),
        ("十周年", 10),
        ("两年", 2),
        ("120年", 120),
        ("1年", 1),
        ("一百零五年", 105),
    ],
)
def test_years(quote: str, expected: int) -> None:
    """Catches a duration that is read wrongly."""
    assert years(quote) == expected


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("截至2020年底", "2020-12-31"),
        ("截止2020年底", "2020-12-31"),
        ("截止到2020年年底", "2020-12-31"),
        ("2020年末", "2020-12-31"),
        ("2020年6月底", "2020-06-30"),
        ("截至2020年2月末", "2020-02-29"),
        ("2021年2月末", "2021-02-28"),
        ("2020年12月底", "2020-12-31"),
        ("二〇二三年一月九日", "2023-01-09"),
        ("2023.1.9", "2023-01-09"),
        ("2023/01/09", "2023-01-09"),
        ("2023年1月9号", "2023-01-09"),
    ],
)
def test_date(quote: str, expected: str) -> None:
    """Catches a wrong last day of a year or month, and a way of writing a day that is lost."""
    assert date(quote).isoformat() == expected


@settings(deadline=None)
@given(day=st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)))
@example(day=dt.date(2020, 2, 29))
def test_every_day_reads_back(day: dt.date) -> None:
    """Catches a mix-up of month and day, and an error at the edge of a month, in any form of a date."""
    numeric = (f"{day.year}-{day.month}-{day.day}", f"{day:%Y/%m/%d}", f"截至{day.year}年{day.month}月{day.day}日")
    in_words = f"{in_characters(day.month).removeprefix('一' * (day.month > 9))}月{in_characters(day.day)}日"
    for quote in (*numeric, *map(widened, numeric)):
        assert date(quote) == day
    for quote in (f"{day.month}月{day.day}日", in_words):
        assert month_day(quote) == day.isoformat()[5:]
    assert year(f"{day.year}年") == day.year


@settings(deadline=None)
@given(
    number=st.decimals(0, 9_999_999, places=3), scale=st.sampled_from(list(SCALES)), unit=st.sampled_from(list(UNITS))
)
@example(number=Decimal("13.780"), scale="亿", unit="美元")
@example(number=Decimal(1350), scale="", unit="元")
def test_digits_read_back(number: Decimal, scale: str, unit: str) -> None:
    """Catches a wrong power of ten, a lost decimal, a misread thousands mark and a width that matters."""
    shortest = str(number.quantize(Decimal(1)) if number == int(number) else number)
    expected = number * 10 ** SCALES[scale]
    assume(expected < LIMIT and (UNITS[unit] != "count" or expected == int(expected)))
    for digits in (shortest, f"{number:,}", str(number)):
        read = quantity(digits + scale + unit)
        assert read == Quantity("exact", expected, UNITS[unit])
        assert "E" not in str(read.value)
        assert not (str(read.value).endswith("0") and "." in str(read.value))
        assert quantity(widened(digits) + scale + unit) == read


@settings(deadline=None)
@given(number=st.integers(1, 10**13))
@example(number=100_010_005)
@example(number=20_000_500_000)
def test_characters_read_back(number: int) -> None:
    """Catches a slip in the places of a Chinese numeral: 零, a skipped place, 十 without 一, 两 for 二."""
    written = in_characters(number)
    variants = {written, written.replace("零", "〇"), "十" + written[2:] if written.startswith("一十") else written}
    variants |= {"两" + written[1:] if written.startswith(("二千", "二万", "二亿")) else written}
    for variant in variants:
        assert quantity(variant + "家").value == number


@settings(deadline=None)
@given(number=st.integers(1, 10**6), scale=st.sampled_from(["", "万", "亿"]), data=st.data())
def test_qualifiers_in_every_position(number: int, scale: str, data: st.DataObject) -> None:
    """Catches a qualifier that is lost or misread in front, inside or behind, and two that contradict."""
    front, inside, behind = (data.draw(st.sampled_from(["", *table])) for table in (FRONT, INSIDE, BEHIND))
    meanings = {(FRONT | INSIDE | BEHIND)[word] for word in (front, inside, behind) if word}
    for figure in (f"{number}{inside}{scale}", f"{number}{scale}{inside}"):
        quote = f"{front}{figure}家{behind}"
        if len(meanings) > 1:
            with pytest.raises(Unreadable, match="at once"):
                quantity(quote)
        else:
            expected = Decimal(number * 10 ** SCALES[scale])
            assert quantity(quote) == Quantity("".join(meanings) or "exact", expected, "count")


@pytest.mark.parametrize("word", MEASURES.split())
def test_every_measure_word_counts(word: str) -> None:
    """Catches a measure word that is lost, and one that is read as a cut unit."""
    assert quantity(f"3{word}") == Quantity("exact", Decimal(3), "count")
    assert quantity(f"多{word}") == Quantity("several", None, None)


@pytest.mark.parametrize("word", LESS_THAN.split())
def test_less_than_is_refused_by_name(word: str) -> None:
    """Catches “less than” read as another bound, and a quote that leaves it out."""
    with pytest.raises(Unreadable, match="less than"):
        quantity(f"{word}20家")
    assert left_out(word, "企业") == word


@pytest.mark.parametrize("quote", ["约 20 家", " 约20家 ", "约\u300020\u00a0家", "约  20家"])
def test_blanks_are_typesetting(quote: str) -> None:
    """Catches a quote that is refused for the blanks around its figure."""
    assert quantity(quote) == Quantity("about", Decimal(20), "count")


@pytest.mark.parametrize(("scale", "power"), list(SCALES.items())[1:])
def test_round_figures_need_a_qualifier(scale: str, power: int) -> None:
    """Catches 百家企业, a way of speaking, read as a hundred, and 超百家 that is not."""
    assert quantity(f"超{scale}家") == quantity(f"{scale}余家") == Quantity("more_than", Decimal(10**power), "count")
    with pytest.raises(Unreadable, match="no standard numeral"):
        quantity(f"{scale}家")


def test_a_long_quote_is_refused_and_shortened() -> None:
    """Catches a limit that moves by one, and a message as long as the text pasted into the quote."""
    assert quantity("20家".rjust(60)).value == 20
    with pytest.raises(Unreadable, match="^“" + "1" * 60 + "” names no unit"):
        quantity("1" * 60)
    with pytest.raises(Unreadable, match="^“" + "1" * 60 + "…” is longer"):
        quantity("1" * 61)


@settings(deadline=None)
@given(
    quote=st.text(
        st.sampled_from("0123456789,.-/% 十百千万亿零一二两三点余多约近超以上左右人民币元美家个年月日底截至百分之"),
        max_size=12,
    )
    | st.text()
)
@example(quote="٣家")
@example(quote="1.2.3")
@example(quote="²")
def test_any_text_is_read_or_refused(quote: str) -> None:
    """Catches an exception other than Unreadable, and a reading that breaks the vocabulary."""
    for name, reader in RULES.items():
        with suppress(Unreadable):
            assert reader(quote) is not None or name in {"quantity", "unit"}
    with suppress(Unreadable):
        read = quantity(quote)
        assert (read.value is None) == (read.unit is None) == (read.qualifier in {"several", "record_high"})
        assert read.unit in {None, "CNY", "USD", "m2", "percent", "count"}
        assert read.value is None or (read.value.is_finite() and "E" not in str(read.value))


@pytest.mark.parametrize("piece", ["1", "1,", "一百", "共", "超", " ", "1 ", "百分之", "3到", "多万"])
def test_hostile_text_is_quick(piece: str) -> None:
    """Catches a regular expression that backtracks without end, as this test would."""
    for size in (60, 10**6):
        text = (piece * size)[:size]
        with pytest.raises(Unreadable):
            quantity(text + "!")
        left_out(text, text)


def test_the_callers_decimal_context_does_not_matter() -> None:
    """Catches a value that is rounded because the caller computes with few digits."""
    with localcontext(prec=3):
        assert str(quantity("123,456.789万元").value) == "1234567890"


def test_rules_give_the_cells_of_one_quote() -> None:
    """Catches a rule whose name leads to another reader: value, qualifier and unit come from one quote."""
    cells = {name: RULES[name]("超3000亿元") for name in ("quantity", "qualifier", "unit")}
    assert cells == {"quantity": Decimal(300_000_000_000), "qualifier": "more_than", "unit": "CNY"}
    assert [RULES[name]("多家") for name in cells] == [None, "several", None]
    assert {name: RULES[name] for name in ("year", "date", "month_day", "years")} == {
        "year": year,
        "date": date,
        "month_day": month_day,
        "years": years,
    }
