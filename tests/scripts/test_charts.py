"""The charts: everything is in them, in its place, readable by day and by night, for any package."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from math import dist
from operator import mul
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from charts import CHARTS
from charts.figures_chart import DIAMOND_SIDE, LEFT, RADIUS
from charts.text_layout import BOLD, breadth
from localized_package import open_localized
from palette import TABLE_COLOURS, table_hues
from support import FROZEN, ROOT, Rows, edit_rows, swap

SVG = "{http://www.w3.org/2000/svg}"
POLICIES, METRICS = "data/policies.csv", "data/industry_metrics.csv"
TABLES = {
    "policies": ("policies", "talent_schemes", "milestones"),
    "figures": ("industry_metrics",),
    "article": ("paragraphs",),
}
HOSTILE = '</text><script>alert("&1")</script>'
EACH_LANGUAGE = pytest.mark.parametrize("language", ["en", "zh"])
EACH_CHART = pytest.mark.parametrize("name", CHARTS)
Box = tuple[float, float, float, float, str]  # left, top, right, bottom, and the words in it


def draw(name: str, language: str, root: Path = FROZEN) -> Element:
    return fromstring(CHARTS[name](open_localized(language, root)))  # noqa: S314  (written by the code under test)


def shown(chart: Element) -> str:
    """The text of a chart without spaces: lines end between words."""
    return "".join("".join(text.itertext()) for text in chart.iter(f"{SVG}text")).replace(" ", "")


def marks(chart: Element) -> list[float]:
    """The places of the marks on the scales of the figures."""
    sides = {str(2 * RADIUS), str(DIAMOND_SIDE)}
    rects = [rect for rect in chart.iter(f"{SVG}rect") if rect.get("width") == rect.get("height") in sides]
    places = [_left(rect) + float(rect.attrib["width"]) / 2 for rect in rects] + [
        float(dot.attrib["cx"]) for dot in chart.iter(f"{SVG}circle")
    ]
    return sorted(place for place in places if place >= LEFT)  # the legend's are before it


@EACH_LANGUAGE
@EACH_CHART
def test_every_row_is_named(name: str, language: str) -> None:
    """Catches a row that is left out, and a chart that says nothing to a reader who does not see it."""
    chart, localized = draw(name, language), open_localized(language, FROZEN)
    for table in TABLES[name]:
        for row in localized.rows[table]:
            assert localized.text(row, "label", "name", "gist").replace(" ", "") in shown(chart)
    assert chart.attrib["role"] == "img"
    named = {child.get("id"): child.text for child in chart}
    assert named[chart.attrib["aria-labelledby"]]
    assert len(named[chart.attrib["aria-describedby"]] or "") > 50


@EACH_LANGUAGE
def test_policies_stand_under_their_years(language: str, package: Path) -> None:
    """Catches a mark under another year, a bar of another length, an arrow or an open span in another place."""
    swap(package, POLICIES, ",2011,,1:1", ",,,1:1")
    chart = draw("policies", language, package)
    labels = [text for text in chart.iter(f"{SVG}text") if text.get("text-anchor") == "middle"]
    at = {int(text.text or 0): float(text.attrib["x"]) for text in labels}
    column = at[2010] - at[2009]
    assert f"{min(at)}–{max(at)}" in shown(chart)
    years = [2009, 2013, 2021, 2015, 2008, 2008, 2014, 2019]
    dots = sorted(float(dot.attrib["cx"]) for dot in chart.iter(f"{SVG}circle"))
    assert dots == pytest.approx(sorted(at[year] for year in years), abs=0.02)
    (bar,) = [rect for rect in chart.iter(f"{SVG}rect") if rect.get("rx") == "4" and "striped" in rect.attrib["class"]]
    assert float(bar.attrib["x"]) == pytest.approx(at[2013] - column / 2, abs=0.02)
    assert float(bar.attrib["width"]) == pytest.approx(3 * column, abs=0.02)
    (_, span) = [rect for rect in chart.iter(f"{SVG}rect") if rect.get("stroke-dasharray") == "2 3"]
    ends = float(span.attrib["x"]), float(span.attrib["x"]) + float(span.attrib["width"])
    assert ends == pytest.approx((at[2009], at[2013]), abs=0.02)
    (_, arrow) = [path for path in chart.iter(f"{SVG}path") if path.get("stroke-dasharray") == "4 3"]
    x, end = re.findall(r"[MH] ([\d.]+)", arrow.attrib["d"])
    assert (float(x), float(end)) == pytest.approx((at[2009], at[2013] - column / 2 - 2), abs=0.02)


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        ("executed_value", [8.65, 8.71, 8.8, 10.2, 15]),
        ("growth_rate", [-5.6, 12.4]),
        ("parks", [5, 15]),
        ("enterprises", [20, 30, 300]),
        ("rank", []),
        ("exports", []),
    ],
)
def test_figures_are_drawn_to_scale(measure: str, values: list[float], package: Path) -> None:
    """Catches a mark in another place, one without another to compare, and one of a rank or an order of magnitude."""
    edit_rows(
        package, METRICS, lambda rows: [rows[0], *(row for row in rows if row[6] == measure and row[13] != "USD")]
    )
    places, low, high = marks(draw("figures", "en", package)), min([0, *values]), max([0, *values])
    assert len(places) == len(values)
    assert places == pytest.approx([LEFT + 190 * (value - low) / (high - low) for value in values], abs=0.02)


def test_readings_are_marked() -> None:
    """Catches an editorial reading that is drawn like what a source gives."""
    assert "5,readasapartof15" in shown(draw("figures", "en"))
    assert "buildson:aneditorialreading" in shown(draw("policies", "en"))


def test_every_citation_is_on_the_map() -> None:
    """Catches a paragraph of another length, and a citation that is drawn in another place or not at all."""
    chart, localized = draw("article", "en"), open_localized("en", FROZEN)
    strips = [rect for rect in chart.iter(f"{SVG}rect") if rect.attrib["class"] == "track line-rule"]
    spans = [
        rect
        for rect in chart.iter(f"{SVG}rect")
        if re.fullmatch("t[0-9]+", rect.attrib["class"]) and "y" in rect.attrib
    ]
    for strip, row in zip(strips, localized.rows["paragraphs"], strict=True):
        scale, top = float(strip.attrib["width"]) / row["characters"], float(strip.attrib["y"])
        inside = [rect for rect in spans if 0 <= float(rect.attrib["y"]) - top < float(strip.attrib["height"])]
        edges = {
            position for rect in inside for position in (_left(rect), _left(rect) + float(rect.attrib["width"]) + 0.7)
        }
        for citations in localized.citations_by_cell.values():
            for citation in citations:
                if (citation.source_id, citation.paragraph) == (row["source_id"], row["paragraph"]):
                    for place in (citation.start, citation.end):
                        assert min(abs(_left(strip) + place * scale - edge) for edge in edges) < 0.03, citation


@EACH_LANGUAGE
@EACH_CHART
@pytest.mark.parametrize("root", [FROZEN, ROOT], ids=["frozen", "real"])
def test_nothing_overlaps_or_is_cut_off(name: str, language: str, root: Path) -> None:
    """Catches text over text, text that runs out of the chart, and text that is too small to read."""
    assert_room(draw(name, language, root))


@EACH_LANGUAGE
@EACH_CHART
def test_room_for_what_others_may_add(name: str, language: str, package: Path) -> None:
    """Catches a chart that only works for short names and few years, and a name that becomes markup."""

    def grow(rows: Rows) -> Rows:
        header, first, *rest = rows
        texts = [
            HOSTILE + "长" * 40 if name.endswith(("_zh", "_en")) else cell
            for name, cell in zip(header, first, strict=True)
        ]
        return [header, texts, *rest]

    swap(package, POLICIES, ",2013,3,", ",1999,30,")
    for table in ("policies", "milestones", "industry_metrics", "sources", "paragraphs"):
        edit_rows(package, f"data/{table}.csv", grow)
    chart = draw(name, language, package)
    assert_room(chart)
    assert 'alert("&1")' in shown(chart)
    kinds = {child.tag.removeprefix(SVG) for child in chart.iter()}
    assert kinds <= {"svg", "g", "title", "desc", "style", "defs", "pattern", "rect", "circle", "path", "text"}


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_colours_stand_out(mode: int) -> None:
    """Catches text below WCAG's contrast of 4.5 to 1, marks below 3 to 1, and a colour that a dark page keeps."""
    localized = open_localized("en", FROZEN)
    styles = (draw("article", "en").findtext(f"{SVG}style") or "").split("\n}\n")
    dark = "".join(part.partition("@media (prefers-color-scheme:dark){")[2] for part in styles)
    light = "".join(part.partition("@media (prefers-color-scheme:dark){")[0] for part in styles)
    rules = re.findall(r"\.(\w+){fill:(#\w{6})}\.line-\1{stroke:\2}", (light, dark)[mode])
    colours = dict[str, str](rules)
    cited = {f"t{hue}" for table, hue in table_hues(localized).items() if table != "corroborations"}
    assert colours.keys() == {"paper", "track", "rule", "ink", "muted", *cited}
    for ground in ("paper", "track"):
        for text in ("ink", "muted"):
            assert contrast(colours[text], colours[ground]) >= 4.5
        for hue in TABLE_COLOURS:
            assert contrast(hue[mode], colours[ground]) >= 3


