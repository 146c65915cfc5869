"""The pictures: everything is in them, in its place, readable by day and by night, and the same on every machine."""

import csv
import doctest
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

import wuxi_outsourcing as wx
from conftest import ROOT
from pictures import PICTURES, article, metrics, policies, svg
from pictures.palette import HUES, SHADES
from pictures.svg import BOLD, SIZE, breadth

SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES = ("en", "zh")
COLOURS = {**SHADES, **HUES}
Box = tuple[float, float, float, float, str]  # left, top, right, bottom, and the words in it
DRAW = {"policies": policies.draw, "metrics": metrics.draw, "article": article.draw}
each_picture = pytest.mark.parametrize("name", PICTURES)
each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_picture
def test_can_be_read_aloud(name: str) -> None:
    """Catches a picture that is no XML, or that says nothing to a reader who does not see it."""
    picture = fromstring(PICTURES[name]())
    assert picture.attrib["role"] == "img"
    named = {each.get("id"): each.text for each in picture}
    assert named[picture.attrib["aria-labelledby"]]
    assert len(named[picture.attrib["aria-describedby"]] or "") > 50


@each_language
@pytest.mark.parametrize("name", ["policies", "metrics"])
def test_every_row_is_named(name: str, language: str) -> None:
    """Catches a policy, a scheme, a milestone or an observation that is left out."""
    shown = _shown(fromstring(DRAW[name](language)))
    tables = ("policies", "talent_schemes", "milestones") if name == "policies" else ("industry_metrics",)
    for row in (row for table in tables for row in wx.rows(table)):
        assert "".join(str(row[f"name_{language}"]).split()) in shown


@each_language
def test_policies_stand_under_their_years(language: str, package: Path) -> None:
    """Catches a mark under another year, or a bar that is longer or shorter than the years it stands for."""
    _keep(package, "policies", "plan-123", "matching-fund-2009", "fund-measures-2012", "opinions-finance")
    _keep(package, "milestones", "demonstration-city")
    _keep(package, "talent_schemes", "plan-530")
    picture = fromstring(policies.draw(language, package))
    labels = [text for text in picture.iter(f"{SVG}text") if text.get("text-anchor") == "middle"]
    at = {text.text: float(text.attrib["x"]) for text in labels}
    assert list(at) == [str(year) for year in range(2007, 2017)]
    marks = sorted(float(circle.attrib["cx"]) for circle in picture.iter(f"{SVG}circle"))
    assert marks == pytest.approx([at[year] for year in ("2007", "2009", "2009", "2012")])
    bars = [float(each.attrib["width"]) for each in picture.iter(f"{SVG}rect") if each.get("rx") == "4"]
    assert bars == pytest.approx([5 * (at["2008"] - at["2007"])])
    *_, arrow, _ = (path.attrib["d"] for path in picture.iter(f"{SVG}path") if "line-ink" in path.attrib["class"])
    x, end = re.findall(r"[MH]([\d.]+)", arrow)
    assert float(x) == pytest.approx(at["2007"])
    assert float(end) == pytest.approx(at["2012"] - (at["2008"] - at["2007"]) / 2 - 2)


@each_language
def test_observations_are_drawn_to_scale(language: str, package: Path) -> None:
    """Catches a count of other than its squares, a bar of another length, and an open figure drawn as an exact one."""
    ids = ("headquarters-2020", "headquarters-registered-2020", "ic-firms", "ic-output-2020", "iot-revenue-2020")
    _keep(package, "industry_metrics", *ids)
    picture = fromstring(metrics.draw(language, package))
    squares = _squares(picture)
    assert len(squares) == 200 + 36 + 36
    assert sum("line" in each.attrib["class"].split() for each in squares) == 36 - 18
    shown = _shown(picture)
    assert "18of36" in shown or "36中的18" in shown
    assert "morethan200" in shown or "超过200" in shown
    legend, *bars = (float(each.attrib["width"]) for each in picture.iter(f"{SVG}rect") if each.get("height") == "12")
    assert bars == pytest.approx([max(bars) * 1350 / 3000, max(bars)])
    assert legend < min(bars)
    ends = [path for path in picture.iter(f"{SVG}path") if path.get("stroke-width") == "1.8"]
    assert len(ends) == 3 * len(("legend", "ic-firms", "iot-revenue-2020"))


