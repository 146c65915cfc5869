"""The page on which a copy is checked: each source as the strips of its paragraphs, and the cells cited from each.

The cells of a paragraph are listed by table, never in the order of the text, and without their quotes.
"""

from collections.abc import Mapping
from itertools import chain, pairwise
from typing import Any

from palette import table_hues
from wuxi_outsourcing import Citation
from wuxi_outsourcing.engine.package import PARAGRAPHS, SOURCES

from .localized_site import LocalizedSite

HEIGHT = 10


def article(site: LocalizedSite) -> list[dict[str, Any]]:
    """The sources, with legend and paragraphs."""
    colours = table_hues(site.localized)
    cited = list(
        enumerate(chain.from_iterable(site.localized.citations_by_cell.values()))
    )  # as in the verifier's record
    found = []
    for source in site.localized.rows[SOURCES]:
        own = [(index, citation) for index, citation in cited if citation.source_id == source["source_id"]]
        tables = [citation.table for _, citation in own]
        rows = [row for row in site.localized.rows[PARAGRAPHS] if row["source_id"] == source["source_id"]]
        scale = max((row["characters"] for row in rows), default=1)
        legend = [
            {"schema": site.localized.package.schema(table), "hue": hue, "count": tables.count(table)}
            for table, hue in colours.items()
            if table in tables
        ]
        paragraphs = []
        for row in rows:
            number = row["paragraph"]
            here = [(index, citation) for index, citation in own if citation.paragraph == number]
            paragraphs.append(
                {
                    "number": number,
                    "anchor": site.paragraph_anchor(source["source_id"], number),
                    "kind": site.localized.short_label(PARAGRAPHS, "kind", row["kind"]),
                    "characters": row["characters"],
                    "gist": site.localized.text(row, "gist"),
                    "scale": scale,
                    "marks": _marks([citation for _, citation in here], colours),
                    "cells": [_cell(site, index, citation, colours) for index, citation in here],
                }
            )
        found.append({"row": source, "legend": legend, "paragraphs": paragraphs})
    return found


def _cell(site: LocalizedSite, index: int, citation: Citation, colours: Mapping[str, int]) -> dict[str, Any]:
    schema = site.localized.package.schema(citation.table)
    row = site.rows_by_id[citation.table][citation.row_id]
    return {
        "index": index,
        "table": citation.table,
        "hue": colours[citation.table],
        "heading": site.heading(schema, row)[0],
        "title": site.localized.title(schema[citation.field]),
        "address": f"{site.row_address(citation.table, citation.row_id)}#{citation.field}",
    }


def _marks(citations: list[Citation], colours: Mapping[str, int]) -> list[dict[str, Any]]:
    """Spans of a strip, cut at every edge; where several tables cite the same characters, one lies below the other."""
    marks = []
    for start, end in pairwise(sorted({edge for citation in citations for edge in (citation.start, citation.end)})):
        over = {citation.table for citation in citations if citation.start <= start and end <= citation.end}
        lanes = [hue for table, hue in colours.items() if table in over]
        for at, hue in enumerate(lanes):
            height = HEIGHT / len(lanes)
            marks.append({"start": start, "end": end, "hue": hue, "y": f"{at * height:g}", "height": f"{height:g}"})
    return marks
