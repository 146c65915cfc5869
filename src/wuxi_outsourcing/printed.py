"""What a printed figure says: “超3000亿元” is more than 300000000000 CNY, “截至2020年底” is 2020-12-31.

The words are tables, the frame around a number is one regular expression, a numeral is read by a small recursive
function. What they do not cover in full is refused, quote in the message: a refusal costs a contributor a minute,
a wrong guess stays in the data for ever.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

_LONGEST = 60  # characters of a quote: no figure comes near it, and it bounds the work on hostile input
_LARGEST, _SMALLEST = 17, -6  # powers of ten: beyond them lies no int64, and a Decimal prints an exponent
_EXACT = Context(prec=2 * _LONGEST)  # whatever the caller's own context rounds to


def _words(**table: str) -> dict[str, str]:
    return {word: meaning for meaning, words in table.items() for word in words.split()}


_FRONT = _words(
    about="约 大约 大概",
    nearly="近 将近 接近 逼近",
    more_than="超 超过 逾 突破 高于 多于 大于 不止",
    at_least="不少于 不低于 不小于 不下 不下于 至少 最少 最低",
    at_most="不超 不超过 未超过 不多于 不高于 不大于 至多 最多 最高",
    less_than="不到 不足 不满 未满 未达 未到 少于 低于 小于",  # known only to be refused by name
)
_BEHIND = _words(about="左右 上下", more_than="有余", at_least="以上 及以上", at_most="以内 之内", less_than="以下")
_MEASURES = (
    "家 个 人 名 位 项 件 所 座 户 条 种 类 次 套 款 场 届 份 间 处 支 只 台 辆 部 册 篇 张 门 栋 幢 枚 艘 架 宗 "
    "例 笔 轮 人次 家次 场次 班次 架次 辆次 台套"
)
_SQUARE_METRES = {"公顷": 10_000, "平方公里": 1_000_000, "平方千米": 1_000_000, "km2": 1_000_000}
_UNITS = _words(count=_MEASURES, CNY="元 元人民币", USD="美元 美金", percent="% 个百分点 百分点", m2="平方米 平米 m2")
_UNITS |= dict.fromkeys(_SQUARE_METRES, "m2")

_DIGITS = {digit: Decimal(n) for n, digit in enumerate("零一二三四五六七八九")} | {"两": Decimal(2)}
_SCALES = {"亿": Decimal(10**8), "万": Decimal(10**4), "千": Decimal(1000), "百": Decimal(100), "十": Decimal(10)}
# A figure in “超百家” or “千余人”, but a way of speaking in “百家企业”.
_ROUND = {"百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "百亿": 10, "千亿": 11, "万亿": 12}
_ARABIC = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_N = "0-9零一二两三四五六七八九十百千万亿"  # what numerals are made of, for character classes


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


_LEAD = "(?:累计|合计|共计|总计|共|已|达到|达|有|为|了)"  # before a figure they change nothing
_FRAME = re.compile(
    rf"{_LEAD}{{0,3}}(?P<cny>人民币)?(?P<front>{_any(_FRONT)}{{0,2}}){_LEAD}{{0,2}}(?P<yuan>人民币)?(?P<parts>百分之)?"
    rf"(?P<minus>[-−负])?(?P<number>[{_N}点.,]+)(?:(?P<more>[余多])(?P<scale>[百千万亿]*))?"
    rf"(?P<unit>{_any(_UNITS)})?(?P<behind>{_any(_BEHIND)})?"
)
_NUMBERLESS = {
    "several": re.compile(rf"{_LEAD}{{0,3}}(?:多|数|若干){_any(_MEASURES.split())}"),
    "record_high": re.compile(rf"{_LEAD}{{0,2}}均?(?:再?创[下出]?了?)?历史新高"),
}
_RANGE = re.compile(rf"[{_N}%家个元][-~〜–—−到至][{_N}]")

# What the forms that the rules read are made of: no span with another character is worth trying.
CHARACTERS = frozenset(
    "".join((*_FRONT, *_BEHIND, *_UNITS, _LEAD, _N))
    + "0123456789人民币百分之点.,-−/负余多数若干均再创下出了历史新高年度月日号截至止到底末周〇○ "
)


class Unreadable(ValueError):
    """A quote that does not say, beyond doubt, what the rule asks for; the message shows the quote."""

    def __init__(self, quote: str, why: str) -> None:
        """Word the message: the quote, shortened if it is long, and what was expected."""
        super().__init__(f"“{quote[:_LONGEST]}{'…' * (len(quote) > _LONGEST)}” {why}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in base units and how exactly it is meant; several and record_high have neither value nor unit."""

    qualifier: str
    value: Decimal | None
    unit: str | None


