"""The words around a printed figure, and what they mean."""

import re
from collections.abc import Iterable

LONGEST = 60  # characters of a quote: no figure comes near it, and it bounds the work on hostile input


def _words(**table: str) -> dict[str, str]:
    return {word: meaning for meaning, words in table.items() for word in words.split()}


FRONT = _words(
    about="约 大约 大概",
    nearly="近 将近 接近 逼近",
    more_than="超 超过 逾 突破 高于 多于 大于 不止",
    at_least="不少于 不低于 不小于 不下 不下于 至少 最少 最低",
    at_most="不超 不超过 未超过 不多于 不高于 不大于 至多 最多 最高",
    less_than="不到 不足 不满 未满 未达 未到 少于 低于 小于",  # known only to be refused by name
)
BEHIND = _words(about="左右 上下", more_than="有余", at_least="以上 及以上", at_most="以内 之内", less_than="以下")
MEASURES = (
    "家 个 人 名 位 项 件 所 座 户 条 种 类 次 套 款 场 届 份 间 处 支 只 台 辆 部 册 篇 张 门 栋 幢 枚 艘 架 宗 "
    "例 笔 轮 人次 家次 场次 班次 架次 辆次 台套"
)
SQUARE_METRES = {"公顷": 10_000, "平方公里": 1_000_000, "平方千米": 1_000_000, "km2": 1_000_000}
UNITS = _words(count=MEASURES, CNY="元 元人民币", USD="美元 美金", percent="% 个百分点 百分点", m2="平方米 平米 m2")
UNITS |= dict.fromkeys(SQUARE_METRES, "m2")


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


LEAD = "(?:累计|合计|共计|总计|共|已|达到|达|有|为|了)"  # before a figure they change nothing
