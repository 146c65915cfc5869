"""The chart of the figures of the indicators over the years: a panel for each indicator and place, and a list below.

A figure has a mark only where there is another of its indicator, place and unit to compare it with, and where both are
dated. The others are given in words: below a panel of the same indicator and place, or in the list.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from localized_package import LocalizedPackage

from .figure_panels import Panel, beside_related, figures_without_mark, panels_of
from .figure_plot import COLUMN_WIDTH, COLUMNS, Setting, draw_panels
from .indicator_figures import (
    SIGNS,
    TRANSCRIBED,
    Figure,
    all_figures,
    list_in_words,
    names_of_several_places,
)
from .marks import ABOVE, METRICS, OUTSIDE, draw_bound, draw_mark
from .sheet import HEADING, MARGIN, RIGHT, SMALL, Sheet, first_that_fits
from .text_layout import leading, wrapped

MOST_PANELS, FEWEST_PANELS = 14, 4
"""More have no room on two screens. Where even fewer would be needed for that, the chart is higher."""
BETWEEN_ENTRIES = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator in the list: its lines of text, no wider than a column."""

    label: list[str]
    figures: list[str]

    @property
    def height(self) -> float:
        """How much room it takes."""
        return (len(self.label) + len(self.figures)) * leading(SMALL) + BETWEEN_ENTRIES


def draw_figures(localized: LocalizedPackage) -> str:
    """The chart as SVG."""
    figures = all_figures(localized)
    sheet = first_that_fits(_drafts(localized, figures))
    return sheet.svg(_spoken(localized, figures))


def _drafts(localized: LocalizedPackage, figures: Sequence[Figure]) -> Iterator[Sheet]:
    """The chart with all panels, and then with fewer and fewer: their figures go into the list."""
    panels = panels_of(figures)
    most = min(len(panels), MOST_PANELS)
    fewest = min(len(panels), FEWEST_PANELS)
    for count in range(most, fewest - 1, -1):
        yield _draft(localized, figures, panels[:count])


def _draft(localized: LocalizedPackage, figures: Sequence[Figure], panels: Sequence[Panel]) -> Sheet:
    """The chart with these panels."""
    words = localized.words["figures"]
    places = _places(localized, figures)
    sheet = Sheet(localized, words["title"], words["about"])
    _draw_legend(sheet)
    without_mark = figures_without_mark(panels, figures)
    drawn = []
    for panel in beside_related(panels):
        # The first panel of an indicator and place has the words about it.
        others = without_mark.pop(panel.subject, [])
        drawn.append((panel, others))
    if drawn:
        setting = _setting(panels, places)
        for first in range(0, len(drawn), len(COLUMNS)):
            draw_panels(sheet, setting, drawn[first : first + len(COLUMNS)])
    listed = [figure for others in without_mark.values() for figure in others]
    _draw_list(sheet, _entries(localized, listed, places))
    sheet.source([METRICS, OUTSIDE])
    return sheet


def _places(localized: LocalizedPackage, figures: Iterable[Figure]) -> Mapping[str, str]:
    """The names of the places of the figures, if there are several."""
    rows = [figure.row for figure in figures]
    return names_of_several_places(localized, rows)


def _setting(panels: Iterable[Panel], places: Mapping[str, str]) -> Setting:
    """From the first year of a mark to the last."""
    times = []
    for panel in panels:
        times += [figure.time for figure in panel.figures if figure.time is not None]
    return Setting(floor(min(times)), floor(max(times)), places)


def _spoken(localized: LocalizedPackage, figures: Sequence[Figure]) -> list[str]:
    """What a screen reader says: the name of each indicator, and its figures."""
    places = _places(localized, figures)
    spoken = []
    for own in _by_indicator(figures):
        texts = _texts_by_place(localized, own, places, signed=False)
        label = localized.text(own[0].indicator, "label")
        spoken.append(f"{label}{localized.words['colon']}{'; '.join(texts)}")
    return spoken


def _draw_legend(sheet: Sheet) -> None:
    words = sheet.localized.words["figures"]
    for origin in SIGNS:
        x, y = sheet.legend(words[origin])
        draw_mark(sheet, (x + 13, y), origin)
    x, y = sheet.legend(words["bound"])
    # The arrow alone, in the middle of the line.
    draw_bound(sheet, (x + 13, y + 12.5), TRANSCRIBED, ABOVE[0])
    sheet.y += 10


def _by_indicator(figures: Iterable[Figure]) -> list[list[Figure]]:
    """The figures of each indicator."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.indicator_id, []).append(figure)
    return list(found.values())


def _texts_by_place(
    localized: LocalizedPackage, figures: Iterable[Figure], places: Mapping[str, str], *, signed: bool
) -> list[str]:
    """The figures of an indicator in words: a text for each place, which is named where there are several."""
    by_place: dict[str, list[Figure]] = {}
    for figure in figures:
        by_place.setdefault(figure.place, []).append(figure)
    texts = []
    for place, own in by_place.items():
        text = list_in_words(localized, own, signed=signed)
        if place in places:
            text = localized.words["figures"]["of_place"].format(places[place], text)
        texts.append(text)
    return texts


def _entries(localized: LocalizedPackage, figures: Iterable[Figure], places: Mapping[str, str]) -> list[Entry]:
    """The list: an entry for each indicator."""
    entries = []
    for own in _by_indicator(figures):
        lines = []
        for text in _texts_by_place(localized, own, places, signed=True):
            lines += wrapped(text, COLUMN_WIDTH, SMALL)
        label = wrapped(localized.text(own[0].indicator, "label"), COLUMN_WIDTH, SMALL)
        entries.append(Entry(label, lines))
    return entries


def _draw_list(sheet: Sheet, entries: Sequence[Entry]) -> None:
    """The entries in two columns of about the same height."""
    if not entries:
        return
    sheet.y += 30
    sheet.text((MARGIN, sheet.y - 8), sheet.localized.words["figures"]["list"], "ink strong", HEADING)
    sheet.path(("M", MARGIN, sheet.y, "H", RIGHT), "line-rule")
    sheet.y += 8
    half = ceil(sum(entry.height for entry in entries) / len(COLUMNS))
    top = sheet.y
    bottom = top
    columns = iter(COLUMNS)
    left = next(columns)
    for entry in entries:
        is_past_half = sheet.y - top + entry.height / 2 > half
        if is_past_half and left != COLUMNS[-1]:
            left = next(columns)
            sheet.y = top
        _draw_entry(sheet, left, entry)
        bottom = max(bottom, sheet.y)
    sheet.y = bottom


def _draw_entry(sheet: Sheet, left: float, entry: Entry) -> None:
    """An indicator, and below it its figures."""
    for line in entry.label:
        sheet.y += leading(SMALL)
        sheet.text((left, sheet.y), line, "muted", SMALL)
    for line in entry.figures:
        sheet.y += leading(SMALL)
        sheet.text((left, sheet.y), line, "ink", SMALL)
    sheet.y += BETWEEN_ENTRIES