def _plain(quote: str) -> str:
    """Normalise widths and blanks, and refuse what normalising would turn into another figure."""
    if len(quote) > _LONGEST:
        raise Unreadable(quote, f"is longer than {_LONGEST} characters: quote only the figure")
    for before, char in zip(" " + quote, quote, strict=False):
        # NFKC makes 102 of 10² and 120 of ①20; only the square of a metre is meant as an ordinary 2.
        tag, *parts = unicodedata.decomposition(char).split() or [""]
        fused = tag in {"<circle>", "<super>", "<sub>", "<fraction>"} or (tag == "<compat>" and len(parts) > 1)
        if fused and (char != "²" or before not in "m\uff4d"):
            raise Unreadable(quote, f"holds the special character “{char}”: quote the figure without it")
    text = re.sub("[〇○]", "零", unicodedata.normalize("NFKC", quote).strip())
    # “约 20 家” is typesetting; “1 350” and “二 十” may be one figure or two: that blank stays and is refused.
    return re.sub(rf"(?<![{_N}., ]) +| +(?![0-9零一二两三四五六七八九十., ])", "", text)


def _numeral(text: str) -> Decimal | None:
    """Read a numeral in digits, characters or both (1亿2000万, 一千零五, 2.5千亿); None if its form is not sure."""
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if text in _DIGITS:
        return _DIGITS[text]
    for mark in "亿万点千百十":
        head, found, tail = text.partition(mark)
        if found:
            return _decimal(head, tail) if mark == "点" else _scaled(head, mark, tail)
    return None


def _decimal(head: str, tail: str) -> Decimal | None:
    """Read 三点一四; never 3点5, which may be a time of day."""
    whole = None if _ARABIC.fullmatch(head) else _numeral(head)
    if whole is None or not re.fullmatch("[零一二三四五六七八九]+", tail):
        return None
    return Decimal(f"{whole}.{''.join(str(_DIGITS[digit]) for digit in tail)}")


def _scaled(head: str, scale: str, tail: str) -> Decimal | None:
    """Count the scale by its head and add the smaller tail: 三百 and 五十."""
    power, count = _SCALES[scale], _numeral(head)
    if scale == "十":  # 十, 二十五; neither 两十, 3十 nor 十5
        count = None if head in {"两", "零"} or tail not in {"", *_DIGITS} else _DIGITS.get(head or "一")
    if count is None or (scale in "百千" and head not in _DIGITS and not _ARABIC.fullmatch(head)):
        return None
    if not tail:
        return count * power
    low = tail.removeprefix("零")
    rest = _numeral(low)
    if not count or not rest or rest >= power or low == "两" or set(".点") & set(head + tail):
        return None
    # 一百二 and 一万五 are spoken for 120 and 15000, 一百零二 is 102: without 零 the tail must begin at the next place
    # down or, below 亿, bring its own 万 (1亿500万).
    fills = rest * 10 >= power
    sure = fills or (scale == "亿" and "万" in tail) if low == tail else not fills or scale in "亿万"
    return count * power + rest if sure else None


def _qualifier(quote: str, frame: re.Match[str]) -> str:
    found = {_FRONT[word] for word in re.findall(_any(_FRONT), frame["front"])}
    found |= {"more_than"} if frame["more"] else set()
    found |= {_BEHIND[frame["behind"]]} if frame["behind"] else set()
    if "less_than" in found:
        raise Unreadable(quote, "means less than the figure, and the vocabulary has no such qualifier")
    if len(found) > 1:
        raise Unreadable(quote, f"says {' and '.join(sorted(found))} at once: a figure has one qualifier")
    return found.pop() if found else "exact"


def _value(quote: str, frame: re.Match[str], *, percent: bool, qualifier: str) -> Decimal:
    text = frame["number"] + (frame["scale"] or "")
    value = _numeral(text)
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
    unit = _UNITS[word] if word else "percent"
    if (word and parts) or ((frame["cny"] or frame["yuan"]) and unit != "CNY"):
        raise Unreadable(quote, "names two units: expected one")
    with localcontext(_EXACT):
        qualifier = _qualifier(quote, frame)
        value = _value(quote, frame, percent=unit == "percent", qualifier=qualifier)
        value = (value * _SQUARE_METRES.get(word, 1)).normalize() + 0  # neither trailing zeros nor minus zero
        if value and not _SMALLEST <= value.adjusted() <= _LARGEST:
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
    value = int(text) if re.fullmatch("[0-9]{1,2}", text) else _numeral(text)
    return int(value) if value and value == int(value) else 0


