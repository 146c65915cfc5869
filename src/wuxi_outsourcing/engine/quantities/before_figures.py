"""What the quote of a figure leaves out before it, in the order in which it is tried."""

import re

from .context_pattern import ContextPattern
from .expressions import (
    DIGIT,
    FALLS,
    LEAD_OR_QUALIFIER,
    NEUTRAL_WORDS,
    NOT_FROM,
    NUMBER,
    OPTIONAL_UNIT,
    RISES,
    any_whole_word,
    whole_word,
)
from .lists import JOINED, JOINED_AFTER_SPREADING, SPREADING_WORD
from .units import CURRENCIES, PER
from .word_tables import any_of
from .words import CHANGE, FRONT, LEAD, PREFIX

_FOREIGN_CURRENCIES = [word for word, code in CURRENCIES.items() if code != "CNY"] + ["澳门币"]
# The quote begins with no sign, qualifier or change of its own: of 下降5.3%和增长4.1% the second figure is no fall.
_NOTHING_OF_ITS_OWN = rf"(?! *{any_of(LEAD)}{{0,3}}(?:{any_of((*CHANGE, *FRONT))}|[-−负]))"


def _heads_of_cut_words() -> list[str]:
    """Beginnings of words whose rest is a word too, and begins the quote: 不|超过, 大|约."""
    heads = []
    for word in PREFIX:
        for cut in range(1, len(word)):
            head, rest = word[:cut], word[cut:]
            if rest in PREFIX:
                heads.append(f"{whole_word(head)}(?=⟦{re.escape(rest)})")
    return heads


