"""The words in and around a printed figure, and what they mean. A new unit or qualifier is a word here."""

import re
from collections.abc import Iterable
from decimal import Decimal


def _words(**table: str) -> dict[str, str]:
    return {word: meaning for meaning, words in table.items() for word in words.split()}


FRONT = _words(
    about="约 大约 大概 大致",
    nearly="近 将近 接近 逼近 几近",
    more_than="超 超过 超出 逾 突破 破 高于 多于 大于 不止",
    at_least="不少于 不低于 不小于 不下 不下于 至少 最少 最低",
    at_most="不超 不超过 未超过 不多于 不高于 不大于 至多 最多 最高",
    less_than="不到 不足 不满 未满 未达 未到 少于 低于 小于 不及",  # known only to be refused by name
)
BEHIND = _words(about="左右 上下", more_than="有余", at_least="以上 及以上", at_most="以内 之内", less_than="以下")
INSIDE = _words(about="来", more_than="余 多 几")  # 十来家, 200余家, 3000多亿元, 十几家

# Rising and falling: 增长14.4%, 下降3.2%. 升至 and 降至 lead to a level.
CHANGE = _words(
    rise="增长 增加 增 上升 上涨 攀升 提高 提升 扩大 升 涨 增幅 涨幅",
    fall="下降 下滑 下跌 下调 下浮 降低 骤降 减少 锐减 削减 缩减 裁减 压减 压缩 缩短 缩小 萎缩 回落 放缓 负增长 降幅 "
    "跌幅 减幅 降 减 跌",
)
# Before a figure these change nothing, and RANK_LEAD before a rank.
LEAD = _words(
    lead="累计 合计 共计 总计 共 已 达到 达 有 为 了 高达 多达 仅 只有 占 占比 占到 计 合 折合 实现 新增 同比 环比 分别"
)
LEAD |= {f"{word}{to}": "lead" for word in CHANGE for to in "至到"}
RANK_LEAD = _words(lead="位居 位列 排名 名列 稳居 跃居 并列 居 列 排")

CURRENCIES = _words(
    CNY="人民币 RMB CNY", USD="US$ USD", EUR="€ EUR", JPY="JPY", HKD="港币 HK$ HKD", TWD="新台币 台币 NT$ TWD"
)
CURRENCIES |= {"$": "USD HKD TWD", "¥": "CNY JPY"}  # clear only with a unit: ¥3亿元
PER = _words(person="人均 每人", month="每月", year="每年")  # before or behind the amount
PER_BEHIND = PER | _words(person="/人", month="/月 ·月", year="/年 ·年")
RATES = {
    frozenset({"person"}): "CNY_per_person",
    frozenset({"month"}): "CNY_per_month",
    frozenset({"year"}): "CNY_per_year",
    frozenset({"person", "month"}): "CNY_per_person_month",
    frozenset({"person", "year"}): "CNY_per_person_year",
}

MEASURES = _words(
    count="家 个 人 名 位 项 件 所 座 户 条 种 类 次 套 款 场 届 份 间 处 支 只 台 辆 部 册 篇 张 门 栋 幢 枚 艘 架 "
    "宗 例 笔 轮 人次 家次 场次 班次 架次 辆次 台套"
)
UNITS = MEASURES | _words(
    CNY="元 元人民币 人民币",
    USD="美元 美金",
    EUR="欧元",
    JPY="日元",
    HKD="港元 港币 元港币",
    TWD="新台币 新台币元 台币 元新台币",
    percent="% 成",
    per_mille="‰",
    percentage_points="个百分点 百分点",
    times="倍",
    m2="平方米 平米 m2 公顷 平方公里 平方千米 km2",
    mu="亩",
    m="米 公里 千米 km",
    t="吨",
    hours="小时 个小时 个半小时",
    days="天",
    months="个月 个半月",
    years="年",
)
# How many base units these units have; the others have one.
FACTORS = {
    "成": Decimal(10),
    "公里": Decimal(1000),
    "千米": Decimal(1000),
    "km": Decimal(1000),
    "公顷": Decimal(10_000),
    "平方公里": Decimal(1_000_000),
    "平方千米": Decimal(1_000_000),
    "km2": Decimal(1_000_000),
}

PARTS = {"百分之": "percent", "千分之": "per_mille"}
VAGUE = "数几上"  # 数十家, 上千家: only the magnitude is printed

SHARES = _words(percent="一半 半数 半")  # 50; 半 only with a qualifier: 近半, 过半

# What stands between figures that share the word before the first: 下降5.3%、4.1%和3.2% are three falls. 与 and a comma
# join figures only behind a word that spreads what follows over all of them: 分别下降5.3%,4.1%.
JOINERS = ("、", "和", "及", "以及")
SPREADING = ("分别", "(?<![人平月日年户])均", "(?<![成首])都")  # neither 人均 nor 成都

_WORDS_BEFORE_BY_KIND = {
    "lead": LEAD,
    "qualifier": FRONT | {"过": "more_than"},  # 过 only before a round figure or a half: 过百家, 过半
    "change": CHANGE,
    "currency": CURRENCIES,
    "per": PER,
}
PREFIX = {word: (kind, meaning) for kind, words in _WORDS_BEFORE_BY_KIND.items() for word, meaning in words.items()}
"""Each word that may precede a figure, with its kind and its meaning."""


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return f"(?:{'|'.join(longest_first)})"
