"""One change, and all of them between two packages."""

from collections.abc import Mapping
from dataclasses import dataclass

from .step import STEPS, step_of, stepped

Content = str | Mapping[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that differs between two packages.

    `old` and `new` are what stood and what stands there: the text of a cell, term or property, a table's number of
    rows, a column's type, a mapping of the cells of a row that came or went, or of a citation (source_id, paragraph,
    start, end, quote). None is nothing at all, an empty text an empty cell. A citation's `table`, `row` and `field`
    are those of the cell that it backs.

    >>> import wuxi_outsourcing as wx
    >>> wx.Change(kind="value_changed", table="projects", row="hua-hong", field="name_zh", old="", new="华虹").step
    'minor'
    """

    kind: str
    """What kind of change it is: one of the kinds in `wuxi_outsourcing.changes.step.STEPS`."""
    table: str | None = None
    """Name of the table; None for the package as a whole."""
    row: str | None = None
    """ID of the row."""
    field: str | None = None
    """Name of the column."""
    part: str | None = None
    """Property in the descriptor or in a table schema."""
    old: Content = None
    """What stood there."""
    new: Content = None
    """What stands there."""
    cell: str | None = None
    """What is in the cell that a citation backs."""

    @property
    def step(self) -> str:
        """The version step that this change calls for: patch, minor or major."""
        return STEPS[self.kind]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two packages. `str()` of it is a text to read.

    >>> import wuxi_outsourcing as wx
    >>> change = wx.Change(kind="value_changed", table="projects", row="hua-hong", field="name_zh", old="", new="华虹")
    >>> wx.Difference("before", "after", "0.1.0", "0.1.0", (change,)).version
    '0.2.0'
    """

    old: str
    """What the old package is called."""
    new: str
    """What the new one is called."""
    old_version: str
    """The version that the old package states."""
    new_version: str
    """The version that the new one states."""
    changes: tuple[Change, ...]
    """What differs, most important first."""

    @property
    def step(self) -> str | None:
        """The version step that the changes call for: patch, minor or major; None if there are none."""
        return step_of(change.kind for change in self.changes)

    @property
    def version(self) -> str | None:
        """The old version and that step; None where the old version is not three numbers."""
        return stepped(self.old_version, self.step)

    def __str__(self) -> str:
        from .render import as_text  # noqa: PLC0415  (which is about this class)

        return as_text(self)
