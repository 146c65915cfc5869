"""The chart of the observations and of the figures of other public sources beside them: a panel for each measure.

A figure has a mark only where there is another of its measure and unit to compare it with; a rank, of which the first
is not the least, and an order of magnitude have none.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from book import Book, Row, figure, figure_of_whole

from .frame import legend, page
from .svg import (
    HEADING,
    MARGIN,
    RIGHT,
    SIZE,
    SMALL,
    Drawing,
    element,
    leading,
    number,
    paragraph,
    path,
    rect,
    text,
    wrapped,
)

METRICS, OUTSIDE = "industry_metrics", "corroborations"
NAME, INDENT, RADIUS = 380, 20, 5
LEFT, PLOT = MARGIN + NAME + 20, 190
FIGURE = LEFT + PLOT + 34
ABOVE, BELOW = ("more_than", "at_least"), ("nearly", "at_most")
HUES = {"transcribed": "vermillion", "official": "blue", "press": "green"}


def draw_figures(book: Book) -> str:
    """The chart as SVG."""
    words, rows = book.words["figures"], book.rows[METRICS]

    def draw(y: float) -> Drawing:
        entries = [([*_mark(13, kind, "")], words[kind]) for kind in HUES]
        entries += [
            ([*_mark(13, "", "", hollow=True)], words["hollow"]),
            ([*_mark(4, "press", ABOVE[0])], words["above"]),
        ]
        elements, y = legend(y, entries)
        for measure in book.package.schema(METRICS)["measure"].vocabulary:
            counted = [row for row in rows if row["measure"] == measure]
            units = list(dict.fromkeys(row["unit"] for row in counted if row["unit"])) or [None] * bool(counted)
            for unit in units:
                # What is printed without a number has no unit, and stands with the first.
                panel = [row for row in counted if row["unit"] == unit or (row["unit"] is None and unit == units[0])]
                drawn, y = _panel(book, panel, y + 10)
                elements += drawn
        return elements, y

    spoken = [
        f"{book.text(row, 'label')}{book.words['colon']}{figure(book, METRICS, row)}, {_about(book, row)}"
        for row in rows
    ]
    return page(book, (words["title"], words["about"]), [METRICS, OUTSIDE], spoken, draw)


def _panel(book: Book, rows: list[Row], y: float) -> Drawing:
    """The observations of a measure, the largest indicator first, each with what others report of it."""
    title, largest = book.term(METRICS, "measure", rows[0]["measure"]), dict[str, float]()
    for row in rows:
        largest[row["indicator"]] = max(row["value"] or 0, largest.get(row["indicator"], 0))
    lines: list[tuple[Row, bool]] = []
    by_id = {row["metric_id"]: row for row in rows}
    for row in sorted(rows, key=lambda row: _rank(by_id.get(row["part_of"]) or row, row, largest)):
        lines.append((row, False))
        about = [
            other for other in book.rows[OUTSIDE] if (other["table"], other["row_id"]) == (METRICS, row["metric_id"])
        ]
        valued = [other for other in about if other["value"] is not None]
        lines += [(other, True) for other in sorted(valued, key=lambda other: (other["year"] or 0, other["value"]))]
    unit = next((row["unit"] for row, _ in lines if row["unit"]), None)
    numbers = [row for row, _ in lines if row["value"] is not None and row["unit"] == unit != "rank"]
    marked = [row for row in numbers if row.get("qualifier") != "order_of_magnitude"]
    values = [0.0, *(value for row in marked for value in (row["value"], row.get("value_to")) if value is not None)]
    scale = PLOT / ((max(values) - min(values)) or 1)
    drawn = [text(MARGIN, y + 16, title[:1].upper() + title[1:], "ink strong", HEADING)]
    drawn.append(path(f"M{MARGIN} {number(y + 24)}H{RIGHT}", "line-rule"))
    y += 30
    for row, outside in lines:
        x = MARGIN + (INDENT if outside or row["part_of"] in by_id else 0)
        name = f"{row['year'] or '–'} · {row['publisher']}" if outside else book.text(row, "label")
        note = book.text(row, "note") if outside else _about(book, row)
        names, notes = wrapped(name, NAME + MARGIN - x, SIZE), wrapped(note, NAME + MARGIN - x, SMALL)
        said = figure_of_whole(book, METRICS, row)
        figures = wrapped(said, RIGHT - FIGURE, SIZE)
        drawn += [*paragraph(x, y + 12, names), *paragraph(FIGURE, y + 12, figures)]
        if len(marked) > 1 and row in marked:
            kind, hollow = (row["source_class"], bool(note)) if outside else ("transcribed", False)
            start, *ends = (
                LEFT + (value - min(values)) * scale
                for value in (0, row["value"], row.get("value_to"))
                if value is not None
            )
            drawn.append(path(f"M{number(start)} {number(y + 8)}H{number(ends[-1])}", "line-rule", stroke_width=2))
            for end in ends:
                group = Element("g", transform=f"translate(0 {number(y + 8)})")
                group.extend(_mark(end, kind, row.get("qualifier") or "", hollow=hollow))
                drawn.append(group)
        below = y + len(names) * leading(SIZE)
        if note:
            drawn += paragraph(x, below + 9, notes, "muted", SMALL)
            below += len(notes) * leading(SMALL)
        y = max(below, y + len(figures) * leading(SIZE)) + 6
    return drawn, y


def _rank(whole: Row, row: Row, largest: dict[str, float]) -> tuple[object, ...]:
    """The largest indicator first, by time, a part behind the whole."""
    when = str(whole["year"] or whole["as_of"] or "9999")
    return (
        -largest[whole["indicator"]],
        whole["indicator"],
        when,
        whole["metric_id"],
        row is not whole,
        row["metric_id"],
    )


def _mark(x: float, kind: str, qualifier: str, *, hollow: bool = False) -> Iterator[Element]:
    """A square for what is transcribed, a circle for what is not; an arrow where the figure is a bound."""
    hue = HUES.get(kind, "muted")
    look = f"paper line-{hue}" if hollow else hue
    if kind == "transcribed":
        yield rect(x - RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS, look)
    else:
        yield element("circle", look, cx=x, cy=0, r=RADIUS, stroke_width=2)
    if qualifier in ABOVE + BELOW:
        step, tip = (9, 4) if qualifier in ABOVE else (-9, -4)
        for at in (x + step, x + step * 1.6):
            yield path(f"M{number(at)} -4l{tip} 4l{-tip} 4", f"line-{hue}", stroke_width=1.8)


def _about(book: Book, row: Row) -> str:
    """When, whether it is a target, and, where the table has several, for which place and from which source."""
    words, rows = book.words["figures"], book.rows[METRICS]
    when = words["as_of"].format(row["as_of"]) if row["as_of"] else str(row["year"] or words["undated"])
    parts = [when, row["months"], words["target"] if row["status"] == "target" else None]
    if len({other["place_id"] for other in rows}) > 1:
        parts += [book.text(place, "name") for place in book.rows["places"] if place["place_id"] == row["place_id"]]
    if len({other["source_id"] for other in rows}) > 1:
        parts.append(row["source_id"])
    return " · ".join(filter(None, parts))
