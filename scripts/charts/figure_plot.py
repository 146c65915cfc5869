"""A panel as it is drawn: its heading, its marks over the years, and below them in words what has no mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .figure_panels import Panel, Unit, heading, ticks, unit_of
from .indicator_figures import TRANSCRIBED, Figure, in_words, list_in_words, restrictions
from .label_places import Box, Place, around, room_for, text_box
from .marks import ABOVE, ARROW_REACH, BELOW, REACH, colour_of, draw_bound, draw_mark
from .sheet import INNER, MARGIN, SIZE, SMALL, Point, Sheet, tell
from .text_layout import BOLD, leading, wrapped
from .time_axis import TimeAxis

GUTTER = 32
"""Between the two columns of panels."""
COLUMN_WIDTH = (INNER - GUTTER) / 2
COLUMNS = (MARGIN, MARGIN + COLUMN_WIDTH + GUTTER)
"""Where the columns begin."""
TICK_WIDTH = 54
"""For the labels of the scale."""
PLOT_HEIGHT = 104
HEADROOM = 18
"""Above the scale, for a label."""
YEARS_HEIGHT = 20
BETWEEN_PANELS = 16


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the times and values of a panel are."""

    axis: TimeAxis
    ticks: list[float]
    top: float

    @property
    def bottom(self) -> float:
        """Where the scale begins."""
        return self.top + PLOT_HEIGHT

    def y(self, value: float) -> float:
        """Where a value is."""
        lowest, highest = self.ticks[0], self.ticks[-1]
        return self.bottom - (value - lowest) / (highest - lowest) * PLOT_HEIGHT

    def points(self, figure: Figure) -> list[Point]:
        """Where the mark of a figure is, or those of both ends of a range."""
        assert figure.time is not None
        return [(self.axis.start(figure.time), self.y(value)) for value in figure.values]

    @property
    def frame(self) -> Box:
        """Where labels may be."""
        return Box(self.axis.left - TICK_WIDTH, self.top - HEADROOM, self.axis.right + REACH, self.bottom)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the panels of a chart share: the years, and the names of the places where there are several."""

    first_year: int
    last_year: int
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Figures whose marks are at the same points, with the label that these share."""

    figures: tuple[Figure, ...]
    box: Box
    stem: Box
    short_label: str
    """The value and what limits it."""
    label: str
    """The same with the number of figures, if there are several."""
    is_restricted: bool


def draw_panels(sheet: Sheet, setting: Setting, panels: Sequence[tuple[Panel, Sequence[Figure]]]) -> None:
    """One panel, or two beside each other, each with the figures that are given in words below it."""
    top = sheet.y
    headings = [heading(sheet.localized, panel, setting.places) for panel, _ in panels]
    lines = [len(wrapped(text, COLUMN_WIDTH, SIZE * BOLD)) for text in headings]
    plot_top = top + max(lines) * leading(SIZE) + HEADROOM + 4
    bottoms = []
    for left, (panel, others), text, count in zip(COLUMNS, panels, headings, lines, strict=False):
        heading_top = top + (max(lines) - count) * leading(SIZE)
        sheet.lines((left, heading_top + SIZE), text, COLUMN_WIDTH, "ink strong")
        axis = TimeAxis(setting.first_year, setting.last_year, left + TICK_WIDTH, left + COLUMN_WIDTH - REACH)
        plot = Plot(axis, ticks(panel.values), plot_top)
        unit = unit_of(sheet.localized, panel)
        _draw_scales(sheet, plot, unit)
        unlabelled = _draw_figures(sheet, plot, unit, panel)
        words = list_in_words(sheet.localized, [*unlabelled, *others])
        height = _draw_words(sheet, (left, plot.bottom + YEARS_HEIGHT), words)
        bottoms.append(plot.bottom + YEARS_HEIGHT + height)
    sheet.y = max(bottoms) + BETWEEN_PANELS


def _draw_scales(sheet: Sheet, plot: Plot, unit: Unit) -> None:
    """The years, and rules at round values with their labels."""
    axis = plot.axis
    for year in range(axis.first, axis.last + 1, 2):
        sheet.rect((axis.start(year), plot.top), axis.column_width, PLOT_HEIGHT, "track")
    for tick in plot.ticks:
        y = plot.y(tick)
        look = "line-muted" if tick == 0 else "line-rule"
        sheet.path(("M", axis.left, y, "H", axis.right), look)
        place = _place_of_tick(plot, tick)
        sheet.text(place.at, unit.number(tick), "muted", SMALL, place.anchor)
    for year in axis.labelled_years:
        sheet.text((axis.middle(year), plot.bottom + 15), str(year), "muted", SMALL, "middle")


