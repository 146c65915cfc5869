"""Layer 4: foreign keys, across tables and within one, and what points to itself by way of others."""

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from ..package import ForeignKey
from ..problem import Problem
from .csv_file import Table

# Looking for a near name compares it with every other.
MOST_COMPARED = 5000


def check_relations(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Every reference that leads nowhere, and every cycle of references within a table.

    References into a table that could not be read whole are passed over: its own problems come first.
    """
    for table in tables.values():
        for key in table.schema.foreign_keys:
            target = tables.get(key.resource)
            if target is not None and target.complete:
                yield from _orphans(table, key, target)
            if key.resource == table.schema.name and len(key.fields) == 1:
                yield from _cycles(table, key)


def _orphans(table: Table, key: ForeignKey, target: Table) -> Iterator[Problem]:
    known = set(target.rows(key.reference_fields))
    found = list(table.rows(key.fields))
    # As in SQL, a reference with an empty part refers to nothing.
    missing = {cells for cells in set(found) - known if all(cells)}
    if not missing:
        return
    orphans = Counter(cells for cells in found if cells in missing)
    names = sorted("/".join(cells) for cells in known) if len(known) <= MOST_COMPARED else []
    for line, cells in zip(table.lines, found, strict=True):
        # Told once for each: most often a row was removed or renamed, and all that refer to it say the same.
        times = orphans.pop(cells, 0)
        if times:
            message = f"{'/'.join(cells)!r} is no {'/'.join(key.reference_fields)} of {target.file}"
            message += f"; {times} rows refer to it" if times > 1 else ""
            near = get_close_matches("/".join(cells), names, n=1)
            fix = f"Write {near[0]}, or add the row." if near else "Write one that exists, or add the row."
            yield Problem(table.file, line, key.fields[-1], message, fix)


def _cycles(table: Table, key: ForeignKey) -> Iterator[Problem]:
    column, reference = key.fields[0], key.reference_fields[0]
    parent = {
        row: (above, line)
        for row, above, line in zip(table.columns[reference], table.columns[column], table.lines, strict=True)
        if above
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
