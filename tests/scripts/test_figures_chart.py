"""The chart of the figures: each is a mark at its value and time, or is given in words, with what limits it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from chart_reading import SVG, draw, headings, overlap, shown, text_boxes

from localized_package import LocalizedPackage, figure_text, open_localized
from support import Rows, edit_rows, swap

METRICS, OUTSIDE = "industry_metrics", "corroborations"
EACH_LANGUAGE = pytest.mark.parametrize("language", ["en", "zh"])
MIDDLE_OF_SHEET = 440
# The multiples of a unit in which the panels give their figures.
SIZES = (1, 1e4, 1e6, 1e8, 1e9, 1e12)


@dataclass(frozen=True)
class Mark:
    """A mark of the chart, with the row that it shows."""

    x: float
    y: float
    hollow: bool
    table: str
    row: Any


def rows_with_figures(localized: LocalizedPackage) -> dict[str, Any]:
    """The rows that give a figure of an indicator, by table and ID."""
    found = {f"{METRICS}/{row['metric_id']}": row for row in localized.rows[METRICS]}
    for row in localized.rows[OUTSIDE]:
        if row["indicator_id"]:
            found[f"{OUTSIDE}/{row['corroboration_id']}"] = row
    return found


def marks(chart: Element, localized: LocalizedPackage) -> list[Mark]:
    """The marks of the panels."""
    rows = rows_with_figures(localized)
    found = []
    for element in chart.iter():
        row = element.get("data-row")
        if row:
            x, y = middle(element)
            hollow = "paper" in element.attrib["class"]
            found.append(Mark(x, y, hollow, row.split("/")[0], rows[row]))
    return found


def middle(element: Element) -> tuple[float, float]:
    """The middle of a circle or a rectangle."""
    if element.tag == f"{SVG}circle":
        return float(element.attrib["cx"]), float(element.attrib["cy"])
    x, y, width, height = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
    return x + width / 2, y + height / 2


def kind(row: Any) -> tuple[object, ...]:
    """What figures in one panel have in common."""
    names = ("indicator_id", "place_id", "relation", "segment", "partner_id", "within_id", "base_year", "unit")
    return tuple(row.get(name) for name in names)


def labels_beside(chart: Element, mark: Mark, anchor: str) -> list[Element]:
    """The labels of a scale in the half of the sheet in which a mark is."""
    is_right = mark.x > MIDDLE_OF_SHEET
    texts = [text for text in chart.iter(f"{SVG}text") if text.attrib["class"] == "muted"]
    texts = [text for text in texts if text.attrib["text-anchor"] == anchor]
    return [text for text in texts if (float(text.attrib["x"]) > MIDDLE_OF_SHEET) == is_right]


def years_below(chart: Element, mark: Mark) -> dict[float, float]:
    """Where the years below a mark stand."""
    labels = [text for text in labels_beside(chart, mark, "middle") if float(text.attrib["y"]) > mark.y]
    level = min(float(text.attrib["y"]) for text in labels)
    return {float(text.text or ""): float(text.attrib["x"]) for text in labels if float(text.attrib["y"]) == level}


def ticks_beside(chart: Element, mark: Mark) -> dict[float, float]:
    """Where the values of the scale beside a mark stand, from zero or from below it."""
    labels = labels_beside(chart, mark, "end")
    years = [text for text in labels_beside(chart, mark, "middle") if float(text.attrib["y"]) > mark.y]
    bottom = min(float(text.attrib["y"]) for text in years)
    above = sorted(
        (text for text in labels if float(text.attrib["y"]) < bottom), key=lambda text: -float(text.attrib["y"])
    )
    ticks: dict[float, float] = {}
    for text in above:
        value = float((text.text or "").replace(",", "").replace("−", "-"))
        if ticks and value <= max(ticks):
            break  # the panel above
        ticks[value] = float(text.attrib["y"]) - 4
    return ticks


def read_off(scale: dict[float, float], at: float) -> float:
    """The value at a point of a scale, of which some values are known to be at some points."""
    (value, point), *_, (other, other_point) = sorted(scale.items())
    return value + (at - point) * (other - value) / (other_point - point)


def time_of(row: Any) -> float:
    """The middle of the period of a row in years, or its day."""
    if row["as_of"]:
        day = row["as_of"]
        return float(day.year + (day.month - 1 + day.day / 31) / 12)
    first, last = map(int, (row["months"] or "01-12").split("-"))
    return float(row["year"] + (first - 1 + last) / 24)


@EACH_LANGUAGE
def test_no_figure_is_missing(language: str, each_root: Path) -> None:
    """Catches an observation, or a figure of another public source, that is neither a mark nor in the text."""
    localized = open_localized(language, each_root)
    chart = draw("figures", language, each_root)
    drawn = {element.attrib["data-row"] for element in chart.iter() if "data-row" in element.attrib}
    text = shown(chart)
    rows = rows_with_figures(localized)
    assert drawn <= rows.keys()
    labels = {row["indicator_id"]: localized.text(row, "label") for row in localized.rows["indicators"]}
    for key, row in rows.items():
        assert labels[row["indicator_id"]].replace(" ", "") in text, key
        if key not in drawn:
            assert figure_text(localized, METRICS, row).replace(" ", "") in text, key


@EACH_LANGUAGE
def test_marks_are_to_scale(language: str, each_root: Path) -> None:
    """Catches a mark at another value or time, and a scale that does not show zero or has a single label."""
    localized = open_localized(language, each_root)
    chart = draw("figures", language, each_root)
    found = marks(chart, localized)
    assert found
    for mark in found:
        ticks = ticks_beside(chart, mark)
        assert len(ticks) >= 2
        assert 0 in ticks
        # The label of a year is below the middle of that year.
        time = read_off(years_below(chart, mark), mark.x) + 0.5
        assert time == pytest.approx(time_of(mark.row), abs=0.01)
        value = read_off(ticks, mark.y)
        ends = [end for end in (mark.row["value"], mark.row.get("value_to")) if end is not None]
        assert any(isclose(end, value * size, rel_tol=0.01) for size in SIZES for end in ends), mark


@EACH_LANGUAGE
def test_marks_of_a_panel_share_a_scale(language: str, each_root: Path) -> None:
    """Catches figures of two units or kinds in one panel, and a mark with no other to compare it with."""
    localized = open_localized(language, each_root)
    chart = draw("figures", language, each_root)
    panels = defaultdict(list)
    for mark in marks(chart, localized):
        scale = min(y for y in ticks_beside(chart, mark).values())
        panels[mark.x > MIDDLE_OF_SHEET, scale].append(mark.row)
    for rows in panels.values():
        assert len(rows) > 1
        assert len({kind(row) for row in rows}) == 1
        assert not {row["unit"] for row in rows} & {"rank"}
        assert not {row["qualifier"] for row in rows} & {"order_of_magnitude", "several"}


def test_fullest_panels_come_first(five: Path) -> None:
    """Catches a panel that is left to the text while one with fewer figures is drawn."""
    localized = open_localized("en", five)
    chart = draw("figures", "en", five)
    drawn = Counter(kind(mark.row) for mark in marks(chart, localized))
    all_kinds: Counter[tuple[object, ...]] = Counter()
    for row in rows_with_figures(localized).values():
        is_number = row["qualifier"] not in ("order_of_magnitude", "several") and row["unit"] != "rank"
        if is_number and (row["year"] or row["as_of"]):
            all_kinds[kind(row)] += 1
    left = [count for key, count in all_kinds.items() if count > 1 and key not in drawn]
    assert left
    assert max(left) <= min(drawn.values())


@EACH_LANGUAGE
def test_transcribed_is_filled(language: str, each_root: Path) -> None:
    """Catches a figure of another public source that looks like one of the sources of the tables."""
    localized = open_localized(language, each_root)
    found = marks(draw("figures", language, each_root), localized)
    assert {mark.hollow for mark in found} == {True, False}
    for mark in found:
        assert mark.hollow == (mark.table == OUTSIDE)


@EACH_LANGUAGE
def test_bounds_keep_their_arrows(language: str, package: Path) -> None:
    """Catches a bound that is drawn like a figure, and an upper bound that is drawn like a lower one."""
    swap(package, "data/industry_metrics.csv", ",unqualified,10200000000,", ",nearly,10200000000,")
    localized = open_localized(language, package)
    chart = draw("figures", language, package)
    bounded = Counter(mark.row["qualifier"] for mark in marks(chart, localized))
    paths = [path.attrib["d"] for path in chart.iter(f"{SVG}path")]
    assert (bounded["more_than"], bounded["nearly"]) == (1, 1)
    # Two lines an arrow, and one arrow in the legend.
    assert len([path for path in paths if path.endswith("l 4 -4 4 4")]) == 2 * (1 + 1)
    assert len([path for path in paths if path.endswith("l 4 4 4 -4")]) == 2


def test_a_range_has_both_ends(package: Path) -> None:
    """Catches a range of which one end is drawn."""
    swap(package, "data/industry_metrics.csv", ",unqualified,10200000000,,", ",unqualified,10200000000,10900000000,")
    localized = open_localized("en", package)
    chart = draw("figures", "en", package)
    ends = [mark for mark in marks(chart, localized) if mark.row["value_to"]]
    assert len(ends) == 2
    values = [read_off(ticks_beside(chart, mark), mark.y) for mark in ends]
    assert values == pytest.approx([10.2, 10.9], abs=0.01)
    assert "10.2–10.9" in shown(chart)


@pytest.mark.parametrize(
    ("language", "limits"),
    [("en", ["4.1·Jan–Jun", "2.3·Jul–Sep", "15·target"]), ("zh", ["41·1–6月", "23·7–9月", "150·目标值"])],
)
def test_labels_say_what_limits_a_figure(language: str, limits: list[str]) -> None:
    """Catches a part of a year that reads as a whole one, and a target that reads as reached."""
    text = shown(draw("figures", language))
    for limit in limits:
        assert limit in text


@pytest.mark.parametrize(("language", "label"), [("en", "coreindustry"), ("zh", "核心产业")])
def test_labels_say_what_is_covered(language: str, label: str, five: Path) -> None:
    """Catches a figure of the core industry that reads as one of the whole."""
    assert label in shown(draw("figures", language, five))


@EACH_LANGUAGE
def test_no_label_covers_a_mark(language: str, each_root: Path) -> None:
    """Catches a label that hides a mark, and one that stands on the arrow of a bound."""
    chart = draw("figures", language, each_root)
    texts = list(text_boxes(chart))
    for mark in marks(chart, open_localized(language, each_root)):
        box = (mark.x - 5, mark.y - 5, mark.x + 5, mark.y + 5, "a mark")
        covering = [text for text in texts if overlap(box, text)]
        assert not covering, mark


@EACH_LANGUAGE
def test_panels_of_several_places_name_theirs(language: str, five: Path) -> None:
    """Catches panels of one indicator in two cities that cannot be distinguished."""
    localized = open_localized(language, five)
    chart = draw("figures", language, five)
    names = {row["place_id"]: localized.text(row, "name") for row in localized.rows["places"]}
    labels = {row["indicator_id"]: localized.text(row, "label") for row in localized.rows["indicators"]}
    found = headings(chart)
    subjects = {(mark.row["indicator_id"], mark.row["place_id"]) for mark in marks(chart, localized)}
    assert len({place for _, place in subjects}) > 1
    for indicator, place in subjects:
        parts = (labels[indicator], names[place])
        assert any(all(part in heading for part in parts) for heading in found), parts


def test_figures_of_zero_are_drawn(package: Path) -> None:
    """Catches a panel of zeros, which has no largest value to be scaled by."""

    def empty(rows: Rows) -> Rows:
        head, *others = rows
        at = head.index("value")
        return [head, *([*row[:at], "0", *row[at + 1 :]] if row[1] == "contract-value" else row for row in others)]

    edit_rows(package, "data/industry_metrics.csv", empty)
    localized = open_localized("en", package)
    chart = draw("figures", "en", package)
    found = [mark for mark in marks(chart, localized) if mark.row["indicator_id"] == "contract-value"]
    assert found
    for mark in found:
        assert read_off(ticks_beside(chart, mark), mark.y) == pytest.approx(0, abs=0.01)


@EACH_LANGUAGE
def test_signs_stand_before_their_figures(language: str, each_root: Path) -> None:
    """Catches a line that ends between the sign of a figure and the figure."""
    for text in draw("figures", language, each_root).iter(f"{SVG}text"):
        assert not (text.text or "").rstrip().endswith(("■", "○", "◇"))
