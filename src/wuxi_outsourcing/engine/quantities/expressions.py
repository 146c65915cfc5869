"""Parts of regular expressions that the patterns of context share."""

from collections.abc import Iterable

from .numerals import NUMERAL
from .units import UNITS
from .word_tables import any_of
from .words import CHANGE, FRONT, LEAD

# Words that often are a part of another word. There is no qualifier in 附近20家, in 签约20家, or in
# 20家以上海为总部的企业. Each word is given with the characters beside it that make it a part of another one.
_WHOLE_WORDS = {
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


def whole_word(word: str) -> str:
    """A regular expression for a word where it is no part of another one."""
    return _WHOLE_WORDS.get(word, word)


def any_whole_word(words: Iterable[str]) -> str:
    """The same for any of the words, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(whole_word, longest_first))})"


RISES = [word for word, meaning in CHANGE.items() if meaning == "rise"]
FALLS = [word for word, meaning in CHANGE.items() if meaning == "fall"]

DIGIT = NUMERAL + "〇○"
"""What numerals are made of, for character classes. Unlike a quote, the text around it has all forms of zero."""
NUMBER = f"[{DIGIT}.,]+"
"""A number with its marks: 1,350 or 三百."""
OPTIONAL_UNIT = f"{any_of(UNITS)}?"
END = r"(?=$|[ ,.;:!?、。)》」』”’的])"
"""The end of a phrase: 3个亿的 has an amount, 3个亿元楼宇 a name."""
NOT_FROM = "(?:^|[ ,;:!?、。])[^从由自 ,;:!?、。⟦]*"
"""A clause up to a figure, without 从 and the like. 3家到5家 is a range, but 从3家到5家 is growth."""
NEUTRAL_WORDS = f"{any_of((*LEAD, *RISES, '人民币'))}{{0,3}}"
"""Words between a qualifier and the figure: 约人民币3亿元."""
LEAD_OR_QUALIFIER = f"{any_of((*LEAD, *FRONT))}{{0,3}}"
"""Words between a change and the figure: 下降约3.2%."""
