"""The reader of figures: what it reads and what it refuses."""

import re
from contextlib import suppress
from decimal import Decimal, localcontext

import printed_forms as forms
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from wuxi_outsourcing.engine.quantities import RULES, Unreadable, omitted_context, omitted_period
from wuxi_outsourcing.engine.quantities.figures import Quantity, quantity

LISTS = list(forms.cases("lists.txt", " | "))
READ_CASES = list(forms.cases("figures.txt", " "))
REFUSALS = [(rule, quote, why) for rule, why, quotes in forms.cases("refused.txt", " | ") for quote in quotes.split()]
# A space between two figures may join or part them.
REFUSALS += [("quantity", quote, "not read in full") for quote in ("", "1 350亿元", "1  350亿元", "二 十家", "20\n家")]
REFUSALS += [("quantity", "1" * 61 + "家", "longer than")]
LETTERS = "0123456789,.-/%‰ 十百千万亿零一二两三四五半数几上余多来约近超过以上左右"
LETTERS += "人民币美欧日港元$¥家个倍成番翻第前位名增长下降至到级"
MORE_UNITS = ("years", "rank", "CNY_per_year", "CNY_per_person_month", "CNY_per_person_year")
DATE_LETTERS = "0123456789一二三四五十年月日号上下半季度前第底末截至份个-—"


# An oracle of its own: the words are written out again in printed_forms, so that a slip in the module's tables shows.


@pytest.mark.parametrize(("quote", "qualifier", "value", "unit"), READ_CASES, ids=[case[0] for case in READ_CASES])
def test_reads(quote: str, qualifier: str, value: str, unit: str) -> None:
    """Catches a printed form that is read wrongly or no longer read, and a value that prints with an exponent."""
    for form in (quote, forms.widened(quote)):
        read = quantity(form)
        ends = [str(end) for end in (read.value, read.value_to) if end is not None]
        assert (read.qualifier, "..".join(ends) or "-", read.unit or "-") == (qualifier, value, unit)


@pytest.mark.parametrize(("rule", "quote", "why"), REFUSALS, ids=[f"{case[0]}-{case[1]}" for case in REFUSALS])
def test_refuses(rule: str, quote: str, why: str) -> None:
    """Catches a doubtful quote that is read all the same, and a message that hides the quote, the reason or the fix."""
    with pytest.raises(Unreadable) as refusal:
        RULES[rule](quote)
    assert f"“{quote[:60]}" in str(refusal.value)
    assert why in str(refusal.value)
    assert refusal.value.fix.endswith(".")


@pytest.mark.parametrize("case", LISTS, ids=[case[1] for case in LISTS])
def test_figures_that_share_a_word(case: tuple[str, ...]) -> None:
    """Catches a fall whose second figure is read, or may be quoted, as a rise: 分别下降5.3%和4.1%."""
    before, printed, values, unit = case
    numbers = values.split()
    assert quantity(printed) == Quantity("unqualified", Decimal(numbers[-1]), None, unit)
    figures = list(re.finditer(forms.FIGURE_IN_LIST, printed))
    for figure, number in zip(figures, numbers, strict=True):
        quote = printed[: figure.end()]
        if figure is figures[0]:
            quote = re.sub("^(?:分别|均|都)(?:比上年)?", "", quote)
        assert quantity(quote) == Quantity("unqualified", Decimal(number), None, unit)
        assert omitted_context(before, printed[figure.end() :], quote=quote) is None
        omitted = omitted_context(before + printed[: figure.start()], printed[figure.end() :], quote=figure[0])
        assert omitted
        assert quantity(omitted + figure[0]) == Quantity("unqualified", Decimal(number), None, unit)


@settings(deadline=None)
@given(number=forms.numbers, scale=forms.scales, unit=forms.units)
@example(number=Decimal("13.780"), scale="亿", unit="美元")
@example(number=Decimal(1350), scale="", unit="元")
def test_digits_read_back(number: Decimal, scale: str, unit: str) -> None:
    """Catches a wrong power of ten, a lost decimal, a misread thousands mark and a width that matters."""
    expected = number * 10 ** forms.SCALES[scale]
    assume(expected < forms.LIMIT and (forms.UNITS[unit] != "count" or expected == int(expected)))
    for digits in (forms.shortest(number), f"{number:,}", str(number)):
        read = quantity(digits + scale + unit)
        assert read == Quantity("unqualified", expected, None, forms.UNITS[unit])
        assert "E" not in str(read.value)
        assert not (str(read.value).endswith("0") and "." in str(read.value))
        assert quantity(forms.widened(digits + scale + unit)) == read


