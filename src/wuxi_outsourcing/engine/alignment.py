"""What the package has on record about a source, and which paragraph of a copy is which."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from .article import SourceText, text_digest
from .package import PARAGRAPHS, SOURCES, Package
from .problems import Problem, Unusable
from .tables import line_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

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
    paragraphs: Mapping[int, Record]
    """The recorded paragraphs, by number."""
    citations: Sequence[tuple[int, Citation]]
    """The citations of the source, with their lines in the CSV."""
    positions: Mapping[int, int]
    """The number in the copy of each recorded paragraph that is there, or that another one replaces."""
    changed: AbstractSet[int]
    """The recorded paragraphs that another one replaces."""

    def text(self, number: int) -> str:
        """The paragraph of the copy that is, or replaces, a recorded one; empty where there is none."""
        return self.copy.paragraphs[self.positions[number] - 1] if number in self.positions else ""


def compare(copy: SourceText, package: Package) -> Comparison:
    """A copy beside the source with which it shares most paragraphs. Raises Unusable if it shares none."""
    fields = {"source_id": str, "characters": int, "sha256": str}
    sources: dict[str, Record] = {}
    for index, (source_id, characters, sha256) in enumerate(package.filled_rows(SOURCES, fields)):
        sources[source_id] = (line_of(index), characters, sha256)
    paragraphs: dict[str, dict[int, Record]] = defaultdict(dict)
    numbered = package.filled_rows(PARAGRAPHS, {"paragraph": int} | fields)
    for index, (number, source_id, characters, sha256) in enumerate(numbered):
        paragraphs[source_id][number] = (line_of(index), characters, sha256)
    hashes, whole = [text_digest(text) for text in copy.paragraphs], text_digest(copy.text)

    def similarity(source_id: str) -> tuple[bool, int, bool]:
        recorded = [sha256 for _, _, sha256 in paragraphs[source_id].values()]
        return sources[source_id][2] == whole, len(set(hashes).intersection(recorded)), len(recorded) == len(hashes)

    best = max(sources, key=similarity, default=None)
    if best is None or not any(similarity(best)):
        message = f"this is not a copy of a source: it shares no paragraph with {', '.join(sources) or 'any'}"
        raise Unusable(Problem(copy.file, None, None, message, "Give a copy of the article that was transcribed."))
    cited = [
        (line_of(index), citation) for index, citation in enumerate(package.citations()) if citation.source_id == best
    ]
    numbers, positions, changed = sorted(paragraphs[best]), dict[int, int](), set[int]()
    matcher = SequenceMatcher(None, [paragraphs[best][number][2] for number in numbers], hashes)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        # Of a replaced run, as many paragraphs correspond as both have; the rest is missing or extra.
        pairs = dict(zip(numbers[i1:i2], range(j1 + 1, j2 + 1), strict=False))
        positions |= pairs
        changed |= pairs.keys() if tag == "replace" else set()
    return Comparison(package, copy, best, sources[best], paragraphs[best], cited, positions, changed)
