"""Changes and differences, as values."""

from dataclasses import dataclass

BUMPS = ("major", "minor", "patch")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two packages: a cell, the citations of a cell, or a part of a definition.

    A row, column or table that was added or removed is a change for each of its cells or parts.

    >>> import wuxi_outsourcing as wx
    >>> wx.Change("cell", "minor", "projects", "hua-hong", source_id=None, field="name_zh", old="", new="华虹").state
    'changed'
    """

    kind: str
    """What differs: `cell`, `citation` or `definition`."""
    bump: str
    """The version bump that the change calls for: patch, minor or major."""
    table: str | None
    """Name of the table; None for the package as a whole."""
    row: str | None
    """ID of the row; None for a definition."""
    source_id: str | None
    """The source whose statement the row is, where the row names one outside its key."""
    field: str
    """Name of the column; for a definition, the path of the part in the descriptor or in the table schema."""
    old: str | None
    """The old content; None where the row or the part was added, an empty text for an empty cell."""
    new: str | None
    """The new content, likewise."""
    quote: str | None = None
    """For a cell, the quote behind it with its location."""

    @property
    def state(self) -> str:
        """What became of the row or of the part of a definition: removed, added or changed."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two packages. `str()` of it is a text to read.

    >>> import wuxi_outsourcing as wx
    >>> print(wx.Difference("before", "after", ()))
    old: before
    new: after
    <BLANKLINE>
    No change.
    """

    old: str
    """Title and version of the old package."""
    new: str
    """Title and version of the new one."""
    changes: tuple[Change, ...]
    """What differs, most important first; the changes of a table and of a row are together."""

    @property
    def bump(self) -> str | None:
        """The version bump that the changes call for: patch, minor or major; None if there are none."""
        return min((change.bump for change in self.changes), key=BUMPS.index, default=None)

    def __str__(self) -> str:
        from .report import as_text  # noqa: PLC0415  (it imports this module)

        return as_text(self)