@settings(deadline=None)
@given(
    ends=st.tuples(st.integers(0, 9999), st.integers(1, 9999)),
    scale=forms.scales,
    unit=forms.units,
    to=st.sampled_from([*"-~—–至到", "——"]),
)
@example(ends=(8000, 1), scale="万", unit="元", to="-")
def test_ranges_read_back(ends: tuple[int, int], scale: str, unit: str, to: str) -> None:
    """Catches an end of a range that is lost, swapped, or scaled otherwise than the print says."""
    (low, high), factor = ends, 10 ** forms.SCALES[scale]
    quote = f"{low}{to}{high}{scale}{unit}"
    if low < high:
        expected = Quantity("unqualified", Decimal(low * factor), Decimal(high * factor), forms.UNITS[unit])
        assert quantity(f"{low}{scale}{to}{high}{scale}{unit}") == expected
        assert quantity(quote) == quantity(forms.widened(quote)) == expected
    else:
        with pytest.raises(Unreadable, match=r"not above its lower end|does not say whether"):
            quantity(quote)


@settings(deadline=None)
@given(number=st.integers(1, 10**13))
@example(number=100_010_005)
@example(number=20_000_500_000)
def test_characters_read_back(number: int) -> None:
    """Catches a slip in the places of a Chinese numeral: 零, a skipped place, 十 without 一, 两 for 二."""
    written = forms.in_characters(number)
    variants = {written, written.replace("零", "〇"), "十" + written[2:] if written.startswith("一十") else written}
    variants |= {"两" + written[1:] if written.startswith(("二千", "二万", "二亿")) else written}
    for variant in variants:
        assert quantity(variant + "家").value == number
        if not variant.startswith("两"):
            assert quantity(f"第{variant}位") == Quantity("unqualified", Decimal(number), None, "rank")


@settings(deadline=None)
@given(number=st.integers(1, 10**6), scale=st.sampled_from(["", "万", "亿"]), data=st.data())
def test_qualifiers_in_every_position(number: int, scale: str, data: st.DataObject) -> None:
    """Catches a qualifier that is lost or misread in front, inside or behind, and two that contradict."""
    front, inside, behind = (
        data.draw(st.sampled_from(["", *table])) for table in (forms.FRONT, forms.INSIDE, forms.BEHIND)
    )
    meanings = {(forms.FRONT | forms.INSIDE | forms.BEHIND)[word] for word in (front, inside, behind) if word}
    for figure in (f"{number}{inside}{scale}", f"{number}{scale}{inside}"):
        quote = f"{front}{figure}家{behind}"
        if len(meanings) > 1:
            with pytest.raises(Unreadable, match="at once"):
                quantity(quote)
        else:
            expected = Decimal(number * 10 ** forms.SCALES[scale])
            assert quantity(quote) == Quantity("".join(meanings) or "unqualified", expected, None, "count")


@settings(deadline=None)
@given(
    number=forms.numbers,
    unit=st.sampled_from(["%", "个百分点", "‰", "亿元"]),
    word=st.sampled_from(forms.FALLS.split()),
)
def test_falls_are_negative(number: Decimal, unit: str, word: str) -> None:
    """Catches a fall that is read as a rise, and a level that is read as a fall."""
    positive = quantity(forms.shortest(number) + unit)
    assert positive.value is not None
    for lead in ("", "同比"):
        for tail in ("", "了", "达"):
            assert quantity(f"{lead}{word}{tail}{forms.shortest(number)}{unit}").value == -positive.value
    assert quantity(f"{word}至{forms.shortest(number)}{unit}") == positive


@pytest.mark.parametrize("word", forms.MEASURES.split())
def test_every_measure_word_counts(word: str) -> None:
    """Catches a measure word that is lost, and one that is read as a cut unit."""
    assert quantity(f"3{word}") == Quantity("unqualified", Decimal(3), None, "count")
    assert quantity(f"多{word}") == Quantity("several", None, None, None)


