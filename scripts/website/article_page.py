"""The page on which a copy is checked: each source as the strips of its paragraphs, and the cells cited from each.

The cells of a paragraph are listed by table, never in the order of the text, and without their quotes.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from cited_stretches import cited_stretches
from localized_package import Row
from palette import table_hues
from wuxi_outsourcing import Citation
from wuxi_outsourcing.engine.package import PARAGRAPHS, SOURCES

from .localized_site import LocalizedSite

STRIP_HEIGHT = 10
Numbered = Sequence[tuple[int, Citation]]
"""Citations with their numbers in the verifier's record."""


def article(site: LocalizedSite) -> list[dict[str, Any]]:
    """The sources, with legend and paragraphs."""
    every_citation = chain.from_iterable(site.localized.citations_by_cell.values())
    numbered = list(enumerate(every_citation))  # by the same numbers as in the verifier's record
    sources = []
    for row in site.localized.rows[SOURCES]:
        own = [(number, citation) for number, citation in numbered if citation.source_id == row["source_id"]]
        source = {"row": row, "legend": _legend(site, own), "paragraphs": _paragraphs(site, row, own)}
        sources.append(source)
    return sources


def _legend(site: LocalizedSite, citations: Numbered) -> list[dict[str, Any]]:
    """The tables that cite a source, each with its colour and the number of its citations."""
    counts = Counter(citation.table for _, citation in citations)
    legend = []
    for table, hue in table_hues(site.localized).items():
        if counts[table]:
            legend.append({"schema": site.localized.package.schema(table), "hue": hue, "count": counts[table]})
    return legend


def _paragraphs(site: LocalizedSite, source: Row, citations: Numbered) -> list[dict[str, Any]]:
    """The paragraphs of a source, each with its strip and the cells that are cited from it."""
    localized = site.localized
    hues = table_hues(localized)
    rows = [row for row in localized.rows[PARAGRAPHS] if row["source_id"] == source["source_id"]]
    longest = max((row["characters"] for row in rows), default=1)
    paragraphs = []
    for row in rows:
        number = row["paragraph"]
        here = [(index, citation) for index, citation in citations if citation.paragraph == number]
        paragraphs.append(
            {
                "number": number,
                "anchor": site.paragraph_anchor(source["source_id"], number),
                "kind": localized.label(PARAGRAPHS, "kind", row["kind"]),
                "characters": row["characters"],
                "gist": localized.text(row, "gist"),
                "scale": longest,
                "marks": _marks([citation for _, citation in here], hues),
                "cells": [_cell(site, index, citation, hues) for index, citation in here],
            }
        )
    return paragraphs


def _cell(site: LocalizedSite, number: int, citation: Citation, hues: Mapping[str, int]) -> dict[str, Any]:
    schema = site.localized.package.schema(citation.table)
    row = site.rows_by_id[citation.table][citation.row_id]
    return {
        "index": number,
        "table": citation.table,
        "hue": hues[citation.table],
        "heading": site.heading(schema, row)[0],
        "title": site.localized.title(schema[citation.field]),
        "address": f"{site.row_address(citation.table, citation.row_id)}#{citation.field}",
    }


def _marks(citations: list[Citation], hues: Mapping[str, int]) -> list[dict[str, Any]]:
    """What is cited of a strip. Where several tables cite the same characters, one is below the other."""
    marks = []
    for stretch in cited_stretches(citations, hues):
        for position, table in enumerate(stretch.tables):
            height = STRIP_HEIGHT / len(stretch.tables)
            marks.append(
                {
                    "start": stretch.start,
                    "end": stretch.end,
                    "hue": hues[table],
                    "y": f"{position * height:g}",
                    "height": f"{height:g}",
                }
            )
    return marks
