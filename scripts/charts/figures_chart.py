"""The chart of the observations and of the figures of other public sources beside them: a panel for each measure.

A figure has a mark only where there is another of its measure and unit to compare it with; a rank, of which the first
is not the least, and an order of magnitude have none.
"""

from localized_package import LocalizedPackage, Row, figure_text, figure_text_with_whole
from palette import table_hues

from .sheet import HEADING, MARGIN, RIGHT, SMALL, Point, Sheet

METRICS, OUTSIDE = "industry_metrics", "corroborations"
NAME, INDENT, RADIUS = 380, 20, 5
DIAMOND = 9  # its side
LEFT, PLOT = MARGIN + NAME + 20, 190
FIGURE = LEFT + PLOT + 34
ABOVE, BELOW = ("more_than", "at_least"), ("nearly", "at_most")
# What a row of the observations has, and one of another public source of either class.
SHAPES = {"transcribed": "square", "official": "circle", "press": "diamond"}


def draw_figures(localized: LocalizedPackage) -> str:
    """The chart as SVG."""
    words, rows = localized.words["figures"], localized.rows[METRICS]
    sheet = Sheet(localized, words["title"], words["about"])
    own, others = (f"t{table_hues(localized)[table]}" for table in (METRICS, OUTSIDE))
    for kind, shape in SHAPES.items():
        x, y = sheet.legend(words[kind])
        _mark(sheet, (x + 13, y), own if kind == "transcribed" else others, shape)
    x, y = sheet.legend(words["hollow"])
    _mark(sheet, (x + 13, y), others, "circle", hollow=True)
    x, y = sheet.legend(words["above"])
    _mark(sheet, (x + 4, y), own, "square")
    _arrow(sheet, (x + 4, y), own, ABOVE[0])
    sheet.y += 4
    for measure in localized.package.schema(METRICS)["measure"].vocabulary:
        counted = [row for row in rows if row["measure"] == measure]
        units = list(dict.fromkeys(row["unit"] for row in counted if row["unit"])) or [None] * bool(counted)
        for unit in units:
            # What is printed without a number has no unit, and stands with the first.
            _panel(sheet, [row for row in counted if (row["unit"] or units[0]) == unit])
    colon = localized.words["colon"]
    spoken = [
        f"{localized.text(row, 'label')}{colon}{figure_text(localized, METRICS, row)}, {_about(localized, row)}"
        for row in rows
    ]
    return sheet.svg([METRICS, OUTSIDE], spoken)


def _panel(sheet: Sheet, rows: list[Row]) -> None:
    """The observations of a measure, the largest indicator first, each with what others report of it."""
    localized, lines = sheet.localized, list[tuple[Row, bool]]()
    for row in _ordered(rows):
        others = [
            other
            for other in localized.rows[OUTSIDE]
            if (other["table"], other["row_id"]) == (METRICS, row["metric_id"]) and other["value"] is not None
        ]
        others.sort(key=lambda other: (other["year"] or 0, other["value"]))
        lines += [(row, False), *((other, True) for other in others)]
    unit = next((row["unit"] for row, _ in lines if row["unit"]), None)
    marked = [
        row
        for row, _ in lines
        if row["value"] is not None and row["unit"] == unit != "rank" and row.get("qualifier") != "order_of_magnitude"
    ]
    values = [0.0, *(value for row in marked for value in _values(row))]
    low, scale = min(values), PLOT / ((max(values) - min(values)) or 1)
    title = localized.short_label(METRICS, "measure", rows[0]["measure"])
    sheet.y += 40
    sheet.text((MARGIN, sheet.y - 14), title[:1].upper() + title[1:], "ink strong", HEADING)
    sheet.path(("M", MARGIN, sheet.y - 6, "H", RIGHT), "line-rule")
    for row, outside in lines:
        if len(marked) > 1 and row in marked:
            hue = f"t{table_hues(localized)[OUTSIDE if outside else METRICS]}"
            shape = SHAPES[row["source_class"] if outside else "transcribed"]
            zero, *ends = ((LEFT + (value - low) * scale, sheet.y + 8) for value in (0, *_values(row)))
            sheet.path(("M", *zero, "H", ends[-1][0]), "line-rule", stroke_width=2)
            for end in ends:
                _mark(sheet, end, hue, shape, hollow=outside and bool(localized.text(row, "note")))
                _arrow(sheet, end, hue, row.get("qualifier") or "")
        part = row.get("part_of") in {whole["metric_id"] for whole in rows}
        x = MARGIN + INDENT * (outside or part)
        name = f"{row['year'] or '–'} · {row['publisher']}" if outside else localized.text(row, "label")
        note = localized.text(row, "note") if outside else _about(localized, row)
        figures = sheet.lines((FIGURE, sheet.y + 12), figure_text_with_whole(localized, METRICS, row), RIGHT - FIGURE)
        height = sheet.lines((x, sheet.y + 12), name, NAME + MARGIN - x)
        if note:
            height += sheet.lines((x, sheet.y + height + 9), note, NAME + MARGIN - x, "muted", SMALL)
        sheet.y += max(height, figures) + 6


