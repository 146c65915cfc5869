"""Two packages, compared."""

from collections.abc import Iterable, Iterator

from ..package import EVIDENCE
from .change import Change, Difference
from .citations import citation_changes, comparable
from .definitions import package_changes, table_changes
from .pairs import paired
from .rows import natural, row_changes
from .sides import Side
from .step import RANKS


def compare(old: Side, new: Side) -> Difference:
    """What differs between two packages that were read, most important first."""
    return Difference(old.label, new.label, old.version, new.version, tuple(_ordered(_changes(old, new))))


def _changes(old: Side, new: Side) -> Iterator[Change]:
    yield from package_changes(old, new)
    pairs = paired(old, new)
    cited = comparable(pairs)
    for table, pair in pairs.items():
        yield from table_changes(table, pair, old, new)
        if not (cited and table == EVIDENCE):
            yield from row_changes(table, pair)
    if cited:
        yield from citation_changes(pairs, old.tables.keys() ^ new.tables.keys())


def _ordered(changes: Iterable[Change]) -> list[Change]:
    """By table, row and field; each ranks like the most important of its changes."""
    changes = list(changes)
    ranks: dict[tuple[str | None, ...], int] = {}
    for change in changes:
        for group in _groups(change):
            ranks[group] = min(RANKS[change.kind], ranks.get(group, len(RANKS)))
    tables = list(dict.fromkeys(change.table for change in changes))

    def key(change: Change) -> tuple[object, ...]:
        table, row, field = (ranks[group] for group in _groups(change))
        place = table, tables.index(change.table), row, natural((change.row or "",))
        # What a row is as a whole comes before its cells, and a cell before its citations.
        return *place, bool(change.row and change.field), field, change.field or "", RANKS[change.kind]

    return sorted(changes, key=key)


def _groups(change: Change) -> tuple[tuple[str | None, ...], ...]:
    return (change.table,), (change.table, change.row), (change.table, change.row, change.field)
