"""Changes and differences, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two packages: a cell, or the citations of a cell.

    A row or a table that was added or removed is a change for each of its cells.

    >>> import wuxi_outsourcing as wx
    >>> wx.Change("cell", "projects", "hua-hong", source_id=None, field="name_zh", old="", new="华虹").state
    'changed'
    """

    kind: str
    """What differs: `cell` or `citation`."""
    table: str
    """Name of the table."""
    row: str
    """ID of the row."""
    source_id: str | None
    """The source whose statement the row is, where the row names one outside its key."""
    field: str
    """Name of the column."""
    old: str | None
    """The old content; None where the row was added, an empty text for an empty cell or a column that was added."""
    new: str | None
    """The new content; None where the row was removed, an empty text for an empty cell or a column that was removed."""
    quote: str | None = None
    """For a cell, the quote behind it with its location."""

    @property
    def state(self) -> str:
        """What became of the row: removed, added or changed."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two packages. `str()` of it is a text to read.

    >>> import wuxi_outsourcing as wx
    >>> print(wx.Difference("before", "after", ()))
    old: before
    new: after
    <BLANKLINE>
    No row differs.
    """

    old: str
    """Title and version of the old package."""
    new: str
    """Title and version of the new one."""
    changes: tuple[Change, ...]
    """What differs; the changes of a table and of a row are together."""

    def __str__(self) -> str:
        from .report import as_text  # noqa: PLC0415  (it imports this module)

        return as_text(self)