def _values(row: Row) -> list[float]:
    """The value of a row, or both ends of its range."""
    return [value for value in (row["value"], row.get("value_to")) if value is not None]


def _ordered(rows: list[Row]) -> list[Row]:
    """The largest indicator first, by time, a part behind the whole."""
    by_id, largest = {row["metric_id"]: row for row in rows}, dict[str, float]()
    for row in rows:
        largest[row["indicator"]] = max(row["value"] or 0, largest.get(row["indicator"], 0))

    def rank(row: Row) -> tuple[object, ...]:
        whole = by_id.get(row["part_of"]) or row
        when = str(whole["year"] or whole["as_of"] or "9999")
        indicator = whole["indicator"]
        return -largest[indicator], indicator, when, whole["metric_id"], row is not whole, row["metric_id"]

    return sorted(rows, key=rank)


def _mark(sheet: Sheet, at: Point, hue: str, shape: str, *, hollow: bool = False) -> None:
    """A mark of the shape, filled unless it is hollow."""
    look = f"paper line-{hue}" if hollow else hue
    if shape == "circle":
        sheet.add("circle", look, cx=at[0], cy=at[1], r=RADIUS, stroke_width=2)
        return
    side = DIAMOND if shape == "diamond" else 2 * RADIUS
    rect = sheet.rect((at[0] - side / 2, at[1] - side / 2), side, side, look, stroke_width=2)
    if shape == "diamond":
        rect.set("transform", f"rotate(45 {at[0]:g} {at[1]:g})")


def _arrow(sheet: Sheet, at: Point, hue: str, qualifier: str) -> None:
    """A double arrow where the figure is a bound."""
    if qualifier in ABOVE + BELOW:
        side = 1 if qualifier in ABOVE else -1
        for step in (9, 14.4):
            tip = ("M", at[0] + side * step, at[1] - 4, "l", side * 4, 4, side * -4, 4)
            sheet.path(tip, f"line-{hue}", stroke_width=1.8)


def _about(localized: LocalizedPackage, row: Row) -> str:
    """When, whether it is a target, and, where the table has several, for which place and from which source."""
    words, rows = localized.words["figures"], localized.rows[METRICS]
    when = words["as_of"].format(row["as_of"]) if row["as_of"] else str(row["year"] or words["undated"])
    parts = [when, row["months"], words["target"] if row["status"] == "target" else None]
    if len({other["place_id"] for other in rows}) > 1:
        parts += [
            localized.text(place, "name") for place in localized.rows["places"] if place["place_id"] == row["place_id"]
        ]
    if len({other["source_id"] for other in rows}) > 1:
        parts.append(row["source_id"])
    return " · ".join(filter(None, parts))
