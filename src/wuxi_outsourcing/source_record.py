"""What the package has on record about a source, and which paragraph of a copy is which."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from .citations import Citation, citations
from .package import PARAGRAPHS, Package
from .problem import Problem, Unusable
from .reading import numbered_rows
from .source_text import SourceText, digest


@dataclass(frozen=True, slots=True)
class Recorded:
    """One source on record: hash, length and CSV line by paragraph, and the citations with their CSV lines."""

    source_id: str
    package: Package
    hashes: dict[int, str]
    characters: dict[int, int]
    lines: dict[int, int]
    citations: list[tuple[int, Citation]]


def recorded_source(source: SourceText, package: Package) -> Recorded:
    """The source that shares most paragraphs with the copy. Raises Unusable if none does."""
    sources: dict[str, Recorded] = {}
    for line, row in numbered_rows(package, PARAGRAPHS):
        source_id, number = str(row["source_id"]), int(str(row["paragraph"]))
        one = sources.setdefault(source_id, Recorded(source_id, package, {}, {}, {}, []))
        one.hashes[number], one.characters[number] = str(row["sha256"]), int(str(row["characters"]))
        one.lines[number] = line
    copy = {digest(paragraph) for paragraph in source.paragraphs}
    best = max(
        sources.values(),
        key=lambda one: (len(copy.intersection(one.hashes.values())), len(one.hashes) == len(source.paragraphs)),
    )
    if copy.isdisjoint(best.hashes.values()) and len(best.hashes) != len(source.paragraphs):
        message = f"this is no copy of a source: not one paragraph of {', '.join(sources)} is in here"
        raise Unusable(Problem(source.file, None, None, message, "Give a copy of the article that was transcribed."))
    best.citations.extend(pair for pair in citations(package) if pair[1].source_id == best.source_id)
    return best


def pair(recorded: Recorded, source: SourceText) -> dict[int, int]:
    """For each recorded paragraph the number of the copy's paragraph that is it, or stands in its place."""
    numbers = sorted(recorded.hashes)
    copy = [digest(paragraph) for paragraph in source.paragraphs]
    matcher = SequenceMatcher(None, [recorded.hashes[number] for number in numbers], copy, autojunk=False)
    pairs: dict[int, int] = {}
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        # Equal runs pair off whole; of a replaced run, as many as both sides have; the rest is extra or missing.
        pairs.update(zip(numbers[i1:i2], range(j1 + 1, j2 + 1), strict=False))
    return pairs
