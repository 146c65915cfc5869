"""The picture of the metrics: a panel for each unit, on a scale of its own.

Amounts are bars, counts are squares to be counted, and what is printed without a number stands in words. A part is
drawn inside of what it is a part of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from .data import ROOT, Data, Row, heading, open_data, source
from .palette import HUES
from .svg import (
    HEADING,
    MARGIN,
    SIZE,
    SMALL,
    WIDTH,
    aside,
    document,
    leading,
    number,
    paragraph,
    path,
    rect,
    text,
    wrapped,
)

TABLE = "industry_metrics"
NAME, INDENT = 352, 20
LEFT, RIGHT = MARGIN + NAME + 24, WIDTH - MARGIN
BAR, HEIGHT = 432, 12
# Squares in rows of four tens; what would need more of them than MOST has squares that stand for 10, 100 …
SQUARE, PITCH, TENS, IN_ROW, MOST = 8.5, 10.5, 4, 40, 400
# Which way the figure lies from the number: an open end behind it, or a hollow one before it.
ABOVE, BELOW = ("more_than", "at_least"), ("nearly", "at_most")
ALL = 100  # per cent


@dataclass(frozen=True, slots=True)
class Panel:
    """The observations of a unit, each with its parts behind it; those without a number have no unit."""

    data: Data
    unit: str | None
    rows: list[Row]

    @property
    def largest(self) -> float:
        """What a full bar stands for."""
        largest = max(row["value"] or 0 for row in self.rows)
        return max(largest, ALL if self.unit == "percent" else 0) or 1

    def each(self, row: Row) -> int:
        """How many things a square stands for; as many for a part as for the whole, or they could not be compared."""
        largest = (self.whole(row) or row)["value"]
        return int(10 ** len(str(int(largest / MOST)))) if largest > MOST else 1

    def whole(self, row: Row) -> Row | None:
        """What an observation is a part of, if it is in the same unit."""
        return next((each for each in self.rows if each["metric_id"] == row["part_of"]), None)


def draw(language: str, root: Path = ROOT) -> str:
    """The picture as SVG."""
    data = open_data(language, root)
    words, rows = data.words["metrics"], data.rows[TABLE]
    elements, y = heading(words["title"], words["about"])
    legend, y = _legend(data, {row["qualifier"] for row in rows}, y)
    elements += legend
    for unit in [*data.package.schema(TABLE)["unit"].vocabulary, None]:
        found = _in_order(data, [row for row in rows if row["unit"] == unit])
        if found:
            drawn, y = _panel(Panel(data, unit, found), y)
            elements += drawn
    foot, height = source(data, y + 6, [TABLE])
    spoken = [f"{data.name(row)}{data.words['colon']}{_figure(data, row)}, {_when(data, row)}" for row in rows]
    return document(data.words["language"], words["title"], "; ".join(spoken), height, [*elements, *foot])


def _in_order(data: Data, rows: list[Row]) -> list[Row]:
    """By sector, then the largest first, each with its parts behind it."""
    sectors = list(data.package.schema(TABLE)["sector"].vocabulary)
    rows = sorted(rows, key=lambda row: (sectors.index(row["sector"]), -(row["value"] or 0), row["metric_id"]))
    known = {row["metric_id"] for row in rows}

    def with_parts(whole: Row) -> Iterator[Row]:
        yield whole
        for row in rows:
            if row["part_of"] == whole["metric_id"]:
                yield from with_parts(row)

    return [each for row in rows if row["part_of"] not in known for each in with_parts(row)]


def _legend(data: Data, qualifiers: set[str], y: float) -> tuple[list[Element], float]:
    """What the ends of bars mean, as far as there are such ends."""
    drawn: list[Element] = []
    for kinds, words in ((ABOVE, "open"), (BELOW, "closed")):
        if qualifiers.intersection(kinds):
            drawn += _bar(MARGIN, y + 2, 26 if kinds == BELOW else 14, kinds[0], "grey")
            drawn.append(text(MARGIN + 42, y + 12, data.words["metrics"][words], "muted", font_size=SMALL))
            y += 20
    return drawn, y + 4


def _panel(panel: Panel, y: float) -> tuple[list[Element], float]:
    data, unit, words = panel.data, panel.unit, panel.data.words["metrics"]
    title = data.label(data.package.schema(TABLE), "unit", unit) if unit else words["none"]
    drawn = [text(MARGIN, y + 22, words["counts"] if unit == "count" else title, "ink strong", font_size=HEADING)]
    if unit == "count":
        aside(drawn[0], words["one"])
    drawn.append(path(f"M{MARGIN} {number(y + 31)}H{RIGHT}", "line-rule"))
    y += 40
    for row in panel.rows:
        whole, figure = panel.whole(row), _figure(data, row)
        said = words["part_of"].format(part=figure, whole=_figure(data, whole)) if whole else figure
        about = [_when(data, row)]
        if unit == "count" and (each := panel.each(row)) > 1:
            about.append(words["many"].format(f"{each:,}"))
        names, end = _name(data, row, y, INDENT if whole else 0)
        marks, low = _marks(panel, row, y + 20)
        drawn += [*names, aside(text(LEFT, y + 12, said, "ink strong"), " · ".join(about)), *marks]
        y = max(end, low) + 12
    return drawn, y + 4


def _name(data: Data, row: Row, y: float, indent: float) -> tuple[list[Element], float]:
    """What is measured, and in which sector, which has its colour there."""
    x = MARGIN + indent
    lines = wrapped(data.name(row), NAME - indent, SIZE)
    low = y + 12 + len(lines) * leading(SIZE)
    about = [data.term(data.package.schema(TABLE), "sector", row["sector"])]
    if len({each["place_id"] for each in data.rows[TABLE]}) > 1:
        about += [data.name(place) for place in data.rows["places"] if place["place_id"] == row["place_id"]]
    drawn = [*paragraph(x, y + 12, lines), rect(x, low - 8.5, 9, 9, _hue(data, row), rx=2)]
    drawn.append(text(x + 15, low, " · ".join(about), "muted", font_size=SMALL))
    if indent:
        bend = f"M{MARGIN + 5} {number(y - 4)}V{number(y + 8)}H{MARGIN + 14}"
        drawn.append(path(bend, "line-muted", stroke_width=1.2))
    return drawn, low + 4


def _marks(panel: Panel, row: Row, y: float) -> tuple[list[Element], float]:
    """What stands for the value, and where it ends."""
    if row["value"] is None:
        return [], y
    whole, hue = panel.whole(row), _hue(panel.data, row)
    if panel.unit == "count":
        return _squares(panel, row, y)
    scale = BAR / panel.largest
    ground = whole["value"] if whole else ALL if panel.unit == "percent" else 0
    drawn = [rect(LEFT, y, ground * scale, HEIGHT, "track")] if ground else []
    return [*drawn, *_bar(LEFT, y, row["value"] * scale, row["qualifier"], hue)], y + HEIGHT


def _bar(x: float, y: float, length: float, qualifier: str, hue: str) -> Iterator[Element]:
    """A bar from nothing; where the source says more, it goes on open, and where it says less, it ends hollow."""
    hollow = min(length, HEIGHT) if qualifier in BELOW else 0
    yield rect(x, y, max(length - hollow, 1), HEIGHT, hue)
    if hollow:
        yield _hollow(x + length - hollow, y, (hollow, HEIGHT), hue)
    if qualifier in ABOVE:
        yield from _open_end(x + length + 3, y, HEIGHT, hue)


def _squares(panel: Panel, row: Row, y: float) -> tuple[list[Element], float]:
    """A square for each of the things; those of the whole that are not in this part are hollow."""
    hue, whole = _hue(panel.data, row), panel.whole(row)
    filled = round(row["value"] / panel.each(row))
    total = max(filled, round(whole["value"] / panel.each(row)) if whole else 0)
    full = filled - 1 if row["qualifier"] in BELOW else filled
    drawn, x, top = [], float(LEFT), y
    for index in range(total):
        line, at = divmod(index, IN_ROW)
        x, top = LEFT + at * PITCH + at // 10 * TENS, y + line * PITCH
        drawn.append(
            rect(x, top, SQUARE, SQUARE, hue, rx=1) if index < full else _hollow(x, top, (SQUARE, SQUARE), hue)
        )
    if row["qualifier"] in ABOVE:
        drawn += _open_end(x + PITCH + 2, top, SQUARE, hue)
    return drawn, top + SQUARE


def _hollow(x: float, y: float, size: tuple[float, float], hue: str) -> Element:
    width, height = size
    return rect(x + 0.6, y + 0.6, max(width - 1.2, 0), height - 1.2, f"line line-{hue}", stroke_width=1.2, rx=1)


def _open_end(x: float, y: float, height: float, hue: str) -> Iterator[Element]:
    """Arrow heads that lead on."""
    half = number(height / 2 - 1)
    for step in (0, 6, 12):
        yield path(f"M{number(x + step)} {number(y + 1)}l4 {half}l-4 {half}", f"line-{hue}", stroke_width=1.8)


def _figure(data: Data, row: Row) -> str:
    """The figure as it would be said, or what stands in place of one."""
    words, qualifier = data.words["metrics"], data.term(data.package.schema(TABLE), "qualifier", row["qualifier"])
    if row["value"] is None:
        return qualifier
    shown = f"{row['value']:,.15g}"
    for scale, name in words["scales"]:
        if row["value"] >= scale and round(row["value"] / scale, 3) * scale == row["value"]:
            shown = f"{row['value'] / scale:.7g}{name}"
            break
    figure = str(words["units"].get(row["unit"], f"{{}} {row['unit']}").format(shown))
    return figure if row["qualifier"] == "exact" else f"{qualifier} {figure}"


def _when(data: Data, row: Row) -> str:
    words = data.words["metrics"]
    if row["year"]:
        return str(row["year"])
    return str(words["as_of"].format(row["as_of"]) if row["as_of"] else words["undated"])


def _hue(data: Data, row: Row) -> str:
    sectors = list(data.package.schema(TABLE)["sector"].vocabulary)
    return list(HUES)[sectors.index(row["sector"]) % len(HUES)]
