"""Layer 5, coverage: cells without a citation, citations without a cell, and which of them belong together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field as part
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..provenance.derivation import citation_fault
from .citations import expected_cell
from .files import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from ..package import Package
    from ..problems import Problem
    from ..table_schemas import Field
    from .citations import CitedTable
    from .files import Table

# Looking for what belongs together compares each with every other.
_MOST_COMPARED = 1_000_000
_NAMES = ("table", "row_id", "field")


class _Citation(NamedTuple):
    """A citation of no cell: what it names, its row in the evidence, and why it cannot be of such a field."""

    names: tuple[str, str, str]
    number: int
    quote: str
    fault: tuple[str, str, str] | None


class _Cell(NamedTuple):
    """A cell without a citation: what names it, its row, and its content."""

    names: tuple[str, str, str]
    row: int
    field: Field
    content: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What came of matching citations with cells."""

    problems: list[Problem] = part(default_factory=list)
    renamed: set[tuple[str, str]] = part(default_factory=set)
    """The IDs that rows have instead of their own, with the table."""
    missing: list[tuple[str, str, int]] = part(default_factory=list)
    """Table, ID and row in the evidence of citations of rows that are not there."""


def check_coverage(evidence: Table, cited: Mapping[str, CitedTable], package: Package) -> Coverage:
    """Match citations of no cell with cells of no citation, and report what is left over of both."""
    coverage = Coverage()
    citations = list(_stray_citations(evidence, cited, package))
    cells = [cell for table in cited.values() for cell in _uncited_cells(table)]
    if citations and len(citations) * len(cells) <= _MOST_COMPARED:
        _match(citations, cells, cited, coverage)
    for citation in citations:
        if citation.fault:
            coverage.problems.append(evidence.problem(citation.number, *citation.fault))
        else:
            coverage.missing.append((*citation.names[:2], citation.number))
    for name, table in cited.items():
        coverage.problems.extend(_uncited(table, [cell for cell in cells if cell.names[0] == name]))
    return coverage


def _stray_citations(evidence: Table, cited: Mapping[str, CitedTable], package: Package) -> Iterator[_Citation]:
    """Citations of a table, a row or a field that is not there, or that has no citations."""
    named = evidence.frame[["table", "field"]].drop_duplicates().itertuples(index=False, name=None)
    faults = {
        (table, field): fault
        for table, field in named
        if (table in cited or table not in package.paths) and (fault := citation_fault(table, field, package))
    }
    stray = [of.citations.index[(of.citations["row"] < 0) & ~_has_id(of)] for of in cited.values()]
    for table, field in faults:
        stray.append(evidence.frame.index[(evidence.frame["table"] == table) & (evidence.frame["field"] == field)])
    rows = evidence.frame.loc[np.unique(np.concatenate(stray)), [*_NAMES, "quote"]]
    for number, table, row_id, field, quote in rows.itertuples(name=None):
        yield _Citation((table, row_id, field), number, quote, faults.get((table, field)))


def _has_id(table: CitedTable) -> pd.Series[bool]:
    """Whether the row that a citation names is there, if more than once."""
    duplicates = table.ids[table.ids.duplicated()]
    return table.citations["row_id"].isin(duplicates)


def _uncited_cells(cited: CitedTable) -> Iterator[_Cell]:
    """The cells that lack a citation; those of rows that share their ID with another count as such."""
    for field in cited.fields:
        uncited = np.any([cited.table.frame[name] != "" for name in cited.group(field)], axis=0)
        uncited[cited.of(field)["row"].to_numpy()] = False
        for row in np.flatnonzero(uncited):
            names = cited.table.schema.name, cited.ids[row], field.name
            yield _Cell(names, int(row), field, cited.table.cell(row, field.name))


def _match(citations: list[_Citation], cells: list[_Cell], cited: Mapping[str, CitedTable], coverage: Coverage) -> None:
    """Take from both lists what differs in one name alone and has one content: that name is wrong.

    The ID of a row is wrong in its table, unless the evidence was changed and the table was not.
    """
    pairs = [
        (citation, cell, wrong[0])
        for citation, cell in product(citations, cells)
        if len(wrong := [at for at, name in enumerate(_NAMES) if citation.names[at] != cell.names[at]]) == 1
        and expected_cell(cell.field, citation.quote) == cell.content
    ]
    rows = Counter(
        (*citation.names[:2], cell.row)
        for citation, cell, at in pairs
        if _NAMES[at] == "row_id" and not citation.fault and not cited[cell.names[0]].blame_evidence
    )
    renamed: set[tuple[str, int]] = set()
    named: set[tuple[str, str]] = set()
    for (name, row_id, row), _ in rows.most_common():
        uncited = row not in cited[name].citations["row"].to_numpy()
        if uncited and (name, row) not in renamed and (name, row_id) not in named:
            renamed.add((name, row))
            named.add((name, row_id))
            coverage.renamed.add((name, cited[name].ids[row]))
            coverage.problems.append(_renamed(cited[name].table, row, cited[name].ids[row], row_id))
    citations[:] = [citation for citation in citations if citation.names[:2] not in named]
    cells[:] = [cell for cell in cells if (cell.names[0], cell.row) not in renamed]
    for citation, cell, at in pairs:
        if citation in citations and cell in cells:
            citations.remove(citation)
            cells.remove(cell)
            table = cited[cell.names[0]]
            where = f"{table.table.file}:{line_of(cell.row)}:{cell.field.name}"
            name, right = _NAMES[at], cell.names[at]
            message = f"{citation.names[at]!r} is not the {name} of this quote: it says what {right} does ({where})"
            coverage.problems.append(table.evidence.problem(citation.number, name, message, f"Write {right}."))


def _renamed(table: Table, row: int, row_id: str, cited_id: str) -> Problem:
    message = f"{row_id!r} does not have these cells in the evidence, but {cited_id!r}, which is not there, does"
    fix = f"Write {cited_id}, or correct row_id in the evidence."
    return table.problem(row, table.schema.primary_key[0], message, fix)


def _uncited(cited: CitedTable, cells: list[_Cell]) -> Iterator[Problem]:
    """Cells without a citation; where the whole row is without, that is a problem of its key."""
    table, ids = cited.table, cited.ids
    with_citations = set(cited.citations["row"]) if cells else set()
    duplicates = set(ids[ids.duplicated()]) if cells else set()
    for (name, row_id, field), row, _, content in cells:
        if row not in with_citations and row_id not in duplicates:
            fix = "Cite its cells: `wuxi-outsourcing cite FILE --all`."
            yield table.problem(row, table.schema.primary_key[0], "the row has no evidence at all", fix)
        elif row_id not in duplicates:
            message = f"{content!r} has no evidence" if content else "what is printed here has no evidence"
            fix = f"Run `wuxi-outsourcing cite FILE QUOTE --for {name} {row_id} {field}`, or empty the cell."
            yield table.problem(row, field, message, fix)
