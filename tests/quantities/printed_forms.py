"""Printed forms that the tests of figures, dates and their surroundings share: tables of cases and words."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

FRONT = {
    word: meaning
    for meaning, words in {
        "about": "约 大约 大概 大致",
        "nearly": "近 将近 接近 逼近 几近",
        "more_than": "超 超过 超出 逾 突破 破 高于 多于 大于 不止",
        "less_than": "不到 不足 不满 未满 未达 未到 少于 低于 小于 不及",
        "at_least": "不少于 不低于 不小于 不下 不下于 至少 最少 最低",
        "at_most": "不超 不超过 未超过 不多于 不高于 不大于 至多 最多 最高",
    }.items()
    for word in words.split()
}
INSIDE = {"余": "more_than", "多": "more_than", "来": "about"}
BEHIND = {
    "以上": "at_least",
    "以内": "at_most",
    "及以下": "at_most",
    "左右": "about",
    "上下": "about",
    "有余": "more_than",
}
FALLS = """
    下降 下滑 下跌 下调 下浮 降低 骤降 减少 锐减 削减 缩减 裁减 压减 压缩 缩短 缩小 萎缩 回落 放缓 负增长 降幅 跌幅 减幅
    降 减 跌
"""
MEASURES = """
    家 个 人 名 位 项 件 所 座 户 条 种 类 次 套 款 场 届 份 间 处 支 只 台 辆 部 册 篇 张 门 栋 幢 枚 艘 架 宗 例
    笔 轮 人次 家次 场次 班次 架次 辆次 台套
"""
UNITS = {
    "元": "CNY",
    "美元": "USD",
    "欧元": "EUR",
    "日元": "JPY",
    "港元": "HKD",
    "新台币": "TWD",
    "元/月": "CNY_per_month",
    "元/人": "CNY_per_person",
    "平方米": "m2",
    "亩": "mu",
    "米": "m",
    "吨": "t",
    "家": "count",
    "人次": "count",
    "项": "count",
    "%": "percent",
    "‰": "per_mille",
    "个百分点": "percentage_points",
    "倍": "times",
    "小时": "hours",
    "天": "days",
    "个月": "months",
}
FIGURE_IN_LIST = r"(?:百分之)?[0-9一二三四五][0-9.]*(?:,[0-9]{3})*(?:%|家|个百分点|倍)?"
LIMIT = 10**18
SCALES = {"": 0, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "百亿": 10, "千亿": 11, "万亿": 12}

numbers = st.decimals(0, 9_999_999, places=3)
scales = st.sampled_from(list(SCALES))
units = st.sampled_from(list(UNITS))


def cases(name: str, separator: str) -> Iterator[tuple[str, ...]]:
    """Read the cells of each line of a table of cases; spaces inside a cell are kept."""
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield tuple(line.split(separator))


def shortest(number: Decimal) -> str:
    """Write a number without trailing zeros."""
    return str(number.quantize(Decimal(1)) if number == int(number) else number.normalize())


def in_characters(number: int) -> str:
    """Write a positive whole number in standard Chinese numerals."""
    for scale, power in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        if number >= power:
            head, tail = divmod(number, power)
            gap = "零" if 0 < tail < power // 10 else ""
            return in_characters(head) + scale + gap + (in_characters(tail) if tail else "")
    return "零一二三四五六七八九"[number]


def widened(text: str) -> str:
    """Give every ASCII character its full-width form."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
