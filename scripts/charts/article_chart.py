"""The map of each source: its paragraphs as strips, with what is cited in the colour of the table that cites it.

The text itself is not part of the package, and not of the chart.
"""

from collections.abc import Mapping
from itertools import chain, pairwise

from localized_package import LocalizedPackage, Row
from palette import table_hues
from wuxi_outsourcing import Citation
from wuxi_outsourcing.engine.package import EVIDENCE, PARAGRAPHS, SOURCES

from .sheet import HEADING, INNER, MARGIN, RIGHT, SIZE, SMALL, Sheet, breadth, leading

# Strips of running text and of other paragraphs; the gap between two spans.
TALL, LOW, GAP = 16, 9, 0.7
LEFT, COUNTS = MARGIN + 26, (RIGHT - 76, RIGHT)


def draw_article(localized: LocalizedPackage) -> str:
    """The chart as SVG."""
    words, cited = localized.words["article"], {table for table, _, _ in localized.citations_by_cell}
    sheet = Sheet(localized, words["title"], words["about"])
    tables = [schema for schema in localized.schemas if schema.name in cited]
    colours = {table: f"t{hue}" for table, hue in table_hues(localized).items() if table in cited}
    columns = int(INNER / (max(breadth(localized.title(schema), SMALL) for schema in tables) + 36))
    for at, schema in enumerate(tables):
        x, y = MARGIN + at % columns * INNER / columns, sheet.y + at // columns * 20
        sheet.rect((x, y), 20, 11, colours[schema.name])
        sheet.text((x + 26, y + 9.5), localized.title(schema), "ink", SMALL)
    sheet.y += 20 * -(-len(tables) // columns)
    for source in localized.rows[SOURCES]:
        _source(sheet, source, colours)
    return sheet.svg([EVIDENCE, PARAGRAPHS], [_summary(localized, source) for source in localized.rows[SOURCES]])


def _cited(localized: LocalizedPackage, source: Row) -> list[Citation]:
    cited = chain.from_iterable(localized.citations_by_cell.values())
    return [citation for citation in cited if citation.source_id == source["source_id"]]


def _summary(localized: LocalizedPackage, source: Row) -> str:
    """How much of a source is cited."""
    form = str(localized.words["article"]["cited"])
    return form.format(
        len(_cited(localized, source)), localized.quoted_characters(source["source_id"]), source["characters"]
    )


def _source(sheet: Sheet, source: Row, colours: Mapping[str, str]) -> None:
    """The title of a source, how much of it is cited, and its paragraphs."""
    localized, words, citations = sheet.localized, sheet.localized.words["article"], _cited(sheet.localized, source)
    rows = [row for row in localized.rows[PARAGRAPHS] if row["source_id"] == source["source_id"]]
    scale = (RIGHT - LEFT) / max((row["characters"] for row in rows), default=1)
    sheet.y += sheet.lines((MARGIN, sheet.y + 24), localized.text(source, "title"), INNER, "ink strong", HEADING)
    sheet.y += sheet.lines((MARGIN, sheet.y + 24), _summary(localized, source), INNER, "muted", SMALL) + 34
    for x, name in zip(COUNTS, ("citations", "characters"), strict=True):
        sheet.text((x, sheet.y), words[name], "muted", SMALL, "end")
    sheet.y += 6
    for row in rows:
        own = [citation for citation in citations if citation.paragraph == row["paragraph"]]
        height, look = (TALL, "ink") if row["kind"] == "body" else (LOW, "ink strong")
        sheet.text((MARGIN, sheet.y + 15), str(row["paragraph"]), "muted")
        for x, count in zip(COUNTS, (len(own), row["characters"]), strict=True):
            sheet.text((x, sheet.y + 15), str(count), anchor="end")
        gist = sheet.lines((LEFT, sheet.y + 15), localized.text(row, "gist"), COUNTS[0] - 20 - LEFT, look)
        sheet.y += gist + 22 - leading(SIZE)
        sheet.rect((LEFT, sheet.y), row["characters"] * scale, height, "track line-rule", stroke_width=0.8)
        _spans(sheet, own, colours, (scale, height))
        sheet.y += height + 5


def _spans(sheet: Sheet, citations: list[Citation], colours: Mapping[str, str], scales: tuple[float, float]) -> None:
    """The stretches of a paragraph that are cited alike; where several tables do, one below the other."""
    scale, height = scales
    for start, end in pairwise(sorted({edge for citation in citations for edge in (citation.start, citation.end)})):
        over = {citation.table for citation in citations if citation.start <= start and end <= citation.end}
        lanes = [colour for table, colour in colours.items() if table in over]
        for at, colour in enumerate(lanes):
            width, lane = max((end - start) * scale - GAP, GAP), height / len(lanes)
            corner = (LEFT + start * scale, sheet.y + at * lane)
            sheet.rect(corner, width, lane - GAP * (at + 1 < len(lanes)), colour)
