"""The map of each source: its paragraphs as strips, with what is cited in the colour of the table that cites it.

The text itself is not part of the package, and not of the chart.
"""

from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from xml.etree.ElementTree import Element

from book import Book, Row
from wuxi_outsourcing import Citation
from wuxi_outsourcing.package import EVIDENCE, PARAGRAPHS, SOURCES

from .frame import page
from .palette import HUES
from .svg import (
    BOLD,
    HEADING,
    INNER,
    MARGIN,
    RIGHT,
    SIZE,
    SMALL,
    Drawing,
    breadth,
    leading,
    paragraph,
    rect,
    text,
    wrapped,
)

# Strips of running text and of other paragraphs; the gap between two spans.
TALL, LOW, GAP = 16, 9, 0.7
LEFT, COUNTS = MARGIN + 26, (RIGHT - 76, RIGHT)


def draw_article(book: Book) -> str:
    """The chart as SVG."""
    words, cited = book.words["article"], {table for table, _, _ in book.citations}
    looks = [look for hue in HUES for look in (hue, f"striped-{hue}")]
    tables = [schema.name for schema in book.schemas if schema.name in cited]
    colours = {table: looks[at % len(looks)] for at, table in enumerate(tables)}

    def draw(y: float) -> Drawing:
        labels = {table: book.title(book.package.schema(table)) for table in tables}
        columns = max(1, int(INNER / (max((breadth(label, SMALL) for label in labels.values()), default=0) + 36)))
        elements: list[Element] = []
        for at, (table, label) in enumerate(labels.items()):
            x, top = MARGIN + at % columns * INNER / columns, y + at // columns * 20
            elements += [rect(x, top, 20, 11, colours[table]), text(x + 26, top + 9.5, label, "ink", SMALL)]
        y += 20 * -(-len(labels) // columns)
        for source in book.rows[SOURCES]:
            drawn, y = _source(book, source, colours, y)
            elements += drawn
        return elements, y

    spoken = [_summary(book, source) for source in book.rows[SOURCES]]
    return page(book, (words["title"], words["about"]), [EVIDENCE, PARAGRAPHS], spoken, draw)


def _cited(book: Book, source: Row) -> list[Citation]:
    cited = chain.from_iterable(book.citations.values())
    return [citation for citation in cited if citation.source_id == source["source_id"]]


def _summary(book: Book, source: Row) -> str:
    """How much of a source is cited."""
    form = str(book.words["article"]["cited"])
    return form.format(len(_cited(book, source)), book.covered(source["source_id"]), source["characters"])


def _source(book: Book, source: Row, colours: Mapping[str, str], y: float) -> Drawing:
    """The title of a source, how much of it is cited, and its paragraphs."""
    words, citations = book.words["article"], _cited(book, source)
    rows = [row for row in book.rows[PARAGRAPHS] if row["source_id"] == source["source_id"]]
    scale = (RIGHT - LEFT) / max((row["characters"] for row in rows), default=1)
    drawn: list[Element] = []
    heads = ((book.text(source, "title"), HEADING, "ink strong"), (_summary(book, source), SMALL, "muted"))
    for line, size, look in heads:
        lines = wrapped(line, INNER, size * BOLD)
        drawn += paragraph(MARGIN, y + 24, lines, look, size)
        y += len(lines) * leading(size)
    y += 34
    drawn += [
        text(x, y, words[name], "muted", SMALL, "end")
        for x, name in zip(COUNTS, ("citations", "characters"), strict=True)
    ]
    y += 6
    for row in rows:
        own = [citation for citation in citations if citation.paragraph == row["paragraph"]]
        running = row["kind"] == "body"
        height = TALL if running else LOW
        lines = wrapped(book.text(row, "gist"), COUNTS[0] - 20 - LEFT, SIZE if running else SIZE * BOLD)
        drawn += paragraph(LEFT, y + 15, lines, "ink" if running else "ink strong")
        drawn.append(text(MARGIN, y + 15, str(row["paragraph"]), "muted"))
        counts = zip(COUNTS, (len(own), row["characters"]), strict=True)
        drawn += [text(x, y + 15, str(count), "ink", SIZE, "end") for x, count in counts]
        y += 22 + (len(lines) - 1) * leading(SIZE)
        drawn.append(rect(LEFT, y, row["characters"] * scale, height, "track line-rule", stroke_width=0.8))
        drawn += _spans(own, colours, scale, (y, height))
        y += height + 5
    return drawn, y


def _spans(
    citations: list[Citation], colours: Mapping[str, str], scale: float, strip: tuple[float, float]
) -> Iterator[Element]:
    """The stretches of a paragraph that are cited alike; where several tables do, one below the other."""
    y, height = strip
    for start, end in pairwise(sorted({edge for citation in citations for edge in (citation.start, citation.end)})):
        over = {citation.table for citation in citations if citation.start <= start and end <= citation.end}
        lanes = [colour for table, colour in colours.items() if table in over]
        for at, colour in enumerate(lanes):
            width, lane = max((end - start) * scale - GAP, GAP), height / len(lanes)
            yield rect(LEFT + start * scale, y + at * lane, width, lane - GAP * (at + 1 < len(lanes)), colour)
