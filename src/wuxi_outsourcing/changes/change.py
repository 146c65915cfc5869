"""One change, and all of them between two packages."""

from collections.abc import Mapping
from dataclasses import dataclass

from .step import STEPS, step_of, stepped

Content = str | Mapping[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that differs between two packages.

    `kind` is one of `step.STEPS`. `table` is None for the package as a whole, `row` the ID of a row, `field` a column,
    `part` a property in the descriptor or a table schema. `old` and `new` are what stood and what stands there: the
    text of a cell, term or property, a table's number of rows, a column's type, a mapping of the cells of a row
    that came or went, or of a citation (source_id, paragraph, start, end, quote). None is nothing at all, an empty
    text an empty cell. A citation's `table`, `row` and `field` are those of the cell that it backs, `cell` is that
    cell's content.
    """

    kind: str
    table: str | None = None
    row: str | None = None
    field: str | None = None
    part: str | None = None
    old: Content = None
    new: Content = None
    cell: str | None = None

    @property
    def step(self) -> str:
        """The version step that this change calls for: patch, minor or major."""
        return STEPS[self.kind]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two packages, most important first. `str()` of it is a text to read."""

    old: str
    new: str
    old_version: str
    new_version: str
    changes: tuple[Change, ...]

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
