"""Layer 4: rows that others refer to, across tables and within one, and circular references."""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from ..package import CORROBORATIONS, EVIDENCE
from .fixes import similar_name, write_one_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..problems import Problem
    from .citations import CitedTable
    from .findings import Findings
    from .table_files import Table


# Similar IDs are looked for in a whole table, which takes long: where many rows are missing, for the first of them.
_MOST_SUGGESTED = 20


class _Reference(NamedTuple):
    """A cell that names a row which is not there."""

    table: Table
    row: int
    column: str


def check_relations(
    tables: Mapping[str, Table],
    targets: Mapping[str, Table],
    cited: Mapping[str, CitedTable],
    names: Collection[str],
    findings: Findings,
) -> Iterator[Problem]:
    """Every row that is referred to or cited and is not there, once, and every circular reference.

    Only references into `targets`, the tables whose keys are valid, are looked up, and those in rows with problems are
    passed over. `names` are those of all tables, read or not.
    """
    references: dict[tuple[str, str], list[_Reference]] = defaultdict(list)
    for table in tables.values():
        for name, row_id, reference in _orphans(table, targets):
            references[name, row_id].append(reference)
        yield from _cycles(table)
    for name, cited_rows in cited.items():
        for number, row_id in cited_rows.citations_of_nothing():
            references[name, row_id].append(_Reference(cited_rows.evidence, number, "row_id"))
    if CORROBORATIONS in tables:
        yield from _corroborations(tables[CORROBORATIONS], targets, names, references)
    suggestions = _MOST_SUGGESTED
    for (name, row_id), cells in references.items():
        without_problem = [cell for cell in cells if not findings.has(cell.table, cell.row)]
        if name in targets and without_problem:
            yield _missing_row(targets[name], row_id, without_problem, suggest=suggestions > 0)
            suggestions -= 1


def _orphans(table: Table, targets: Mapping[str, Table]) -> Iterator[tuple[str, str, _Reference]]:
    """Table and ID of the rows that are named and not there. As in SQL, a key with an empty part refers to nothing."""
    reported: set[tuple[int, str]] = set()
    # The keys of fewer fields first: one that has such a key within it has nothing to add.
    for key in sorted(table.schema.foreign_keys, key=lambda key: len(key.fields)):
        if key.resource in targets:
            referring = table.keys(key.fields)
            filled = (table.frame[list(key.fields)] != "").all(axis=1)
            known = pc.is_in(pa.array(referring), pa.array(targets[key.resource].keys(key.reference_fields)))
            orphans = referring[filled & ~known.to_numpy(zero_copy_only=False)]
            for row, value in zip(orphans.index.tolist(), orphans, strict=True):
                if reported.isdisjoint((row, name) for name in key.fields):
                    reported.add((row, key.fields[-1]))
                    yield key.resource, value, _Reference(table, row, key.fields[-1])


def _missing_row(target: Table, row_id: str, references: list[_Reference], *, suggest: bool) -> Problem:
    """The problem of a row that is not there, in the first cell that names it."""
    table, row, column = references[0]
    key = target.schema.primary_key
    count = "one cell names it" if len(references) == 1 else f"{len(references):,} cells name it"
    message = f"{row_id!r} is not a {'/'.join(key)} of {target.file}; {count}"
    similar = similar_name(row_id, target.ids()) if suggest and len(key) == 1 else None
    fix = f"Write {similar or 'one that exists'}, or add the row to {target.file}"
    if table.schema.name == EVIDENCE and column == "row_id":
        fix += ", or remove the citations"
    return table.problem(row, column, message, f"{fix}.")


def _cycles(table: Table) -> Iterator[Problem]:
    """The first circular reference of each key."""
    for key in (key for key in table.schema.foreign_keys if key.resource == table.schema.name):
        parents, ids = table.keys(key.fields), table.keys(key.reference_fields)
        filled = (table.frame[list(key.fields)] != "").all(axis=1)
        try:
            TopologicalSorter(
                {row_id: [parent] for row_id, parent in zip(ids[filled], parents[filled], strict=True)}
            ).prepare()
        except CycleError as error:
            *cycle, _ = error.args[1][::-1]
            rows = ids[ids.isin(cycle)]
            at = cycle.index(rows.iloc[0])
            message = f"circular reference: {' -> '.join([*cycle[at:], *cycle[: at + 1]])}"
            fix = "Empty the cell, or write what it is a part of."
            yield table.problem(int(rows.index[0]), key.fields[0], message, fix)


def _corroborations(
    table: Table,
    valid: Mapping[str, Table],
    names: Collection[str],
    references: dict[tuple[str, str], list[_Reference]],
) -> Iterator[Problem]:
    """Outside statements about a table or a field that is not there; those about no row are further `references`."""
    ids = {name: set(valid[name].ids()) for name in table.frame["table"].unique() if name in valid}
    for row, name, row_id, field in table.frame[["table", "row_id", "field"]].itertuples(name=None):
        if name not in names:
            yield table.problem(row, "table", f"there is no table {name!r}", write_one_of(name, names))
        elif name in valid and row_id not in ids[name]:
            references[name, row_id].append(_Reference(table, row, "row_id"))
        elif name in valid and field and field not in valid[name].schema:
            fix = write_one_of(field, valid[name].schema.names)
            yield table.problem(row, "field", f"{name} has no field {field!r}", fix)
