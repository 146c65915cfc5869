"""SVG, written here: a function an element, and an estimate of how wide a text is.

No plotting library, although there are good ones. What is asked of these pictures is text that stays text (to be
searched, copied, read aloud, and set in the reader's own Chinese font), colours that follow `prefers-color-scheme`
inside one file, and the same bytes on every contributor's machine, whatever is installed there, since a test compares
them. Looked at in 2026: matplotlib 3 measures text by the fonts it finds and knows one colour scheme; Altair with
vl-convert brings fonts and a JavaScript engine, and writes other bytes from version to version; svgwrite is no longer
kept; drawsvg spares nothing over ElementTree, which escapes and serialises, and is in the standard library. What is
left is arithmetic.
"""

import re
from collections.abc import Iterator
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from wuxi_outsourcing.characters import FORBIDDEN

from .palette import HUES, style_sheet

WIDTH, MARGIN = 880, 24
INNER = WIDTH - 2 * MARGIN
TITLE, HEADING, SIZE, SMALL = 19, 14, 13, 11.5
# The widths of letters, in sizes of the font: those of DejaVu Sans, a wide one, so that few fonts need more room. What
# is bold is wider by the factor BOLD.
ADVANCES = {0.34: " ijlI.,:;'!|", 0.42: "frt()[]/-", 0.58: "ckszvxyJ", 0.98: "mwMW%@"}
CAPITAL, LETTER, BOLD = 0.74, 0.64, 1.12
# A piece of text that is kept on one line: a word, or a Chinese character with the marks that stick to it.
_PIECE = re.compile(
    r"[（《“‘]*[^\x00-\u2e7f][，。、；：！？）》”’]*|[（《“‘]*[^\s\u2e80-\U0010ffff]+[，。、；：！？）》”’]*"
)


def document(language: str, title: str, description: str, height: float, elements: list[Element]) -> str:
    """A picture as the text of an SVG file. `title` and `description` are what a screen reader says."""
    attributes = {"viewBox": f"0 0 {WIDTH} {number(height)}", "width": str(WIDTH), "height": number(height)}
    labels = {
        "role": "img",
        "aria-labelledby": "title",
        "aria-describedby": "description",
        "xml:lang": language,
        "font-size": str(SIZE),
    }
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **attributes, **labels})
    SubElement(svg, "title", id="title").text = plain(title)
    SubElement(svg, "desc", id="description").text = plain(description)
    SubElement(svg, "style").text = style_sheet(language)
    svg.append(_stripes())
    svg.append(rect(0, 0, WIDTH, height, "paper", rx=8))
    svg.extend(elements)
    indent(svg, "")
    return tostring(svg, encoding="unicode") + "\n"


def element(name: str, look: str = "", /, **attributes: float | str) -> Element:
    """An element of the classes `look`."""
    made = Element(name, {"class": look} if look else {})
    for key, value in attributes.items():
        made.set(key.replace("_", "-"), value if isinstance(value, str) else number(value))
    return made


def hovering(made: Element, words: str) -> Element:
    """An element with words that are shown under the pointer where the picture is opened by itself."""
    SubElement(made, "title").text = plain(words)
    return made


def rect(x: float, y: float, width: float, height: float, look: str, **attributes: float | str) -> Element:
    """A rectangle."""
    return element("rect", look, x=x, y=y, width=width, height=height, **attributes)


def path(steps: str, look: str, **attributes: float | str) -> Element:
    """A line through the steps of SVG's path language."""
    return element("path", f"line {look}", d=steps, **attributes)


def text(x: float, y: float, words: str, look: str = "ink", **attributes: float | str) -> Element:
    """One line of text, whose base line is at `y`, of the size SIZE if no other is given."""
    made = element("text", look, x=x, y=y, **attributes)
    made.text = plain(words)
    return made


def aside(line: Element, words: str) -> Element:
    """A line of text, and what is said aside behind it, small and pale, wherever the line ends."""
    behind = element("tspan", "muted light", dx=12, font_size=SMALL)
    behind.text = plain(words)
    line.append(behind)
    return line


def paragraph(x: float, y: float, lines: list[str], look: str = "ink", size: float = SIZE) -> Iterator[Element]:
    """Lines of text, the first with its base line at `y`."""
    for index, line in enumerate(lines):
        yield text(x, y + index * leading(size), line, look, font_size=size)


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
        blank = " " if lines[-1] and shown[piece.start() - 1 : piece.start()] == " " else ""
        for part in _halves(piece[0], width, size):
            if lines[-1] and breadth(lines[-1] + blank + part, size) > width:
                lines.append("")
                blank = ""
            lines[-1] += blank + part
            blank = ""
    return lines


def breadth(words: str, size: float) -> float:
    """How wide a text is in a wide font.

    >>> breadth("123", 10), breadth("计划", 10)
    (19.2, 20)
    """
    return sum(map(_advance, words)) * size


def plain(words: str) -> str:
    """Text on one line, without the characters that XML or a reader can't bear."""
    return " ".join(FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", words).split())


def number(value: float) -> str:
    """A length, to a hundredth.

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


def _halves(piece: str, width: float, size: float) -> Iterator[str]:
    """The piece itself, or, where no line could hold it, parts of it."""
    if len(piece) == 1 or breadth(piece, size) <= width:
        yield piece
        return
    middle = len(piece) // 2
    yield from _halves(piece[:middle], width, size)
    yield from _halves(piece[middle:], width, size)


def _stripes() -> Element:
    made = Element("defs")
    for name in HUES:
        tile = element("pattern", id=f"stripes-{name}", width=4, height=4, patternUnits="userSpaceOnUse")
        tile.set("patternTransform", "rotate(45)")
        tile.append(rect(0, 0, 4, 4, "track"))
        tile.append(rect(0, 0, 2.2, 4, name))
        made.append(tile)
    return made
