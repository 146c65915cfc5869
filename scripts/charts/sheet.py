"""SVG, written here: a sheet that a chart is drawn on from the top, and an estimate of how wide a text is.

No plotting library: these charts need text that stays text (searched, copied, read aloud, in the reader's own Chinese
font), colours that follow `prefers-color-scheme` inside one file, and the same bytes on every machine.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, indent, parse, register_namespace, tostring

from localized_package import LocalizedPackage, data_licence
from palette import chart_rules

from .text_layout import BOLD, leading, wrapped

WIDTH, MARGIN = 880, 24
INNER, RIGHT = WIDTH - 2 * MARGIN, WIDTH - MARGIN
TITLE, HEADING, SIZE, SMALL = 19, 14, 13, 11.5
# The empty chart, with its styles for light and dark readers.
_EMPTY = Path(__file__).with_name("sheet.svg")
_SVG = "{http://www.w3.org/2000/svg}"
register_namespace("", "http://www.w3.org/2000/svg")
# A colour of a table, among the classes of an element; one that hatches.
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
        self.localized, self.title, self.y = localized, title, 40.0
        self.elements: list[Element] = []
        self.y += self.lines((MARGIN, self.y), title, INNER, "ink strong", TITLE)
        self.y += self.lines((MARGIN, self.y), remark, INNER, "muted")

    def add(self, name: str, look: str, **attributes: float | str) -> Element:
        """Draw an element, and return it."""
        values = {key.replace("_", "-"): _attribute(value) for key, value in attributes.items()}
        self.elements.append(Element(name, {"class": look} | values))
        return self.elements[-1]

    def rect(self, at: Point, width: float, height: float, look: str, **attributes: float | str) -> Element:
        """Draw a rectangle."""
        return self.add("rect", look, x=at[0], y=at[1], width=width, height=height, **attributes)

    def path(self, steps: Iterable[float | str], look: str, **attributes: float | str) -> None:
        """Draw a line through the steps of SVG's path language."""
        self.add("path", f"line {look}", d=" ".join(map(_attribute, steps)), **attributes)

    def text(self, at: Point, words: str, look: str = "ink", size: float = SIZE, anchor: str = "start") -> None:
        """Write one line of text on a base line."""
        self.add("text", look, x=at[0], y=at[1], font_size=size, text_anchor=anchor).text = words

    def lines(self, at: Point, words: str, width: float, look: str = "ink", size: float = SIZE) -> float:
        """Write text on lines that are no wider than `width`, and return the height that these take."""
        lines = wrapped(words, width, size * (BOLD if "strong" in look else 1))
        for index, line in enumerate(lines):
            self.text((at[0], at[1] + index * leading(size)), line, look, size)
        return len(lines) * leading(size)

    def legend(self, words: str) -> Point:
        """Write a line of the legend, and return where its mark, 26 wide, begins."""
        self.text((MARGIN + 38, self.y + 9), words, "muted", SMALL)
        self.y += 18
        return MARGIN, self.y - 13

    def svg(self, tables: Iterable[str], spoken: Iterable[str]) -> str:
        """The text of the SVG file, with the tables that the data are from, and what a screen reader says of it."""
        self._draw_source(tables)
        height = _attribute(self.y + 38 - leading(SMALL))
        svg = parse(_EMPTY).getroot()  # noqa: S314  (our own file)
        svg.set("viewBox", f"0 0 {WIDTH} {height}")
        svg.set("height", height)
        svg.set("xml:lang", self.localized.words["language"])
        title, description, style, definitions = (_child(svg, name) for name in ("title", "desc", "style", "defs"))
        title.text = self.title
        description.text = "; ".join(spoken)
        style.text = f"{style.text}{chart_rules(_used(self.elements, _HUE))}"
        definitions.extend(_stripes(hue) for hue in _used(self.elements, _STRIPED))
        svg.extend(self.elements)
        indent(svg, "")
        return tostring(svg, encoding="unicode") + "\n"

    def _draw_source(self, tables: Iterable[str]) -> None:
        """Write the tables that the data are from, with version and licence."""
        words, package = self.localized.words, self.localized.package
        names = words["comma"].join(self.localized.title(package.schema(table)) for table in tables)
        version = f"{package.descriptor['name']} {package.version}"
        licence = data_licence(self.localized)["name"]
        source = f"{words['source']}{names} · {version} · {licence}"
        self.y += self.lines((MARGIN, self.y + 18), source, INNER, "muted", SMALL)


def _child(svg: Element, name: str) -> Element:
    """An element of the empty chart."""
    child = svg.find(f"{_SVG}{name}")
    assert child is not None
    return child


def _used(elements: Iterable[Element], form: re.Pattern[str]) -> list[int]:
    """The colours of tables that some elements have in their classes."""
    return sorted({int(hue) for element in elements for hue in form.findall(element.attrib["class"])})


def _stripes(hue: int) -> Element:
    """The pattern that hatches in the colour of a table."""
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = Element("pattern", {"id": f"stripes-t{hue}", "width": "4", "height": "4"} | turned)
    pattern.append(Element("path", {"class": "track", "d": "M0 0h4v4H0z"}))
    pattern.append(Element("path", {"class": f"t{hue}", "d": "M0 0h2.2v4H0z"}))
    return pattern


def _attribute(value: float | str) -> str:
    """A text, or a length to a hundredth."""
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
