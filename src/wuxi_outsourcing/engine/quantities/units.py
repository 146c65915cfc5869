"""The units, currencies and rates of figures, and the words that stand for them. A new unit is a word of `UNITS` here.

It is also a term of the field `unit` in every table schema that has one, as validation says where it is missing.
"""

from decimal import Decimal

from .word_tables import by_word

CURRENCIES = by_word(
    CNY="人民币 RMB CNY", USD="US$ USD", EUR="€ EUR", JPY="JPY", HKD="港币 HK$ HKD", TWD="新台币 台币 NT$ TWD"
)
CURRENCIES |= {"$": "USD HKD TWD", "¥": "CNY JPY"}  # clear only with a unit: ¥3亿元
PER = by_word(person="人均 每人", month="每月", year="每年")  # before or behind the amount
PER_BEHIND = PER | by_word(person="/人", month="/月 ·月", year="/年 ·年")
RATES = {
    frozenset({"person"}): "CNY_per_person",
    frozenset({"month"}): "CNY_per_month",
    frozenset({"year"}): "CNY_per_year",
    frozenset({"person", "month"}): "CNY_per_person_month",
    frozenset({"person", "year"}): "CNY_per_person_year",
}

MEASURES = by_word(
    count="家 个 人 名 位 项 件 所 座 户 条 种 类 次 套 款 场 届 份 间 处 支 只 台 辆 部 册 篇 张 门 栋 幢 枚 艘 架 "
    "宗 例 笔 轮 人次 家次 场次 班次 架次 辆次 台套"
)
UNITS = MEASURES | by_word(
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