BEFORE_FIGURE = (
    ContextPattern(
        "a qualifier",
        rf"({any_whole_word(FRONT)}){NEUTRAL_WORDS} *⟦",
        examples={"营收超⟦3000亿元⟧": "超", "投资约人民币⟦3亿元⟧": "约", "约增长⟦14.4%⟧": "约"},
        counter_examples=["附近⟦20家⟧", "签约⟦20家⟧", "技术突破⟦20项⟧"],
    ),
    ContextPattern(
        "a fall",
        rf"({any_whole_word(FALLS)}){LEAD_OR_QUALIFIER} *⟦",
        examples={"出口下降⟦3.2%⟧": "下降", "企业减少了⟦20家⟧": "减少"},
        counter_examples=["出口下降至⟦3.2%⟧", "涨跌⟦5%⟧"],
    ),
    ContextPattern(
        "growth by a multiple, which is no factor",
        rf"({any_of(RISES)}){LEAD_OR_QUALIFIER} *⟦[^⟧]*倍",
        examples={"增长了⟦2倍⟧": "增长"},
        counter_examples=["增长到⟦2倍⟧", "增长⟦14.4%⟧"],
    ),
    ContextPattern(
        "a fall before the first figure of a list",
        rf"({any_whole_word(FALLS)}{LEAD_OR_QUALIFIER} *{JOINED})⟦{_NOTHING_OF_ITS_OWN}",
        examples={"出口下降5.3%和⟦4.1%⟧": "下降5.3%和"},
        counter_examples=["下降5.3%和⟦增长4.1%⟧", "下降5.3%,⟦4.1%⟧", "降至5.3%和⟦4.1%⟧"],
    ),
    ContextPattern(
        "growth by a multiple before the first figure of a list",
        rf"({any_of(RISES)}{LEAD_OR_QUALIFIER} *{JOINED})⟦{_NOTHING_OF_ITS_OWN}[^⟧]*倍",
        examples={"分别增长3倍和⟦2倍⟧": "增长3倍和"},
        counter_examples=["增长3倍和⟦增长2倍⟧", "增长3.2%和⟦4.1%⟧"],
    ),
    ContextPattern(
        "a qualifier or a fall that 分别 and the like spread over the figures of a list",
        rf"({SPREADING_WORD}(?:{any_of((*FRONT, *FALLS))}){LEAD_OR_QUALIFIER} *{JOINED_AFTER_SPREADING})"
        rf"⟦{_NOTHING_OF_ITS_OWN}",
        examples={"分别超过300亿元,⟦200亿元⟧": "分别超过300亿元,", "分别下降5.3%,⟦4.1%⟧": "分别下降5.3%,"},
        counter_examples=["超过300亿元和⟦200亿元⟧", "分别超过300亿元,⟦近200亿元⟧", "成都下降5.3%,⟦4.1%⟧"],
    ),
    ContextPattern(
        "per person, month or year",
        rf"({any_of(PER)}){NEUTRAL_WORDS} *⟦(?=⟧|[^⟧]*[元币])",
        examples={"每人⟦4500元⟧": "每人", "补贴每月⟦500元⟧": "每月"},
        counter_examples=["每年⟦3家⟧"],
    ),
    ContextPattern(
        "the mark of an ordinal",
        "(第) *⟦",
        examples={"全国第⟦3位⟧": "第"},
    ),
    ContextPattern(
        "几, several",
        "(几) *⟦",
        examples={"前几⟦家⟧": "几"},
    ),
    ContextPattern(
        "负, minus",
        "(?<![正胜抱肩自])(负) *⟦",
        examples={"增速为负⟦3%⟧": "负"},
        counter_examples=["胜负⟦3家⟧"],
    ),
    ContextPattern(
        "数, which leaves a magnitude alone; not the number of something",
        "(?<![总人户个家件次项目场业量指系参倍分多少户位名套座所])(数) *⟦(?=⟧|[十百千万亿]|10+(?![0-9.,]))",
        examples={"引进数⟦十家⟧": "数", "引进数⟦100家⟧": "数"},
        counter_examples=["企业数⟦百家⟧", "项目数⟦100个⟧", "园区数⟦36家⟧"],
    ),
    ContextPattern(
        "前, among the first",
        rf"(?<![目此之以日年天提])(前)⟦[{DIGIT}]+[位名]⟧",
        examples={"全国前⟦10位⟧": "前"},
        counter_examples=["日前⟦36名⟧学员", "全国前⟦10家⟧"],
    ),
    ContextPattern(
        "过, more than a half",
        "(?<![不通经])(过)⟦一?半",
        examples={"占比过⟦半数⟧": "过"},
        counter_examples=["通过⟦半数⟧"],
    ),
    ContextPattern(
        "a minus, or the dash of a range",
        "([-−~〜]) *⟦",
        examples={"增速-⟦3%⟧": "-", "20-⟦30家⟧": "-"},
    ),
    ContextPattern(
        "the sign of a currency, with its letters",
        "([A-Z]{0,3}[$¥€]) *⟦",
        examples={"¥ ⟦3亿元⟧": "¥", "CA$⟦3亿元⟧": "CA$"},
    ),
    ContextPattern(
        "a foreign currency by name",
        f"({any_of(_FOREIGN_CURRENCIES)}) *⟦",
        examples={"港币⟦3亿元⟧": "港币"},
        counter_examples=["人民币⟦3亿元⟧"],
    ),
    ContextPattern(
        "a mark that joins the figure to another one",
        rf"(?<=[{DIGIT}%])([–—/×*+]|——)⟦",
        examples={"7×⟦24小时⟧": "×", "3%——⟦5%⟧": "——"},
        counter_examples=["其中——⟦20家⟧"],
    ),
    ContextPattern(
        "the lower end of a range, where the quote begins with the dash",
        rf"({NUMBER}{OPTIONAL_UNIT})⟦[-−]",
        examples={"3%⟦-5%⟧": "3%"},
        counter_examples=["增速⟦-5%⟧"],
    ),
    ContextPattern(
        "the beginning of a fraction",
        "(分之)⟦",
        examples={"百分之⟦三⟧": "分之"},
    ),
    ContextPattern(
        "the beginning of a scale",
        "([百千万余多来几])⟦(?=[百千万亿])",
        examples={"3000多⟦亿元⟧": "多", "上百⟦亿元⟧": "百"},
        counter_examples=["多⟦家⟧"],
    ),
    ContextPattern(
        "the beginning of a word",
        f"({'|'.join(_heads_of_cut_words())})",
        examples={"不⟦超过500万元⟧": "不", "规模大⟦约20家⟧": "大"},
        counter_examples=["扩大⟦约20家⟧"],
    ),
    ContextPattern(
        "the lower end of a range, whose unit is that of the upper end",
        rf"(?<=[{DIGIT}])(?<![统唯单之第同周]一)([到至])⟦",
        examples={"从3至⟦5家⟧": "至"},
        counter_examples=["从周一至⟦5家⟧"],
    ),
    ContextPattern(
        "the lower end of a range, with a unit; not the level from which something grew",
        rf"{NOT_FROM}(?<![{DIGIT}.,]){NUMBER}{OPTIONAL_UNIT}([到至])⟦",
        examples={"3亿元至⟦5亿元⟧": "至"},
        counter_examples=["从3家到⟦5家⟧", "从当初的20家到⟦36家⟧"],
    ),
    ContextPattern(
        "the beginning of a numeral; not 一 as a part of a word",
        rf"(?<![统唯单之第同任专划逐合周初期前{DIGIT}.,])([0-9一二两三四五六七八九十几][{DIGIT}.,]*(?<!,)点?) *⟦",
        examples={"二⟦十家⟧": "二", "1亿⟦2000万元⟧": "1亿", "三点⟦五家⟧": "三点"},
        counter_examples=["统一⟦20家⟧", "第一⟦20家⟧", "2020,⟦20家⟧"],
    ),
    ContextPattern(
        "the thousands",
        rf"(?<![{DIGIT}.,])([0-9]{{1,3}}(?:,[0-9]{{3}})*,)⟦",
        examples={"1,⟦350亿元⟧": "1,"},
        counter_examples=["2020,⟦18家⟧"],
    ),
)