@each_language
def test_every_citation_is_on_the_map(language: str, package: Path) -> None:
    """Catches a paragraph of another length, a citation that is not drawn, and one drawn in another place."""
    for table in ("sources", "paragraphs", "evidence"):
        _write(package, table, [row for row in _read(package, table) if row["source_id"] == "gzoutsourcing-42081"])
    picture = fromstring(article.draw(language, package))
    strips = [each for each in picture.iter(f"{SVG}rect") if each.attrib["class"] == "track line-rule"]
    lengths = [int(row["characters"]) for row in _read(package, "paragraphs")]
    widths = [float(each.attrib["width"]) for each in strips]
    scale = max(widths) / max(lengths)
    assert widths == pytest.approx([length * scale for length in lengths], abs=0.02)
    left, tops = float(strips[0].attrib["x"]), [float(each.attrib["y"]) for each in strips]
    spans = [each for each in picture.iter(f"{SVG}rect") if each.find(f"{SVG}title") is not None]
    evidence = _read(package, "evidence")
    for row in evidence:
        top = tops[int(row["paragraph"]) - 1]
        cell = re.compile(rf"[ ：]{re.escape(row['row_id'])}\.{row['field']}(,|$)")
        own = [each for each in spans if cell.search(each[0].text or "") and 0 <= float(each.attrib["y"]) - top < 16]
        starts = [float(each.attrib["x"]) for each in own]
        ends = [float(each.attrib["x"]) + float(each.attrib["width"]) for each in own]
        assert any(start == pytest.approx(left + int(row["start"]) * scale, abs=0.02) for start in starts), row
        assert any(end == pytest.approx(left + int(row["end"]) * scale - 0.7, abs=0.02) for end in ends), row
    for one, other in combinations(spans, 2):
        assert _apart(_box(one), _box(other)), (one[0].text, other[0].text)
    _, _, *counts = (text.text for text in picture.iter(f"{SVG}text") if text.get("text-anchor") == "end")
    cited = Counter(int(row["paragraph"]) for row in evidence)
    assert counts == [str(count) for at, length in enumerate(lengths, 1) for count in (cited[at], length)]


@each_picture
def test_nothing_overlaps_or_is_cut_off(name: str) -> None:
    """Catches text over text, text that runs out of the picture, and text that is too small to read."""
    _assert_room(fromstring(PICTURES[name]()))


@each_language
@pytest.mark.parametrize("name", DRAW)
def test_what_others_may_add_has_room(name: str, language: str, package: Path) -> None:
    """Catches a picture that only works for the data of today: other units, qualifiers, years, and a second source."""
    _grow(package)
    picture = fromstring(DRAW[name](language, package))
    _assert_room(picture)
    shown = _shown(picture)
    if name == "policies":
        assert "1999·" in shown
        assert picture.find(f".//{SVG}text[.='2000']") is not None
    elif name == "metrics":
        assert "10,000" in shown
        squares = _squares(picture)
        assert len(squares) == 250 + 250 + sum((30, 20, 8, 4))
        assert sum("line" in each.attrib["class"].split() for each in squares) == 1 + 250  # at most; of these, 18
    else:
        assert shown.count("2066") >= 2


@each_language
@pytest.mark.parametrize("name", DRAW)
def test_names_are_text_whatever_they_hold(name: str, language: str, package: Path) -> None:
    """Catches a name that becomes part of the picture, where it could load or run something."""
    hostile = '</text><script>alert("&1")</script><image href="x"/>\x0b\u202e'
    for table in ("policies", "industry_metrics", "sources"):
        _change(
            package, table, lambda row: {key: hostile if re.match("(name|title)_", key) else row[key] for key in row}
        )
    picture = fromstring(DRAW[name](language, package))
    kinds = {each.tag.removeprefix(SVG) for each in picture.iter()}
    assert kinds <= {"svg", "title", "desc", "style", "defs", "pattern", "rect", "circle", "path", "text", "tspan"}
    assert '<script>alert("&1")</script>' in _shown(picture)
    assert not re.search("[\x0b\u202e]", "".join(picture.itertext()))


@each_picture
def test_light_and_dark(name: str) -> None:
    """Catches a colour that a dark page does not change."""
    light, dark = re.split(r"@media \(prefers-color-scheme:dark\)", PICTURES[name]())
    for colour, (by_day, by_night) in COLOURS.items():
        assert f".{colour}{{fill:{by_day}}}.line-{colour}{{stroke:{by_day}}}" in light
        assert f".{colour}{{fill:{by_night}}}.line-{colour}{{stroke:{by_night}}}" in dark
    used = set(re.findall(r'class="([^"]*)"', dark))
    known = {
        "strong",
        "light",
        "line",
        "rim",
        *(f"{pre}{each}" for pre in ("", "line-", "striped-") for each in COLOURS),
    }
    assert {each for classes in used for each in classes.split()} <= known
    assert not re.search(r'(fill|stroke)="', dark)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_colours_stand_out(mode: int) -> None:
    """Catches text below WCAG's contrast of 4.5 to 1, and marks below 3 to 1."""
    for ground in ("paper", "track"):
        for text in ("ink", "muted"):
            assert _contrast(SHADES[text][mode], SHADES[ground][mode]) >= 4.5
        for hue in HUES.values():
            assert _contrast(hue[mode], SHADES[ground][mode]) >= 3


