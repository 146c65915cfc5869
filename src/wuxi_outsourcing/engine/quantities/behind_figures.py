"""What the quote of a figure leaves out behind it, in the order in which it is tried."""

from .context_pattern import ContextPattern
from .dates import YEAR
from .expressions import DIGIT, END, NOT_FROM, NUMBER, any_whole_word
from .units import UNITS
from .unreadable import TO
from .word_tables import any_of
from .words import BEHIND, INSIDE

# What a number alone may lack.
_TAILS = (
    *UNITS,
    *INSIDE,
    *("批", "期", "届", "代", "大", "强"),
    *("季度", "产业", "阶段", "梯队", "书记", "时间"),
)
# The whole quote, which ends with a number that is no fraction.
_QUOTE_OF_NUMBER = rf"⟦(?![^⟧]*分之)[^⟧]*[{DIGIT}][余多来几]?⟧"

BEHIND_FIGURE = (
    ContextPattern(
        "a qualifier behind the figure",
        rf"⟧ *({any_whole_word(BEHIND)})",
        examples={"⟦20家⟧以上的企业": "以上", "⟦三成⟧左右": "左右"},
        counter_examples=["⟦20家⟧以上海为总部的企业", "⟦20家⟧上下游企业"],
    ),
    ContextPattern(
        "不等, of various sizes",
        "⟧ *(不等(?!于))",
        examples={"⟦500元⟧不等": "不等"},
        counter_examples=["⟦500元⟧不等于"],
    ),
    ContextPattern(
        "a foreign currency behind the figure",
        "⟧ *([美欧]元(?![区基债])|美金|[港日]元|英镑|港币|新?台币)",
        examples={"⟦3亿元⟧港币": "港币", "⟦US$3亿元⟧美元": "美元"},
        counter_examples=["⟦3家⟧美元基金", "⟦3个⟧欧元区国家"],
    ),
    ContextPattern(
        "多 or 余, and more, before a scale or at the end",
        f"⟧ *([余多])(?:[百千万亿]|{END})",
        examples={"⟦⟧多亿元": "多", "⟦20家⟧多,": "多"},
        counter_examples=["⟦20家⟧多功能中心"],
    ),
    ContextPattern(
        "余, and more, before a measure word",
        "⟧ *(余)[家个名项]",
        examples={"⟦⟧余家企业": "余"},
        counter_examples=["⟦⟧余额"],
    ),
    ContextPattern(
        "the rest of a unit",
        "⟧ *(百分点|民币)",
        examples={"⟦3个⟧百分点": "百分点", "⟦3亿元人⟧民币": "民币"},
    ),
    ContextPattern(
        "级, of that class of size",
        "⟧ *(级(?!别))",
        examples={"⟦3000万元⟧级": "级"},
        counter_examples=["⟦36家⟧级别"],
    ),
    ContextPattern(
        "the sign of a share",
        "⟧ *([%‰])",
        examples={"⟦⟧%": "%"},
    ),
    ContextPattern(
        "the unit of a rate",
        "⟧ *(/|·[人月年])",
        examples={"⟦500元⟧/月": "/", "⟦500元⟧·月": "·月"},
    ),
    ContextPattern(
        "点 and the decimals",
        "⟧ *(点(?=[零一二三四五六七八九]))",
        examples={"⟦百分之三⟧点五": "点"},
        counter_examples=["⟦3个⟧点状项目"],
    ),
    ContextPattern(
        "a unit of time, at the end or before 内 and the like",
        f"⟧ *([多半]?(?:月|小时|星期))(?:{END}|[内后前以来底间])",
        examples={"⟦3个⟧多月": "多月", "⟦3个⟧多小时后": "多小时"},
        counter_examples=["⟦3个⟧月球车"],
    ),
    ContextPattern(
        "a unit of time after 个",
        "个⟧ *(半?(?:月(?![球饼季子嫂])|小时|星期)|工作日)",
        examples={"⟦3个⟧月起": "月", "⟦3个⟧半小时的": "半小时", "⟦3个⟧工作日": "工作日"},
        counter_examples=["⟦3个⟧月球车"],
    ),
    ContextPattern(
        "a half",
        f"⟧ *(半){END}",
        examples={"⟦两成⟧半。": "半"},
        counter_examples=["⟦两成⟧半导体"],
    ),
    ContextPattern(
        "a scale after a measure word",
        f"⟧ *([百千万亿]+){END}",
        examples={"⟦3个⟧亿。": "亿"},
        counter_examples=["⟦3个⟧亿元楼宇"],
    ),
    ContextPattern(
        "the rest of a numeral in characters",
        f"⟧ *([一二三四五六七八九十百]+)(?:{END}|以[上内下]|左右)",
        examples={"⟦⟧五。": "五", "⟦⟧五以上": "五"},
        counter_examples=["⟦⟧一流"],
    ),
    ContextPattern(
        "the dash of a range and its upper end; not a year",
        rf"⟧ *([-~〜–—−](?=[0-9])|[-~](?=[{DIGIT}]))(?![0-9]{{4}}年)",
        examples={"⟦3%⟧-5%": "-", "⟦三成⟧~五成": "~"},
        counter_examples=["⟦36家⟧-2020年"],
    ),
    ContextPattern(
        "the upper end of a range; neither a year nor the level to which something grew",
        rf"{NOT_FROM}⟦[^⟧]*⟧([到至])(?!{YEAR}年){NUMBER}{any_of(UNITS)}",
        examples={"⟦3%⟧至5%": "至", "⟦3亿元⟧到5亿元": "到"},
        counter_examples=["从⟦3家⟧到5家", "⟦36家⟧至2020年", "⟦36家⟧到一线城市"],
    ),
    ContextPattern(
        "what a number counts",
        rf"{_QUOTE_OF_NUMBER} *({any_of(_TAILS)})",
        examples={"全国⟦第一⟧季度": "季度", "⟦前十⟧强": "强", "⟦200⟧余家": "余"},
        counter_examples=["全国⟦第一⟧的", "⟦百分之三⟧大企业"],
    ),
    ContextPattern(
        "the rest of a numeral, or the upper end of a range",
        rf"{_QUOTE_OF_NUMBER} *((?:{TO}(?!{YEAR}年))?[{DIGIT}]+)",
        examples={"⟦US$3⟧亿": "亿", "⟦第十⟧三届": "三", "⟦20⟧至30": "至30"},
        counter_examples=["⟦20⟧至2020年"],
    ),
    ContextPattern(
        "the rest of a fraction, or the upper end of a range of fractions",
        rf"分之[^⟧]*⟧([{DIGIT}]+|分之|{TO}(?!{YEAR}年)(?:百分之)?[{DIGIT}]+)",
        examples={"⟦三分之⟧二": "二", "⟦百分之三⟧至五": "至五", "⟦百分之三⟧至百分之五": "至百分之五"},
        counter_examples=["⟦百分之三⟧至2020年"],
    ),
    ContextPattern(
        "the power of a unit of area",
        "m⟧([23])",
        examples={"⟦500m⟧2": "2"},
    ),
    ContextPattern(
        "次, which counts visits, trips or flights",
        "[人家场班架辆]⟧(次(?![年日月之]))",
        examples={"⟦36家⟧次": "次"},
        counter_examples=["⟦36家⟧次年"],
    ),
    ContextPattern(
        "per person, month or year, behind the figure",
        "元⟧ *(每[人月年])",
        examples={"⟦500元⟧每月": "每月"},
        counter_examples=["⟦20家⟧每年"],
    ),
    ContextPattern(
        "what a class of size is said of, if not of yuan",
        "级⟧ *(参数|用户|人口|流量|数据)",
        examples={"⟦百亿级⟧参数": "参数"},
        counter_examples=["⟦百亿级⟧产业"],
    ),
)
