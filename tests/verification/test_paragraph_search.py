"""Where paragraphs on record are in a copy: each way in which one is found, unchanged or changed."""

import re
from collections.abc import Sequence

import pytest

from wuxi_outsourcing.engine.copies.article import canonical, text_digest
from wuxi_outsourcing.engine.copies.changed_paragraphs import FARTHEST, ChangedParagraphs
from wuxi_outsourcing.engine.copies.joined_lines import join
from wuxi_outsourcing.engine.copies.paragraph_search import ParagraphSearch
from wuxi_outsourcing.engine.copies.recorded_source import RecordedParagraph

FIRST, HEADING, LAST = "[云川]的第一段在此。", "人才活水", "[江岭]的最后一段。"
# The paragraphs of an article, with what is quoted in brackets; a copy; and the paragraphs that it has unchanged.
UNCHANGED: dict[str, tuple[Sequence[str], str, list[int]]] = {
    "a line that was wrapped at a space between letters": (["Made in Wuxi city"], "Made in\nWuxi city", [1]),
    "a line that was wrapped inside a word": (["Made in Wuxi city"], "Made in Wu\nxi city", [1]),
    "a line that was wrapped behind a space": (["云川 地处江岭"], "云川 \n地处江岭", [1]),
    "a line that was wrapped before a space": (["云川 地处江岭"], "云川\n 地处江岭", [1]),
    "in the middle of a line, by its longest quote": ([FIRST], "首页 云川的第一段在此。 返回", [1]),
    "in the middle of a line, behind one that was found": ([FIRST, HEADING], "云川的第一段在此。人才活水 分享", [1, 2]),
    "without quotes, in the middle of a line behind other text": ([HEADING], "首页 人才活水", []),
    "equal paragraphs": ([HEADING, FIRST, HEADING], "人才活水\n云川的第一段在此。\n人才活水", [1, 2, 3]),
    "one of two equal paragraphs": ([HEADING, FIRST, HEADING], "云川的第一段在此。\n人才活水", [2, 3]),
    "another order": ([FIRST, HEADING, LAST], "江岭的最后一段。\n人才活水\n云川的第一段在此。", [1, 2, 3]),
}
FAR = "另" * (FARTHEST + 1)
LONG = "没有引文而足够长的一段话它的长度超过三十个字符所以凭长度也能认出来。"
# The same, with the paragraphs that are changed and what the copy has of each.
CHANGED: dict[str, tuple[Sequence[str], str, dict[int, str]]] = {
    "all there is between its neighbours": (
        [FIRST, "没有引文的一段话在这里。", LAST],
        "云川的第一段在此。\n完全不同的内容。\n江岭的最后一段。",
        {2: "完全不同的内容。"},
    ),
    "too short to be it": ([FIRST, LONG, LAST], "云川的第一段在此。\n广告\n江岭的最后一段。", {}),
    "lines of its length": (
        [FIRST, LONG],
        f"云川的第一段在此。\n一则内容很长的广告\n{LONG[:-2]}\n了。",
        {2: f"{LONG[:-2]}了。"},
    ),
    "lines of its length, at the end of a part": (
        [FIRST, LONG, LAST],
        f"云川的第一段在此。\n一则内容很长的广告\n{LONG[:-1]}!\n登录以后才可以阅读这篇文章的全文",
        {2: f"{LONG[:-1]}!"},
    ),
    "all there is at the end of a part": ([FIRST, HEADING, LAST], "云川的第一段在此。\n人才活力", {2: "人才活力"}),
    "lines of its length, far away": ([FIRST, LONG], f"云川的第一段在此。\n{FAR}\n{LONG[:-1]}!\n{FAR}", {}),
    "half of its quote": (
        [FIRST, "[江岭微电二期]开工。"],
        "云川的第一段在此。\n广告\n江岭微电一期开工。\n另有广告一则",
        {2: "江岭微电一期开工。"},
    ),
    "a character in its element": ([FIRST], "<p>7\n云川的第一段在此。\n</p>", {1: "7云川的第一段在此。"}),
    "a character behind it in its element": ([FIRST], "<p>云川的第一段在此。\n7</p>", {1: "云川的第一段在此。7"}),
    "a character in another element": ([FIRST], "<p>7</p><p>云川的第一段在此。</p>", {}),
    "a character in another line": ([FIRST], "7\n云川的第一段在此。", {}),
}


@pytest.mark.parametrize("name", UNCHANGED)
def test_unchanged_paragraphs(name: str) -> None:
    """Catches a paragraph that a copy has and that is not found, and one that is found where it is not looked for."""
    article, copy, expected = UNCHANGED[name]
    joins = join(canonical(copy))
    found, _ = ParagraphSearch("copy.txt", joins, recorded(article).values()).run()
    assert list(found) == expected


@pytest.mark.parametrize("name", CHANGED)
def test_changed_paragraphs(name: str) -> None:
    """Catches a changed paragraph that is taken for other text, and other text that is taken for one."""
    article, copy, expected = CHANGED[name]
    paragraphs = recorded(article)
    joins = join(canonical(copy))
    found, passages = ParagraphSearch("copy.txt", joins, paragraphs.values()).run()
    changed = ChangedParagraphs(joins[0], paragraphs, found, passages).run()
    assert {number: joins[0].text[start:end] for number, (start, end) in changed.items()} == expected


def recorded(article: Sequence[str]) -> dict[int, RecordedParagraph]:
    """What is on record about paragraphs, of which what is in brackets is quoted."""
    paragraphs = {}
    for number, marked in enumerate(article, 1):
        text = re.sub(r"[\[\]]", "", marked)
        quotes = tuple((text.index(words), words) for words in re.findall(r"\[(.*?)\]", marked))
        paragraphs[number] = RecordedParagraph(number + 1, number, len(text), text_digest(text), quotes)
    return paragraphs
