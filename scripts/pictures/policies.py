"""The picture of the policies on an axis of years, with talent schemes and milestones below."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from .data import ROOT, Data, heading, open_data, source
from .svg import (
    HEADING,
    MARGIN,
    SIZE,
    SMALL,
    WIDTH,
    aside,
    breadth,
    document,
    element,
    leading,
    number,
    paragraph,
    path,
    rect,
    text,
    wrapped,
)

# Table, the field of its year, that of its kind, and the colour of its marks.
LANES = (
    ("policies", "year_issued", "form", "blue"),
    ("talent_schemes", "year", None, "green"),
    ("milestones", "year", "kind", "vermillion"),
)
NAME, RADIUS = 372, 6
LEFT, RIGHT = MARGIN + NAME + 20, WIDTH - MARGIN
PALE = {"font_size": SMALL}


@dataclass(frozen=True, slots=True)
class Event:
    """A row of a lane. `y` is its middle, `level` the height of its mark: a bar has text above it."""

    name: str
    lines: list[str]
    kind: str
    year: int | None
    years: int | None
    builds_on: str | None
    y: float

    @property
    def half(self) -> float:
        """From its middle to its edge."""
        lines = max(len(self.lines), 2 if self.years else 1)
        return lines * leading(SIZE) / 2 + 7

    @property
    def level(self) -> float:
        """The height of its mark."""
        return self.y + (8 if self.years else 0)


@dataclass(frozen=True, slots=True)
class Axis:
    """The years, each with a column of its own: all that is known of an event is that it lies in it."""

    first: int
    last: int

    @property
    def column(self) -> float:
        """How wide a year is."""
        return (RIGHT - LEFT) / (self.last + 1 - self.first)

    def left(self, year: int) -> float:
        """Where a year begins."""
        return LEFT + self.column * (year - self.first)

    def middle(self, year: int) -> float:
        """Where the mark of a year stands."""
        return self.left(year) + self.column / 2


def draw(language: str, root: Path = ROOT) -> str:
    """The picture as SVG."""
    data = open_data(language, root)
    words = data.words["policies"]
    years = [row["year_issued"] for row in data.rows["policies"] if row["year_issued"]]
    title = words["title"].format(first=min(years, default=""), last=max(years, default=""))
    elements, y = heading(title, words["about"])
    elements += _legend(words, y + 10)
    y += 22
    axis, spoken = _axis(data), []
    for table, year, kind, look in LANES:
        elements += _lane_title(data, axis, (table, year), y + 28)
        events, y = _events(data, (table, year, kind), y + 42)
        elements += _lane(data, axis, events, look)
        spoken += [f"{event.year or words['undated']}{data.words['colon']}{event.name}" for event in events.values()]
    foot, height = source(data, y + 8, [table for table, *_ in LANES])
    return document(data.words["language"], title, "; ".join(spoken), height, [*elements, *foot])


def _axis(data: Data) -> Axis:
    spans = [
        (row[year], row[year] + (row.get("duration_years") or 1) - 1)
        for table, year, *_ in LANES
        for row in data.rows[table]
        if row[year]
    ]
    return Axis(min((first for first, _ in spans), default=0), max((last for _, last in spans), default=0))


def _events(data: Data, lane: tuple[str, str, str | None], y: float) -> tuple[dict[str, Event], float]:
    """The rows of a table from `y` down, those with a year in its order and before the others, and where they end."""
    table, year, kind = lane
    schema = data.package.schema(table)
    rows = [(row[year], schema.row_id(row), row) for row in data.rows[table]]
    events = {}
    for at, key, row in sorted(rows, key=lambda each: (each[0] is None, each[0] or 0, each[1])):
        event = Event(
            name=data.name(row),
            lines=wrapped(data.name(row), NAME, SIZE),
            kind=data.term(schema, kind, row[kind]) if kind else "",
            year=at,
            years=row.get("duration_years"),
            builds_on=row.get("builds_on"),
            y=0,
        )
        events[key] = replace(event, y=y + event.half)
        y += 2 * event.half
    return events, y


def _legend(words: Mapping[str, str], y: float) -> Iterator[Element]:
    yield rect(MARGIN, y - 8, 26, 10, "striped-blue", rx=3)
    yield text(MARGIN + 34, y + 1, words["bar"], "muted", **PALE)
    x = MARGIN + 34 + breadth(words["bar"], SMALL) + 24
    yield from _arrow((x, y - 10), (x + 24, y - 3))
    yield text(x + 34, y + 1, words["arrow"], "muted", **PALE)


def _lane_title(data: Data, axis: Axis, lane: tuple[str, str], y: float) -> Iterator[Element]:
    """What a lane is about, and the years, of which only some have a label where they are crowded."""
    table, year = lane
    rows = data.rows[table]
    counted = data.words["policies"]["dated"].format(dated=sum(1 for row in rows if row[year]), all=len(rows))
    yield aside(text(MARGIN, y, data.title(table), "ink strong", font_size=HEADING), counted)
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 10000) if axis.column * step >= breadth("2000", SMALL))
    for each in range(axis.first, axis.last + 1):
        if each % every == 0:
            yield text(axis.middle(each), y, str(each), "muted", text_anchor="middle", **PALE)
    yield path(f"M{MARGIN} {y + 9}H{RIGHT}", "line-rule")


def _lane(data: Data, axis: Axis, events: Mapping[str, Event], look: str) -> Iterator[Element]:
    """Columns, then names, bars and arrows, and the marks with their labels on top."""
    dated = [event for event in events.values() if event.year is not None]
    if dated:
        top, bottom = dated[0].y - dated[0].half, dated[-1].y + dated[-1].half
        for year in range(axis.first, axis.last + 1, 2):
            yield rect(axis.left(year), top - 5, axis.column, bottom - top + 5, "track")
    for event in events.values():
        first = event.y - (len(event.lines) - 1) * leading(SIZE) / 2 + 4.5
        yield from paragraph(MARGIN, first, event.lines)
        before = events.get(event.builds_on or "")
        if event.year is None:
            yield from _undated(data, event, before)
            continue
        if before and before.year:
            end = axis.left(event.year) if event.years else axis.middle(event.year) - RADIUS
            yield from _arrow((axis.middle(before.year), before.level + RADIUS), (end - 2, event.level))
        if event.years:
            width = axis.column * event.years
            yield rect(axis.left(event.year), event.level - RADIUS, width, 2 * RADIUS, f"striped-{look}", rx=4)
    for event in dated:
        yield from _mark(data, axis, event, look)


def _undated(data: Data, event: Event, before: Event | None) -> Iterator[Element]:
    """In place of a mark."""
    words = data.words["policies"]
    said = [words["undated"], event.kind, words["builds_on"].format(before.name) if before else ""]
    lines = wrapped(" · ".join(filter(None, said)), RIGHT - LEFT, SMALL)
    yield from paragraph(LEFT, event.y + 4 - (len(lines) - 1) * leading(SMALL) / 2, lines, "muted", SMALL)


def _mark(data: Data, axis: Axis, event: Event, look: str) -> Iterator[Element]:
    """The mark of an event and what is said of it: beside it, where there is room, and over a bar."""
    year, level = event.year or 0, event.level
    said = [str(year), event.kind, data.words["policies"]["years"].format(event.years) if event.years else ""]
    label = " · ".join(filter(None, said))
    yield element("circle", f"{look} line-paper", cx=axis.middle(year), cy=level, r=RADIUS, stroke_width=1.5)
    y = level - RADIUS - 5 if event.years else level + 4
    x = axis.left(year) if event.years else axis.middle(year) + RADIUS + 7
    if x + breadth(label, SMALL) <= RIGHT:
        yield text(x, y, label, "ink rim line-paper", **PALE)
    else:
        x = RIGHT if event.years else axis.middle(year) - RADIUS - 7
        yield text(x, y, label, "ink rim line-paper", text_anchor="end", **PALE)


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Element]:
    """Down from a mark, then across to another."""
    (x, y), (right, low) = start, end
    yield path(f"M{number(x)} {number(y)}V{number(low)}H{number(right)}", "line-ink", stroke_width=1.4)
    yield path(f"M{number(right - 6)} {number(low - 4)}l6 4l-6 4", "line-ink", stroke_width=1.4)
