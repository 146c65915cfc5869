"""Where an article gives a figure: what `quote --all` finds."""

import pytest

from wuxi_outsourcing.engine.copies.article import SourceText
from wuxi_outsourcing.engine.editing.search import readings

# A sentence as bulletins write it, and the quotes of the figures in it, each with the value that it gives.
FIGURES = {
    "合同额和执行额同比分别下降5.3%和4.1%。": {"下降5.3%": "-5.3", "下降5.3%和4.1%": "-4.1"},
    "三市分别增长19.7%、2.1%和14.2%。": {"19.7%": "19.7", "2.1%": "2.1", "14.2%": "14.2"},
    "合同额与执行额均下降6%,4%。": {"下降6%": "-6", "均下降6%,4%": "-4"},
    "登记企业数1600家,从业人数9.45万人。": {"1600家": "1600", "9.45万人": "94500"},
    "项目数100个,人数不超过100人。": {"100个": "100", "不超过100人": "100"},
    "引进数十家企业。": {"数十家": "10"},
    "近3年引进企业20家。": {"20家": "20"},
}


@pytest.mark.parametrize("sentence", FIGURES)
def test_finds_each_figure_with_its_sign(sentence: str) -> None:
    """Catches a figure that is not found, that loses its sign, or that is cut out of a list or of a longer one."""
    found = readings(SourceText("article.txt", {1: sentence}), "quantity")
    quotes = {location.quote: cell for cell, locations in found.items() for location in locations}
    assert quotes == FIGURES[sentence]
