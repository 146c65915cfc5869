"""The chart of the observations and of the figures of other public sources beside them: a panel for each measure.

A figure has a mark only where there is another of its measure and unit to compare it with. A rank has none, since the
first is not the least. An order of magnitude has none, since it is not a number.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from localized_package import INDICATORS, LocalizedPackage, Row, figure_text, figure_text_with_whole
from palette import table_hues

from .sheet import HEADING, MARGIN, RIGHT, SMALL, Point, Sheet

METRICS, OUTSIDE = "industry_metrics", "corroborations"
ABOVE, BELOW = ("more_than", "at_least"), ("nearly", "less_than", "at_most")

# From left to right: the names, the plot with the marks, and the figures.
NAME_WIDTH, PLOT_WIDTH, INDENT = 380, 190, 20
LEFT = MARGIN + NAME_WIDTH + 20
"""Where the plot begins."""
FIGURE_LEFT = LEFT + PLOT_WIDTH + 34

RADIUS, DIAMOND_SIDE = 5, 9
# The mark of an observation, and those of other public sources by their class.
TRANSCRIBED = "transcribed"
SHAPES = {TRANSCRIBED: "square", "official": "circle", "press": "diamond"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a panel: an observation, or what an outside source says of the one above it."""

    row: Row
    outside: bool

    @property
    def shape(self) -> str:
        """The shape of its mark."""
        return SHAPES[self.row["source_class"]] if self.outside else SHAPES[TRANSCRIBED]

    @property
    def values(self) -> list[float]:
        """The value of the row, or both ends of its range."""
        ends = (self.row["value"], self.row.get("value_to"))
        return [end for end in ends if end is not None]


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the values of a panel are in its plot."""

    lowest: float
    factor: float

    def x(self, value: float) -> float:
        """Where a value is."""
        return LEFT + (value - self.lowest) * self.factor


def draw_figures(localized: LocalizedPackage) -> str:
    """The chart as SVG."""
    words = localized.words["figures"]
    sheet = Sheet(localized, words["title"], words["about"])
    _draw_legend(sheet)
    for rows in _panels(localized):
        _draw_panel(sheet, rows)
    return sheet.svg([METRICS, OUTSIDE], _spoken(localized))


def _spoken(localized: LocalizedPackage) -> list[str]:
    """What a screen reader says: the name and the figure of each observation."""
    colon = localized.words["colon"]
    spoken = []
    for row in localized.rows[METRICS]:
        label = localized.text(row, "label")
        figure = figure_text(localized, METRICS, row)
        spoken.append(f"{label}{colon}{figure}, {_circumstances(localized, row)}")
    return spoken


def _colour(localized: LocalizedPackage, table: str) -> str:
    """The colour of a table, as a class."""
    return f"t{table_hues(localized)[table]}"


def _draw_legend(sheet: Sheet) -> None:
    words = sheet.localized.words["figures"]
    own = _colour(sheet.localized, METRICS)
    others = _colour(sheet.localized, OUTSIDE)
    for origin, shape in SHAPES.items():
        x, y = sheet.legend(words[origin])
        colour = own if origin == TRANSCRIBED else others
        _draw_mark(sheet, (x + 13, y), colour, shape)
    x, y = sheet.legend(words["hollow"])
    _draw_mark(sheet, (x + 13, y), others, "circle", hollow=True)
    x, y = sheet.legend(words["above"])
    _draw_mark(sheet, (x + 4, y), own, "square")
    _draw_bound(sheet, (x + 4, y), own, ABOVE[0])
    sheet.y += 4


def _panels(localized: LocalizedPackage) -> list[list[Row]]:
    """The observations of each measure and unit. One without a number has no unit: it is with the first unit."""
    panels: list[list[Row]] = []
    for measure in localized.package.schema(INDICATORS)["measure"].vocabulary:
        measured = [row for row in localized.rows[METRICS] if localized.characteristic(row, "measure") == measure]
        units = [row["unit"] for row in measured if row["unit"]]
        first_unit = units[0] if units else None
        by_unit: dict[str | None, list[Row]] = {unit: [] for unit in units}
        for row in measured:
            by_unit.setdefault(row["unit"] or first_unit, []).append(row)
        panels += by_unit.values()
    return panels


def _draw_panel(sheet: Sheet, rows: list[Row]) -> None:
    """The observations of a measure, the largest indicator first, each with what others report of it."""
    lines = _lines(sheet.localized, rows)
    compared = _comparable(lines)
    scale = _scale(compared)
    metric_ids = {row["metric_id"] for row in rows}
    _draw_heading(sheet, str(sheet.localized.characteristic(rows[0], "measure")))
    for line in lines:
        if len(compared) > 1 and line in compared:
            _draw_marks(sheet, scale, line)
        is_part = line.row.get("part_of") in metric_ids
        _draw_words(sheet, line, indented=line.outside or is_part)


def _lines(localized: LocalizedPackage, rows: list[Row]) -> list[Line]:
    """The rows in order, each with the figures of other sources below it."""
    lines = []
    for row in _ordered(rows):
        lines.append(Line(row, outside=False))
        others = [other for other in localized.rows[OUTSIDE] if _is_figure_of(other, row)]
        others.sort(key=lambda other: (other["year"] or 0, other["value"]))
        lines += [Line(other, outside=True) for other in others]
    return lines


def _is_figure_of(other: Row, row: Row) -> bool:
    """Whether what another source says is a figure of an observation."""
    is_of_row = other["table"] == METRICS and other["row_id"] == row["metric_id"]
    return is_of_row and other["value"] is not None


def _ordered(rows: list[Row]) -> list[Row]:
    """The largest indicator first, each by time, and a part after the whole."""
    by_id = {row["metric_id"]: row for row in rows}
    largest: dict[str, float] = {}
    for row in rows:
        indicator = row["indicator_id"]
        largest[indicator] = max(row["value"] or 0, largest.get(indicator, 0))

    def rank(row: Row) -> tuple[object, ...]:
        whole = by_id.get(row["part_of"]) or row
        indicator = whole["indicator_id"]
        when = str(whole["year"] or whole["as_of"] or "9999")
        is_part = row is not whole
        return -largest[indicator], indicator, when, whole["metric_id"], is_part, row["metric_id"]

    return sorted(rows, key=rank)


def _comparable(lines: list[Line]) -> list[Line]:
    """The lines with a number in the unit of the panel, which is that of the first line that has one."""
    units = [line.row["unit"] for line in lines if line.row["unit"]]
    unit = units[0] if units else None
    if unit == "rank":
        return []
    of_unit = [line for line in lines if line.row["unit"] == unit and line.row["value"] is not None]
    return [line for line in of_unit if line.row.get("qualifier") != "order_of_magnitude"]


def _scale(lines: Iterable[Line]) -> Scale:
    """From zero, or the lowest value below it, to the highest."""
    values = [0.0]
    for line in lines:
        values += line.values
    lowest = min(values)
    extent = max(values) - lowest
    return Scale(lowest, PLOT_WIDTH / (extent or 1))


def _draw_heading(sheet: Sheet, measure: str) -> None:
    title = sheet.localized.label(INDICATORS, "measure", measure)
    sheet.y += 40
    sheet.text((MARGIN, sheet.y - 14), title, "ink strong", HEADING)
    sheet.path(("M", MARGIN, sheet.y - 6, "H", RIGHT), "line-rule")


def _draw_marks(sheet: Sheet, scale: Scale, line: Line) -> None:
    """A rule from zero to the value, with a mark at its end, or at both ends of a range."""
    localized = sheet.localized
    colour = _colour(localized, OUTSIDE if line.outside else METRICS)
    is_limited = line.outside and bool(localized.text(line.row, "note"))
    level = sheet.y + 8
    ends = [scale.x(value) for value in line.values]
    sheet.path(("M", scale.x(0), level, "H", ends[-1]), "line-rule", stroke_width=2)
    for end in ends:
        _draw_mark(sheet, (end, level), colour, line.shape, hollow=is_limited)
        _draw_bound(sheet, (end, level), colour, line.row.get("qualifier") or "")


def _draw_words(sheet: Sheet, line: Line, *, indented: bool) -> None:
    """The name of a line with a note below it on the left, and its figure on the right."""
    localized, row = sheet.localized, line.row
    if line.outside:
        name = f"{row['year'] or '–'} · {localized.text(row, 'publisher')}"
        note = localized.text(row, "note")
    else:
        name = localized.text(row, "label")
        note = _circumstances(localized, row)
    x = MARGIN + INDENT if indented else MARGIN
    name_width = MARGIN + NAME_WIDTH - x
    figure = figure_text_with_whole(localized, METRICS, row)
    figure_height = sheet.lines((FIGURE_LEFT, sheet.y + 12), figure, RIGHT - FIGURE_LEFT)
    height = sheet.lines((x, sheet.y + 12), name, name_width)
    if note:
        height += sheet.lines((x, sheet.y + height + 9), note, name_width, "muted", SMALL)
    sheet.y += max(height, figure_height) + 6


def _draw_mark(sheet: Sheet, center: Point, colour: str, shape: str, *, hollow: bool = False) -> None:
    """A mark of the shape, filled unless it is hollow."""
    x, y = center
    look = f"paper line-{colour}" if hollow else colour
    if shape == "circle":
        sheet.add("circle", look, cx=x, cy=y, r=RADIUS, stroke_width=2)
        return
    side = DIAMOND_SIDE if shape == "diamond" else 2 * RADIUS
    square = sheet.rect((x - side / 2, y - side / 2), side, side, look, stroke_width=2)
    if shape == "diamond":
        square.set("transform", f"rotate(45 {x:g} {y:g})")


def _draw_bound(sheet: Sheet, center: Point, colour: str, qualifier: str) -> None:
    """A double arrow where the figure is a bound: to the right from a lower one, to the left from an upper one."""
    if qualifier not in ABOVE + BELOW:
        return
    x, y = center
    direction = 1 if qualifier in ABOVE else -1
    for distance in (9, 14.4):
        arrow = ("M", x + direction * distance, y - 4, "l", direction * 4, 4, direction * -4, 4)
        sheet.path(arrow, f"line-{colour}", stroke_width=1.8)


def _circumstances(localized: LocalizedPackage, row: Row) -> str:
    """When, whether it is a target, and, where the table has several, for which place and from which source."""
    words = localized.words["figures"]
    rows = localized.rows[METRICS]
    year = str(row["year"] or words["undated"])
    when = words["as_of"].format(row["as_of"]) if row["as_of"] else year
    circumstances = [when, row["months"]]
    if row["status"] == "target":
        circumstances.append(words["target"])
    places = {other["place_id"] for other in rows}
    if len(places) > 1:
        names = {place["place_id"]: localized.text(place, "name") for place in localized.rows["places"]}
        circumstances.append(names.get(row["place_id"]))
    sources = {other["source_id"] for other in rows}
    if len(sources) > 1:
        circumstances.append(row["source_id"])
    return " · ".join(filter(None, circumstances))
