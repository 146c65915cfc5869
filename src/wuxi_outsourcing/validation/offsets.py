"""Layer 5, offsets: whether what is cited can be where it is said to be, without the article."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import is_normalized

import pandas as pd

from ..problems import Problem
from ..provenance.omissions import omissions
from .files import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from ..json_files import JsonFile
    from ..package import Package
    from .files import Table


def check_quotes(evidence: Table) -> Iterator[Problem]:
    """Quotes that are not canonical text."""
    quotes = evidence.frame["quote"]
    for row, quote in quotes[~quotes.str.fullmatch("[ -~\u4e00-\u9fff]*")].items():
        if not is_normalized("NFKC", quote):
            message = f"the quote “{quote}” is not in Unicode normalisation form NFKC, as canonical text is"
            yield evidence.problem(row, "quote", message, "Write it with half-width letters, digits and marks.")


def check_ends(evidence: Table, paragraphs: Table, changed: AbstractSet[str]) -> Iterator[Problem]:
    """Spans that their paragraph is too short for: the problem is placed in the table that was changed."""
    lengths = pd.Series(_counts(paragraphs.frame["characters"]).to_numpy(), paragraphs.keys(["source_id", "paragraph"]))
    lengths = lengths[~lengths.index.duplicated()]
    ends = _counts(evidence.frame["end"])
    limits = lengths.reindex(evidence.keys(["source_id", "paragraph"])).to_numpy()
    lines = dict(zip(lengths.index, paragraphs.frame.index, strict=False))
    for row in evidence.frame.index[ends.gt(limits)]:
        source, number, end = evidence.frame.loc[row, ["source_id", "paragraph", "end"]]
        length = int(lengths[f"{source}/{number}"])
        if paragraphs.file in changed and evidence.file not in changed:
            message = (
                f"{length} is less than {end}, where a quote from the paragraph ends ({evidence.file}:{line_of(row)})"
            )
            at = lines[f"{source}/{number}"]
            yield paragraphs.problem(at, "characters", message, "Correct the number of characters.")
        else:
            message = f"{end} is beyond the end of paragraph {number} of {source}, which has {length} characters"
            yield evidence.problem(row, "end", message, "Correct paragraph, start and end.")


def check_lengths(sources: Table, paragraphs: Table, changed: AbstractSet[str]) -> Iterator[Problem]:
    """Sources without paragraphs, and sources whose length is not that of their paragraphs joined by line feeds."""
    lengths = _counts(paragraphs.frame["characters"])
    # A line feed is between two paragraphs.
    totals = (lengths + 1).groupby(paragraphs.frame["source_id"]).sum(min_count=1) - 1
    whole = ~lengths.isna().groupby(paragraphs.frame["source_id"]).any()
    own = _counts(sources.frame["characters"])
    for row, source in sources.frame["source_id"].items():
        if source not in totals.index:
            message = f"{source!r} has no row in {paragraphs.file}"
            yield sources.problem(row, "source_id", message, "Add its paragraphs.")
        elif whole[source] and own[row] != totals[source] and not pd.isna(own[row]):
            length, total = int(own[row]), int(totals[source])
            if paragraphs.file in changed and sources.file not in changed:
                message = (
                    f"the paragraphs of {source} joined by line feeds have {total} characters, the source {length}"
                )
                fix = "Correct the number that was changed, or add the paragraph that was removed."
                yield Problem(paragraphs.file, None, "characters", message, fix)
            else:
                message = f"{length} is not the length of the paragraphs of {source} joined by line feeds, {total}"
                yield sources.problem(row, "characters", message, f"Write {total}, or correct the paragraphs.")


def check_omissions(package: Package, descriptor: JsonFile, paragraphs: Table) -> Iterator[Problem]:
    """Declared omissions whose paragraph is not there, or has no room for them."""
    keys, counts = paragraphs.keys(["source_id", "paragraph"]), _counts(paragraphs.frame["characters"])
    lengths = dict(zip(keys, counts, strict=True))
    for steps, omission in omissions(package):
        length = lengths.get(f"{omission.source_id}/{omission.paragraph}")
        name = (
            f"“{omission.quote}” is declared as omitted from paragraph {omission.paragraph} of {omission.source_id!r}"
        )
        fix = "Correct quote and location, or remove the declaration."
        if length is None:
            yield descriptor.problem(steps, f"{name}, which is not in {paragraphs.file}", fix)
        elif omission.end - omission.start != len(omission.quote) or omission.end > length:
            message = f"{name}, but its span is not as long as the quote, or beyond the {length:.0f} characters there"
            yield descriptor.problem(steps, message, fix)


def _counts(cells: pd.Series[str]) -> pd.Series[float]:
    """Cells as numbers; what the schema layer refuses is missing."""
    return cells.where(cells.str.fullmatch("[1-9][0-9]{0,8}")).astype("float64")
