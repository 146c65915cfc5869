"""SVG, written here: a function an element, and an estimate of how wide a text is.

No plotting library: these charts need text that stays text (searched, copied, read aloud, in the reader's own Chinese
font), colours that follow `prefers-color-scheme` inside one file, and the same bytes on every machine.
"""

import re
from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from wuxi_outsourcing.characters import forbidden_characters

from .palette import HUES, style_sheet

WIDTH, MARGIN = 880, 24
INNER, RIGHT = WIDTH - 2 * MARGIN, WIDTH - MARGIN
TITLE, HEADING, SIZE, SMALL = 19, 14, 13, 11.5
# The widths of letters, in sizes of the font: those of DejaVu Sans, a wide one, so that few fonts need more room. Bold
# text is wider by the factor BOLD.
ADVANCES = {0.34: " ijlI.,:;'!|", 0.42: "frt()[]/-", 0.58: "ckszvxyJ", 0.98: "mwMW%@"}
CAPITAL, LETTER, BOLD = 0.74, 0.64, 1.12
Drawing = tuple[list[Element], float]  # elements, and the height at which they end
# A piece of text that is kept on one line: a word, or a Chinese character with the marks that belong to it.
_PIECE = re.compile(
    r"[（《“‘]*[^\x00-\u2e7f][，。、；：！？）》”’]*|[（《“‘]*[^\s\u2e80-\U0010ffff]+[，。、；：！？）》”’]*"
)


def document(language: str, title: str, description: str, height: float, elements: Iterable[Element]) -> str:
    """A chart as the text of an SVG file. `title` and `description` are what a screen reader says."""
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {number(height)}"})
    svg.attrib |= {"width": str(WIDTH), "height": number(height), "xml:lang": language, "font-size": str(SIZE)}
    svg.attrib |= {"role": "img", "aria-labelledby": "title", "aria-describedby": "description"}
    SubElement(svg, "title", id="title").text = plain(title)
    SubElement(svg, "desc", id="description").text = plain(description)
    SubElement(svg, "style").text = style_sheet(language)
    definitions = SubElement(svg, "defs")
    for hue in HUES:
        size = {"width": "4", "height": "4", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
        SubElement(definitions, "pattern", size, id=f"stripes-{hue}").extend(
            [rect(0, 0, 4, 4, "track"), rect(0, 0, 2.2, 4, hue)]
        )
    svg.append(rect(0, 0, WIDTH, height, "paper", rx=8))
    svg.extend(elements)
    indent(svg, "")
    return tostring(svg, encoding="unicode") + "\n"


def element(name: str, look: str, **attributes: float | str) -> Element:
    """An element of the classes `look`."""
    made = Element(name, {"class": look})
    for key, value in attributes.items():
        made.set(key.replace("_", "-"), value if isinstance(value, str) else number(value))
    return made


def rect(x: float, y: float, width: float, height: float, look: str, **attributes: float | str) -> Element:
    """A rectangle."""
    return element("rect", look, x=x, y=y, width=width, height=height, **attributes)


def path(steps: str, look: str, **attributes: float | str) -> Element:
    """A line through the steps of SVG's path language."""
    return element("path", f"line {look}", d=steps, **attributes)


def text(  # noqa: PLR0913, PLR0917  (position, content, look: what every text has)
    x: float, y: float, words: str, look: str = "ink", size: float = SIZE, anchor: str = "start"
) -> Element:
    """One line of text, whose base line is at `y`."""
    made = element("text", look, x=x, y=y, font_size=size, text_anchor=anchor)
    made.text = plain(words)
    return made


def paragraph(x: float, y: float, lines: list[str], look: str = "ink", size: float = SIZE) -> Iterator[Element]:
    """Lines of text, the first with its base line at `y`."""
    for index, line in enumerate(lines):
        yield text(x, y + index * leading(size), line, look, size)


def leading(size: float) -> float:
    """From one base line to the next."""
    return round(size * 1.35)


def wrapped(words: str, width: float, size: float) -> list[str]:
    """Text on lines that are no wider than `width`.

    >>> wrapped("Fund measures of 2012", 100, 12)
    ['Fund measures', 'of 2012']
    """
    lines = [""]
    shown = plain(words)
    for piece in _PIECE.finditer(shown):
        space = " " if lines[-1] and shown[piece.start() - 1 : piece.start()] == " " else ""
        for part in _parts(piece[0], width, size):
            if lines[-1] and breadth(lines[-1] + space + part, size) > width:
                lines.append("")
                space = ""
            lines[-1] += space + part
            space = ""
    return lines


def breadth(words: str, size: float) -> float:
    """How wide a text is in a wide font.

    >>> breadth("123", 10), breadth("计划", 10)
    (19.2, 20)
    """
    return sum(map(_advance, words)) * size


def plain(words: str) -> str:
    """Text on one line, without the characters that XML forbids or a reader cannot see."""
    for character in forbidden_characters(words):
        words = words.replace(character, " " if character.isspace() else "\N{REPLACEMENT CHARACTER}")
    return " ".join(words.split())


def number(value: float) -> str:
    """A length or a coordinate, to a hundredth.

    >>> number(12.50), number(3.0)
    ('12.5', '3')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _advance(character: str) -> float:
    if east_asian_width(character) in "WFA":  # quotation marks and the like are wide in a Chinese font
        return 1
    for advance, characters in ADVANCES.items():
        if character in characters:
            return advance
    return CAPITAL if character.isupper() else LETTER


def _parts(piece: str, width: float, size: float) -> list[str]:
    """The piece itself, or, where no line could hold it, parts of it."""
    if len(piece) == 1 or breadth(piece, size) <= width:
        return [piece]
    middle = len(piece) // 2
    return [*_parts(piece[:middle], width, size), *_parts(piece[middle:], width, size)]
