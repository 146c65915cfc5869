"""The map of each source: its paragraphs as strips, with what is cited in the colour of the table that cites it.

The text itself is not part of the package, and not of the picture.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

from wuxi_outsourcing.citations import Citation, citations
from wuxi_outsourcing.package import EVIDENCE, PARAGRAPHS, SOURCES

from .data import ROOT, Data, Row, heading, open_data, source
from .palette import HUES
from .svg import (
    BOLD,
    HEADING,
    INNER,
    MARGIN,
    SIZE,
    SMALL,
    WIDTH,
    breadth,
    document,
    hovering,
    leading,
    number,
    paragraph,
    path,
    rect,
    text,
    wrapped,
)

# Strips of running text and of other paragraphs; the gap between two spans.
TALL, LOW, GAP = 16, 9, 0.7
LEFT, COUNTS = MARGIN + 26, (WIDTH - MARGIN - 76, WIDTH - MARGIN)


@dataclass(frozen=True, slots=True)
class Map:
    """A source with what is cited of it. `looks` gives the colour of each table, `scale` the length of a character."""

    data: Data
    origin: Row
    paragraphs: list[Row]
    found: list[Citation]
    looks: Mapping[str, str]

    @property
    def scale(self) -> float:
        """How long a character is."""
        return (WIDTH - MARGIN - LEFT) / max((row["characters"] for row in self.paragraphs), default=1)

    def cited_in(self, row: Row) -> list[Citation]:
        """The citations of a paragraph."""
        return [citation for citation in self.found if citation.paragraph == row["paragraph"]]


def draw(language: str, root: Path = ROOT) -> str:
    """The picture as SVG."""
    data = open_data(language, root)
    words, found = data.words["article"], [citation for _, citation in citations(data.package)]
    looks = _looks(data, found)
    elements, y = heading(words["title"], words["about"])
    drawn, y = _legend(data, Counter(citation.table for citation in found), looks, y + 6)
    elements += drawn
    spoken = []
    for origin in data.rows[SOURCES]:
        own = [citation for citation in found if citation.source_id == origin["source_id"]]
        paragraphs = [row for row in data.rows[PARAGRAPHS] if row["source_id"] == origin["source_id"]]
        drawn, y, said = _block(Map(data, origin, paragraphs, own, looks), y + 10)
        elements += drawn
        spoken.append(said)
    foot, height = source(data, y, [EVIDENCE, PARAGRAPHS])
    return document(data.words["language"], words["title"], " ".join(spoken), height, [*elements, *foot])


def _looks(data: Data, found: list[Citation]) -> dict[str, str]:
    """A colour for each table that is cited, in the descriptor's order: two tables share one, plain and striped."""
    cited = {citation.table for citation in found}
    looks = [look for hue in HUES for look in (hue, f"striped-{hue}")]
    tables = [table for table in data.package.schemas if table in cited]
    return {table: looks[at % len(looks)] for at, table in enumerate(tables)}


