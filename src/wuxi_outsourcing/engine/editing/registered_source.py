"""A source on record, as far as a copy has it: the text that `quote` looks for quotes in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..copies.alignment import compare
from ..copies.article import Copy, SourceText
from ..package import EVIDENCE, SOURCES, Package
from .editable_tables import is_allowed


@dataclass(frozen=True)
class RegisteredSource:
    """A source on record, with those of its paragraphs that a copy has."""

    package: Package
    source_id: str
    text: SourceText
    missing: Sequence[int]
    """The numbers of the paragraphs on record that the copy does not have unchanged, in ascending order."""

    @cached_property
    def published_on(self) -> str:
        """The day of publication on record, as text; empty where there is none."""
        for row in self.package.text_rows(SOURCES):
            if row["source_id"] == self.source_id:
                return row.get("published_on", "")
        return ""

    @property
    def file(self) -> str:
        """The path of the copy, as given."""
        return self.text.file

    def allows(self, quote: str) -> bool:
        """Whether the table schema of the evidence allows a text as a quote."""
        field = self.package.schema(EVIDENCE)["quote"]
        return is_allowed(self.package, field, EVIDENCE, quote)


def registered_source(package: Package, copy: Copy) -> RegisteredSource:
    """The source that this is a copy of. Raises Unusable where it is a copy of none."""
    comparison = compare(copy, package)
    unchanged = {}
    for number, paragraph in comparison.paragraphs.items():
        if not paragraph.is_changed:
            unchanged[number] = paragraph.text
    source = comparison.source
    missing = [number for number in source.paragraphs if number not in unchanged]
    return RegisteredSource(package, source.source_id, SourceText(copy.file, unchanged), missing)
