"""The passage that is suggested for a quote which is not in the source."""

import pytest

from support import ARTICLES
from wuxi_outsourcing.engine.copies.article import as_source, read_copy
from wuxi_outsourcing.engine.nearest_passage import marked, nearest_passage

PARAGRAPHS = as_source(read_copy(ARTICLES["yunchuan-2021"])).paragraphs

# The quote; the number of the paragraph and where the passage starts in it; the passage with what differs marked.
NEAREST = {
    "transposed digits": ("68.5亿元", (4, 25), "[-68-]{+86+}.5亿元"),
    "a digit too few, so that a figure is cut": ("达5个服务外包园区", (8, 5), "[-达-]{+1+}5个服务外包园区"),
    "a figure of which the end is missing": ("执行额86", (4, 22), "执行额86{+.5+}"),
    "another last character": ("云川芯片设计院", (8, 36), "云川芯片设计[-院-]{+园+}"),
    "traditional characters": ("服務外包執行額", (4, 18), "服[-務-]{+务+}外包[-執行額-]{+执行额+}"),
    "Chinese numerals": ("建成十五个服务外包园区", (8, 3), "建成[-十五-]{+15+}个服务外包园区"),
    "other punctuation": ("软件研发,数据标注", (6, 97), "软件研发[-,-]{+、+}数据标注"),
    "an added space": ("执行额 86.5 亿元", (4, 22), "执行额[- -]86.5[- -]亿元"),
    "a missing 的": ("每人每月1500元培训补贴", (10, 78), "每人每月1500元{+的+}培训补贴"),
    "a qualifier left out": ("服务外包从业人员4万人", (11, 12), "服务外包从业人员{+近+}4万人"),
    "words in another order": ("300家企业", (11, 27), "300[-家企业-]{+多家+}"),
    "without the end of a sentence": ("3.2亿美元2020年上半年", (4, 55), "3.2亿美元{+。+}2020年上半年"),
    "joined over two sentences": ("第3位2020年上半年", (4, 62), "[-第3位-]2020年上半年"),
    "longer than the paragraph": ("政策引路与园区规划", (5, 0), "政策引路[-与园区规划-]"),
}


@pytest.mark.parametrize("name", NEAREST)
def test_suggests_what_the_source_gives(name: str) -> None:
    """Catches a passage that is another one, cuts a figure or lacks a character, and differences that are not seen."""
    quote, location, differences = NEAREST[name]
    passage = nearest_passage(quote, PARAGRAPHS)
    assert passage is not None
    assert PARAGRAPHS[passage.paragraph][passage.start : passage.end] == passage.text
    assert (passage.paragraph, passage.start) == location
    assert marked(quote, passage.text) == differences


@pytest.mark.parametrize("quote", ["没有的话", "苏州市工业园区", "企服", "", "云" * 10_000])
def test_suggests_nothing(quote: str) -> None:
    """Catches a suggestion for a quote that nothing is like, and a search that takes too long."""
    assert nearest_passage(quote, PARAGRAPHS) is None
