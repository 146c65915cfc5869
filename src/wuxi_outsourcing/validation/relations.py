"""Layer 4: rows that others refer to, across tables and within one, and circular references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..package import EVIDENCE, PARAGRAPHS
from ..problems import Problem
from .files import line_of
from .fixes import similar_name, write_one_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from ..table_schemas import ForeignKey
    from .files import Table
    from .pandera_schema import Locations

CORROBORATIONS = "corroborations"


def check_relations(
    tables: Mapping[str, Table],
    known: Mapping[str, Locations],
    changed: AbstractSet[str],
    missing: Mapping[tuple[str, str], list[int]],
    names: Collection[str],
) -> Iterator[Problem]:
    """Every row that is referred to or cited and is not there, once, and every circular reference.

    References into a table that is not complete are passed over, and those in cells with `known` problems, by file.
    `changed` are the files that are not as the descriptor describes them; `missing` gives by table and ID the
    citations of rows that are not there. `names` are those of all tables, read or not.
    """
    orphans: dict[tuple[str, str], list[tuple[Table, int, str]]] = {
        (name, row_id): [(tables[EVIDENCE], number, "row_id") for number in numbers]
        for (name, row_id), numbers in missing.items()
        if tables[name].complete
    }
    for table in tables.values():
        reported = known.get(table.file, set())
        # The keys of more fields first: one within such a key has nothing to add.
        for key in sorted(table.schema.foreign_keys, key=lambda key: len(key.fields)):
            target = tables.get(key.resource)
            if target is not None and target.complete:
                for row, value in _orphans(table, key, target):
                    cells = {(line_of(row), field) for field in key.fields}
                    if reported.isdisjoint(cells):
                        reported = reported | {(line_of(row), key.fields[-1])}
                        orphans.setdefault((key.resource, value), []).append((table, row, key.fields[-1]))
            if key.resource == table.schema.name and len(key.fields) == 1:
                yield from _cycles(table, key)
    for (name, row_id), references in orphans.items():
        yield _missing_row(tables[name], row_id, references, changed)
    yield from _corroborations(tables, known, names)


def _orphans(table: Table, key: ForeignKey, target: Table) -> Iterator[tuple[int, str]]:
    """The rows whose key names no row of the target. As in SQL, an empty part refers to nothing."""
    referring = table.keys(key.fields)
    filled = (table.frame[list(key.fields)] != "").all(axis=1)
    yield from referring[filled & ~referring.isin(target.keys(key.reference_fields))].items()  # type: ignore[misc]  # rows are numbers


def _missing_row(
    target: Table, row_id: str, references: list[tuple[Table, int, str]], changed: AbstractSet[str]
) -> Problem:
    """The problem of a row that is not there: in its own table if the row was removed, or else where it is named."""
    (table, row, column), files = references[0], {table.file for table, _, _ in references}
    citations = sum(column == "row_id" for _, _, column in references)
    names = f"{len(references)} cells name it" if len(references) > 1 else "one cell names it"
    key = target.schema.primary_key
    if 0 < citations < len(references) or (target.file in changed and not files <= changed):
        message = f"there is no row {row_id!r}, but {names}, first {table.file}:{line_of(row)}"
        fix = f"Add the row {row_id} again, or remove what names it."
        return Problem(target.file, None, key[-1], message, fix)
    message = f"{row_id!r} is not a {'/'.join(key)} of {target.file}; {names}"
    if citations:
        return table.problem(row, column, message, f"Remove the row, or add the row {row_id} to {target.file}.")
    similar = _similar(table, row, row_id, target)
    fix = f"Write {similar}, or add" if similar else "Write one that exists, or add"
    return table.problem(row, column, message, f"{fix} the row to {target.file}.")


def _similar(table: Table, row: int, row_id: str, target: Table) -> str | None:
    """What may be meant by an ID that is not there: of a paragraph, the one that the row's other citations name."""
    if target.schema.name == PARAGRAPHS and "row_id" in table.frame:
        columns = ["table", "row_id", "source_id"]
        same_row = (table.frame[columns] == table.frame.loc[row, columns]).all(axis=1)
        cited = table.frame.loc[same_row, "paragraph"].drop(row).mode()
        return cited[0] if len(cited) else None
    return similar_name(row_id, target.ids(), cutoff=0.7)


def _cycles(table: Table, key: ForeignKey) -> Iterator[Problem]:
    column, reference = key.fields[0], key.reference_fields[0]
    filled = table.frame[table.frame[column] != ""]
    parent = dict(zip(filled[reference], zip(filled[column], filled.index, strict=True), strict=True))
    done: set[str] = set()
    for start in parent:
        path: dict[str, None] = {}
        name = start
        while name in parent and name not in done and name not in path:
            path[name] = None
            name = parent[name][0]
        if name in path:
            cycle = list(path)[list(path).index(name) :]
            first = min(cycle, key=lambda name: parent[name][1])
            cycle = cycle[cycle.index(first) :] + cycle[: cycle.index(first)]
            message = f"circular reference: {' -> '.join([*cycle, first])}"
            yield table.problem(parent[first][1], column, message, "Empty the cell, or write what it is a part of.")
        done.update(path)


def _corroborations(
    tables: Mapping[str, Table], known: Mapping[str, Locations], names: Collection[str]
) -> Iterator[Problem]:
    """Outside statements about a table, a row or a field that is not there."""
    corroborations = tables.get(CORROBORATIONS)
    if corroborations is None:
        return
    ids = {name: set(tables[name].ids()) for name in corroborations.frame["table"].unique() if name in tables}
    faulty = known.get(corroborations.file, set())
    for row, name, row_id, field in corroborations.frame[["table", "row_id", "field"]].itertuples(name=None):
        if not faulty.isdisjoint((line_of(row), column) for column in ("table", "row_id", "field")):
            continue
        if name not in names:
            fix = write_one_of(name, names)
            yield corroborations.problem(row, "table", f"there is no table {name!r}", fix)
        elif name in tables and row_id not in ids[name] and tables[name].complete:
            fix = write_one_of(row_id, ids[name])
            yield corroborations.problem(row, "row_id", f"{name} has no row {row_id!r}", fix)
        elif name in tables and field and field not in tables[name].schema:
            fix = write_one_of(field, tables[name].schema.names)
            yield corroborations.problem(row, "field", f"{name} has no field {field!r}", fix)
