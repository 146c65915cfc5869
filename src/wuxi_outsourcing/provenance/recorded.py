"""What the package has on record about a source, and which paragraph of a copy is which."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ..package import PARAGRAPHS, SOURCES, Package
from ..problems import Problem, Unusable
from . import citations, filled_rows
from .source_text import SourceText, digest

if TYPE_CHECKING:
    from .values import Citation

Record = tuple[int, int, str]
"""Line in the CSV, length in characters and SHA-256 of a source or paragraph."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A copy beside the source on record."""

    package: Package
    copy: SourceText
    source_id: str
    source: Record
    paragraphs: dict[int, Record] = field(default_factory=dict)
    """The recorded paragraphs, by number."""
    citations: list[tuple[int, Citation]] = field(default_factory=list)
    """The citations of the source, with their lines in the CSV."""
    positions: dict[int, int] = field(default_factory=dict)
    """The number in the copy of each recorded paragraph that is there, or that another one replaces."""
    changed: set[int] = field(default_factory=set)
    """The recorded paragraphs that another one replaces."""

    def text(self, number: int) -> str:
        """The paragraph of the copy that is, or replaces, a recorded one; empty where there is none."""
        return self.copy.paragraphs[self.positions[number] - 1] if number in self.positions else ""

    def is_judged(self, number: int) -> bool:
        """Whether what is quoted from a paragraph can be right or wrong: not if the paragraph is elsewhere."""
        in_place = self.positions.get(number) == number or number in self.changed
        return in_place or not 1 <= number <= len(self.copy.paragraphs)


def compare(copy: SourceText, package: Package) -> Comparison:
    """A copy beside the source with which it shares most paragraphs. Raises Unusable if it shares none."""
    sources: dict[str, Comparison] = {}
    fields = {"source_id": str, "characters": int, "sha256": str}
    for line, (source_id, characters, sha256) in filled_rows(package, SOURCES, fields):
        sources[source_id] = Comparison(package, copy, source_id, (line, characters, sha256))
    for line, (number, source_id, characters, sha256) in filled_rows(package, PARAGRAPHS, {"paragraph": int} | fields):
        if source_id not in sources:
            fix = f"Add its row to {package.paths[SOURCES]}, or correct the ID."
            problem = Problem(package.paths[PARAGRAPHS], line, "source_id", f"there is no source {source_id!r}", fix)
            raise Unusable(problem)
        sources[source_id].paragraphs[number] = line, characters, sha256
    hashes, whole = [digest(text) for text in copy.paragraphs], digest(copy.text)

    def similarity(candidate: Comparison) -> tuple[bool, int, bool]:
        shared = {sha256 for _, _, sha256 in candidate.paragraphs.values()}.intersection(hashes)
        return candidate.source[2] == whole, len(shared), len(candidate.paragraphs) == len(hashes)

    best = max(sources.values(), key=similarity, default=None)
    if best is None or not any(similarity(best)):
        message = f"this is not a copy of a source: it shares no paragraph with {', '.join(sources) or 'any'}"
        raise Unusable(Problem(copy.file, None, None, message, "Give a copy of the article that was transcribed."))
    best.citations.extend(pair for pair in citations(package) if pair[1].source_id == best.source_id)
    numbers = sorted(best.paragraphs)
    matcher = SequenceMatcher(None, [best.paragraphs[number][2] for number in numbers], hashes)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        # Of a replaced run, as many paragraphs correspond as both have; the rest is missing or extra.
        pairs = dict(zip(numbers[i1:i2], range(j1 + 1, j2 + 1), strict=False))
        best.positions.update(pairs)
        best.changed.update(pairs if tag == "replace" else ())
    return best
