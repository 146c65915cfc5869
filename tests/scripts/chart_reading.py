"""What the tests read from a chart: its text, where that stands, and its headings."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from charts import CHARTS
from charts.text_layout import BOLD, breadth, leading
from localized_package import open_localized
from support import FROZEN

SVG = "{http://www.w3.org/2000/svg}"
Box = tuple[float, float, float, float, str]  # left, top, right, bottom, and the words in it


def draw(name: str, language: str, root: Path = FROZEN) -> Element:
    return fromstring(CHARTS[name](open_localized(language, root)))  # noqa: S314  (written by the code under test)


def shown(chart: Element) -> str:
    """The text of a chart without spaces: lines end between words."""
    return "".join("".join(text.itertext()) for text in chart.iter(f"{SVG}text")).replace(" ", "")


def headings(chart: Element) -> list[str]:
    """The headings, each with all its lines."""
    found: list[str] = []
    x = y = 0.0
    for text in chart.iter(f"{SVG}text"):
        if "strong" not in text.attrib["class"]:
            continue
        size = float(text.attrib["font-size"])
        is_next_line = float(text.attrib["x"]) == x and abs(float(text.attrib["y"]) - y - leading(size)) < 0.01
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        if is_next_line:
            found[-1] += f" {text.text}"
        else:
            found.append(text.text or "")
    return found


def assert_room(chart: Element) -> None:
    """No text runs out of the chart or into another text."""
    _, _, width, height = map(float, chart.attrib["viewBox"].split())
    boxes = list(text_boxes(chart))
    assert width <= 880
    for left, top, right, bottom, words in boxes:
        assert min(left, top, width - right, height - bottom) >= 0, words
    for box, other in combinations(boxes, 2):
        assert not overlap(box, other), (box, other)


def overlap(box: Box, other: Box) -> bool:
    """Whether two boxes have a part in common."""
    return not (box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1])


def text_boxes(chart: Element) -> Iterator[Box]:
    """Where each text stands."""
    for text in chart.iter(f"{SVG}text"):
        size = float(text.attrib["font-size"])
        assert size >= 11
        wide = breadth(text.text or "", size) * (BOLD if "strong" in text.attrib["class"] else 1)
        left = float(text.attrib["x"]) - wide * {"start": 0, "middle": 0.5, "end": 1}[text.attrib["text-anchor"]]
        base = float(text.attrib["y"])
        yield left, base - size * 0.85, left + wide, base + size * 0.2, text.text or ""
