"""The charts: everything is in them, in its place, readable by day and by night, for any package."""

import os
import re
import subprocess
import sys
from itertools import combinations
from math import dist
from operator import mul
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from chart_reading import SVG, assert_room, draw, headings, shown

from charts import CHARTS
from charts.indicator_figures import term
from charts.sheet import TALLEST
from localized_package import open_localized
from palette import TABLE_COLOURS, table_hues
from support import FROZEN, ROOT, Rows, edit_rows, swap

POLICIES = "data/policies.csv"
TABLES = {
    "policies": ("policies", "talent_schemes", "milestones"),
    "figures": ("indicators",),
    "article": ("paragraphs",),
}
HOSTILE = '</text><script>alert("&1")</script>'
EACH_LANGUAGE = pytest.mark.parametrize("language", ["en", "zh"])
EACH_CHART = pytest.mark.parametrize("name", CHARTS)


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
def test_nothing_overlaps_or_is_cut_off(name: str, language: str, each_root: Path) -> None:
    """Catches text over text, text that runs out of the chart, and text that is too small to read."""
    assert_room(draw(name, language, each_root))


@EACH_LANGUAGE
@EACH_CHART
def test_two_screens_are_enough(name: str, language: str, each_root: Path) -> None:
    """Catches a chart of the package, or of one of five sources, that is higher than two screens."""
    chart = draw(name, language, each_root)
    assert float(chart.attrib["height"]) <= TALLEST


@EACH_LANGUAGE
@EACH_CHART
def test_no_heading_twice(name: str, language: str, each_root: Path) -> None:
    """Catches a heading that stands over two parts of a chart, so that these cannot be distinguished."""
    found = headings(draw(name, language, each_root))
    assert len(found) > 1
    assert len(set(found)) == len(found)


@EACH_LANGUAGE
def test_policies_of_several_places_name_theirs(language: str, five: Path) -> None:
    """Catches a policy of one of several places whose line does not say of which."""
    localized = open_localized(language, five)
    names = {row["place_id"]: localized.text(row, "name") for row in localized.rows["places"]}
    texts = [text.text or "" for text in draw("policies", language, five).iter(f"{SVG}text")]
    labels = [text for text in texts if re.match(r"\d{4} · ", text)]
    for row in localized.rows["policies"]:
        if row["year_issued"]:
            start = f"{row['year_issued']} · "
            kind = term(localized, "policies", "form", row["form"])
            label = f"{start}{kind} · {names[row['place_id']]}"
            assert any(text.startswith(label) for text in labels), label


@EACH_LANGUAGE
def test_policies_of_one_place_name_none(language: str) -> None:
    """Catches the name of a place beside each policy where all are of that place."""
    localized = open_localized(language, FROZEN)
    [place] = {row["place_id"] for row in localized.rows["policies"]}
    [name] = [localized.text(row, "name") for row in localized.rows["places"] if row["place_id"] == place]
    labels = [text.text or "" for text in draw("policies", language).iter(f"{SVG}text")]
    forms = {term(localized, "policies", "form", row["form"]) for row in localized.rows["policies"]}
    assert not [label for label in labels if label.endswith(name) and any(f"· {form} ·" in label for form in forms)]


@EACH_LANGUAGE
def test_rows_without_a_year_are_kept(language: str, five: Path) -> None:
    """Catches a policy, talent scheme or milestone without a year that is lost where there is little room."""
    localized = open_localized(language, five)
    text = shown(draw("policies", language, five))
    for table in TABLES["policies"]:
        for row in localized.rows[table]:
            assert localized.text(row, "name").replace(" ", "") in text


def test_strips_without_gists_are_told() -> None:
    """Catches a strip that does not say what its paragraph is about."""
    strips = [rect for rect in draw("article", "en").iter(f"{SVG}rect") if rect.attrib["class"] == "track line-rule"]
    gists = [row["gist_en"] for row in open_localized("en", FROZEN).rows["paragraphs"]]
    for strip, gist in zip(strips, gists, strict=True):
        assert (strip.findtext("title") or strip.findtext(f"{SVG}title") or "").endswith(gist)


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
    for table in ("policies", "milestones", "indicators", "sources", "paragraphs"):
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
