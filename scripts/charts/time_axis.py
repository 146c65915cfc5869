"""Years from left to right, for the charts that have an axis of time."""

from dataclasses import dataclass

from .sheet import SMALL
from .text_layout import breadth

YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 10000)
WIDEST_YEAR = "2000"


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The years from first to last. Each is a column: what is dated by a year alone lies somewhere in it."""

    first: int
    last: int
    left: float
    right: float

    @property
    def column_width(self) -> float:
        """How wide a year is."""
        return (self.right - self.left) / (self.last + 1 - self.first)

    def start(self, time: float) -> float:
        """Where a time in years is; of a whole number, where the column of that year begins."""
        return self.left + (time - self.first) * self.column_width

    def middle(self, year: int) -> float:
        """The middle of the column of a year."""
        return self.start(year + 0.5)

    @property
    def labelled_years(self) -> list[int]:
        """As many years as there is room for their labels."""
        label_width = breadth(WIDEST_YEAR, SMALL)
        step = next(step for step in YEAR_STEPS if step * self.column_width >= label_width)
        return [year for year in range(self.first, self.last + 1) if year % step == 0]
