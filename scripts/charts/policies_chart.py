"""The chart of the policies on a timeline, with talent schemes and milestones below."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from localized_package import LocalizedPackage
from palette import table_hues

from .events import LANES, NARRATED, Event, Lane, events_of
from .sheet import HEADING, INNER, MARGIN, RIGHT, SIZE, SMALL, Point, Sheet, first_that_fits
from .text_layout import breadth, leading, wrapped
from .time_axis import TimeAxis

RADIUS = 6
"""Of a mark; half the height of a bar."""
BESIDE_MARK = RADIUS + 7
"""From the middle of a mark to a label beside it."""
LEGEND_WIDTH = 26
SHORTEST_OPEN_SPAN = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """How much room the rows take."""

    name_width: float
    name_size: float
    padding: float
    undated_have_lines: bool
    """Whether a row without a year has a line of its own. Else such rows are listed below the others."""


ROOMY = Layout(name_width=372, name_size=SIZE, padding=7, undated_have_lines=True)
DENSE = Layout(name_width=440, name_size=SMALL, padding=2, undated_have_lines=False)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rows of a table are drawn on, and in which colour."""

    sheet: Sheet
    layout: Layout
    axis: TimeAxis
    colour: str


def draw_policies(localized: LocalizedPackage) -> str:
    """The chart as SVG."""
    drafts = (_draft(localized, layout) for layout in (ROOMY, DENSE))
    sheet = first_that_fits(drafts)
    return sheet.svg(_spoken(localized))


def _draft(localized: LocalizedPackage, layout: Layout) -> Sheet:
    """The chart in a layout."""
    words = localized.words["policies"]
    axis = _axis(localized, layout)
    sheet = Sheet(localized, words["title"].format(first=axis.first, last=axis.last), words["about"])
    _draw_legend(sheet, layout)
    for lane in LANES:
        _draw_lane(sheet, layout, axis, lane)
    sheet.y += 8
    sheet.source([lane.table for lane in LANES])
    return sheet


def _axis(localized: LocalizedPackage, layout: Layout) -> TimeAxis:
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
    left = MARGIN + layout.name_width + 20
    return TimeAxis(min(first_years, default=0), max(last_years, default=0), left, RIGHT)


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


def _draw_legend(sheet: Sheet, layout: Layout) -> None:
    words = sheet.localized.words["policies"]
    hue = table_hues(sheet.localized)[NARRATED]
    x, y = sheet.legend(words["bar"])
    sheet.rect((x, y - 5), LEGEND_WIDTH, 10, f"striped-t{hue}", rx=3)
    if layout.undated_have_lines:
        x, y = sheet.legend(words["open"])
        _draw_open_span(sheet, (x, y), x + LEGEND_WIDTH)
    x, y = sheet.legend(words["arrow"])
    _draw_arrow(sheet, (x, y - 8), (x + LEGEND_WIDTH, y))
    sheet.y += 4


def _draw_lane(sheet: Sheet, layout: Layout, axis: TimeAxis, lane: Lane) -> None:
    """A table: its rows by place and in the order of time, over columns of years."""
    events = events_of(sheet.localized, lane)
    colour = f"t{table_hues(sheet.localized)[lane.table]}"
    ground = Ground(sheet, layout, axis, colour)
    _draw_lane_heading(sheet, axis, lane, events)
    tracks = _draw_tracks(sheet, axis)
    sheet.y += 38
    marks: dict[str, Point] = {}
    for event in events:
        if not (event.year or layout.undated_have_lines):
            continue
        earlier_mark = marks.get(event.builds_on or "")
        mark = _draw_event(ground, event, earlier_mark)
        if mark:
            marks[event.row_id] = mark
    for track in tracks:
        top = float(track.attrib["y"])
        track.set("height", f"{sheet.y - top:g}")
    if not layout.undated_have_lines:
        _draw_undated(sheet, [event for event in events if not event.year])


def _draw_undated(sheet: Sheet, events: list[Event]) -> None:
    """The rows without a year in a few lines of text."""
    if not events:
        return
    words = sheet.localized.words
    names = []
    for event in events:
        parts = [event.name, event.place] if event.place else [event.name]
        names.append(" · ".join(parts))
    listed = words["figures"]["between_figures"].join(names)
    text = f"{words['policies']['undated']}{words['colon']}{listed}"
    sheet.y += sheet.lines((MARGIN, sheet.y + 16), text, INNER, "muted", SMALL) + 6


