"""What the quote of a year, months or a date leaves out around it, in the order in which it is tried."""

from .context_pattern import ContextPattern
from .dates import MONTH, YEAR
from .relative_periods import RELATIVE_YEAR
from .unreadable import TO

_OF_MONTHS = "(?:月份?|季度)"
_HALF_YEAR = "[上下]半年"
_FIRST_YEAR = f"(?:{YEAR}年?|{RELATIVE_YEAR})(?:{MONTH}月)?"
_LAST_YEAR = f"(?:{YEAR}年|{RELATIVE_YEAR})"
# What follows 今年, but not 今 and 年: 至今年底, and not 至今年均增长.
_BEHIND_THIS_YEAR = f"年?[底末初]|第?{MONTH}[月季日至到~-]|{_HALF_YEAR}|前|[,;。、)]|$"
_FIRST_MONTHS = f"前(?:{MONTH}|两)个?{_OF_MONTHS}"
# With the first month of a range, if there is one: 6月, 1-6月, 8月至2012年3月.
_MONTHS = f"(?:第?{MONTH}{_OF_MONTHS}?{TO}{_LAST_YEAR}?)?第?{MONTH}{_OF_MONTHS}"
# A day, or what makes of a month a point in time: 6月28日, 6月底, 6月以来, 6月上旬.
_DAY_OR_POINT = rf"{MONTH}[日号]|[0-9底末初以起前后之]|[上中下]旬"

AROUND_DATE = (
    ContextPattern(
        "the rest of a word that only ends as a relative year does: 目前, 过去, 至今 and 表明, each before 年均",
        "([目此之以日年天月当大提空先](?=⟦前年)|[过失除](?=⟦去年)|[如现当迄](?=⟦今年)|[说表声文证查注标鲜](?=⟦明年)"
        rf"|至(?=⟦今年⟧(?!{_BEHIND_THIS_YEAR})))⟦",
        examples={
            "目⟦前年⟧均增长": "目",
            "过⟦去年⟧均": "过",
            "如⟦今年⟧产值": "如",
            "表⟦明年⟧均": "表",
            "至⟦今年⟧均增长": "至",
        },
        counter_examples=["至⟦今年⟧4月底", "截至⟦今年⟧底", "到⟦前年⟧"],
    ),
    ContextPattern(
        "the year in which a period begins",
        rf"({_FIRST_YEAR}{TO})⟦",
        examples={
            "2008-⟦2012年⟧": "2008-",
            "2008年至⟦2012年⟧": "2008年至",
            "2011年8月至⟦2012年⟧": "2011年8月至",
            "去年5月至⟦今年4月底⟧": "去年5月至",
        },
        counter_examples=["截至⟦2011年⟧", "截至⟦去年底⟧"],
    ),
    ContextPattern(
        "the year in which a period begins that the quote ends",
        f"({_FIRST_YEAR})⟦{TO}",
        examples={"去年5月⟦至今年4月底⟧": "去年5月"},
    ),
    ContextPattern(
        "the month or quarter in which a period begins",
        rf"({MONTH}{_OF_MONTHS}?{TO}第?)⟦[^⟧]*{_OF_MONTHS}⟧",
        examples={"1-⟦6月⟧": "1-", "1月至⟦6月⟧": "1月至"},
        counter_examples=["截至⟦6月⟧"],
    ),
    ContextPattern(
        "the beginning of the numeral of a month",
        rf"([0-9一二三四五六七八九十]+)⟦[^⟧]*{_OF_MONTHS}⟧",
        examples={"十⟦一月⟧": "十"},
    ),
    ContextPattern(
        "前, the first months or quarters",
        rf"(?<![目此之以日年天])(前)⟦[^⟧]*{_OF_MONTHS}⟧",
        examples={"前⟦三季度⟧": "前"},
        counter_examples=["目前⟦9月⟧"],
    ),
    ContextPattern(
        "the part of the year; not a day or a point in time",
        rf"⟧年?度?[ (]*({_HALF_YEAR}|{_FIRST_MONTHS}|{_MONTHS})(?!{_DAY_OR_POINT})",
        examples={
            "⟦2011年⟧上半年": "上半年",
            "⟦2011年⟧(1-6月)": "1-6月",
            "⟦2011年⟧前三季度": "前三季度",
            "⟦2011年⟧8月至2012年3月": "8月至2012年3月",
        },
        counter_examples=["⟦2011年⟧6月28日", "⟦2011年⟧6月以来", "⟦2011年⟧6月上旬", "⟦2011年⟧全年"],
    ),
    ContextPattern(
        "the year in which a period ends",
        rf"⟧年?度?({TO}{_LAST_YEAR})",
        examples={"⟦2008年⟧至2012年": "至2012年", "⟦2008⟧-2012年": "-2012年", "⟦去年⟧至今年": "至今年"},
    ),
    ContextPattern(
        "the day",
        rf"{_OF_MONTHS}⟧ *({MONTH}[日号])",
        examples={"⟦6月⟧28日": "28日"},
    ),
    ContextPattern(
        "the part of the month",
        rf"{_OF_MONTHS}⟧ *([底末初]|[上中下]旬)",
        examples={"⟦6月⟧底": "底", "⟦9月⟧中旬": "中旬", "⟦三季度⟧末": "末"},
    ),
    ContextPattern(
        "the month or quarter in which a period ends",
        rf"{_OF_MONTHS}⟧ *({TO}{_LAST_YEAR}?第?{MONTH}{_OF_MONTHS})",
        examples={"⟦1月⟧-6月": "-6月", "⟦8月⟧至2012年3月": "至2012年3月", "⟦8月⟧至今年3月": "至今年3月"},
    ),
)