def _draw_figures(sheet: Sheet, plot: Plot, unit: Unit, panel: Panel) -> list[Figure]:
    """The marks and their labels; returned are the figures whose labels have no room, to be given in words."""
    for figure in panel.figures:
        _draw_stem(sheet, plot, figure)
    # Transcribed figures come last: a filled mark is seen inside a hollow one.
    for figure in sorted(panel.figures, key=lambda figure: figure.origin == TRANSCRIBED):
        _draw_marks(sheet, plot, figure)
    marks = _labelled(sheet, plot, unit, panel)
    in_words_only = _draw_labels(sheet, plot, unit, marks)
    # What a figure is read as is not seen from its mark.
    in_words_only += [figure for figure in panel.figures if figure.row.get("part_of")]
    return [figure for figure in panel.figures if figure in in_words_only]


def _draw_labels(sheet: Sheet, plot: Plot, unit: Unit, marks: Sequence[Labelled]) -> list[Figure]:
    """The labels of the marks, those with more than a number first; returned are the figures to be given in words."""
    taken = [mark.box for mark in marks]
    taken += [text_box(unit.number(tick), _place_of_tick(plot, tick)) for tick in plot.ticks]
    without_label: list[Figure] = []
    for mark in sorted(marks, key=lambda mark: not mark.is_restricted):
        # If possible, a label crosses no stem of another time.
        stems = [other.stem for other in marks if other.stem.left != mark.stem.left]
        label = mark.label
        found = room_for(label, mark.box, [*taken, *stems], plot.frame)
        if not found and len(mark.figures) > 1:
            label = mark.short_label
            found = room_for(label, mark.box, [*taken, *stems], plot.frame)
        found = found or room_for(label, mark.box, taken, plot.frame)
        if not found or label != mark.label:
            without_label += mark.figures
        if found:
            place, box = found
            sheet.text(place.at, label, "ink rim line-paper", SMALL, place.anchor)
            taken.append(box)
    return without_label


def _place_of_tick(plot: Plot, tick: float) -> Place:
    """Where the label of a tick stands."""
    return Place((plot.axis.left - 6, plot.y(tick) + 4), "end")


def _draw_stem(sheet: Sheet, plot: Plot, figure: Figure) -> None:
    """A line from zero to the value; of a range, to both of its ends."""
    for x, y in plot.points(figure):
        sheet.path(("M", x, plot.y(0), "V", y), "line-muted", stroke_width=1.2)


def _draw_marks(sheet: Sheet, plot: Plot, figure: Figure) -> None:
    """A mark at the value, or at both ends of a range with a bar between them."""
    points = plot.points(figure)
    words = in_words(sheet.localized, figure)
    publisher = sheet.localized.text(figure.row, "publisher")
    description = f"{words} · {publisher}" if publisher else words
    if len(points) > 1:
        (x, low), (_, high) = points
        colour = colour_of(sheet.localized, figure.origin)
        sheet.path(("M", x, low, "V", high), f"line-{colour}", stroke_width=3)
    for point in points:
        mark = draw_mark(sheet, point, figure.origin)
        mark.set("data-row", figure.key)
        tell(mark, description)
        draw_bound(sheet, point, figure.origin, figure.row.get("qualifier"))


def _labelled(sheet: Sheet, plot: Plot, unit: Unit, panel: Panel) -> list[Labelled]:
    """The marks with their labels. Figures that are the same have one, with their number."""
    localized = sheet.localized
    alike: dict[tuple[object, ...], list[Figure]] = {}
    for figure in panel.figures:
        restricted = restrictions(localized, figure)
        alike.setdefault((*plot.points(figure), *restricted), []).append(figure)
    marks = []
    for figures in alike.values():
        first = figures[0]
        restricted = restrictions(localized, first)
        label = short_label = " · ".join(["–".join(map(unit.number, first.values)), *restricted])
        if len(figures) > 1:
            label += f" · {localized.words['figures']['sources'].format(len(figures))}"
        box = _box_of(plot, figures)
        x, y = plot.points(first)[-1]
        stem = Box(x - 1, min(y, plot.y(0)), x + 1, max(y, plot.y(0)))
        marks.append(Labelled(tuple(figures), box, stem, short_label, label, bool(restricted)))
    return marks


def _box_of(plot: Plot, figures: Sequence[Figure]) -> Box:
    """What the marks of figures at the same points cover, with the arrows of bounds."""
    box = around(plot.points(figures[0]), REACH)
    qualifiers = {figure.row.get("qualifier") for figure in figures}
    arrow = ARROW_REACH - REACH
    if qualifiers.intersection(ABOVE):
        box = box._replace(top=box.top - arrow)
    if qualifiers.intersection(BELOW):
        box = box._replace(bottom=box.bottom + arrow)
    return box


def _draw_words(sheet: Sheet, corner: Point, words: str) -> float:
    """Text below the years, and the height that it takes."""
    if not words:
        return 0
    left, top = corner
    return sheet.lines((left, top + SMALL), words, COLUMN_WIDTH, "muted", SMALL)
