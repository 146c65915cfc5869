"""Layer 5, provenance: what each cell needs of evidence and what its quote makes of it, without the article at hand."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .. import printed
from ..cited_cells import CITED, citable, followers, said
from ..package import EVIDENCE, Field, Package
from ..problem import Problem
from .column import Column, Table, combined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .column import Mask, Rows


@dataclass(frozen=True, slots=True, eq=False)
class _Spans:
    """The citations of one field: their rows in the evidence, and the row of the table that each names, or -1."""

    citations: "Rows"
    rows: "Rows"


def check_provenance(tables: Mapping[str, Table], package: Package, changed: AbstractSet[str]) -> Iterator[Problem]:
    """What is wrong between cells and their evidence.

    `changed` are the files that are no longer what the descriptor says: where a cell and its quote disagree, the
    problem is placed in the one of the two that was changed.
    """
    evidence = tables.get(EVIDENCE)
    if evidence is None:
        return
    names, fields, row_ids = (evidence.columns[name] for name in ("table", "field", "row_id"))
    groups = _groups(combined([names.codes, fields.codes]))
    astray: set[str] = set()
    for citations in groups:
        found = citable(names[citations[0]], fields[citations[0]], package)
        if found:
            astray.update(row_ids[row] for row in citations.tolist())
            yield from (Problem(evidence.file, evidence.lines[row], *found) for row in citations.tolist())
    for name, table in tables.items():
        by_field = {fields[citations[0]]: citations for citations in groups if names[citations[0]] == name}
        if by_field or any(field.provenance in CITED for field in table.schema.fields):
            yield from _table(table, by_field, evidence, changed, astray)


def _groups(codes: "NDArray[np.int64]") -> "list[Rows]":
    """The rows of each different code, in order."""
    order = np.argsort(codes, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(codes[order])) + 1)


def _table(
    table: Table, cited: "Mapping[str, Rows]", evidence: Table, changed: AbstractSet[str], astray: set[str]
) -> Iterator[Problem]:
    """One table against the citations of its fields. `astray` are rows that citations name together with no field."""
    ids, named = table.row_ids(), evidence.columns["row_id"]
    # With a last row for the code -1, of an ID that the table does not have.
    first_rows = np.append(ids.first_rows(), -1)
    rows = np.full(len(named), -1)
    if cited:
        citations = np.concatenate(list(cited.values()))
        rows[citations] = first_rows[Column(named.different, named.codes[citations]).codes_in(ids)]
    all_spans = {field: _Spans(some, rows[some]) for field, some in cited.items()}
    strays = _strays(all_spans, evidence) if table.complete else {}
    backed = {}
    for field in table.schema.fields:
        if field.provenance not in CITED:
            continue
        nothing = np.empty(0, np.intp)
        spans = all_spans.get(field.name, _Spans(nothing, nothing))
        there = spans.rows >= 0
        backed[field.name] = np.zeros(len(table.lines), bool)
        backed[field.name][spans.rows[there]] = True
        yield from _contents(table, field, _Spans(spans.citations[there], spans.rows[there]), evidence, changed)
        if evidence.file in changed and table.file not in changed and not there.all():
            del backed[field.name]  # The citations that name no row are told; where they are missing follows.
    filled, has_evidence = _filled(table, backed), np.logical_or.reduce([np.zeros(len(ids), bool), *backed.values()])
    passed_over = ids.where(astray.__contains__)
    bare = np.flatnonzero(np.logical_or.reduce([has_evidence, *filled.values()]) & ~has_evidence & ~passed_over)
    # Where a citation could not be read, a row without evidence may be one that has some.
    renamed = evidence.complete and len(strays) == 1 and len(bare) == 1
    if not renamed:
        yield from _not_there(table.schema.name, strays, evidence)
    if evidence.complete:
        for name, cells in filled.items():
            missing = cells & ~backed[name] & has_evidence & ~passed_over
            yield from _uncited(table, name, np.flatnonzero(missing).tolist())
        yield from _bare(table, bare.tolist(), list(backed), next(iter(strays)) if renamed else None)


def _strays(all_spans: Mapping[str, _Spans], evidence: Table) -> dict[str, list[int]]:
    """By row ID the lines of the citations that name a row that is not there."""
    strays: dict[str, list[int]] = {}
    for spans in all_spans.values():
        for citation in spans.citations[spans.rows < 0].tolist():
            strays.setdefault(evidence.columns["row_id"][citation], []).append(evidence.lines[citation])
    return strays


def _not_there(name: str, strays: Mapping[str, list[int]], evidence: Table) -> Iterator[Problem]:
    """What names a row that is not there, told once a row: most often it was removed."""
    for row_id, lines in strays.items():
        message = f"{name} has no row {row_id!r}; {len(lines)} citation(s) name it"
        yield Problem(evidence.file, min(lines), "row_id", message, "Correct the row ID, or remove the citations.")


def _contents(
    table: Table, field: Field, spans: _Spans, evidence: Table, changed: AbstractSet[str]
) -> Iterator[Problem]:
    """Cells that are not what their quotes say."""
    fields = (field, *followers(table.schema, field))
    quote_changed = evidence.file in changed and table.file not in changed
    at_fault = _differing(table, fields, spans, evidence.columns["quote"])
    for row, citation in zip(spans.rows[at_fault].tolist(), spans.citations[at_fault].tolist(), strict=True):
        quote, cited_at = evidence.columns["quote"][citation], evidence.lines[citation]
        if not any(table.columns[each.name][row] for each in fields):
            yield _emptied(table, field, row, (quote, cited_at), evidence if quote_changed else None)
            continue
        for each in fields:
            try:
                quoted = said(each.rule, quote)
            except printed.Unreadable as error:
                fix = "Quote the printed figure whole, with its unit and its qualifier."
                yield Problem(evidence.file, cited_at, "quote", str(error), fix)
                break
            cell = table.columns[each.name][row]
            if cell == quoted:
                continue
            line, says = table.lines[row], f"says {quoted}" if quoted else "leaves the cell empty"
            if quote_changed:
                place = f"{table.file}:{line}:{each.name}"
                message = f"the quote “{quote}” {says}, but the cell that it backs is {cell!r} ({place})"
                yield Problem(
                    evidence.file, cited_at, "quote", message, f"Quote the printed characters that say {cell}."
                )
            else:
                place = f"{evidence.file}:{cited_at}"
                message = f"{cell!r} does not follow from its quote “{quote}” ({place}), which {says}"
                fix = f"Write {quoted}" if quoted else "Empty the cell"
                yield Problem(table.file, line, each.name, message, f"{fix}, or correct the quote.")
            break  # Number, unit and qualifier that differ from one quote are one misreading.


def _differing(table: Table, fields: tuple[Field, ...], spans: _Spans, quotes: Column) -> "Mask":
    """For each citation whether there is something to tell: a cell that its quote does not make, or no cell at all."""
    quoted = quotes.codes[spans.citations]
    columns = [table.columns[field.name] for field in fields]
    codes = [{cell: code for code, cell in enumerate(cells.different)} for cells in columns]
    expected = np.full((len(fields), len(quotes.different)), -1, np.int32)
    for quote in np.unique(quoted).tolist():
        with suppress(printed.Unreadable):
            for number, field in enumerate(fields):
                expected[number, quote] = codes[number].get(said(field.rule, quotes.different[quote]), -1)
    differs, filled = np.zeros(len(quoted), bool), np.zeros(len(quoted), bool)
    for cells, code in zip(columns, expected, strict=True):
        differs |= code[quoted] != cells.codes[spans.rows]
        filled |= cells.filled[spans.rows]
    return differs | ~filled


def _emptied(table: Table, field: Field, row: int, quote: tuple[str, int], evidence: Table | None) -> Problem:
    """A citation of an empty cell, placed at the citation if that is in the table given, or else at the cell."""
    words, line = quote
    if evidence:
        row_id = table.row_ids()[row]
        message = f"the citation backs {table.schema.name}.{field.name}, which is empty in row {row_id!r}"
        return Problem(evidence.file, line, "field", message, "Fill in the cell, or remove the citation.")
    message = f"the cell is empty, but the quote “{words}” (data/{EVIDENCE}.csv:{line}) backs it"
    return Problem(table.file, table.lines[row], field.name, message, "Fill in the cell, or remove the citation.")


def _filled(table: Table, names: Iterable[str]) -> "dict[str, Mask]":
    """By cited field, for each row whether it, or a field that shares its quote, holds something."""
    return {
        name: np.logical_or.reduce(
            [
                table.columns[each.name].filled
                for each in (table.schema[name], *followers(table.schema, table.schema[name]))
            ]
        )
        for name in names
    }


def _uncited(table: Table, name: str, rows: Iterable[int]) -> Iterator[Problem]:
    """Cells that hold something and have no evidence, while others of their row have."""
    for row in rows:
        cells = (
            table.columns[each.name][row] for each in (table.schema[name], *followers(table.schema, table.schema[name]))
        )
        cell = f"{table.schema.name} {table.row_ids()[row]} {name}"
        fix = f"Cite the printed characters, `wuxi-outsourcing cite FILE QUOTE --for {cell}`, or empty the cell."
        yield Problem(table.file, table.lines[row], name, f"{next(filter(None, cells))!r} has no evidence", fix)


def _bare(table: Table, rows: Iterable[int], names: Iterable[str], renamed: str | None) -> Iterator[Problem]:
    """Rows without any evidence. `renamed` is the ID that the row had when its citations were written."""
    message = "the row has no evidence at all"
    fix = f"Cite each of {', '.join(names)} that is not empty: `wuxi-outsourcing cite FILE --all`."
    if renamed is not None:
        message += f", and there is no row {renamed!r}, which has some: was it renamed?"
        fix = f"Write {renamed} again, since an ID never changes, or rename it in the evidence too."
    for row in rows:
        yield Problem(table.file, table.lines[row], table.schema.primary_key[0], message, fix)