def _legend(data: Data, counts: Mapping[str, int], looks: Mapping[str, str], y: float) -> tuple[list[Element], float]:
    labels = {table: f"{data.title(table)} {counts[table]}" for table in looks}
    widest = max((breadth(label, SMALL) for label in labels.values()), default=0)
    columns = max(1, int(INNER / (widest + 36)))
    drawn: list[Element] = []
    for at, (table, label) in enumerate(labels.items()):
        line, column = divmod(at, columns)
        x, top = MARGIN + column * INNER / columns, y + line * 20
        drawn += [rect(x, top, 20, 11, looks[table]), text(x + 26, top + 9.5, label, font_size=SMALL)]
    return drawn, y + 20 * -(-len(labels) // columns) - 9


def _block(each: Map, y: float) -> tuple[list[Element], float, str]:
    """A source: its title, how much of it is cited, and its paragraphs; where it ends, and what was said of it."""
    words, title = each.data.words["article"], each.origin["title_zh" if each.data.chinese else "title_en"]
    covered = {(citation.paragraph, at) for citation in each.found for at in range(citation.start, citation.end)}
    said = words["cited"].format(
        citations=len(each.found),
        cells=len({citation.cell for citation in each.found}),
        covered=len(covered),
        characters=each.origin["characters"],
        paragraphs=len(each.paragraphs),
    )
    drawn: list[Element] = []
    for words_, size, look in ((title, HEADING, "ink strong"), (said, SMALL, "muted")):
        lines = wrapped(words_, INNER, size * BOLD)
        drawn += paragraph(MARGIN, y + 24, lines, look, size)
        y += len(lines) * leading(size)
    y += 42
    drawn += _heads(words, each.scale, y)
    y += 6
    for row in each.paragraphs:
        strip, y = _paragraph(each, row, y)
        drawn += strip
    return drawn, y, f"{title}{each.data.words['colon']}{said}"


def _heads(words: Mapping[str, str], scale: float, y: float) -> Iterator[Element]:
    yield path(f"M{LEFT} {number(y - 9)}v6h{number(100 * scale)}v-6", "line-muted")
    yield text(LEFT + 100 * scale + 8, y - 1, words["scale"].format(100), "muted", font_size=SMALL)
    for x, name in zip(COUNTS, ("citations", "characters"), strict=True):
        yield text(x, y - 1, words[name], "muted", font_size=SMALL, text_anchor="end")


def _paragraph(each: Map, row: Row, y: float) -> tuple[list[Element], float]:
    """A paragraph: what it is about, how often it is cited, and its strip."""
    found, running = each.cited_in(row), row["kind"] == "body"
    look, height = ("ink", TALL) if running else ("ink strong", LOW)
    lines = wrapped(_gist(each, row), COUNTS[0] - 20 - LEFT, SIZE if running else SIZE * BOLD)
    drawn = [text(MARGIN, y + 15, str(row["paragraph"]), "muted"), *paragraph(LEFT, y + 15, lines, look)]
    for x, count in zip(COUNTS, (len(found), row["characters"]), strict=True):
        drawn.append(text(x, y + 15, str(count), "ink" if count else "muted", text_anchor="end"))
    y += 15 + (len(lines) - 1) * leading(SIZE) + 7
    drawn.append(rect(LEFT, y, row["characters"] * each.scale, height, "track line-rule", stroke_width=0.8))
    drawn += _spans(each, found, y, height)
    return drawn, y + height + 5


def _gist(each: Map, row: Row) -> str:
    """What a paragraph is about, which the package says in English; in Chinese, what it is and which tables cite it."""
    if not each.data.chinese:
        return str(row["gist_en"])
    kind = each.data.label(each.data.package.schema(PARAGRAPHS), "kind", row["kind"])
    tables = Counter(citation.table for citation in each.cited_in(row))
    cited = each.data.words["comma"].join(each.data.title(table) for table in each.looks if table in tables)
    return f"{kind}{each.data.words['colon']}{cited}" if cited else kind


def _spans(each: Map, found: list[Citation], y: float, height: float) -> Iterator[Element]:
    """The stretches of a paragraph that are cited alike; where several tables do, one below the other."""
    for start, end in pairwise(sorted({edge for citation in found for edge in (citation.start, citation.end)})):
        over = [citation for citation in found if citation.start <= start and end <= citation.end]
        tables = [table for table in each.looks if any(citation.table == table for citation in over)]
        for at, table in enumerate(tables):
            lane = height / len(tables)
            cells = sorted(f"{citation.row_id}.{citation.field}" for citation in over if citation.table == table)
            span = rect(
                LEFT + start * each.scale,
                y + at * lane,
                max((end - start) * each.scale - GAP, GAP),
                lane - (GAP if table != tables[-1] else 0),
                each.looks[table],
            )
            yield hovering(span, f"{each.data.title(table)}{each.data.words['colon']}{', '.join(cells)}")
