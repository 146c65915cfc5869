"""Layer 4: foreign keys, across tables and within one, and what points to itself by way of others."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

import numpy as np
import pandas as pd

from ..package import ForeignKey
from ..problem import Problem
from .column import Table, combined

# Looking for near names compares each with every other.
MOST_COMPARED = 5000


def check_relations(tables: Mapping[str, Table], known: Iterable[Problem]) -> Iterator[Problem]:
    """Every reference that leads nowhere, and every cycle of references within a table.

    References into a table that could not be read whole are passed over: its own problems come first. So are those of
    cells whose problems are `known`.
    """
    faulty = {(problem.file, problem.line, problem.column) for problem in known}
    for table in tables.values():
        for key in table.schema.foreign_keys:
            target = tables.get(key.resource)
            if target is not None and target.complete:
                yield from _orphans(table, key, target, faulty)
            if key.resource == table.schema.name and len(key.fields) == 1:
                yield from _cycles(table, key)


def _orphans(
    table: Table, key: ForeignKey, target: Table, faulty: set[tuple[str, int | None, str | None]]
) -> Iterator[Problem]:
    columns = [table.columns[name] for name in key.fields]
    found = [
        (table.lines[row], tuple(cells[row] for cells in columns))
        for row in np.flatnonzero(_unresolved(table, key, target)).tolist()
        if faulty.isdisjoint((table.file, table.lines[row], field) for field in key.fields)
    ]
    if not found:
        return
    # A key that holds this one has nothing to add.
    faulty.update((table.file, line, key.fields[-1]) for line, _ in found)
    orphans = Counter(cells for _, cells in found)
    known = set(target.rows(key.reference_fields))
    names = sorted("/".join(cells) for cells in known) if len(known) * len(orphans) <= MOST_COMPARED else []
    for line, cells in found:
        # Told once for each: most often a row was removed or renamed, and all that refer to it say the same.
        times = orphans.pop(cells, 0)
        if times:
            message = f"{'/'.join(cells)!r} is no {'/'.join(key.reference_fields)} of {target.file}"
            message += f"; {times} rows refer to it" if times > 1 else ""
            near = get_close_matches("/".join(cells), names, n=1)
            fix = f"Write {near[0]}, or add the row." if near else "Write one that exists, or add the row."
            yield Problem(table.file, line, key.fields[-1], message, fix)


def _unresolved(table: Table, key: ForeignKey, target: Table) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """For each row whether it refers to a row that is not there. As in SQL, an empty part refers to nothing."""
    referring, known = [], []
    filled, found = np.ones(len(table.lines), bool), np.ones(len(table.lines), bool)
    for name, reference in zip(key.fields, key.reference_fields, strict=True):
        filled &= table.columns[name].filled
        codes = table.columns[name].codes_in(target.columns[reference])
        found &= codes >= 0
        referring.append(np.maximum(codes, 0))
        known.append(target.columns[reference].codes)
    if len(known) > 1:
        both = combined([np.concatenate(parts) for parts in zip(known, referring, strict=True)])
        rows = len(target.lines)
        found &= pd.Series(both[rows:]).isin(both[:rows]).to_numpy()
    return filled & ~found


def _cycles(table: Table, key: ForeignKey) -> Iterator[Problem]:
    column, reference = key.fields[0], key.reference_fields[0]
    parent = {
        table.columns[reference][row]: (table.columns[column][row], table.lines[row])
        for row in np.flatnonzero(table.columns[column].filled).tolist()
    }
    done: set[str] = set()
    for start in parent:
        path: dict[str, None] = {}
        row = start
        while row in parent and row not in done and row not in path:
            path[row] = None
            row = parent[row][0]
        if row in path:
            cycle = list(path)[list(path).index(row) :]
            first = min(cycle, key=lambda name: parent[name][1])
            cycle = cycle[cycle.index(first) :] + cycle[: cycle.index(first)]
            message = f"the references go round in a circle: {' -> '.join([*cycle, first])}"
            yield Problem(table.file, parent[first][1], column, message, "Break the circle.")
        done.update(path)
