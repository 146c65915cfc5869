"""Changes and differences, as values."""

from dataclasses import dataclass

# The kinds of change, most important first, each with the version bump that it calls for. A citation has no ID that
# anyone could keep: one removed is a correction.
KINDS = {
    "table_removed": "major",
    "file_renamed": "major",
    "column_removed": "major",
    "column_retyped": "major",
    "key_changed": "major",
    "row_removed": "major",
    "term_removed": "major",
    "value_changed": "minor",
    "quote_changed": "minor",
    "citation_removed": "minor",
    "citation_added": "minor",
    "table_added": "minor",
    "column_added": "minor",
    "row_added": "minor",
    "term_added": "minor",
    "classification_changed": "minor",
    "definition_changed": "minor",
    "translation_changed": "patch",
    "note_changed": "patch",
    "citation_moved": "patch",
    "wording_changed": "patch",
}


def how(old: object, new: object) -> str:
    """What became of a part of a package: it was added, removed or changed; None is nothing at all."""
    return "added" if old is None else "removed" if new is None else "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that differs between two packages: a cell, the citations of a cell, or a part of a definition.

    A row that was added or removed is a change for each of its cells.

    >>> import wuxi_outsourcing as wx
    >>> wx.Change(kind="value_changed", table="projects", row="hua-hong", field="name_zh", old="", new="华虹").bump
    'minor'
    """

    kind: str
    """What kind of change it is: one of those in `wuxi_outsourcing.diff.values.KINDS`."""
    table: str | None = None
    """Name of the table; None for the package as a whole."""
    row: str | None = None
    """ID of the row; None for a definition."""
    source_id: str | None = None
    """The source whose statement the row is, where the row names one outside its key."""
    field: str | None = None
    """Name of the column; for a definition, the path of the part in the descriptor or in the table schema."""
    old: str | None = None
    """The old content; None is nothing at all, an empty text an empty cell."""
    new: str | None = None
    """The new content, likewise."""
    quote: str | None = None
    """For a cell, the quote behind it with its location."""
    cell: str | None = None
    """For citations, the content of the cell that they back."""

    @property
    def bump(self) -> str:
        """The version bump that this change calls for: patch, minor or major."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two packages. `str()` of it is a text to read.

    >>> import wuxi_outsourcing as wx
    >>> change = wx.Change(kind="value_changed", table="projects", row="hua-hong", field="name_zh", old="", new="华虹")
    >>> wx.Difference("before", "after", "0.1.0", "0.1.0", (change,)).version
    '0.2.0'
    """

    old: str
    """Title of the old package."""
    new: str
    """Title of the new one."""
    old_version: str
    """The version that the old package states."""
    new_version: str
    """The version that the new one states."""
    changes: tuple[Change, ...]
    """What differs, most important first; the changes of a table and of a row are together."""

    @property
    def bump(self) -> str | None:
        """The version bump that the changes call for: patch, minor or major; None if there are none."""
        bumps = {change.bump for change in self.changes}
        return next((bump for bump in KINDS.values() if bump in bumps), None)

    @property
    def version(self) -> str | None:
        """The old version after that bump; None if the old version is not three numbers."""
        try:
            major, minor, patch = (int(number) for number in self.old_version.split("."))
        except ValueError:
            return None
        bumped = {"major": (major + 1, 0, 0), "minor": (major, minor + 1, 0), "patch": (major, minor, patch + 1)}
        return ".".join(map(str, bumped[self.bump])) if self.bump else self.old_version

    def __str__(self) -> str:
        from .report import as_text  # noqa: PLC0415  (imports what only a report needs)

        return as_text(self)
