"""What a quote of a figure or a date wrongly leaves out of the text around it."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from .dates import MONTH, YEAR
from .lists import JOINED, JOINED_AFTER_SPREADING, SPREADING_WORD
from .numerals import NUMERAL
from .unreadable import LONGEST, TO
from .words import BEHIND, CHANGE, CURRENCIES, FRONT, INSIDE, LEAD, PER, PREFIX, UNITS, any_of

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
    "大": "(?<![扩增加放最])大",
    "破": "(?<![突打冲侦识爆残])破",
    "降": "(?<![升沉])降",
    "减": "(?<![增加])减",
    "跌": "(?<!涨)跌",
}
_END = r"(?=$|[ ,.;:!?、。)》」』”’的])"


def _any_alone(words: Iterable[str]) -> str:
    return "|".join(_ALONE.get(word, word) for word in sorted(words, key=len, reverse=True))


_NUMERAL = NUMERAL + "〇○"
_RISE, _FALL = ([word for word, meaning in CHANGE.items() if meaning == change] for change in ("rise", "fall"))
_NEUTRAL = rf"{any_of((*LEAD, *_RISE, '人民币'))}{{0,3}}"
_QUALIFIED = rf"{any_of((*LEAD, *FRONT))}{{0,3}}"
_CUT_WORDS = [
    f"{_ALONE.get(word[:cut], word[:cut])}(?=⟦{re.escape(word[cut:])})"
    for word in PREFIX
    for cut in range(1, len(word))
    if word[cut:] in PREFIX
]
_UNIT = f"{any_of(UNITS)}?"
_FOREIGN = any_of([word for word, code in CURRENCIES.items() if code != "CNY"] + ["澳门币"])
# A figure of a list that has a sign or a qualifier of its own: 下降5.3%和|增长4.1%.
_NOT_OWN = rf"(?! *{any_of(LEAD)}{{0,3}}(?:{any_of((*CHANGE, *FRONT))}|[-−负]))"
_NOT_FROM = "(?:^|[ ,;:!?、。])[^从由自 ,;:!?、。⟦]*"  # 从20家到36家 is no range
_TAIL = any_of((*UNITS, *INSIDE, *"批期届代大强", "季度", "产业", "阶段", "梯队", "书记", "时间"))
_PERIOD = (
    rf"(?:[上下]半年|前(?:{MONTH}|两)个?(?:月份?|季度)|"
    rf"(?:第?{MONTH}(?:月份?|季度)?{TO}(?:{YEAR}年)?)?第?{MONTH}(?:月份?|季度))"
)

# The text is written before⟦quote⟧after. The group of each pattern, of which it has one, is what was left out. They are
# compiled when they are first needed: that takes 50 ms, and a validation without an article does without.
AROUND_FIGURE = (
    rf"({_any_alone(FRONT)}){_NEUTRAL} *⟦",
    rf"({_any_alone(_FALL)}){_QUALIFIED} *⟦",
    rf"({any_of(_RISE)}){_QUALIFIED} *⟦[^⟧]*倍",  # growth by a multiple, not a factor
    rf"((?:{_any_alone(_FALL)}){_QUALIFIED} *{JOINED})⟦{_NOT_OWN}",  # 下降5.3%和|4.1%
    rf"((?:{any_of(_RISE)}){_QUALIFIED} *{JOINED})⟦{_NOT_OWN}[^⟧]*倍",
    rf"({SPREADING_WORD}(?:{any_of((*FRONT, *_FALL))}){_QUALIFIED} *{JOINED_AFTER_SPREADING})⟦{_NOT_OWN}",
    rf"({any_of(PER)}){_NEUTRAL} *⟦(?=⟧|[^⟧]*[元币])",
    r"(第|几|(?<![正胜抱肩自])负) *⟦",
    # 数|十家, not 企业数|36家 or 项目数|100个
    r"(?<![总人户个家件次项目场业量指系参倍分多少户位名套座所])(数) *⟦(?=⟧|[十百千万亿]|10+(?![0-9.,]))",
    rf"(?<![目此之以日年天提])(前)⟦[{_NUMERAL}]+[位名]⟧",
    r"(?<![不通经])(过)⟦一?半",
    rf"([-−~〜]|[A-Z]{{0,3}}[$¥€]|{_FOREIGN}) *⟦",
    rf"(?<=[{_NUMERAL}%])([–—/×*+]|——)⟦",
    rf"([{_NUMERAL}.,]+{_UNIT})⟦[-−]",  # 3%|-5%
    "(分之|[百千万余多来几](?=⟦[百千万亿]))⟦",
    rf"({'|'.join(_CUT_WORDS)})",  # 不|超过500万元, 大|约20家
    rf"(?<=[{_NUMERAL}])(?<![统唯单之第同周]一)([到至])⟦",  # 3至|5家
    rf"{_NOT_FROM}(?<![{_NUMERAL}.,])[{_NUMERAL}.,]+{_UNIT}([到至])⟦",  # 3亿元至|5亿元, but not 从3家到|5家
    # 二|十家, 1亿|2000万元, 三点|五家; not 第一|20家
    rf"(?<![统唯单之第同任专划逐合周初期前{_NUMERAL}.,])([0-9一二两三四五六七八九十几][{_NUMERAL}.,]*(?<!,)点?) *⟦",
    rf"(?<![{_NUMERAL}.,])([0-9]{{1,3}}(?:,[0-9]{{3}})*,)⟦",  # 1,|350亿元
    rf"⟧ *({_any_alone(BEHIND)})",
    "⟧ *(不等(?!于)|[美欧]元(?![区基债])|美金|[港日]元|英镑|港币|新?台币)",
    f"⟧ *([余多])(?:[百千万亿]|{_END})",
    "⟧ *(余)[家个名项]",
    "⟧ *(百分点|级(?!别)|民币|[%‰/]|·[人月年]|点(?=[零一二三四五六七八九]))",  # 3个|百分点, 百分之三|点五, 10元|/年
    f"⟧ *([多半]?(?:月|小时|星期))(?:{_END}|[内后前以来底间])",  # 3个|多月
    "个⟧ *(半?(?:月(?![球饼季子嫂])|小时|星期)|工作日)",
    f"⟧ *(半|[百千万亿]+){_END}",  # 3个|亿
    f"⟧ *([一二三四五六七八九十百]+)(?:{_END}|以[上内下]|左右)",  # 百分之十|五
    rf"⟧ *([-~〜–—−](?=[0-9])|[-~](?=[{_NUMERAL}]))(?![0-9]{{4}}年)",  # 3%|-5%
    rf"{_NOT_FROM}⟦[^⟧]*⟧([到至])(?!{YEAR}年)[{_NUMERAL}.,]+{any_of(UNITS)}",  # 3%|至5%
    # 第一|季度, 前十|强, US$3|亿
    rf"⟦(?![^⟧]*分之)[^⟧]*[{_NUMERAL}][余多来几]?⟧ *({_TAIL}|(?:{TO}(?!{YEAR}年))?[{_NUMERAL}]+)",
    rf"分之[^⟧]*⟧([{_NUMERAL}]+|分之|{TO}(?!{YEAR}年)(?:百分之)?[{_NUMERAL}]+)",  # 百分之三|至五
    "m⟧([23])|[人家场班架辆]⟧(次(?![年日月之]))",
    "元⟧ *(每[人月年])",
    "级⟧ *(参数|用户|人口|流量|数据)",  # 百亿级 is said of yuan
)
_MONTHS = r"(?:月份?|季度)"
AROUND_DATE = (
    rf"({YEAR}年?(?:{MONTH}月)?{TO})⟦",  # 2008-|2012年
    rf"({MONTH}{_MONTHS}?{TO}第?|[0-9一二三四五六七八九十]+)⟦[^⟧]*{_MONTHS}⟧",  # 1-|6月
    rf"(?<![目此之以日年天])(前)⟦[^⟧]*{_MONTHS}⟧",
    rf"⟧年?度?[ (]*({_PERIOD})(?!{MONTH}[日号]|[0-9底末初以起前后之]|[上中下]旬)",  # 2011年|上半年
    rf"⟧年?度?({TO}{YEAR}年)",
    rf"{_MONTHS}⟧ *({MONTH}[日号]|[底末初]|[上中下]旬|{TO}(?:{YEAR}年)?第?{MONTH}{_MONTHS})",  # 6月|28日
)


def omitted_context(before: str, after: str, *, quote: str = "") -> str | None:
    """Name what a quantity's quote wrongly leaves out of the text right before and right after it, if anything.

    With the quote itself more is found: of 第一 in 第一季度 the rest, of 2倍 in 增长2倍 the growth.

    >>> omitted_context("产业营收超", ""), omitted_context("", "以上的企业"), omitted_context("签约", "多元化企业")
    ('超', '以上', None)
    >>> omitted_context("出口下降", "", quote="3.2%"), omitted_context("", "季度", quote="第一")
    ('下降', '季度')
    """
    return _omitted(AROUND_FIGURE, before, quote, after)


def omitted_period(before: str, after: str, *, quote: str = "") -> str | None:
    """Name the part of a year, the day or the other year that the quote of a year, months or date leaves out, if any.

    A row whose year is quoted so is about that part alone: its months must say which.

    >>> omitted_period("", "1-6月", quote="2011年"), omitted_period("", "6月28日", quote="2011年")
    ('1-6月', None)
    >>> omitted_period("2008年至", "", quote="2012年"), omitted_period("2011年", "28日", quote="6月")
    ('2008年至', '28日')
    """
    return _omitted(AROUND_DATE, before, quote, after)


@cache
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _omitted(patterns: tuple[str, ...], before: str, quote: str, after: str) -> str | None:
    near = (before[-LONGEST:], quote[-LONGEST:], after[:LONGEST])
    before, quote, after = (re.sub("[⟦⟧]", " ", unicodedata.normalize("NFKC", text)) for text in near)
    omitted = _compiled(patterns).search(f"{before}⟦{quote}⟧{after}")
    return omitted[omitted.lastindex or 0] if omitted else None