@pytest.mark.parametrize("root", [FROZEN, ROOT], ids=["frozen", "real"])
def test_a_colour_for_each_table(root: Path) -> None:
    """Catches two tables of one colour; a new table may need another pair in scripts/palette.py."""
    colours = table_hues(open_localized("en", root))
    assert len(set(colours.values())) == len(colours)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_colours_are_apart(mode: int) -> None:
    """Catches two colours that a reader takes for one: a just noticeable difference in Oklab is 0.02."""
    places = [oklab(pair[mode]) for pair in TABLE_COLOURS]
    assert min(dist(one, other) for one, other in combinations(places, 2)) > 0.09


def test_the_same_on_every_machine() -> None:
    """Catches what depends on the order of hashes, the time zone or the locale."""
    script = "import sys; sys.path[:0] = ['scripts']; import generate as g; from pathlib import Path"
    script += "; from localized_package import open_localized; from metadata import PUBLISHED, make_metadata"
    script += "; from documents import WRITTEN_BY_HAND"
    script += "; root = Path(sys.argv[1])"
    script += "\nfor name in PUBLISHED: print(ascii(make_metadata(open_localized('en', root), name)))"
    script += "\nfor name, make in g.GENERATED.items():"
    # The frozen package has no documents.
    script += "\n    if name not in WRITTEN_BY_HAND: print(ascii(make(root)))"
    machines = (
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONUTF8": "0"},
    )
    command = [sys.executable, "-c", script, str(FROZEN)]
    outputs = [
        subprocess.run(command, cwd=ROOT, env=os.environ | machine, check=True, capture_output=True).stdout
        for machine in machines
    ]
    assert outputs[0] == outputs[1] != b""