def _draw_lane_heading(sheet: Sheet, axis: TimeAxis, lane: Lane, events: list[Event]) -> None:
    """The title of the table, how many of its rows have a year, and the years above their columns."""
    localized = sheet.localized
    base_line = sheet.y + 24
    title = localized.title(localized.package.schema(lane.table))
    sheet.text((MARGIN, base_line), title, "ink strong", HEADING)
    dated = [event for event in events if event.year]
    dated_note = localized.words["policies"]["dated"].format(len(dated), len(events))
    sheet.text((axis.left - 20, base_line), dated_note, "muted", SMALL, "end")
    for year in axis.labelled_years:
        sheet.text((axis.middle(year), base_line), str(year), "muted", SMALL, "middle")
    sheet.path(("M", MARGIN, sheet.y + 33, "H", RIGHT), "line-rule")


def _draw_tracks(sheet: Sheet, axis: TimeAxis) -> list[Element]:
    """A track behind every second year. Its height is set once the rows are drawn."""
    tracks = []
    for year in range(axis.first, axis.last + 1, 2):
        corner = (axis.start(year), sheet.y + 34)
        tracks.append(sheet.rect(corner, axis.column_width, 0, "track"))
    return tracks


def _draw_event(ground: Ground, event: Event, earlier_mark: Point | None) -> Point | None:
    """Draw the name of a row and its mark, and return where the mark is, if the row has a year.

    An arrow leads to it from the mark of the row that it builds on.
    """
    sheet, layout, axis = ground.sheet, ground.layout, ground.axis
    size = layout.name_size
    label_above = event.needs_label_above or not _fits_beside(axis, event)
    name_lines = len(wrapped(event.name, layout.name_width, size))
    mark_lines = 2 if label_above else 1
    half_height = max(name_lines * leading(size), mark_lines * leading(SMALL) + 2) / 2 + layout.padding
    middle = sheet.y + half_height
    name_base_line = middle - (name_lines - 1) * leading(size) / 2 + size * 0.35
    level = middle + 8 if label_above else middle

    sheet.lines((MARGIN, name_base_line), event.name, layout.name_width, size=size)
    mark = (axis.middle(event.year), level) if event.year else None
    if mark:
        if earlier_mark:
            _draw_link(sheet, axis, event, earlier_mark, mark)
        _draw_dated_mark(ground, event, mark, label_above=label_above)
    elif event.bounds:
        _draw_bounded_mark(sheet, axis, event, level)
    else:
        _draw_label(sheet, event.label, (axis.left + 8, RIGHT), level + 4)
    sheet.y += 2 * half_height
    return mark


def _draw_link(sheet: Sheet, axis: TimeAxis, event: Event, earlier_mark: Point, mark: Point) -> None:
    """An arrow from the mark of an earlier row to the mark of this one or to its bar."""
    earlier_x, earlier_level = earlier_mark
    x, level = mark
    side = x - axis.column_width / 2 if event.duration else x - RADIUS
    _draw_arrow(sheet, (earlier_x, earlier_level + RADIUS), (side - 2, level))


def _draw_dated_mark(ground: Ground, event: Event, mark: Point, *, label_above: bool) -> None:
    """A dot in the column of the year and, where the source gives a duration, a bar of as many years."""
    sheet, axis, colour = ground.sheet, ground.axis, ground.colour
    assert event.year is not None
    x, level = mark
    if event.duration:
        bar_width = event.duration * axis.column_width
        sheet.rect((axis.start(event.year), level - RADIUS), bar_width, 2 * RADIUS, f"striped-{colour}", rx=4)
    sheet.add("circle", f"{colour} line-paper", cx=x, cy=level, r=RADIUS, stroke_width=1.5)
    if label_above:
        start = axis.start(event.year) if event.duration else x - RADIUS
        _draw_label(sheet, event.label, (start, RIGHT), level - RADIUS - 5)
    else:
        _draw_label(sheet, event.label, (x + BESIDE_MARK, x - BESIDE_MARK), level + 4)


def _draw_bounded_mark(sheet: Sheet, axis: TimeAxis, event: Event, level: float) -> None:
    """An open span between the years of the neighbours in the text."""
    assert event.bounds is not None
    first, last = event.bounds
    start = axis.middle(first)
    end = max(axis.middle(last), start + SHORTEST_OPEN_SPAN)
    _draw_open_span(sheet, (start, level), end)
    _draw_label(sheet, event.label, (start, RIGHT), level - RADIUS - 5)


def _fits_beside(axis: TimeAxis, event: Event) -> bool:
    """Whether the label has room to the right or to the left of the mark."""
    if not event.year:
        return True
    x = axis.middle(event.year)
    width = breadth(event.label, SMALL) + BESIDE_MARK
    return x + width <= RIGHT or x - width >= axis.left


def _draw_label(sheet: Sheet, label: str, sides: tuple[float, float], base_line: float) -> None:
    """A label that begins at the first of the two sides; where it has no room there, it ends at the second."""
    first_side, second_side = sides
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
