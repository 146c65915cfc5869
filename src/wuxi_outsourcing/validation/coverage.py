"""Layer 5, coverage: cells without a citation, citations without a cell, and which of them belong together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..provenance.derivation import citation_fault
from .citations import expected_cell
from .files import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..package import Package
    from ..problems import Problem
    from ..table_schemas import Field
    from .citations import CitedTable
    from .files import Table

# Looking for what belongs together compares each with every other.
_MOST_COMPARED = 2000


class _Citation(NamedTuple):
    """A citation of no cell: its row in the evidence, what it names, and the problem of naming that, if it is known."""

    number: int
    table: str
    row_id: str
    field: str
    quote: str
    fault: tuple[str, str, str] | None


class _Cell(NamedTuple):
    """A cell without a citation."""

    table: str
    row: int
    row_id: str
    field: Field
    content: str


class Coverage(NamedTuple):
    """The problems of coverage; the new ID that a row was given by table and row; the rows that are not there."""

    problems: list[Problem]
    renamed: dict[tuple[str, int], str]
    missing: dict[tuple[str, str], list[int]]
    """By table and row ID the citations that name it, as rows of the evidence."""


def check_coverage(
    evidence: Table, cited: Mapping[str, CitedTable], package: Package, changed: set[str], unknown: set[str]
) -> Coverage:
    """Match citations of no cell with cells of no citation, and report what is left over of both.

    `changed` are the files that are not as the descriptor describes them, `unknown` tables whose schema is faulty.
    """
    citations = list(_citations_of_nothing(evidence, cited, package, unknown))
    cells = [cell for table in cited.values() for cell in _cells_without_citation(table)]
    problems: list[Problem] = []
    renamed: dict[tuple[str, int], str] = {}
    if citations and len(citations) + len(cells) <= _MOST_COMPARED:
        renamed = _renamed(citations, cells, cited, changed)
        names = {(table, row_id) for (table, _), row_id in renamed.items()}
        citations = [citation for citation in citations if (citation.table, citation.row_id) not in names]
        cells = [cell for cell in cells if (cell.table, cell.row) not in renamed]
        for citation in list(citations):
            for cell in cells:
                if found := _misdirected(citation, cell):
                    column, name, wrong = found
                    message = f"{wrong!r} is not the {column} of this quote: it says what {name} does in {cell.table}"
                    where = f"{cited[cell.table].table.file}:{line_of(cell.row)}:{cell.field.name}"
                    problems.append(evidence.problem(citation.number, column, f"{message} ({where})", f"Write {name}."))
                    cells.remove(cell)
                    citations.remove(citation)
                    break
    missing: dict[tuple[str, str], list[int]] = defaultdict(list)
    for citation in citations:
        if citation.fault:
            problems.append(evidence.problem(citation.number, *citation.fault))
        else:
            missing[citation.table, citation.row_id].append(citation.number)
    if evidence.complete:
        problems += _uncited(cells, cited)
    return Coverage(problems, renamed, dict(missing))


def _citations_of_nothing(
    evidence: Table, cited: Mapping[str, CitedTable], package: Package, unknown: set[str]
) -> Iterator[_Citation]:
    """Citations of a table, a row or a field that is not there, or that has no citations."""
    names = evidence.frame[["table", "field"]].drop_duplicates()
    faults = {
        (table, field): fault
        for table, field in names.itertuples(index=False)
        if table not in unknown and (fault := citation_fault(table, field, package))
    }
    faulty = evidence.frame.index[np.zeros(len(evidence.frame), bool)]
    for table, field in faults:
        faulty = faulty.union(
            evidence.frame.index[(evidence.frame["table"] == table) & (evidence.frame["field"] == field)]
        )
    for table in cited.values():
        faulty = faulty.union(table.citations.index[table.citations["row"] < 0])
    columns = ["table", "row_id", "field", "quote"]
    for number, name, row_id, field, quote in evidence.frame.loc[faulty, columns].itertuples(name=None):
        yield _Citation(number, name, row_id, field, quote, faults.get((name, field)))


def _cells_without_citation(cited: CitedTable) -> Iterator[_Cell]:
    """The cells that lack a citation, and all cited cells of rows that share their ID with another."""
    ids = None
    for field in cited.cited_fields():
        filled = cited.filled(field)
        backed = filled.index.isin(cited.of(field)["row"]) & ~filled.index.isin(list(cited.duplicates))
        for row in filled.index[filled & ~backed]:
            ids = cited.table.ids() if ids is None else ids
            yield _Cell(cited.table.schema.name, row, ids[row], field, cited.table.frame.loc[row, field.name])


def _renamed(
    citations: Iterable[_Citation], cells: Iterable[_Cell], cited: Mapping[str, CitedTable], changed: set[str]
) -> dict[tuple[str, int], str]:
    """Rows whose own ID no citation names, by the ID that is named instead and whose citations quote them."""
    by_id: dict[tuple[str, str], list[_Citation]] = defaultdict(list)
    for citation in citations:
        if citation.fault is None:
            by_id[citation.table, citation.row_id].append(citation)
    contents: dict[tuple[str, int], dict[str, _Cell]] = defaultdict(dict)
    for cell in cells:
        contents[cell.table, cell.row][cell.field.name] = cell
    renamed: dict[tuple[str, int], str] = {}
    for (name, row_id), group in by_id.items():
        table = cited[name]
        for (candidate, row), of_row in contents.items():
            if candidate != name or (name, row) in renamed or len(table.table.schema.primary_key) > 1:
                continue
            quoted = [c.field in of_row and _says(c, of_row[c.field]) for c in group]
            uncited = row in table.duplicates or not (table.citations["row"] == row).any()
            one_citation_changed = (
                len(group) == 1 and table.evidence.file in changed and table.table.file not in changed
            )
            if uncited and sum(quoted) * 2 > len(quoted) and not one_citation_changed:
                renamed[name, row] = row_id
                break
    return renamed


def _says(citation: _Citation, cell: _Cell) -> bool:
    return expected_cell(cell.field, citation.quote) == cell.content


def _misdirected(citation: _Citation, cell: _Cell) -> tuple[str, str, str] | None:
    """The one part of a citation that differs from a cell that its quote says: column, right and wrong name."""
    names = ("table", "row_id", "field")
    right, wrong = (cell.table, cell.row_id, cell.field.name), citation[1:4]
    differing = [at for at in range(len(names)) if right[at] != wrong[at]]
    if len(differing) == 1 and _says(citation, cell):
        return names[differing[0]], right[differing[0]], wrong[differing[0]]
    return None


def _uncited(cells: Iterable[_Cell], cited: Mapping[str, CitedTable]) -> Iterator[Problem]:
    """Cells without a citation, and rows without any: one problem a row."""
    by_row: dict[tuple[str, int], list[_Cell]] = defaultdict(list)
    for cell in cells:
        by_row[cell.table, cell.row].append(cell)
    cited_rows = {name: set(cited[name].citations["row"]) for name, _ in by_row}
    for (name, row), of_row in by_row.items():
        table = cited[name]
        if row in table.duplicates:
            continue
        names = ", ".join(cell.field.name for cell in of_row)
        if row in cited_rows[name]:
            for cell in of_row:
                fix = f"Run `wuxi-outsourcing cite FILE QUOTE --for {name} {cell.row_id} {cell.field.name}`"
                message = (
                    f"{cell.content!r} has no evidence" if cell.content else "what is printed here has no evidence"
                )
                yield table.table.problem(row, cell.field.name, message, f"{fix}, or empty the cell.")
        else:
            fix = f"Cite {names}: `wuxi-outsourcing cite FILE --all`."
            key = table.table.schema.primary_key[0]
            yield table.table.problem(row, key, "the row has no evidence at all", fix)
