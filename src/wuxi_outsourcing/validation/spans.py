"""Layer 5, spans: whether what is cited can lie where it is said to, without the article at hand."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from unicodedata import is_normalized

import numpy as np

from ..omissions import omissions
from ..package import EVIDENCE, PARAGRAPHS, SOURCES, Package
from ..problem import Problem
from .column import Table, combined

_LONGEST_COUNT = 18  # digits: more are refused where cells are typed, and thousands would be refused by int()


def check_spans(tables: Mapping[str, Table], changed: AbstractSet[str]) -> Iterator[Problem]:
    """Lengths that don't add up, quotes that can't be canonical text, and spans that their paragraph is too short for.

    `changed` are the files that are no longer what the descriptor says: the problem is placed in one of those.
    """
    yield from _sums(tables, changed)
    evidence, paragraphs = tables.get(EVIDENCE), tables.get(PARAGRAPHS)
    if evidence is None:
        return
    quotes = evidence.columns["quote"]
    for row in np.flatnonzero(quotes.where(lambda quote: not is_normalized("NFKC", quote))).tolist():
        message = f"the quote “{quotes[row]}” is not in Unicode normalisation form NFKC, as canonical text is"
        fix = "Write it with half-width letters, digits and marks."
        yield Problem(evidence.file, evidence.lines[row], "quote", message, fix)
    if paragraphs is not None:
        yield from _too_short(evidence, paragraphs, changed)


def _too_short(evidence: Table, paragraphs: Table, changed: AbstractSet[str]) -> Iterator[Problem]:
    lengths = {
        (source, number): (int(length), at)
        for at, (source, number, length) in zip(
            paragraphs.lines, paragraphs.rows(("source_id", "paragraph", "characters")), strict=True
        )
        if _is_count(length)
    }
    sources, numbers, ends = (evidence.columns[name] for name in ("source_id", "paragraph", "end"))
    _, first, which = np.unique(combined([sources.codes, numbers.codes]), return_index=True, return_inverse=True)
    nowhere = (1 << 62, 0)
    room = np.fromiter((lengths.get((sources[row], numbers[row]), nowhere)[0] for row in first.tolist()), np.int64)
    last = np.fromiter((int(end) if _is_count(end) else 0 for end in ends.different), np.int64)
    for row in np.flatnonzero(last[ends.codes] > room[which]).tolist():
        source, number, end = sources[row], numbers[row], ends[row]
        length, at = lengths[source, number]
        if paragraphs.file in changed and evidence.file not in changed:
            place = f"{evidence.file}:{evidence.lines[row]}"
            message = f"{length} is less than {end}, where a quote from the paragraph ends ({place})"
            yield Problem(paragraphs.file, at, "characters", message, "Correct the number of characters.")
        else:
            message = f"{end} is beyond the end of paragraph {number} of {source}, which has {length} characters"
            yield Problem(evidence.file, evidence.lines[row], "end", message, "Correct paragraph, start and end.")


def check_omissions(package: Package, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Declared omissions whose paragraph is not on record, or has no room for them."""
    paragraphs = tables.get(PARAGRAPHS)
    if paragraphs is None or not paragraphs.complete:
        return
    lengths = {
        (source, number): length for source, number, length in paragraphs.rows(("source_id", "paragraph", "characters"))
    }
    for one, descriptor, steps in omissions(package):
        length = lengths.get((one.source_id, str(one.paragraph)))
        if length is None:
            message = f"“{one.quote}” is declared as left out of paragraph {one.paragraph} of {one.source_id!r}, "
            message += f"which is not in {paragraphs.file}"
        elif one.end - one.start != len(one.quote) or (length.isdecimal() and one.end > int(length)):
            message = f"{one.start} to {one.end} is not the length of the quote “{one.quote}”, "
            message += f"or beyond the {length} characters of the paragraph"
        else:
            continue
        yield descriptor.problem(steps, message, "Correct quote and place, or remove the declaration.")


def _sums(tables: Mapping[str, Table], changed: AbstractSet[str]) -> Iterator[Problem]:
    """Sources without paragraphs, and sources whose length is not that of their paragraphs."""
    sources, paragraphs = tables.get(SOURCES), tables.get(PARAGRAPHS)
    if sources is None or paragraphs is None or not paragraphs.complete:
        return
    lengths: dict[str, list[str]] = {}
    for source, length in paragraphs.rows(("source_id", "characters")):
        lengths.setdefault(source, []).append(length)
    paragraph_changed = paragraphs.file in changed and sources.file not in changed
    for line, (source, length) in zip(sources.lines, sources.rows(("source_id", "characters")), strict=True):
        parts = lengths.get(source)
        if parts is None:
            message = f"{source!r} has no row in {paragraphs.file}"
            yield Problem(sources.file, line, "source_id", message, "Add its paragraphs.")
        elif all(map(_is_count, (length, *parts))):
            # A line feed stands between two paragraphs.
            total = sum(map(int, parts)) + len(parts) - 1
            if int(length) == total:
                continue
            if paragraph_changed:
                message = (
                    f"the paragraphs of {source} joined by line feeds have {total} characters, the source {length}"
                )
                fix = "Correct the number that was changed, or add the paragraph that was removed."
                yield Problem(paragraphs.file, None, "characters", message, fix)
            else:
                message = f"{length} is not the length of the paragraphs of {source} joined by line feeds, {total}"
                yield Problem(sources.file, line, "characters", message, f"Write {total}, or correct the paragraphs.")


def _is_count(cell: str) -> bool:
    """Whether the schema layer takes the cell for a number of characters; where it does not, it has said so."""
    return cell.isdecimal() and len(cell) <= _LONGEST_COUNT and cell.strip("0") != ""