def assert_room(chart: Element) -> None:
    _, _, width, height = map(float, chart.attrib["viewBox"].split())
    boxes = list(text_boxes(chart))
    assert width <= 880
    for left, top, right, bottom, words in boxes:
        assert min(left, top, width - right, height - bottom) >= 0, words
    for box, other in combinations(boxes, 2):
        assert box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1], (box, other)


def text_boxes(chart: Element) -> Iterator[Box]:
    """Where each text stands."""
    for text in chart.iter(f"{SVG}text"):
        size = float(text.attrib["font-size"])
        assert size >= 11
        wide = breadth(text.text or "", size) * (BOLD if "strong" in text.attrib["class"] else 1)
        left = float(text.attrib["x"]) - wide * {"start": 0, "middle": 0.5, "end": 1}[text.attrib["text-anchor"]]
        base = float(text.attrib["y"])
        yield left, base - size * 0.85, left + wide, base + size * 0.2, text.text or ""


def _left(rect: Element) -> float:
    return float(rect.attrib["x"])


def contrast(one: str, other: str) -> float:
    """By WCAG 2."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(colour: str) -> list[float]:
    """Red, green and blue, each as much as there is light."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def oklab(colour: str) -> list[float]:
    """A colour where distances are as large as they look: https://bottosson.github.io/posts/oklab/."""
    cones = [
        sum(map(mul, weights, linear(colour))) ** (1 / 3)
        for weights in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    ]
    return [
        sum(map(mul, weights, cones))
        for weights in (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        )
    ]