@pytest.mark.parametrize("word", forms.LESS_THAN.split())
def test_less_than_is_refused_by_name(word: str) -> None:
    """Catches “less than” read as another bound, and a quote that leaves it out."""
    with pytest.raises(Unreadable, match="less than"):
        quantity(f"{word}20家")
    assert omitted_context(word, "企业") == word


@pytest.mark.parametrize("quote", ["约 20 家", " 约20家 ", "约\u300020\u00a0家", "约  20家"])
def test_spaces_are_typesetting(quote: str) -> None:
    """Catches a quote that is refused for the spaces around its figure."""
    assert quantity(quote) == Quantity("about", Decimal(20), None, "count")


@pytest.mark.parametrize(("scale", "power"), list(forms.SCALES.items())[1:])
def test_round_figures_need_a_qualifier(scale: str, power: int) -> None:
    """Catches 百家企业, a way of speaking, read as a hundred, and 超百家 and 上百家 that are not."""
    assert quantity(f"超{scale}家") == quantity(f"{scale}余家") == quantity(f"过{scale}家")
    assert quantity(f"超{scale}家") == Quantity("more_than", Decimal(10**power), None, "count")
    for vague in "上数几":
        assert quantity(f"{vague}{scale}家") == Quantity("order_of_magnitude", Decimal(10**power), None, "count")
    with pytest.raises(Unreadable, match="no standard numeral"):
        quantity(f"{scale}家")


def test_a_long_quote_is_refused_and_shortened() -> None:
    """Catches a limit that moves by one, and a message as long as the text pasted into the quote."""
    assert quantity("20家".rjust(60)).value == 20
    with pytest.raises(Unreadable, match="^“" + "1" * 60 + "” names no unit"):
        quantity("1" * 60)
    with pytest.raises(Unreadable, match="^“" + "1" * 60 + "…” is longer"):
        quantity("1" * 61)


@settings(deadline=None, max_examples=500)
@given(
    quote=st.text(st.sampled_from(LETTERS), max_size=12)
    | st.text(st.sampled_from(DATE_LETTERS), max_size=12)
    | st.text()
    | st.lists(
        st.sampled_from([*forms.FRONT, *forms.FALLS.split(), *forms.UNITS, *forms.SCALES, *"0123十百万亿几半"]),
        max_size=6,
    ).map("".join)
)
@example(quote="٣家")
@example(quote="1.2.3")
@example(quote="²")
@example(quote="20家-30")
def test_any_text_is_read_or_refused(quote: str) -> None:
    """Catches an exception other than Unreadable, a reading that breaks the vocabulary, and a width that matters."""
    for name, reader in RULES.items():
        with suppress(Unreadable):
            assert reader(quote) is not None or name in {"quantity", "quantity_to", "unit"}
    with suppress(Unreadable):
        read = quantity(quote)
        assert (read.value is None) == (read.unit is None) == (read.qualifier == "several")
        assert read.unit in {None, *forms.UNITS.values(), *MORE_UNITS}
        assert read.value is None or (read.value.is_finite() and "E" not in str(read.value))
        assert read.value_to is None or (read.value is not None and read.value < read.value_to)
        assert quantity(forms.widened(quote)) == read


PIECES = "1|1,|一百|共|超| |1 |百分之|3到|多万|下降|-|一二|1家|四分之|/月|6月"


@pytest.mark.parametrize("piece", PIECES.split("|"))
def test_hostile_text_is_quick(piece: str) -> None:
    """Catches a regular expression that backtracks without end, as this test would."""
    for size in (60, 10**6):
        text = (piece * size)[:size]
        for rule in RULES.values():
            with pytest.raises(Unreadable):
                rule(text[:-1] + "!")
        for omitted in (omitted_context, omitted_period):
            omitted(text, text, quote=text)


def test_the_callers_decimal_context_does_not_matter() -> None:
    """Catches a value that is rounded because the caller computes with few digits."""
    with localcontext(prec=3):
        assert str(quantity("123,456.789万元").value) == "1234567890"


def test_rules_give_the_cells_of_one_quote() -> None:
    """Catches a rule whose name leads to another reader: value, upper end, qualifier and unit come from one quote."""
    names = ("quantity", "quantity_to", "qualifier", "unit")
    assert [RULES[name]("约3-5亿元") for name in names] == [300_000_000, 500_000_000, "about", "CNY"]
    assert [RULES[name]("多家") for name in names] == [None, None, "several", None]
