"""What is on record about the sources: their paragraphs, by length and hash, and what is quoted from each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..csv_files import line_of
from ..omissions import Span, omissions
from ..package import PARAGRAPHS, SOURCES, Package

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..values import Citation


Quote = tuple[int, str]
"""Where a quote starts in the paragraph on record, and its text."""


@dataclass(frozen=True, slots=True)
class RecordedParagraph:
    """What is on record about a paragraph."""

    line: int
    """The line of the CSV that has it."""
    number: int
    characters: int
    sha256: str
    quotes: tuple[Quote, ...]
    """What is cited or omitted: where each quote starts, and its text. In order, each once."""


@dataclass(frozen=True, slots=True)
class RecordedSource:
    """What is on record about a source."""

    line: int
    """The line of the CSV that has it."""
    source_id: str
    characters: int
    sha256: str
    paragraphs: Mapping[int, RecordedParagraph]
    """The paragraphs, by number, in ascending order."""
    citations: tuple[tuple[int, Citation], ...]
    """The citations, with their lines in the CSV."""


def recorded_sources(package: Package) -> list[RecordedSource]:
    """What is on record about each source. Raises Unusable where a cell is empty or of another type."""
    citations: dict[str, list[tuple[int, Citation]]] = defaultdict(list)
    for index, citation in enumerate(package.citations()):
        citations[citation.source_id].append((line_of(index), citation))
    paragraphs = _recorded_paragraphs(package)
    fields = {"source_id": str, "characters": int, "sha256": str}
    sources = []
    for index, (source_id, characters, sha256) in enumerate(package.filled_rows(SOURCES, fields)):
        own_paragraphs = {paragraph.number: paragraph for paragraph in paragraphs[source_id]}
        own_citations = tuple(citations[source_id])
        source = RecordedSource(line_of(index), source_id, characters, sha256, own_paragraphs, own_citations)
        sources.append(source)
    return sources


def _recorded_paragraphs(package: Package) -> Mapping[str, list[RecordedParagraph]]:
    """What is on record about the paragraphs of each source, in ascending order. Without any, an empty list."""
    quotes = _quotes(package)
    fields = {"source_id": str, "paragraph": int, "characters": int, "sha256": str}
    paragraphs: dict[str, list[RecordedParagraph]] = defaultdict(list)
    for index, (source_id, number, characters, sha256) in enumerate(package.filled_rows(PARAGRAPHS, fields)):
        own_quotes = tuple(sorted(quotes[source_id, number]))
        paragraph = RecordedParagraph(line_of(index), number, characters, sha256, own_quotes)
        paragraphs[source_id].append(paragraph)
    for of_source in paragraphs.values():
        of_source.sort(key=lambda paragraph: paragraph.number)
    return paragraphs


def _quotes(package: Package) -> Mapping[tuple[str, int], set[Quote]]:
    """What is cited or omitted of each paragraph, by source and number."""
    quotes: dict[tuple[str, int], set[Quote]] = defaultdict(set)
    spans: list[Span] = [*package.citations()]
    spans += [omission for _, omission in omissions(package)]
    for span in spans:
        if span.quote and span.start >= 0:
            quotes[span.source_id, span.paragraph].add((span.start, span.quote))
    return quotes
