"""A quote in a copy that has only some paragraphs of its source."""

from dataclasses import replace
from pathlib import Path

import pytest

from support import ARTICLES
from wuxi_outsourcing.engine.copies.article import read_copy
from wuxi_outsourcing.engine.editing.finding import find
from wuxi_outsourcing.engine.editing.registered_source import RegisteredSource, registered_source
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.problems import Unusable

MISSING = [5, 8, 9, 10]


@pytest.fixture
def part(frozen: Path) -> RegisteredSource:
    """A copy without four of its paragraphs."""
    source = registered_source(open_package(frozen), read_copy(ARTICLES["yunchuan-2021"]))
    assert source.missing == []
    paragraphs = {number: text for number, text in source.text.paragraphs.items() if number not in MISSING}
    return replace(source, text=replace(source.text, paragraphs=paragraphs), missing=MISSING)


# The quote, the end of the message, and the fix.
ABSENT = {
    "in a missing paragraph": (
        "芯片设计园",
        "has “芯片设计园” in paragraph 8, characters 38 to 43, as cited for parks chip-design name_zh",
        "Give a copy that has paragraph 8.",
    ),
    "nowhere": ("苏州市", "“苏州市” is not in this copy of yunchuan-2021", "Copy it from the article."),
}


@pytest.mark.parametrize("name", ABSENT)
def test_missing_paragraphs_are_named(part: RegisteredSource, name: str) -> None:
    """Catches a quote said to be nowhere, where it is in a paragraph that the copy does not have."""
    quote, message, fix = ABSENT[name]
    with pytest.raises(Unusable) as caught:
        find(part, quote)
    problem = caught.value.problem
    assert problem.message.endswith(message)
    assert problem.fix == f"{fix} Paragraphs 5 and 8 to 10 of yunchuan-2021 are missing or changed in this copy."


def test_locations_are_those_on_record(part: RegisteredSource) -> None:
    """Catches locations that are counted in the copy."""
    (location,) = find(part, "近4万人")
    assert (location.paragraph, location.start) == (11, 20)
