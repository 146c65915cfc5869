"""Spans: whether what is cited or omitted can be where it is said to be, without the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..omissions import omissions
from ..package import EVIDENCE, PARAGRAPHS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ..package import Package
    from ..problems import Problem
    from .file_form import Table
    from .read_tables import ReadTables

_PARAGRAPH_KEY = ("source_id", "paragraph")


def check_spans(read: ReadTables) -> Iterator[Problem]:
    """Spans beyond the end of their paragraph, and lengths that do not add up."""
    paragraphs = read.tables[PARAGRAPHS]
    lengths = paragraphs.frame["characters"].astype("int64")
    lengths.index = paragraphs.keys(_PARAGRAPH_KEY)
    yield from _ends(read.tables[EVIDENCE], lengths)
    yield from _omissions(read.package, lengths)
    yield from _totals(read.tables[SOURCES], paragraphs)


def _ends(evidence: Table, lengths: pd.Series[int]) -> Iterator[Problem]:
    """Citations that end beyond the end of their paragraph."""
    ends = evidence.frame["end"].astype("int64")
    lengths_of_paragraphs = lengths.reindex(evidence.keys(_PARAGRAPH_KEY)).to_numpy()
    is_beyond = ends > lengths_of_paragraphs
    for row in evidence.frame.index[is_beyond]:
        source, paragraph, end = evidence.frame.loc[row, ["source_id", "paragraph", "end"]]
        length = lengths[f"{source}/{paragraph}"]
        message = f"{end} is beyond the end of paragraph {paragraph} of {source}, which has {length} characters"
        yield evidence.problem(row, "end", message, "Correct paragraph, start and end.")


def _omissions(package: Package, lengths: pd.Series[int]) -> Iterator[Problem]:
    """Declared omissions whose paragraph is not there, or has no room for them."""
    for steps, omission in omissions(package):
        paragraph = f"{omission.source_id}/{omission.paragraph}"
        length = lengths.get(paragraph)
        if length is None:
            message = f"“{omission.quote}” is omitted from {paragraph}, which is not in {package.paths[PARAGRAPHS]}"
        elif omission.end > length or omission.end - omission.start != len(omission.quote):
            message = f"the span is not as long as “{omission.quote}”, or beyond the {length} characters of {paragraph}"
        else:
            continue
        yield package.json_file.problem(steps, message, "Correct quote and location, or remove the declaration.")


def _totals(sources: Table, paragraphs: Table) -> Iterator[Problem]:
    """Sources whose length is not that of their paragraphs, joined by line feeds."""
    characters_and_line_feed = paragraphs.frame["characters"].astype("int64") + 1
    totals = characters_and_line_feed.groupby(paragraphs.frame["source_id"]).sum() - 1
    for row, source, length in sources.frame[["source_id", "characters"]].itertuples(name=None):
        total = totals.get(source, 0)
        if total == int(length):
            continue
        message = f"{length} is not the length of the paragraphs of {source} joined by line feeds, {total}"
        yield sources.problem(row, "characters", message, f"Write {total}, or correct the paragraphs.")
