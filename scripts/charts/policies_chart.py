"""The chart of the policies on a timeline, with talent schemes and milestones below."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from localized_package import LocalizedPackage, Row
from palette import table_hues

from .sheet import HEADING, MARGIN, RIGHT, SIZE, SMALL, Point, Sheet
from .text_layout import breadth, leading, wrapped


@dataclass(frozen=True, slots=True)
class Lane:
    """A table that the chart shows, with the field of its year and, if it has one, the field of its kind."""

    table: str
    year_field: str
    kind_field: str | None = None


LANES = (
    Lane("policies", "year_issued", "form"),
    Lane("talent_schemes", "year"),
    Lane("milestones", "year", "kind"),
)
# The source tells of the rows of this table in the order of time. So a row without a year lies between its dated
# neighbours in the text.
NARRATED = "policies"

NAME_WIDTH = 372
LEFT = MARGIN + NAME_WIDTH + 20
"""Where the first year begins."""
RADIUS = 6
"""Of a mark; half the height of a bar."""
LEGEND_WIDTH = 26
SHORTEST_OPEN_SPAN = 8
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 10000)
LAST_OF_ALL = 9999
"""Rows without a year and without bounds are sorted as if of this year."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The years from first to last. Each is a column, since an event is only known to lie somewhere in its year."""

    first: int
    last: int

    @property
    def column_width(self) -> float:
        """How wide a year is."""
        return self.start(1) - self.start(0)

    def start(self, year: float) -> float:
        """Where the column of a year begins."""
        return LEFT + (RIGHT - LEFT) * (year - self.first) / (self.last + 1 - self.first)

    def middle(self, year: float) -> float:
        """The middle of the column of a year, where its mark stands."""
        return self.start(year + 0.5)


@dataclass(frozen=True, slots=True)
class Event:
    """A row, as far as the chart shows it."""

    row_id: str
    name: str
    kind: str
    year: int | None
    duration: int
    """For how many years it is in force; 0 where the source does not say."""
    bounds: tuple[int, int] | None
    """For a row without a year: the years of its neighbours in the text, where these are known."""
    builds_on: str | None

    @property
    def order(self) -> tuple[float, str]:
        """What to sort by: the year; without one, half a year after the first bound."""
        if self.year:
            return self.year, self.row_id
        first_bound = self.bounds[0] if self.bounds else LAST_OF_ALL
        return first_bound + 0.5, self.row_id

    @property
    def label_above(self) -> bool:
        """Whether the label is above the mark: beside it there is a bar or an open span."""
        return bool(self.duration or self.bounds)


def draw_policies(localized: LocalizedPackage) -> str:
    """The chart as SVG."""
    words = localized.words["policies"]
    axis = _axis(localized)
    sheet = Sheet(localized, words["title"].format(first=axis.first, last=axis.last), words["about"])
    _draw_legend(sheet)
    for lane in LANES:
        _draw_lane(sheet, axis, lane)
    sheet.y += 8
    return sheet.svg([lane.table for lane in LANES], _spoken(localized))


def _axis(localized: LocalizedPackage) -> Axis:
    """From the first year of a row to the last year in which one is in force."""
    first_years = []
    last_years = []
    for lane in LANES:
        for row in localized.rows[lane.table]:
            year = row[lane.year_field]
            if year:
                duration = row.get("duration_years") or 1
                first_years.append(year)
                last_years.append(year + duration - 1)
    return Axis(min(first_years, default=0), max(last_years, default=0))


def _spoken(localized: LocalizedPackage) -> list[str]:
    """What a screen reader says: the year and name of each row."""
    undated = localized.words["policies"]["undated"]
    colon = localized.words["colon"]
    spoken = []
    for lane in LANES:
        for row in localized.rows[lane.table]:
            year = row[lane.year_field] or undated
            spoken.append(f"{year}{colon}{localized.text(row, 'name')}")
    return spoken


def _draw_legend(sheet: Sheet) -> None:
    words = sheet.localized.words["policies"]
    hue = table_hues(sheet.localized)[NARRATED]
    x, y = sheet.legend(words["bar"])
    sheet.rect((x, y - 5), LEGEND_WIDTH, 10, f"striped-t{hue}", rx=3)
    x, y = sheet.legend(words["open"])
    _draw_open_span(sheet, (x, y), x + LEGEND_WIDTH)
    x, y = sheet.legend(words["arrow"])
    _draw_arrow(sheet, (x, y - 8), (x + LEGEND_WIDTH, y))
    sheet.y += 4


