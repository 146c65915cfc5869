"""Layer 4: foreign keys, across tables and within one, and what points to itself by way of others."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from ..package import ForeignKey
from ..problem import Problem
from .csv_file import Table

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
    known = set(target.rows(key.reference_fields))
    # As in SQL, a reference with an empty part refers to nothing.
    found = [
        (line, cells)
        for line, cells in zip(table.lines, table.rows(key.fields), strict=True)
        if cells not in known and all(cells) and faulty.isdisjoint((table.file, line, field) for field in key.fields)
    ]
    if not found:
        return
    # A key that holds this one has nothing to add.
    faulty.update((table.file, line, key.fields[-1]) for line, _ in found)
    orphans = Counter(cells for _, cells in found)
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
