"""The chart of the policies on an axis of years, with talent schemes and milestones below."""

from itertools import groupby
from typing import NamedTuple

from localized_package import LocalizedPackage, Row
from palette import table_hues

from .sheet import HEADING, MARGIN, RIGHT, SIZE, SMALL, Point, Sheet, breadth, leading, wrapped

# Table, the field of its year and that of its kind.
LANES = (
    ("policies", "year_issued", "form"),
    ("talent_schemes", "year", None),
    ("milestones", "year", "kind"),
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


def draw_policies(localized: LocalizedPackage) -> str:
    """The chart as SVG."""
    words = localized.words["policies"]
    rows = [(row, row[year]) for table, year, _ in LANES for row in localized.rows[table]]
    spans = [(year, year + (row.get("duration_years") or 1) - 1) for row, year in rows if year]
    axis = Axis(min((first for first, _ in spans), default=0), max((last for _, last in spans), default=0))
    sheet = Sheet(localized, words["title"].format(first=axis.first, last=axis.last), words["about"])
    x, y = sheet.legend(words["bar"])
    sheet.rect((x, y - 5), 26, 10, f"striped-t{table_hues(localized)[NARRATED]}", rx=3)
    x, y = sheet.legend(words["open"])
    _open_span(sheet, (x, y), x + 26)
    x, y = sheet.legend(words["arrow"])
    _arrow(sheet, (x, y - 8), (x + 26, y))
    sheet.y += 4
    for lane in LANES:
        _lane(sheet, axis, lane)
    sheet.y += 8
    spoken = [
        f"{year or words['undated']}{localized.words['colon']}{localized.text(row, 'name')}" for row, year in rows
    ]
    return sheet.svg([lane[0] for lane in LANES], spoken)


def _lane(sheet: Sheet, axis: Axis, lane: tuple[str, str, str | None]) -> None:
    """A table: its rows in the order of time, over columns of years."""
    localized, (table, year, kind) = sheet.localized, lane
    look = f"t{table_hues(localized)[table]}"
    schema, words = localized.package.schema(table), localized.words["policies"]
    rows = {schema.row_id(row): row for row in localized.rows[table]}
    bounds = _bounds(localized, year) if table == NARRATED else {}
    sheet.text((MARGIN, sheet.y + 24), localized.title(schema), "ink strong", HEADING)
    dated = words["dated"].format(sum(bool(row[year]) for row in rows.values()), len(rows))
    sheet.text((LEFT - 20, sheet.y + 24), dated, "muted", SMALL, "end")
    width = axis.at(1) - axis.at(0)
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 10000) if step * width >= breadth("2000", SMALL))
    for column in range(axis.first, axis.last + 1):
        if column % every == 0:
            sheet.text((axis.at(column + 0.5), sheet.y + 24), str(column), "muted", SMALL, "middle")
    sheet.path(("M", MARGIN, sheet.y + 33, "H", RIGHT), "line-rule")
    tracks = [sheet.rect((axis.at(at), sheet.y + 34), width, 0, "track") for at in range(axis.first, axis.last + 1, 2)]
    sheet.y += 38
    levels = dict[str, float]()
    for key in sorted(rows, key=lambda key: (rows[key][year] or bounds.get(key, (9999, 0))[0] + 0.5, key)):
        row, span, years = rows[key], bounds.get(key), rows[key].get("duration_years")
        tall = bool(years or span)
        names = len(wrapped(localized.text(row, "name"), NAME, SIZE))
        half = max(names, 1 + tall) * leading(SIZE) / 2 + 7
        level = levels[key] = sheet.y + half + 8 * tall
        sheet.lines((MARGIN, sheet.y + half - (names - 1) * leading(SIZE) / 2 + 4.5), localized.text(row, "name"), NAME)
        before = row.get("builds_on")
        if row[year] and before in levels and rows[before][year]:
            end = axis.at(row[year]) if years else axis.at(row[year] + 0.5) - RADIUS
            _arrow(sheet, (axis.at(rows[before][year] + 0.5), levels[before] + RADIUS), (end - 2, level))
        label = [localized.short_label(table, kind, row[kind])] if kind else []
        label += [words["years"].format(years)] * bool(years)
        if row[year]:
            x, label = axis.at(row[year] + 0.5), [str(row[year]), *label]
            sides = (axis.at(row[year]), RIGHT) if years else (x + RADIUS + 7, x - RADIUS - 7)
            if years:
                corner = (axis.at(row[year]), level - RADIUS)
                sheet.rect(corner, years * width, 2 * RADIUS, f"striped-{look}", rx=4)
            sheet.add("circle", f"{look} line-paper", cx=x, cy=level, r=RADIUS, stroke_width=1.5)
        elif span:
            start, end = (axis.at(at + 0.5) for at in span)
            label, sides = [words["between"].format(*span), *label], (start, RIGHT)
            _open_span(sheet, (start, level), max(end, start + 8))
        else:
            label, sides = [words["undated"], *label], (LEFT + 8, RIGHT)
        _label(sheet, " · ".join(label), sides, level - RADIUS - 5 if tall else level + 4)
        sheet.y += 2 * half
    for track in tracks:
        track.set("height", f"{sheet.y - float(track.attrib['y']):g}")


def _bounds(localized: LocalizedPackage, year: str) -> dict[str, tuple[int, int]]:
    """The years of the dated rows before and behind an undated one in the same paragraph, by where each is named."""
    schema, bounds = localized.package.schema(NARRATED), dict[str, tuple[int, int]]()
    named: list[tuple[str, int, int, Row]] = [
        (citation.source_id, citation.paragraph, citation.start, row)
        for row in localized.rows[NARRATED]
        for citation in localized.cell_citations(schema, row, schema["name_zh"])[:1]
    ]
    for _, group in groupby(sorted(named, key=lambda item: item[:3]), key=lambda item: item[:2]):
        rows = [row for *_, row in group]
        for at, row in enumerate(rows):
            before = [earlier[year] for earlier in rows[:at] if earlier[year]]
            after = [later[year] for later in rows[at + 1 :] if later[year]]
            if row[year] is None and before and after and before[-1] <= after[0]:
                bounds[schema.row_id(row)] = (before[-1], after[0])
    return bounds


def _label(sheet: Sheet, words: str, sides: tuple[float, float], y: float) -> None:
    """A label that begins on the left side of a mark, or ends on the other where there is no room."""
    fits = sides[0] + breadth(words, SMALL) <= RIGHT
    x, anchor = (sides[0], "start") if fits else (sides[1], "end")
    sheet.text((x, y), words, "ink rim line-paper", SMALL, anchor)


def _open_span(sheet: Sheet, start: Point, end: float) -> None:
    """A span of which the bounds alone are known."""
    x, y = start
    sheet.rect((x, y - 4), end - x, 8, "line line-muted", rx=4, stroke_dasharray="2 3")


def _arrow(sheet: Sheet, start: Point, end: Point) -> None:
    """Down from a mark, then across to another; dashed, since it is a reading."""
    sheet.path(("M", *start, "V", end[1], "H", end[0]), "line-ink", stroke_width=1.3, stroke_dasharray="4 3")
    sheet.path(("M", end[0] - 6, end[1] - 4, "l", 6, 4, -6, 4), "line-ink", stroke_width=1.3)