def _draw_lane(sheet: Sheet, axis: Axis, lane: Lane) -> None:
    """A table: its rows in the order of time, over columns of years."""
    events = _events(sheet.localized, lane)
    colour = f"t{table_hues(sheet.localized)[lane.table]}"
    _draw_lane_heading(sheet, axis, lane, events)
    tracks = _draw_tracks(sheet, axis)
    sheet.y += 38
    marks: dict[str, Point] = {}
    for event in events:
        earlier_mark = marks.get(event.builds_on or "")
        mark = _draw_event(sheet, axis, event, colour, earlier_mark)
        if mark:
            marks[event.row_id] = mark
    for track in tracks:
        top = float(track.attrib["y"])
        track.set("height", f"{sheet.y - top:g}")


def _draw_lane_heading(sheet: Sheet, axis: Axis, lane: Lane, events: list[Event]) -> None:
    """The title of the table, how many of its rows have a year, and the years above their columns."""
    localized = sheet.localized
    base_line = sheet.y + 24
    title = localized.title(localized.package.schema(lane.table))
    sheet.text((MARGIN, base_line), title, "ink strong", HEADING)
    dated = [event for event in events if event.year]
    dated_note = localized.words["policies"]["dated"].format(len(dated), len(events))
    sheet.text((LEFT - 20, base_line), dated_note, "muted", SMALL, "end")
    label_width = breadth("2000", SMALL)
    step = next(step for step in YEAR_STEPS if step * axis.column_width >= label_width)
    for year in range(axis.first, axis.last + 1):
        if year % step == 0:
            sheet.text((axis.middle(year), base_line), str(year), "muted", SMALL, "middle")
    sheet.path(("M", MARGIN, sheet.y + 33, "H", RIGHT), "line-rule")


def _draw_tracks(sheet: Sheet, axis: Axis) -> list[Element]:
    """A track behind every second year. Its height is set once the rows are drawn."""
    tracks = []
    for year in range(axis.first, axis.last + 1, 2):
        corner = (axis.start(year), sheet.y + 34)
        tracks.append(sheet.rect(corner, axis.column_width, 0, "track"))
    return tracks


def _draw_event(sheet: Sheet, axis: Axis, event: Event, colour: str, earlier_mark: Point | None) -> Point | None:
    """Draw the name of a row and its mark, and return where the mark is, if the row has a year.

    An arrow leads to it from the mark of the row that it builds on.
    """
    name_lines = len(wrapped(event.name, NAME_WIDTH, SIZE))
    mark_lines = 2 if event.label_above else 1
    half_height = max(name_lines, mark_lines) * leading(SIZE) / 2 + 7
    middle = sheet.y + half_height
    name_base_line = middle - (name_lines - 1) * leading(SIZE) / 2 + 4.5
    level = middle + 8 if event.label_above else middle

    sheet.lines((MARGIN, name_base_line), event.name, NAME_WIDTH)
    mark = (axis.middle(event.year), level) if event.year else None
    if mark:
        if earlier_mark:
            _draw_link(sheet, axis, event, earlier_mark, mark)
        _draw_dated_mark(sheet, axis, event, mark, colour)
    elif event.bounds:
        _draw_bounded_mark(sheet, axis, event, level)
    else:
        undated = sheet.localized.words["policies"]["undated"]
        _draw_label(sheet, event, undated, (LEFT + 8, RIGHT), level)
    sheet.y += 2 * half_height
    return mark


def _draw_link(sheet: Sheet, axis: Axis, event: Event, earlier_mark: Point, mark: Point) -> None:
    """An arrow from the mark of an earlier row to the mark of this one or to its bar."""
    earlier_x, earlier_level = earlier_mark
    x, level = mark
    side = x - axis.column_width / 2 if event.duration else x - RADIUS
    _draw_arrow(sheet, (earlier_x, earlier_level + RADIUS), (side - 2, level))


def _draw_dated_mark(sheet: Sheet, axis: Axis, event: Event, mark: Point, colour: str) -> None:
    """A dot in the column of the year and, where the source gives a duration, a bar of as many years."""
    assert event.year is not None
    x, level = mark
    sides: tuple[float, float]
    if event.duration:
        bar_start = axis.start(event.year)
        bar_width = event.duration * axis.column_width
        sheet.rect((bar_start, level - RADIUS), bar_width, 2 * RADIUS, f"striped-{colour}", rx=4)
        sides = (bar_start, RIGHT)
    else:
        sides = (x + RADIUS + 7, x - RADIUS - 7)
    sheet.add("circle", f"{colour} line-paper", cx=x, cy=level, r=RADIUS, stroke_width=1.5)
    _draw_label(sheet, event, str(event.year), sides, level)


