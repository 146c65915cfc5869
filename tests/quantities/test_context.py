"""What a quote of a figure or of a date leaves out of the text around it."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from printed_forms import BEHIND, FALLS, FRONT, INSIDE, cases, in_characters, scales, units

from wuxi_outsourcing.engine.quantities import Unreadable, omitted_context, omitted_period
from wuxi_outsourcing.engine.quantities.around_dates import AROUND_DATE
from wuxi_outsourcing.engine.quantities.context import AROUND_FIGURE
from wuxi_outsourcing.engine.quantities.context_pattern import ContextPattern
from wuxi_outsourcing.engine.quantities.figures import quantity

FIGURE_CASES = list(cases("omitted.txt", "   "))
PERIOD_CASES = list(cases("omitted_period.txt", "   "))
_DIGITS = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")  # cut digits are the business of the verifier
PRINTED = [quote for quote, *_ in cases("figures.txt", " ")]


def _split(edges: str) -> tuple[str, str, str]:
    before, quote, after = edges.split("|")
    return before, quote, after


@pytest.mark.parametrize(("edges", "word"), FIGURE_CASES, ids=[case[0] for case in FIGURE_CASES])
def test_omitted_context(edges: str, word: str) -> None:
    """Catches a quote that drops its qualifier unseen, and a complaint about a word that merely looks like one."""
    before, quote, after = _split(edges)
    assert (omitted_context(before, after, quote=quote) or "none") == word


@pytest.mark.parametrize(("edges", "period"), PERIOD_CASES, ids=[case[0] for case in PERIOD_CASES])
def test_omitted_period(edges: str, period: str) -> None:
    """Catches a half-year published as a year, and a complaint about a day that only follows the year."""
    before, quote, after = _split(edges)
    assert (omitted_period(before, after, quote=quote) or "none") == period


@pytest.mark.parametrize("pattern", AROUND_FIGURE, ids=lambda pattern: pattern.name)
def test_each_pattern_around_figures_finds_its_examples(pattern: ContextPattern) -> None:
    """Catches a pattern that misses its case, leaves it to another pattern, or takes what only looks alike."""
    _check_examples(pattern, AROUND_FIGURE, omitted_context)


@pytest.mark.parametrize("pattern", AROUND_DATE, ids=lambda pattern: pattern.name)
def test_each_pattern_around_dates_finds_its_examples(pattern: ContextPattern) -> None:
    """Catches the same around a year, months or a date."""
    _check_examples(pattern, AROUND_DATE, omitted_period)


def _check_examples(
    pattern: ContextPattern, patterns: Sequence[ContextPattern], omitted: Callable[..., str | None]
) -> None:
    assert pattern.examples
    for text, word in pattern.examples.items():
        starts = {}
        for other in patterns:
            match = other.search(text)
            if match:
                starts[other.name] = match.start()
        assert min(starts, key=starts.__getitem__) == pattern.name, text
        before, quote, after = re.split("[⟦⟧]", text)
        assert omitted(before, after, quote=quote) == word, text
    for text in pattern.counter_examples:
        assert pattern.search(text) is None, text


@settings(deadline=None)
@given(number=st.integers(11, 10**9), data=st.data())
def test_a_numeral_is_quoted_whole(number: int, data: st.DataObject) -> None:
    """Catches 十家 quoted out of 二十家: whatever is cut off a Chinese numeral's front is named."""
    written = in_characters(number).removeprefix("一" * (number < 20))
    cut = data.draw(st.integers(1, len(written) - 1))
    assert omitted_context("建成" + written[:cut], "企业") == written[:cut]


@pytest.mark.parametrize("word", [*FRONT, *BEHIND])
def test_no_qualifier_goes_missing(word: str) -> None:
    """Catches a qualifier that can be read in a quote but may be left out of it unseen."""
    before, after = (f"营收{word}", "的企业") if word in FRONT else ("营收", f"{word}的企业")
    assert omitted_context(before, after) == word
    assert omitted_context(before + " ", " " + after) == word


@pytest.mark.parametrize("word", FALLS.split())
def test_no_fall_goes_missing(word: str) -> None:
    """Catches a fall that is published as a rise because its quote holds the number alone."""
    for between in ("", "了", "达", "约"):
        assert omitted_context(f"出口{word}{between}", "。", quote="3.2%") == word
    assert omitted_context(f"出口{word}至", "。", quote="3.2%") is None


@pytest.mark.parametrize("printed", PRINTED)
def test_a_cut_figure_is_read_alike_or_named(printed: str) -> None:
    """Catches a part of a figure in a source that can be quoted for another value than the whole has."""
    _check_cuts(printed)


@settings(deadline=None, max_examples=300)
@given(
    front=st.sampled_from(["", "同比", *FRONT, *FALLS.split(), "人民币", "每人", "增长"]),
    numbers=st.lists(st.integers(0, 9999).map(str) | st.integers(1, 9999).map(in_characters), min_size=1, max_size=2),
    scale=scales,
    inside=st.sampled_from(["", *INSIDE, "几"]),
    unit=units | st.sampled_from(["成", "年", "元级", "分之一"]),
    behind=st.sampled_from(["", *BEHIND]),
)
def test_a_generated_figure_is_quoted_whole(
    *, front: str, numbers: list[str], scale: str, inside: str, unit: str, behind: str
) -> None:
    """Catches the same for any qualifier, range, scale and unit."""
    with suppress(Unreadable):
        _check_cuts(front + "至".join(numbers) + inside + scale + unit + behind)


def _check_cuts(printed: str) -> None:
    whole = quantity(printed)
    inside_digits = {edge for run in _DIGITS.finditer(printed) for edge in range(run.start() + 1, run.end())}
    for start, end in combinations(sorted(set(range(len(printed) + 1)) - inside_digits), 2):
        before, quote, after = printed[:start], printed[start:end], printed[end:]
        with suppress(Unreadable):
            if quantity(quote) != whole:
                assert omitted_context(f"建成{before}", f"{after}的", quote=quote), (before, quote, after)


@settings(deadline=None)
@given(before=st.text(), quote=st.text(), after=st.text())
@example(before="20", quote="", after="%")
@example(before="⟦约", quote="⟧", after="⟦")
def test_omitted_words_stand_beside_the_quote(before: str, quote: str, after: str) -> None:
    """Catches an exception on odd text, and a word that stands nowhere beside the quote."""
    for omitted in (omitted_context, omitted_period):
        word = omitted(before, after, quote=quote)
        assert word is None or any(word in unicodedata.normalize("NFKC", text) for text in (before, after))
