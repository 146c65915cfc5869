"""The words around a figure, and what they mean. A new qualifier is a word here; units have a module of their own."""

from .units import CURRENCIES, PER
from .word_tables import by_word

FRONT = by_word(
    about="约 大约 大概 大致",
    nearly="近 将近 接近 逼近 几近",
    more_than="超 超过 超出 逾 突破 破 高于 多于 大于 不止",
    at_least="不少于 不低于 不小于 不下 不下于 至少 最少 最低",
    at_most="不超 不超过 未超过 不多于 不高于 不大于 至多 最多 最高",
    less_than="不到 不足 不满 未满 未达 未到 少于 低于 小于 不及",
)
BEHIND = by_word(
    about="左右 上下",
    more_than="有余",
    at_least="以上 及以上",
    at_most="以内 之内 及以下",
    open_below="以下",  # known only to be refused by name: in statistics without the figure itself, in law with it
)
INSIDE = by_word(about="来", more_than="余 多 几")  # 十来家, 200余家, 3000多亿元, 十几家

# Rising and falling: 增长14.4%, 下降3.2%. 升至 and 降至 lead to a level.
CHANGE = by_word(
    rise="增长 增加 增 上升 上涨 攀升 提高 提升 扩大 升 涨 增幅 涨幅",
    fall="下降 下滑 下跌 下调 下浮 降低 骤降 减少 锐减 削减 缩减 裁减 压减 压缩 缩短 缩小 萎缩 回落 放缓 负增长 降幅 "
    "跌幅 减幅 降 减 跌",
)
# Before a figure these change nothing, and RANK_LEAD before a rank.
LEAD = by_word(
    lead="累计 合计 共计 总计 共 已 达到 达 有 为 了 高达 多达 仅 只有 占 占比 占到 计 合 折合 实现 新增 同比 环比 分别"
)
LEAD |= {f"{word}{to}": "lead" for word in CHANGE for to in "至到"}
RANK_LEAD = by_word(lead="位居 位列 排名 名列 稳居 跃居 并列 居 列 排")

VAGUE = "数几上"  # 数十家, 上千家: only the magnitude is given

SHARES = by_word(percent="一半 半数 半")  # 50; 半 only with a qualifier: 近半, 过半

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