def test_examples() -> None:
    """Catches an example in the drawing functions that shows something else."""
    failed, tried = doctest.testmod(svg)
    assert (failed, tried) == (0, 3)


def test_the_same_on_every_machine() -> None:
    """Catches what depends on the order of hashes, the time zone or the locale."""
    elsewhere = {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Shanghai",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    run = [sys.executable, str(ROOT / "scripts" / "generate.py"), "--check"]
    done = subprocess.run(run, env={**os.environ, **elsewhere}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def _shown(picture: Element) -> str:
    """What the picture shows in words, without blanks: lines end between words."""
    return "".join("".join(text.itertext()) for text in picture.iter(f"{SVG}text")).replace(" ", "").replace("\n", "")


def _squares(picture: Element) -> list[Element]:
    return [each for each in picture.iter(f"{SVG}rect") if each.get("rx") == "1" and float(each.attrib["width"]) <= 8.5]


def _assert_room(picture: Element) -> None:
    _, _, width, height = map(float, picture.attrib["viewBox"].split())
    boxes = list(_boxes(picture))
    for left, top, right, bottom, words in boxes:
        assert left >= 0, words
        assert top >= 0, words
        assert right <= width, words
        assert bottom <= height, words
    for one, other in combinations(boxes, 2):
        assert _apart(one, other), (one, other)
    for each in picture.iter(f"{SVG}rect"):
        _, _, right, bottom, _ = _box(each)
        assert right <= width
        assert bottom <= height


def _apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def _box(rectangle: Element) -> Box:
    x, y, width, height = (float(rectangle.get(name, "0")) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height, ""


def _boxes(picture: Element) -> Iterator[Box]:
    """Where each text stands."""
    for text in picture.iter(f"{SVG}text"):
        size = float(text.get("font-size", SIZE))
        assert size >= 11
        wide = breadth(text.text or "", size) * (BOLD if "strong" in text.attrib["class"] else 1)
        for behind in text:
            assert float(behind.attrib["font-size"]) >= 11
            wide += float(behind.attrib["dx"]) + breadth(behind.text or "", float(behind.attrib["font-size"]))
        share = {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "start")]
        left, base = float(text.attrib["x"]) - wide * share, float(text.attrib["y"])
        yield left, base - size * 0.85, left + wide, base + size * 0.2, text.text or ""


def _grow(package: Path) -> None:
    """Make the package one that others have added to."""
    given = {
        "headquarters-2020": {"value": "2500000", "qualifier": "at_most"},
        "ic-firms": {"value": "25", "qualifier": "about", "unit": "percent", "place_id": "binhu"},
        "leading-domestic-firms": {"value": "1234567.5", "qualifier": "nearly", "unit": "USD"},
        "iot-expo-2019-attendance": {"value": "0", "qualifier": "exact", "unit": "m2"},
    }
    _change(package, "industry_metrics", lambda row: row | given.get(row["metric_id"], {}))
    policies = {
        "matching-fund-2009": {"year_issued": "1999", "duration_years": "30"},
        "opinions-finance": {"builds_on": "policy-graduates", "name_en": "A" * 200, "name_zh": "长" * 40},
    }
    _change(package, "policies", lambda row: row | policies.get(row["policy_id"], {}))
    for table in ("sources", "paragraphs", "evidence"):
        rows = _read(package, table)
        _write(package, table, [*rows, *(row | {"source_id": "second"} for row in rows)])


def _keep(package: Path, table: str, *ids: str) -> None:
    _write(package, table, [row for row in _read(package, table) if next(iter(row.values())) in ids])


def _change(package: Path, table: str, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    _write(package, table, [change(row) for row in _read(package, table)])


def _read(package: Path, table: str) -> list[dict[str, str]]:
    with (package / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(package: Path, table: str, rows: Iterable[dict[str, str]]) -> None:
    rows = list(rows)
    with (package / "data" / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _contrast(one: str, other: str) -> float:
    """By WCAG 2."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
