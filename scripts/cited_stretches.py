"""The stretches of a paragraph that the same tables cite, for the maps of a source in the charts and on the site."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wuxi_outsourcing import Citation


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of a paragraph, and the tables that cite all of them."""

    start: int
    end: int
    tables: tuple[str, ...]


def cited_stretches(citations: Sequence[Citation], order: Iterable[str]) -> list[Stretch]:
    """The citations of one paragraph, cut wherever one begins or ends. The tables of each are in the order given."""
    tables = list(order)
    edges: set[int] = set()
    for citation in citations:
        edges.update((citation.start, citation.end))
    stretches = []
    for start, end in pairwise(sorted(edges)):
        citing = {citation.table for citation in citations if citation.start <= start and end <= citation.end}
        citing_in_order = [table for table in tables if table in citing]
        stretches.append(Stretch(start, end, tuple(citing_in_order)))
    return stretches
