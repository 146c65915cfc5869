"""The map of each source: its paragraphs as strips, with what is cited in the colour of the table that cites it.

The text itself is not part of the package, and not of the chart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from cited_stretches import cited_stretches
from localized_package import LocalizedPackage, Row
from palette import table_hues
from wuxi_outsourcing import Citation
from wuxi_outsourcing.engine.package import EVIDENCE, PARAGRAPHS, SOURCES

from .sheet import HEADING, INNER, MARGIN, RIGHT, SIZE, SMALL, Point, Sheet, first_that_fits, tell
from .text_layout import breadth, leading

GAP = 0.7
"""Between two stretches that are cited."""
NUMBER_WIDTH = 26
"""For the number of a paragraph, to the left of its strip."""
LEFT = MARGIN + NUMBER_WIDTH
COUNT_ENDS = {"citations": RIGHT - 76, "characters": RIGHT}
"""Where the two columns of counts end."""
GIST_WIDTH = COUNT_ENDS["citations"] - 20 - LEFT
KEY_WIDTH, KEY_HEIGHT, KEY_LEADING = 20, 11, 20
GUTTER = 24
"""Between two columns of strips."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How much room a paragraph takes. Without a gist above it, a strip stands beside its number."""

    with_gists: bool
    columns: int
    tall: float
    """The height of the strip of running text."""
    low: float
    """The height of the strip of any other paragraph."""
    pitch: float = 0
    """From one strip to the next, without gists."""

    @property
    def column_width(self) -> float:
        """How wide a column of strips is, with the numbers of the paragraphs."""
        return (INNER - (self.columns - 1) * GUTTER) / self.columns


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a paragraph is drawn."""

    corner: Point
    character_width: float
    height: float


LAYOUTS = (
    Layout(with_gists=True, columns=1, tall=16, low=9),
    Layout(with_gists=False, columns=1, tall=10, low=6, pitch=15),
    Layout(with_gists=False, columns=2, tall=10, low=6, pitch=15),
    Layout(with_gists=False, columns=4, tall=9, low=5, pitch=14),
)
"""The first that fits on two screens is taken."""


def draw_article(localized: LocalizedPackage) -> str:
    """The chart as SVG."""
    summaries = {source["source_id"]: _summary(localized, source) for source in localized.rows[SOURCES]}
    drafts = (_draft(localized, layout, summaries) for layout in LAYOUTS)
    sheet = first_that_fits(drafts)
    return sheet.svg(summaries.values())


def _draft(localized: LocalizedPackage, layout: Layout, summaries: Mapping[str, str]) -> Sheet:
    """The chart in a layout."""
    words = localized.words["article"]
    sheet = Sheet(localized, words["title"], words["about"])
    colours = _colours(localized)
    _draw_legend(sheet, colours)
    for position, source in enumerate(localized.rows[SOURCES]):
        # The columns of counts are named once.
        heads = layout.with_gists and position == 0
        _draw_source_heading(sheet, source, summaries[source["source_id"]], heads=heads)
        _draw_paragraphs(sheet, layout, source, colours)
    sheet.source([EVIDENCE, PARAGRAPHS])
    return sheet


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


def _draw_source_heading(sheet: Sheet, source: Row, summary: str, *, heads: bool) -> None:
    """The title of a source and how much of it is cited, and if wanted what the two columns of counts are."""
    title = sheet.localized.text(source, "title")
    sheet.y += sheet.lines((MARGIN, sheet.y + 24), title, INNER, "ink strong", HEADING)
    if heads:
        for name, end in COUNT_ENDS.items():
            sheet.text((end, sheet.y + 24), sheet.localized.words["article"][name], "muted", SMALL, "end")
    sheet.y += sheet.lines((MARGIN, sheet.y + 24), summary, GIST_WIDTH, "muted", SMALL)
    sheet.y += 16


def _draw_paragraphs(sheet: Sheet, layout: Layout, source: Row, colours: Mapping[str, str]) -> None:
    """The paragraphs of a source, one below the other in each column."""
    localized = sheet.localized
    paragraphs = [row for row in localized.rows[PARAGRAPHS] if row["source_id"] == source["source_id"]]
    lengths = [row["characters"] for row in paragraphs]
    strip_width = layout.column_width - NUMBER_WIDTH
    character_width = strip_width / max(lengths, default=1)
    citations = _citations(localized, source)
    rows_per_column = ceil(len(paragraphs) / layout.columns)
    top = sheet.y
    bottom = top
    for position, row in enumerate(paragraphs):
        cited = [citation for citation in citations if citation.paragraph == row["paragraph"]]
        column, row_in_column = divmod(position, rows_per_column)
        if row_in_column == 0:
            sheet.y = top
        left = MARGIN + column * (layout.column_width + GUTTER)
        if layout.with_gists:
            _draw_gist(sheet, row, len(cited))
        strip_height = layout.tall if row["kind"] == "body" else layout.low
        if not layout.with_gists:
            sheet.text((left, sheet.y + layout.pitch - 4), str(row["paragraph"]), "muted", SMALL)
            sheet.y += (layout.pitch - strip_height) / 2
        strip = Strip((left + NUMBER_WIDTH, sheet.y), character_width, strip_height)
        _draw_strip(sheet, strip, row, cited, colours)
        sheet.y += strip_height + 5 if layout.with_gists else (layout.pitch + strip_height) / 2
        bottom = max(bottom, sheet.y)
    sheet.y = bottom


def _draw_gist(sheet: Sheet, row: Row, citation_count: int) -> None:
    """The number, gist and counts of a paragraph, above its strip."""
    counts = {"citations": citation_count, "characters": row["characters"]}
    base_line = sheet.y + 15
    sheet.text((MARGIN, base_line), str(row["paragraph"]), "muted")
    for name, end in COUNT_ENDS.items():
        sheet.text((end, base_line), str(counts[name]), anchor="end")
    gist = sheet.localized.text(row, "gist")
    gist_height = sheet.lines((LEFT, base_line), gist, GIST_WIDTH)
    sheet.y += gist_height + 22 - leading(SIZE)


def _draw_strip(
    sheet: Sheet, strip: Strip, row: Row, citations: Sequence[Citation], colours: Mapping[str, str]
) -> None:
    """A paragraph, with what is cited of it."""
    strip_width = row["characters"] * strip.character_width
    track = sheet.rect(strip.corner, strip_width, strip.height, "track line-rule", stroke_width=0.8)
    tell(track, f"{row['paragraph']} · {sheet.localized.text(row, 'gist')}")
    _draw_stretches(sheet, strip, citations, colours)


def _draw_stretches(sheet: Sheet, strip: Strip, citations: Sequence[Citation], colours: Mapping[str, str]) -> None:
    """What is cited of a paragraph. Where several tables cite the same characters, one is below the other."""
    left, top = strip.corner
    for stretch in cited_stretches(citations, colours):
        x = left + stretch.start * strip.character_width
        width = max((stretch.end - stretch.start) * strip.character_width - GAP, GAP)
        for position, table in enumerate(stretch.tables):
            lane_height = strip.height / len(stretch.tables)
            is_last = position + 1 == len(stretch.tables)
            height = lane_height if is_last else lane_height - GAP
            sheet.rect((x, top + position * lane_height), width, height, colours[table])
