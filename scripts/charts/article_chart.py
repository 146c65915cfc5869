"""The map of each source: its paragraphs as strips, with what is cited in the colour of the table that cites it.

The text itself is not part of the package, and not of the chart.
"""

from collections.abc import Mapping, Sequence
from math import ceil

from cited_stretches import cited_stretches
from localized_package import LocalizedPackage, Row
from palette import table_hues
from wuxi_outsourcing import Citation
from wuxi_outsourcing.engine.package import EVIDENCE, PARAGRAPHS, SOURCES

from .sheet import HEADING, INNER, MARGIN, RIGHT, SIZE, SMALL, Sheet
from .text_layout import breadth, leading

# Strips of running text and of other paragraphs.
TALL, LOW = 16, 9
GAP = 0.7
"""Between two stretches that are cited."""
LEFT = MARGIN + 26
"""Where strips begin, to the right of the paragraph's number."""
COUNT_ENDS = {"citations": RIGHT - 76, "characters": RIGHT}
"""Where the two columns of counts end."""
GIST_WIDTH = COUNT_ENDS["citations"] - 20 - LEFT
KEY_WIDTH, KEY_HEIGHT, KEY_LEADING = 20, 11, 20


def draw_article(localized: LocalizedPackage) -> str:
    """The chart as SVG."""
    words = localized.words["article"]
    sheet = Sheet(localized, words["title"], words["about"])
    colours = _colours(localized)
    _draw_legend(sheet, colours)
    summaries = []
    for source in localized.rows[SOURCES]:
        summary = _summary(localized, source)
        _draw_source(sheet, source, summary, colours)
        summaries.append(summary)
    return sheet.svg([EVIDENCE, PARAGRAPHS], summaries)


def _colours(localized: LocalizedPackage) -> dict[str, str]:
    """The colour of each table that cites something, as a class."""
    cited_tables = {table for table, _, _ in localized.citations_by_cell}
    hues = table_hues(localized)
    return {table: f"t{hue}" for table, hue in hues.items() if table in cited_tables}


def _draw_legend(sheet: Sheet, colours: Mapping[str, str]) -> None:
    """The tables in columns, as many as the widest title has room for."""
    localized = sheet.localized
    cited = [schema for schema in localized.schemas if schema.name in colours]
    titles = {schema.name: localized.title(schema) for schema in cited}
    widths = [breadth(title, SMALL) for title in titles.values()]
    columns = int(INNER / (max(widths, default=0) + KEY_WIDTH + 16))
    for position, (table, title) in enumerate(titles.items()):
        row, column = divmod(position, columns)
        x = MARGIN + column * INNER / columns
        y = sheet.y + row * KEY_LEADING
        sheet.rect((x, y), KEY_WIDTH, KEY_HEIGHT, colours[table])
        sheet.text((x + KEY_WIDTH + 6, y + 9.5), title, "ink", SMALL)
    sheet.y += KEY_LEADING * ceil(len(titles) / columns)


def _citations(localized: LocalizedPackage, source: Row) -> list[Citation]:
    """The citations of a source."""
    found = []
    for citations in localized.citations_by_cell.values():
        found += [citation for citation in citations if citation.source_id == source["source_id"]]
    return found


def _summary(localized: LocalizedPackage, source: Row) -> str:
    """How much of a source is cited."""
    count = len(_citations(localized, source))
    quoted = localized.quoted_characters(source["source_id"])
    return str(localized.words["article"]["cited"].format(count, quoted, source["characters"]))


def _draw_source(sheet: Sheet, source: Row, summary: str, colours: Mapping[str, str]) -> None:
    """The title of a source, how much of it is cited, and its paragraphs."""
    localized = sheet.localized
    title = localized.text(source, "title")
    sheet.y += sheet.lines((MARGIN, sheet.y + 24), title, INNER, "ink strong", HEADING)
    sheet.y += sheet.lines((MARGIN, sheet.y + 24), summary, INNER, "muted", SMALL)
    sheet.y += 34
    for name, end in COUNT_ENDS.items():
        sheet.text((end, sheet.y), localized.words["article"][name], "muted", SMALL, "end")
    sheet.y += 6
    paragraphs = [row for row in localized.rows[PARAGRAPHS] if row["source_id"] == source["source_id"]]
    lengths = [row["characters"] for row in paragraphs]
    character_width = (RIGHT - LEFT) / max(lengths, default=1)
    citations = _citations(localized, source)
    for row in paragraphs:
        cited = [citation for citation in citations if citation.paragraph == row["paragraph"]]
        _draw_paragraph(sheet, row, cited, colours, character_width)


def _draw_paragraph(
    sheet: Sheet, row: Row, citations: Sequence[Citation], colours: Mapping[str, str], character_width: float
) -> None:
    """The number, gist and counts of a paragraph, and below them its strip."""
    is_body = row["kind"] == "body"
    strip_height = TALL if is_body else LOW
    counts = {"citations": len(citations), "characters": row["characters"]}
    base_line = sheet.y + 15
    sheet.text((MARGIN, base_line), str(row["paragraph"]), "muted")
    for name, end in COUNT_ENDS.items():
        sheet.text((end, base_line), str(counts[name]), anchor="end")
    gist = sheet.localized.text(row, "gist")
    gist_height = sheet.lines((LEFT, base_line), gist, GIST_WIDTH, "ink" if is_body else "ink strong")
    sheet.y += gist_height + 22 - leading(SIZE)
    strip_width = row["characters"] * character_width
    sheet.rect((LEFT, sheet.y), strip_width, strip_height, "track line-rule", stroke_width=0.8)
    _draw_stretches(sheet, citations, colours, character_width, strip_height)
    sheet.y += strip_height + 5


def _draw_stretches(
    sheet: Sheet,
    citations: Sequence[Citation],
    colours: Mapping[str, str],
    character_width: float,
    strip_height: float,
) -> None:
    """What is cited of a paragraph. Where several tables cite the same characters, one is below the other."""
    for stretch in cited_stretches(citations, colours):
        x = LEFT + stretch.start * character_width
        width = max((stretch.end - stretch.start) * character_width - GAP, GAP)
        for position, table in enumerate(stretch.tables):
            lane_height = strip_height / len(stretch.tables)
            is_last = position + 1 == len(stretch.tables)
            height = lane_height if is_last else lane_height - GAP
            sheet.rect((x, sheet.y + position * lane_height), width, height, colours[table])
