"""Layer 5, spans: whether what is cited or omitted can be where it is said to be, without the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..omissions import omissions
from ..package import EVIDENCE, PARAGRAPHS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ..package import Package
    from ..problems import Problem
    from .read_tables import ReadTables
    from .table_files import Table


def check_spans(read: ReadTables) -> Iterator[Problem]:
    """Spans beyond the end of their paragraph, and lengths that do not add up."""
    paragraphs = read.tables[PARAGRAPHS]
    lengths = paragraphs.frame["characters"].astype("int64").set_axis(paragraphs.keys(["source_id", "paragraph"]))
    yield from _ends(read.tables[EVIDENCE], lengths)
    yield from _omissions(read.package, lengths)
    yield from _totals(read.tables[SOURCES], paragraphs)


def _ends(evidence: Table, lengths: pd.Series[int]) -> Iterator[Problem]:
    limits = lengths.reindex(evidence.keys(["source_id", "paragraph"])).to_numpy()
    for row in evidence.frame.index[evidence.frame["end"].astype("int64") > limits]:
        source, paragraph, end = evidence.frame.loc[row, ["source_id", "paragraph", "end"]]
        length = lengths[f"{source}/{paragraph}"]
        message = f"{end} is beyond the end of paragraph {paragraph} of {source}, which has {length} characters"
        yield evidence.problem(row, "end", message, "Correct paragraph, start and end.")


def _omissions(package: Package, lengths: pd.Series[int]) -> Iterator[Problem]:
    """Declared omissions whose paragraph is not there, or has no room for them."""
    for steps, omission in omissions(package):
        where = f"{omission.source_id}/{omission.paragraph}"
        length = lengths.get(where)
        if length is None:
            message = f"“{omission.quote}” is omitted from {where}, which is not in {package.paths['paragraphs']}"
        elif omission.end > length or omission.end - omission.start != len(omission.quote):
            message = f"the span is not as long as “{omission.quote}”, or beyond the {length} characters of {where}"
        else:
            continue
        yield package.json_file.problem(steps, message, "Correct quote and location, or remove the declaration.")


def _totals(sources: Table, paragraphs: Table) -> Iterator[Problem]:
    """Sources whose length is not that of their paragraphs; a line feed is between two."""
    characters = paragraphs.frame["characters"].astype("int64") + 1
    totals = characters.groupby(paragraphs.frame["source_id"]).sum() - 1
    for row, source, length in sources.frame[["source_id", "characters"]].itertuples(name=None):
        total = totals.get(source, 0)
        if total == int(length):
            continue
        message = f"{length} is not the length of the paragraphs of {source} joined by line feeds, {total}"
        yield sources.problem(row, "characters", message, f"Write {total}, or correct the paragraphs.")