def _draw_bounded_mark(sheet: Sheet, axis: Axis, event: Event, level: float) -> None:
    """An open span between the years of the neighbours in the text."""
    assert event.bounds is not None
    first, last = event.bounds
    start = axis.middle(first)
    end = max(axis.middle(last), start + SHORTEST_OPEN_SPAN)
    _draw_open_span(sheet, (start, level), end)
    between = sheet.localized.words["policies"]["between"].format(first, last)
    _draw_label(sheet, event, between, (start, RIGHT), level)


def _draw_label(sheet: Sheet, event: Event, when: str, sides: tuple[float, float], level: float) -> None:
    """When, of which kind and for how long.

    The label begins at the first of the two sides; where it has no room there, it ends at the second.
    """
    parts = [when]
    if event.kind:
        parts.append(event.kind)
    if event.duration:
        parts.append(sheet.localized.words["policies"]["years"].format(event.duration))
    label = " · ".join(parts)
    first_side, second_side = sides
    base_line = level - RADIUS - 5 if event.label_above else level + 4
    if first_side + breadth(label, SMALL) <= RIGHT:
        sheet.text((first_side, base_line), label, "ink rim line-paper", SMALL, "start")
    else:
        sheet.text((second_side, base_line), label, "ink rim line-paper", SMALL, "end")


def _draw_open_span(sheet: Sheet, start: Point, end: float) -> None:
    """A span of which only the bounds are known."""
    x, y = start
    sheet.rect((x, y - 4), end - x, 8, "line line-muted", rx=4, stroke_dasharray="2 3")


def _draw_arrow(sheet: Sheet, start: Point, end: Point) -> None:
    """Down from a mark, then across to another. It is dashed, since it is an editorial reading: no source says it."""
    tip_x, tip_y = end
    shaft = ("M", *start, "V", tip_y, "H", tip_x)
    head = ("M", tip_x - 6, tip_y - 4, "l", 6, 4, -6, 4)
    sheet.path(shaft, "line-ink", stroke_width=1.3, stroke_dasharray="4 3")
    sheet.path(head, "line-ink", stroke_width=1.3)


def _events(localized: LocalizedPackage, lane: Lane) -> list[Event]:
    """The rows of a table in the order of time."""
    schema = localized.package.schema(lane.table)
    bounds = _bounds_of_undated_rows(localized, lane) if lane.table == NARRATED else {}
    events = []
    for row in localized.rows[lane.table]:
        row_id = schema.row_id(row)
        kind = ""
        if lane.kind_field:
            kind = localized.label_in_sentence(lane.table, lane.kind_field, row[lane.kind_field])
        events.append(
            Event(
                row_id=row_id,
                name=localized.text(row, "name"),
                kind=kind,
                year=row[lane.year_field],
                duration=row.get("duration_years") or 0,
                bounds=bounds.get(row_id),
                builds_on=row.get("builds_on"),
            )
        )
    return sorted(events, key=lambda event: event.order)


def _bounds_of_undated_rows(localized: LocalizedPackage, lane: Lane) -> dict[str, tuple[int, int]]:
    """The years of the dated rows before and after each undated one, in the order in which a paragraph names them.

    A row is left out where its paragraph has no dated row before or after it, or where their years run backwards.
    """
    schema = localized.package.schema(lane.table)
    bounds = {}
    for rows in _rows_as_named(localized, lane.table):
        for position, row in enumerate(rows):
            if row[lane.year_field] is not None:
                continue
            before = _years(rows[:position], lane)
            after = _years(rows[position + 1 :], lane)
            if before and after and before[-1] <= after[0]:
                bounds[schema.row_id(row)] = (before[-1], after[0])
    return bounds


def _years(rows: list[Row], lane: Lane) -> list[int]:
    """The years of the rows that have one."""
    return [row[lane.year_field] for row in rows if row[lane.year_field]]


def _rows_as_named(localized: LocalizedPackage, table: str) -> list[list[Row]]:
    """The rows that each paragraph names, in the order in which it first names them."""
    schema = localized.package.schema(table)
    by_paragraph: dict[tuple[str, int], list[tuple[int, Row]]] = {}
    for row in localized.rows[table]:
        citations = localized.cell_citations(schema, row, schema["name_zh"])
        if citations:
            named = citations[0]
            by_paragraph.setdefault((named.source_id, named.paragraph), []).append((named.start, row))
    paragraphs = []
    for named_rows in by_paragraph.values():
        named_rows.sort(key=lambda named_row: named_row[0])
        paragraphs.append([row for _, row in named_rows])
    return paragraphs
