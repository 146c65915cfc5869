"""A source on record, as far as a copy has it: the text that `quote` looks for quotes in."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..article import Copy, SourceText, as_source, text_digest
from ..package import EVIDENCE, PARAGRAPHS, SOURCES, Package
from ..problems import Problem, Unusable
from .editable_tables import editable_table, is_allowed


@dataclass(frozen=True, slots=True)
class RegisteredSource:
    """A source on record, with those of its paragraphs that a copy has."""

    package: Package
    source_id: str
    text: SourceText
    missing: Sequence[int]
    """The numbers of the paragraphs on record that the copy does not have, in ascending order."""

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
    source_id, text = _source_in(copy, package)
    missing = []
    for other_id, number in package.filled_rows(PARAGRAPHS, {"source_id": str, "paragraph": int}):
        if other_id == source_id and number not in text.paragraphs:
            missing.append(number)
    return RegisteredSource(package, source_id, text, sorted(missing))


def _source_in(copy: Copy, package: Package) -> tuple[str, SourceText]:
    """The ID and the text of the source that this is a faithful copy of. Raises Unusable."""
    text = as_source(copy)
    digest = text_digest(text.text)
    for row in editable_table(package, SOURCES).rows:
        if row["sha256"] == digest:
            return row["source_id"], text
    message = f"this is not a copy, faithful to the character, of any source in {package.paths[SOURCES]}"
    fix = "Register it with `wuxi-outsourcing add-source`, or see with `verify` where the copy differs."
    raise Unusable(Problem(copy.file, None, None, message, fix))
