"""The chart of the policies on an axis of years, with talent schemes and milestones below."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element

from book import Book, Row

from .frame import legend, page
from .svg import (
    HEADING,
    MARGIN,
    RIGHT,
    SIZE,
    SMALL,
    Drawing,
    breadth,
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
# The table whose rows are narrated in the order of time: what is not dated lies between its dated neighbours.
NARRATED = "policies"
NAME, RADIUS = 372, 6
LEFT = MARGIN + NAME + 20


class Axis(NamedTuple):
    """The years, each with a column of its own: all that is known of an event is that it lies in it."""

    first: int
    last: int

    def at(self, year: float) -> float:
        """Where a year begins; its mark stands half a year later."""
        return LEFT + (RIGHT - LEFT) * (year - self.first) / (self.last + 1 - self.first)


def draw_policies(book: Book) -> str:
    """The chart as SVG."""
    words = book.words["policies"]
    rows = [(row, row[year]) for table, year, *_ in LANES for row in book.rows[table]]
    spans = [(year, year + (row.get("duration_years") or 1) - 1) for row, year in rows if year]
    axis = Axis(min((first for first, _ in spans), default=0), max((last for _, last in spans), default=0))

    def draw(y: float) -> Drawing:
        bar, span = rect(0, -5, 26, 10, "striped-blue", rx=3), _open_span(0, 26, 0)
        elements, y = legend(
            y, [([bar], words["bar"]), ([span], words["open"]), (_arrow(0, -8, 26, 0), words["arrow"])]
        )
        for lane in LANES:
            drawn, y = _lane(book, axis, lane, y)
            elements += drawn
        return elements, y + 8

    spoken = [f"{year or words['undated']}{book.words['colon']}{book.text(row, 'name')}" for row, year in rows]
    title = words["title"].format(first=axis.first, last=axis.last)
    return page(book, (title, words["about"]), [lane[0] for lane in LANES], spoken, draw)


def _lane(book: Book, axis: Axis, lane: tuple[str, str, str | None, str], y: float) -> Drawing:
    """A table: columns, then names, bars, spans and arrows, and the marks with their labels on top."""
    table, year, kind, look = lane
    schema, words = book.package.schema(table), book.words["policies"]
    by_id = {schema.row_id(row): row for row in book.rows[table]}
    bounds = _bounds(book, year) if table == NARRATED else {}
    dated = sum(1 for row in by_id.values() if row[year])
    drawn = [text(MARGIN, y + 24, book.title(schema), "ink strong", HEADING)]
    drawn.append(text(LEFT - 20, y + 24, words["dated"].format(dated, len(by_id)), "muted", SMALL, "end"))
    every = next(
        step for step in (1, 2, 5, 10, 20, 50, 100, 10000) if axis.at(step) - axis.at(0) >= breadth("2000", SMALL)
    )
    labelled = [column for column in range(axis.first, axis.last + 1) if column % every == 0]
    drawn += [text(axis.at(column + 0.5), y + 24, str(column), "muted", SMALL, "middle") for column in labelled]
    drawn.append(path(f"M{MARGIN} {number(y + 33)}H{RIGHT}", "line-rule"))
    y, top, above, levels = y + 38, y + 34, list[Element](), dict[str, float]()
    for key in sorted(by_id, key=lambda key: (by_id[key][year] or bounds.get(key, (9999, 0))[0] + 0.5, key)):
        row, span = by_id[key], bounds.get(key)
        years, before = row.get("duration_years"), by_id.get(row.get("builds_on") or "")
        lines = wrapped(book.text(row, "name"), NAME, SIZE)
        half = max(len(lines), 2 if years or span else 1) * leading(SIZE) / 2 + 7
        level = levels[key] = y + half + (8 if years or span else 0)
        drawn += paragraph(MARGIN, y + half - (len(lines) - 1) * leading(SIZE) / 2 + 4.5, lines)
        if row[year] and before and before[year] and row["builds_on"] in levels:
            end = axis.at(row[year]) if years else axis.at(row[year] + 0.5) - RADIUS
            above += _arrow(axis.at(before[year] + 0.5), levels[row["builds_on"]] + RADIUS, end - 2, level)
        if row[year] and years:
            width = axis.at(row[year] + years) - axis.at(row[year])
            above.append(rect(axis.at(row[year]), level - RADIUS, width, 2 * RADIUS, f"striped-{look}", rx=4))
        if span:
            above.append(_open_span(axis.at(span[0] + 0.5), axis.at(span[1] + 0.5), level))
        label = [book.term(table, kind, row[kind])] if kind else []
        label += [words["years"].format(years)] * bool(years)
        if row[year]:
            x, label = axis.at(row[year] + 0.5), [str(row[year]), *label]
            above.append(element("circle", f"{look} line-paper", cx=x, cy=level, r=RADIUS, stroke_width=1.5))
            sides = (axis.at(row[year]), RIGHT) if years else (x + RADIUS + 7, x - RADIUS - 7)
        else:
            label = [words["between"].format(*span) if span else words["undated"], *label]
            sides = (axis.at(span[0] + 0.5), RIGHT) if span else (LEFT + 8, RIGHT)
        above.append(_label(" · ".join(label), sides, level - RADIUS - 5 if years or span else level + 4))
        y += 2 * half
    columns = range(axis.first, axis.last + 1, 2)
    width = axis.at(1) - axis.at(0)
    return [*(rect(axis.at(column), top, width, y - top, "track") for column in columns), *drawn, *above], y


def _bounds(book: Book, year: str) -> dict[str, tuple[int, int]]:
    """The years of the dated rows before and behind an undated one in the same paragraph, by where each is named."""
    schema, bounds = book.package.schema(NARRATED), dict[str, tuple[int, int]]()
    named: list[tuple[str, int, int, Row]] = [
        (citation.source_id, citation.paragraph, citation.start, row)
        for row in book.rows[NARRATED]
        for citation in book.cited(schema, row, schema["name_zh"])[:1]
    ]
    for _, group in groupby(sorted(named, key=lambda item: item[:3]), key=lambda item: item[:2]):
        rows = [row for *_, row in group]
        for at, row in enumerate(rows):
            before = [earlier[year] for earlier in rows[:at] if earlier[year]]
            after = [later[year] for later in rows[at + 1 :] if later[year]]
            if row[year] is None and before and after and before[-1] <= after[0]:
                bounds[schema.row_id(row)] = (before[-1], after[0])
    return bounds


def _label(words: str, sides: tuple[float, float], y: float) -> Element:
    """A label that begins on the left side of a mark, or ends on the other where there is no room."""
    fits = sides[0] + breadth(words, SMALL) <= RIGHT
    return text(sides[0] if fits else sides[1], y, words, "ink rim line-paper", SMALL, "start" if fits else "end")


def _open_span(start: float, end: float, y: float) -> Element:
    """A span of which the bounds alone are known."""
    return rect(start, y - 4, max(end - start, 8), 8, "line line-muted", rx=4, stroke_dasharray="2 3")


def _arrow(x: float, y: float, right: float, low: float) -> Iterator[Element]:
    """Down from a mark, then across to another; dashed, since it is a reading."""
    line = f"M{number(x)} {number(y)}V{number(low)}H{number(right)}"
    yield path(line, "line-ink", stroke_width=1.3, stroke_dasharray="4 3")
    yield path(f"M{number(right - 6)} {number(low - 4)}l6 4l-6 4", "line-ink", stroke_width=1.3)
