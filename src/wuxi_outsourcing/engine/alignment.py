"""What the package has on record about a source, and which paragraph of a copy is which."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from .article import Copy, text_digest
from .csv_files import line_of
from .package import PARAGRAPHS, SOURCES, Package
from .problems import Problem, Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from .values import Citation


@dataclass(frozen=True, slots=True)
class Record:
    """What is on record about a source or one of its paragraphs."""

    line: int
    """The line of the CSV that has it."""
    characters: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A copy beside the source on record."""

    package: Package
    copy: Copy
    source_id: str
    source: Record
    paragraphs: Mapping[int, Record]
    """The paragraphs on record, by number."""
    citations: Sequence[tuple[int, Citation]]
    """The citations of the source, with their lines in the CSV."""
    positions: Mapping[int, int]
    """The number in the copy of each paragraph on record that is there, or that another one replaces."""
    changed: AbstractSet[int]
    """The paragraphs on record that another one replaces."""

    def text(self, number: int) -> str:
        """The paragraph of the copy that is, or replaces, one on record; empty where there is none."""
        if number not in self.positions:
            return ""
        return self.copy.lines[self.positions[number] - 1].text

    @property
    def is_same_text(self) -> bool:
        """Whether the copy as a whole is the source. A paragraph that differs is then wrong on record."""
        return text_digest(self.copy.text) == self.source.sha256


def compare(copy: Copy, package: Package) -> Comparison:
    """A copy beside the source with which it shares most paragraphs. Raises Unusable if it shares none."""
    sources = _source_records(package)
    paragraphs = _paragraph_records(package)
    hashes = [text_digest(line.text) for line in copy.lines]
    source_id = _most_similar_source(copy, hashes, sources, paragraphs)
    citations = []
    for index, citation in enumerate(package.citations()):
        if citation.source_id == source_id:
            citations.append((line_of(index), citation))
    positions, changed = _pair_paragraphs(paragraphs[source_id], hashes)
    return Comparison(
        package, copy, source_id, sources[source_id], paragraphs[source_id], citations, positions, changed
    )


def _source_records(package: Package) -> dict[str, Record]:
    """What is on record about each source, by its ID."""
    fields = {"source_id": str, "characters": int, "sha256": str}
    records = {}
    for index, (source_id, characters, sha256) in enumerate(package.filled_rows(SOURCES, fields)):
        records[source_id] = Record(line_of(index), characters, sha256)
    return records


def _paragraph_records(package: Package) -> Mapping[str, Mapping[int, Record]]:
    """What is on record about each paragraph, by source and number. A source without any has an empty mapping."""
    fields = {"paragraph": int, "source_id": str, "characters": int, "sha256": str}
    records: dict[str, dict[int, Record]] = defaultdict(dict)
    for index, (number, source_id, characters, sha256) in enumerate(package.filled_rows(PARAGRAPHS, fields)):
        records[source_id][number] = Record(line_of(index), characters, sha256)
    return records


def _most_similar_source(
    copy: Copy,
    hashes: Sequence[str],
    sources: Mapping[str, Record],
    paragraphs: Mapping[str, Mapping[int, Record]],
) -> str:
    """The ID of the source that a copy with paragraphs of these hashes is most likely one of.

    That is the source of the same text. If there is none, it is the one that shares most paragraphs. Of several such,
    it is the one with as many paragraphs as the copy. Raises Unusable if no source has any of this.
    """
    sha256 = text_digest(copy.text)

    def similarity(source_id: str) -> tuple[bool, int, bool]:
        hashes_on_record = [paragraph.sha256 for paragraph in paragraphs[source_id].values()]
        is_same_text = sources[source_id].sha256 == sha256
        shared = len(set(hashes).intersection(hashes_on_record))
        has_as_many = len(hashes_on_record) == len(hashes)
        return is_same_text, shared, has_as_many

    best = max(sources, key=similarity, default=None)
    if best is None or not any(similarity(best)):
        message = f"this is not a copy of a source: it shares no paragraph with {', '.join(sources) or 'any'}"
        raise Unusable(Problem(copy.file, None, None, message, "Give a copy of the article that was transcribed."))
    return best


def _pair_paragraphs(records: Mapping[int, Record], hashes: Sequence[str]) -> tuple[dict[int, int], set[int]]:
    """Which paragraph of a copy with these hashes is which on record: `positions` and `changed` of a comparison."""
    numbers = sorted(records)
    hashes_on_record = [records[number].sha256 for number in numbers]
    positions: dict[int, int] = {}
    changed: set[int] = set()
    matcher = SequenceMatcher(None, hashes_on_record, hashes)
    for operation, first, end, first_in_copy, end_in_copy in matcher.get_opcodes():
        numbers_in_copy = range(first_in_copy + 1, end_in_copy + 1)
        # Where one run of paragraphs replaces another, they correspond one to one. What the longer run has beyond the
        # shorter is missing or extra.
        pairs = dict(zip(numbers[first:end], numbers_in_copy, strict=False))
        positions.update(pairs)
        if operation == "replace":
            changed.update(pairs)
    return positions, changed
