"""What the charts share: the page around each, and legends."""

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from book import Book, licence

from .svg import BOLD, INNER, MARGIN, SIZE, SMALL, TITLE, Drawing, document, leading, paragraph, text, wrapped


def page(
    book: Book, heads: tuple[str, str], tables: Iterable[str], spoken: Iterable[str], draw: Callable[[float], Drawing]
) -> str:
    """A chart as SVG: a title and a remark, what `draw` draws from a height down, and where the data are from.

    `spoken` is what a screen reader says of it.
    """
    y = 40.0
    elements: list[Element] = []
    for line, size, look, weight in ((heads[0], TITLE, "ink strong", BOLD), (heads[1], SIZE, "muted", 1)):
        lines = wrapped(line, INNER, size * weight)
        elements += paragraph(MARGIN, y, lines, look, size)
        y += len(lines) * leading(size)
    drawn, y = draw(y)
    words = book.words
    names = words["comma"].join(map(book.title, map(book.package.schema, tables)))
    source = [f"{words['source']}{names}", f"{book.package.descriptor['name']} {book.package.version}"]
    lines = wrapped(" · ".join([*source, licence(book)["name"]]), INNER, SMALL)
    elements += [*drawn, *paragraph(MARGIN, y + 18, lines, "muted", SMALL)]
    height = y + 38 + (len(lines) - 1) * leading(SMALL)
    return document(words["language"], heads[0], "; ".join(spoken), height, elements)


def legend(y: float, entries: Iterable[tuple[Iterable[Element], str]]) -> Drawing:
    """Lines of a legend: marks that are drawn 26 wide around the origin, each with what it means."""
    drawn: list[Element] = []
    for marks, words in entries:
        group = Element("g", transform=f"translate({MARGIN} {y + 5:g})")
        group.extend(marks)
        drawn += [group, text(MARGIN + 38, y + 9, words, "muted", SMALL)]
        y += 18
    return drawn, y + 4
