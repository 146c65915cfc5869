"""Relations: rows that others refer to, across tables and within one, and circular references."""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..package import CORROBORATIONS, EVIDENCE
from .fixes import similar_name, write_one_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..problems import Problem
    from ..schema import ForeignKey
    from .file_form import Table
    from .read_tables import ReadTables


# To find a similar ID, a whole table is searched, which takes long. It is done for the first missing rows only.
_MOST_SUGGESTED = 20


class _Reference(NamedTuple):
    """A cell that names a row which is not there."""

    target: str
    row_id: str
    table: Table
    row: int
    column: str


def check_references(read: ReadTables) -> Iterator[Problem]:
    """Every row that is referred to or cited and is not there, once, in the first cell that names it."""
    dangling: list[_Reference] = []
    for table in read.tables.values():
        dangling += _by_foreign_keys(table, read.targets)
    for name in (EVIDENCE, CORROBORATIONS):
        if name in read.tables:
            dangling += _by_row_id(read.tables[name], read.targets)
    by_missing_row: defaultdict[tuple[str, str], list[_Reference]] = defaultdict(list)
    for reference in dangling:
        by_missing_row[reference.target, reference.row_id].append(reference)
    for number, (first, *others) in enumerate(by_missing_row.values()):
        target = read.targets[first.target]
        yield _missing_row(target, first, len(others), suggest=number < _MOST_SUGGESTED)


def check_cycles(read: ReadTables) -> Iterator[Problem]:
    """The first circular reference of each foreign key from a table to itself."""
    for table in read.tables.values():
        for key in table.schema.foreign_keys:
            if key.resource == table.schema.name:
                yield from _first_cycle(table, key)


def check_corroborated_fields(read: ReadTables) -> Iterator[Problem]:
    """Outside statements about a table or a field that is not there."""
    if CORROBORATIONS not in read.tables:
        return
    table = read.tables[CORROBORATIONS]
    names = read.package.paths
    for row, name, field in table.frame[["table", "field"]].itertuples(name=None):
        if name not in names:
            yield table.problem(row, "table", f"there is no table {name!r}", write_one_of(name, names))
        elif name in read.tables and field and field not in read.tables[name].schema:
            fix = write_one_of(field, read.tables[name].schema.names)
            yield table.problem(row, "field", f"{name} has no field {field!r}", fix)


def _by_foreign_keys(table: Table, targets: Mapping[str, Table]) -> Iterator[_Reference]:
    """The cells of foreign keys that name no row. As in SQL, a key with an empty cell refers to nothing."""
    reported: set[tuple[int, str]] = set()
    # Keys of fewer fields come first. A longer key adds nothing where one of its cells is reported already.
    for key in sorted(table.schema.foreign_keys, key=lambda key: len(key.fields)):
        if key.resource not in targets:
            continue
        referring = table.keys(key.fields)
        known = targets[key.resource].keys(key.reference_fields)
        is_filled = _is_filled(table, key)
        is_known = _is_in(referring, known)
        missing = referring[is_filled & ~is_known]
        for row, row_id in zip(missing.index.tolist(), missing, strict=True):
            cells = [(row, name) for name in key.fields]
            if reported.isdisjoint(cells):
                reported.add(cells[-1])
                yield _Reference(key.resource, row_id, table, row, key.fields[-1])


def _by_row_id(table: Table, targets: Mapping[str, Table]) -> Iterator[_Reference]:
    """The cells of `row_id` that name no row of the table that stands in `table`."""
    names: list[str] = table.frame["table"].unique().tolist()
    for name in names:
        if name not in targets:
            continue
        row_ids = table.frame.loc[table.frame["table"] == name, "row_id"]
        missing = row_ids[~_is_in(row_ids, targets[name].ids())]
        for row, row_id in zip(missing.index.tolist(), missing, strict=True):
            yield _Reference(name, row_id, table, row, "row_id")


def _is_filled(table: Table, key: ForeignKey) -> pd.Series[bool]:
    """Whether each row has all cells of a foreign key."""
    cells = table.frame[list(key.fields)]
    return (cells != "").all(axis=1)


def _is_in(texts: pd.Series[str], known: pd.Series[str]) -> pd.Series[bool]:
    """Whether each text is a known one. Arrow is several times faster than pandas here."""
    answers = pc.is_in(pa.array(texts), pa.array(known))
    return pd.Series(answers.to_numpy(zero_copy_only=False), index=texts.index, dtype=bool)


def _missing_row(target: Table, first: _Reference, others: int, *, suggest: bool) -> Problem:
    """The problem of a row that is not there, in the first cell that names it."""
    key = target.schema.primary_key
    count = f"{others + 1:,} cells name it" if others else "one cell names it"
    message = f"{first.row_id!r} is not a {'/'.join(key)} of {target.file}; {count}"
    similar = None
    if suggest and len(key) == 1:
        similar = similar_name(first.row_id, target.ids())
    fix = f"Write {similar or 'one that exists'}, or add the row to {target.file}"
    if first.table.schema.name == EVIDENCE and first.column == "row_id":
        fix += ", or remove the citations"
    return first.table.problem(first.row, first.column, message, f"{fix}.")


def _first_cycle(table: Table, key: ForeignKey) -> Iterator[Problem]:
    """The first circular reference of a foreign key, in the first of its rows."""
    ids = table.keys(key.reference_fields)
    parents = table.keys(key.fields)
    is_filled = _is_filled(table, key)
    predecessors: dict[str, list[str]] = {}
    for row_id, parent in zip(ids[is_filled], parents[is_filled], strict=True):
        predecessors[row_id] = [parent]
    try:
        TopologicalSorter(predecessors).prepare()
    except CycleError as error:
        # graphlib gives a cycle from the last to the first. One ID stands at both ends.
        *cycle, _ = error.args[1][::-1]
        ids_in_cycle = ids[ids.isin(cycle)]
        first_row, first_id = int(ids_in_cycle.index[0]), ids_in_cycle.iloc[0]
        start = cycle.index(first_id)
        path = [*cycle[start:], *cycle[: start + 1]]
        message = f"circular reference: {' -> '.join(path)}"
        fix = "Empty the cell, or write what it is a part of."
        yield table.problem(first_row, key.fields[0], message, fix)
