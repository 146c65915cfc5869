"""What a quote of a figure wrongly leaves out of the text around it."""

import re
import unicodedata
from collections.abc import Iterable

from .lexicon import BEHIND, FRONT, LEAD, LONGEST
from .numeral import NUMERAL

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
    rf"({_any_alone(FRONT)})(?:{LEAD}|人民币){{0,3}} *",
    r"(第|几|(?<![总人户个家件次项场业量指系参倍分多少])数|(?<![正胜抱肩自])负) *",  # 数|十家, not 企业数|36家
    r"([-−~〜]|港币|台币|澳门币)",
    rf"(?<=[{NUMERAL}%])([–—/])",
    rf"(?<=[{NUMERAL}])(?<!一)([到至])",  # 3至|5家
    # 二|十家, 1亿|2000万元, 三点|五家; not 第一|20家
    rf"(?<![统唯单之第同任专划逐合周初期前{NUMERAL}.,])([0-9一二两三四五六七八九十几][{NUMERAL}.,]*(?<!,)点?)",
    rf"(?<![{NUMERAL}.,])([0-9]{{1,3}}(?:,[0-9]{{3}})*,)",  # 1,|350亿元
)
_AFTER = (
    f"({_any_alone(BEHIND)})",
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
    near = unicodedata.normalize("NFKC", before[-LONGEST:])
    found = _CUT_BEFORE.search(near) or _CUT_AFTER.match(unicodedata.normalize("NFKC", after[:LONGEST]))
    return found[found.lastindex or 0] if found else None