def _day(quote: str, year: str, month: str, day: str) -> dt.date:
    digits = "".join(str(_DIGITS.get(digit, digit)) for digit in year)
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
    found = re.fullmatch(rf"(?P<number>[1-9][0-9]{{0,2}}|[{_N[3:]}]+)周?年", _plain(quote))
    value = _number(found["number"]) if found else 0
    if value not in range(1, 1000):  # four digits are a calendar year
        raise Unreadable(quote, "is no duration in whole years: expected a form such as 5年 (2007年 is a date)")
    return value


RULES: Mapping[str, Callable[[str], int | dt.date | str | Decimal | None]] = {
    "year": year,
    "date": date,
    "month_day": month_day,
    "years": years,
    "quantity": lambda quote: quantity(quote).value,
    "qualifier": lambda quote: quantity(quote).qualifier,
    "unit": lambda quote: quantity(quote).unit,
}

# What makes a word a part of another one: 附近20家, 签约20家; 20家以上海为总部的企业.
_ALONE = {
    "近": "(?<![最附临邻新靠就远亲贴相走抵挨凑切])近",
    "超": "(?<![赶反商英苏])超",
    "约": "(?<![节签合条公契预制履违特缔租续邀解婚简盟纽])约",
    "突破": "(?<![术新得])突破",
    "最高": "(?<!史)最高",
    "最低": "(?<!史)最低",
    "以上": "以上(?![海饶虞市述级年])",
    "以内": "以内(?![蒙需江部资循容生销外])",
    "以下": "以下(?![游沉列属述简])",
    "左右": "左右(?![两侧手逢])",
    "上下": "上下(?![游级班联])",
}
_END = r"(?=$|[ ,.;:!?、。)》」』”’的])"


def _any_alone(words: Iterable[str]) -> str:
    return "|".join(_ALONE.get(word, word) for word in sorted(words, key=len, reverse=True))


# The group of each pattern, of which it has one, is what was left out. In the comments | is the edge of the quote.
_BEFORE = (
    rf"({_any_alone(_FRONT)})(?:{_LEAD}|人民币){{0,3}} *",
    r"(第|几|(?<![总人户个家件次项场业量指系参倍分多少])数|(?<![正胜抱肩自])负) *",  # 数|十家, not 企业数|36家
    r"([-−~〜]|港币|台币|澳门币)",
    rf"(?<=[{_N}%])([–—/])",
    rf"(?<=[{_N}])(?<!一)([到至])",  # 3至|5家
    # 二|十家, 1亿|2000万元, 三点|五家; not 第一|20家
    rf"(?<![统唯单之第同任专划逐合周初期前{_N}.,])([0-9一二两三四五六七八九十几][{_N}.,]*(?<!,)点?)",
    rf"(?<![{_N}.,])([0-9]{{1,3}}(?:,[0-9]{{3}})*,)",  # 1,|350亿元
)
_AFTER = (
    f"({_any_alone(_BEHIND)})",
    "(不等(?!于)|[美欧]元(?![区基债])|美金|[港日]元|英镑|港币|新?台币)",
    f"([余多])(?:[百千万亿]|{_END})",
    "(余)[家个名项]",
    "(百分点|[%‰/]|点(?=[零一二三四五六七八九]))",  # 3个|百分点, 百分之三|点五, 10元|/年
    f"([多半]?(?:月|小时|星期))(?:{_END}|[内后前以来底间])",  # 3个|多月
    f"(半|[百千万亿]+){_END}",  # 3个|亿
    f"([一二三四五六七八九十百]+)(?:{_END}|以[上内下]|左右)",  # 百分之十|五
    "([-~〜–—−])(?=[0-9])(?![0-9]{4}年)",  # 3%|-5%
)
_CUT_BEFORE = re.compile(f"(?:{'|'.join(_BEFORE)})$")
_CUT_AFTER = re.compile(f" *(?:{'|'.join(_AFTER)})")


def left_out(before: str, after: str) -> str | None:
    """Name what a quantity's quote wrongly leaves out of the text right before and right after it, if anything.

    >>> left_out("物联网产业营收超", ""), left_out("", "以上的企业"), left_out("签约", "多元化企业")
    ('超', '以上', None)
    """
    near = unicodedata.normalize("NFKC", before[-_LONGEST:])
    found = _CUT_BEFORE.search(near) or _CUT_AFTER.match(unicodedata.normalize("NFKC", after[:_LONGEST]))
    return found[found.lastindex or 0] if found else None
