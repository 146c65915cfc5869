"""What a quote of a figure leaves out of the text around it."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forms import BEHIND, FRONT, in_characters
from wuxi_outsourcing.surroundings import left_out

LEFT_OUT = """
营收超|            超
享受不少于|        不少于
增长约|            约
共有大约 |         大约
企业约有|          约
投资约人民币|      约
产值将近|          将近
其中超|            超
利润不足|          不足
奖励最高|          最高
第|                第
吸引数|            数
引进十几|          几
二|                二
三|                三
有一百二十|        一百二十
三点|              三点
1亿|               1亿
建成20|            20
达1,|              1,
3-|                -
下降-|             -
3至|               至
港币|              港币
|以上的企业        以上
|以内              以内
|左右。            左右
|以下              以下
|余家企业          余
|多亿元            多
|多,              多
|百分点            百分点
|个               None
|多月              多月
|半。              半
|亿。              亿
|五。              五
|点五              点
|港币              港币
|/年               /
|-5%               -
最近有|            None
2020,|             None
截至|              None
累计达|            None
3亿美元|           None
|——2020年          None
|,18家            None
"""


LEFT_OUT_CASES = [
    (edges.rstrip(), word) for edges, word in (line.rsplit(maxsplit=1) for line in LEFT_OUT.strip().split("\n"))
]


PARTS_OF_WORDS = """
    最近| 附近| 临近| 邻近| 新近| 靠近| 就近| 远近| 亲近| 贴近| 相近| 走近| 抵近| 赶超| 反超| 商超| 英超| 苏超|
    节约| 签约| 合约| 条约| 公约| 契约| 预约| 制约| 履约| 违约| 特约| 缔约| 租约| 续约| 邀约| 解约| 婚约| 简约|
    盟约| 纽约| 技术突破| 新突破| 取得突破| 历史最高| 历史最低| 总数| 人数| 户数| 个数| 家数| 企业数| 指数| 多数|
    正负| 统一| 唯一| 单一| 之一| 第一| 同一| 任一| 划一| 逐一| |以上海 |以上饶 |以上市 |以上述 |以上级 |以上年
    |以内蒙古 |以内需 |以内部 |以内资 |以内容 |以内生 |以内销 |以内外 |以下游 |以下列 |以下属 |以下简称 |左右两侧
    |左右手 |上下游 |上下级 |上下班 |上下联动 |余额 |余热 |余款 |多元 |多样 |多家 |多功能 |月球 |月子 |半导体 |点状
    |一流 |百强 |亿元楼宇 |千亿级 |万亿级 |不等于 |美元基金 |欧元区
"""


@pytest.mark.parametrize(("edges", "word"), LEFT_OUT_CASES, ids=[case[0] for case in LEFT_OUT_CASES])
def test_left_out(edges: str, word: str) -> None:
    """Catches a quote that drops its qualifier unseen, and a complaint about a word that merely looks like one."""
    before, after = edges.split("|")
    assert left_out(before, after) == (None if word == "None" else word)


@settings(deadline=None)
@given(number=st.integers(11, 10**9), data=st.data())
def test_a_numeral_is_quoted_whole(number: int, data: st.DataObject) -> None:
    """Catches 十家 quoted out of 二十家: whatever is cut off a Chinese numeral's front is named."""
    written = in_characters(number).removeprefix("一" * (number < 20))
    cut = data.draw(st.integers(1, len(written) - 1))
    assert left_out("建成" + written[:cut], "企业") == written[:cut]


@pytest.mark.parametrize("edges", PARTS_OF_WORDS.split())
def test_parts_of_words_are_no_qualifier(edges: str) -> None:
    """Catches a complaint about 签约|20家 or 20家|以上海为总部的企业, whose characters only look like a qualifier."""
    assert left_out(*edges.split("|")) is None


@pytest.mark.parametrize("word", [*FRONT, *BEHIND])
def test_no_qualifier_goes_missing(word: str) -> None:
    """Catches a qualifier that can be read in a quote but may be left out of it unseen."""
    before, after = (f"营收{word}", "的企业") if word in FRONT else ("营收", f"{word}的企业")
    assert left_out(before, after) == word
    assert left_out(before + " ", " " + after) == word


@settings(deadline=None)
@given(before=st.text(), after=st.text())
@example(before="20", after="%")
def test_left_out_names_what_stands_there(before: str, after: str) -> None:
    """Catches an exception on odd text, and a word that stands nowhere beside the quote."""
    word = left_out(before, after)
    assert word is None or word in unicodedata.normalize("NFKC", before) or word in unicodedata.normalize("NFKC", after)
