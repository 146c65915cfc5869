"""SVG, written here: a sheet that a chart is drawn on from the top, and an estimate of how wide a text is.

No plotting library: these charts need text that stays text (searched, copied, read aloud, in the reader's own Chinese
font), colours that follow `prefers-color-scheme` inside one file, and the same bytes on every machine.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, parse, register_namespace, tostring

from localized_package import LocalizedPackage, data_licence
from palette import chart_rules

from .text_layout import BOLD, leading, wrapped

WIDTH = 880
MARGIN = 24
INNER = WIDTH - 2 * MARGIN
TALLEST = 1800
"""Two screens."""
RIGHT = WIDTH - MARGIN
# Sizes of text.
TITLE, HEADING, SIZE, SMALL = 19, 14, 13, 11.5
# The empty chart, with its styles for light and dark readers.
_EMPTY = Path(__file__).with_name("sheet.svg")
_SVG = "{http://www.w3.org/2000/svg}"
register_namespace("", "http://www.w3.org/2000/svg")
# Classes of an element: the colour of a table, and the same where it hatches.
_HUE = re.compile(r"\bt([0-9]+)\b")
_STRIPED = re.compile(r"\bstriped-t([0-9]+)\b")
Point = tuple[float, float]


class Sheet:
    """A chart: its elements so far, and the height `y` down to which it is drawn.

    A look is the classes of an element: `ink` fills, `line-ink` draws. So do the colours of tables, `t0` and on, which
    also hatch: `striped-t0`.
    """

    def __init__(self, localized: LocalizedPackage, title: str, remark: str) -> None:
        """A sheet with a title and a remark below it."""
        self.localized = localized
        self.title = title
        self.elements: list[Element] = []
        self.y = 40.0
        title_height = self.lines((MARGIN, self.y), title, INNER, "ink strong", TITLE)
        self.y += title_height
        remark_height = self.lines((MARGIN, self.y), remark, INNER, "muted")
        self.y += remark_height

    def add(self, name: str, look: str, **attributes: float | str) -> Element:
        """Draw an element, and return it."""
        element = Element(name, {"class": look})
        for key, value in attributes.items():
            element.set(key.replace("_", "-"), _attribute(value))
        self.elements.append(element)
        return element

    def rect(self, at: Point, width: float, height: float, look: str, **attributes: float | str) -> Element:
        """Draw a rectangle."""
        x, y = at
        return self.add("rect", look, x=x, y=y, width=width, height=height, **attributes)

    def path(self, steps: Iterable[float | str], look: str, **attributes: float | str) -> None:
        """Draw a line through the steps of SVG's path language."""
        path = " ".join(_attribute(step) for step in steps)
        self.add("path", f"line {look}", d=path, **attributes)

    def text(self, at: Point, words: str, look: str = "ink", size: float = SIZE, anchor: str = "start") -> None:
        """Write one line of text on a base line."""
        x, y = at
        element = self.add("text", look, x=x, y=y, font_size=size, text_anchor=anchor)
        element.text = words

    def lines(self, at: Point, words: str, width: float, look: str = "ink", size: float = SIZE) -> float:
        """Write text on lines that are no wider than `width`, and return the height that these take."""
        x, y = at
        is_bold = "strong" in look
        lines = wrapped(words, width, size * BOLD if is_bold else size)
        for index, line in enumerate(lines):
            base_line = y + index * leading(size)
            self.text((x, base_line), line, look, size)
        return len(lines) * leading(size)

    def legend(self, words: str) -> Point:
        """Write a line of the legend, and return where its mark, 26 wide, begins."""
        self.text((MARGIN + 38, self.y + 9), words, "muted", SMALL)
        self.y += 18
        return MARGIN, self.y - 13

    @property
    def height(self) -> float:
        """How high the chart is."""
        return self.y + 38 - leading(SMALL)

    def svg(self, spoken: Iterable[str]) -> str:
        """The text of the SVG file, with what a screen reader says of it."""
        height = _attribute(self.height)
        svg = parse(_EMPTY).getroot()  # noqa: S314  (our own file)
        svg.set("viewBox", f"0 0 {WIDTH} {height}")
        svg.set("height", height)
        svg.set("xml:lang", self.localized.words["language"])
        _child(svg, "title").text = self.title
        _child(svg, "desc").text = "; ".join(spoken)
        style = _child(svg, "style")
        style.text = f"{style.text}{chart_rules(self._hues(_HUE))}"
        definitions = _child(svg, "defs")
        for hue in self._hues(_STRIPED):
            definitions.append(_stripes(hue))
        svg.extend(self.elements)
        indent(svg, "")
        return tostring(svg, encoding="unicode") + "\n"

    def source(self, tables: Iterable[str]) -> None:
        """Write the tables that the data are from, with version and licence, as the last line."""
        words = self.localized.words
        package = self.localized.package
        titles = [self.localized.title(package.schema(table)) for table in tables]
        version = f"{package.descriptor['name']} {package.version}"
        licence = data_licence(self.localized)["name"]
        source = f"{words['source']}{words['comma'].join(titles)} · {version} · {licence}"
        self.y += self.lines((MARGIN, self.y + 18), source, INNER, "muted", SMALL)

    def _hues(self, form: re.Pattern[str]) -> list[int]:
        """The colours of tables that elements have in classes of a form."""
        hues: set[int] = set()
        for element in self.elements:
            found = form.findall(element.attrib["class"])
            hues.update(int(hue) for hue in found)
        return sorted(hues)


def tell(element: Element, words: str) -> None:
    """Give an element words that a pointer shows."""
    SubElement(element, "title").text = words


def first_that_fits(drafts: Iterable[Sheet]) -> Sheet:
    """The first of the drafts of a chart that is no higher than two screens, or else the last."""
    for draft in drafts:
        if draft.height <= TALLEST:
            break
    return draft


def _child(svg: Element, name: str) -> Element:
    """An element of the empty chart."""
    child = svg.find(f"{_SVG}{name}")
    assert child is not None
    return child


def _stripes(hue: int) -> Element:
    """The pattern that hatches in the colour of a table."""
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = Element("pattern", {"id": f"stripes-t{hue}", "width": "4", "height": "4"} | turned)
    pattern.append(Element("path", {"class": "track", "d": "M0 0h4v4H0z"}))
    pattern.append(Element("path", {"class": f"t{hue}", "d": "M0 0h2.2v4H0z"}))
    return pattern


def _attribute(value: float | str) -> str:
    """A text, or a length to a hundredth."""
    if isinstance(value, str):
        return value
    return f"{value:.2f}".rstrip("0").rstrip(".")
