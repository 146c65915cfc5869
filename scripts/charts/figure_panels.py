"""Which figures are drawn in which panel, and which are given in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from localized_package import LocalizedPackage
from wuxi_outsourcing.indicator_series import OBSERVATIONS

from .indicator_figures import Figure, Kind, aspects, term

# From one tick to the next: one of these, times a power of ten.
_STEPS = (1, 2, 5, 10)
_MOST_STEPS = 4
Subject = tuple[str, str]
"""An indicator and a place."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Two or more figures that can be compared: of one indicator, place and unit, and of the same aspect of it."""

    figures: tuple[Figure, ...]

    @property
    def subject(self) -> Subject:
        """The indicator and the place."""
        return subject_of(self.figures[0])

    @property
    def values(self) -> list[float]:
        """All its values, with both ends of ranges."""
        values = []
        for figure in self.figures:
            values += figure.values
        return values


@dataclass(frozen=True, slots=True)
class Unit:
    """What the numbers of a panel are given in: a multiple of the base unit."""

    size: float
    name: str

    def number(self, value: float) -> str:
        """A value in this unit."""
        number = f"{value / self.size:.7g}" if self.size > 1 else f"{value:,.15g}"
        return number.replace("-", "−")


def subject_of(figure: Figure) -> Subject:
    """The indicator and the place of a figure."""
    return figure.indicator_id, figure.place


def panels_of(figures: Iterable[Figure]) -> list[Panel]:
    """A panel for each kind of which there are two or more, those with the most figures first."""
    by_kind: dict[Kind, list[Figure]] = {}
    for figure in figures:
        if figure.is_comparable:
            by_kind.setdefault(figure.kind, []).append(figure)
    panels = [Panel(tuple(alike)) for alike in by_kind.values() if len(alike) > 1]
    return sorted(panels, key=lambda panel: (-len(panel.figures), panel.figures[0].row_id))


def beside_related(panels: Sequence[Panel]) -> list[Panel]:
    """The panels with those of one topic, and in it of one indicator, one after the other."""
    topics: dict[str, int] = {}
    indicators: dict[str, int] = {}
    for position, panel in enumerate(panels):
        indicator = panel.figures[0].indicator
        topics.setdefault(indicator["topic"], position)
        indicators.setdefault(indicator["indicator_id"], position)

    def rank(panel: Panel) -> tuple[int, int]:
        indicator = panel.figures[0].indicator
        return topics[indicator["topic"]], indicators[indicator["indicator_id"]]

    return sorted(panels, key=rank)


def figures_without_mark(panels: Iterable[Panel], figures: Iterable[Figure]) -> dict[Subject, list[Figure]]:
    """The figures without a mark, by indicator and place."""
    drawn: set[str] = set()
    for panel in panels:
        drawn.update(figure.key for figure in panel.figures)
    left: dict[Subject, list[Figure]] = {}
    for figure in figures:
        if figure.key not in drawn:
            left.setdefault(subject_of(figure), []).append(figure)
    return left


def heading(localized: LocalizedPackage, panel: Panel, places: Mapping[str, str]) -> str:
    """What a panel shows: indicator, aspect, place where there are several, and unit."""
    words = localized.words["figures"]
    first = panel.figures[0]
    parts = [localized.text(first.indicator, "label"), *aspects(localized, first)]
    if first.place in places:
        parts.append(places[first.place])
    title = words["between_aspects"].join(parts)
    unit = unit_of(localized, panel).name
    return str(words["with_unit"].format(title, unit)) if unit else title


def unit_of(localized: LocalizedPackage, panel: Panel) -> Unit:
    """The largest multiple of the base unit that is not above the largest value."""
    base = str(panel.figures[0].row["unit"])
    largest = max(map(abs, panel.values))
    size, multiple = 1.0, ""
    for scale, name in localized.words["scales"]:
        if largest >= scale:
            size, multiple = scale, name.strip()
            break
    forms = localized.words["unit_forms"]
    if base in forms:
        form = forms[base]
    else:
        name = term(localized, OBSERVATIONS, "unit", base)
        form = localized.words["figures"]["other_unit"].format(name)
    return Unit(size, form.format(multiple).strip())


def ticks(values: Iterable[float]) -> list[float]:
    """Round numbers from zero, or below the lowest value, to above the highest.

    >>> ticks([75, 135])
    [0.0, 50.0, 100.0, 150.0]
    >>> ticks([-5.6, 12.4])
    [-10.0, -5.0, 0.0, 5.0, 10.0, 15.0]
    """
    lowest, highest = min(0, *values), max(0, *values)
    extent = (highest - lowest) or 1
    power = 10.0 ** floor(log10(extent / _MOST_STEPS))
    step = next(step * power for step in _STEPS if step * power * _MOST_STEPS >= extent)
    first, last = floor(lowest / step), max(ceil(highest / step), floor(lowest / step) + 1)
    return [number * step for number in range(first, last + 1)]
