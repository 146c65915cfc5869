"""What differs between the citations behind a cell. They are told apart by the cell, not by their offsets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..package import EVIDENCE
from .change import Change
from .pairs import Pair, cells
from .rows import natural
from .sides import Row

CELL = ("table", "row_id", "field")
QUOTE = ("source_id", "quote")
PLACE = ("source_id", "paragraph", "start")

Cell = tuple[str, ...]


def comparable(pairs: Mapping[str, Pair]) -> bool:
    """Whether both sides have a table of evidence with the columns that make a citation."""
    return EVIDENCE in pairs and {*CELL, *QUOTE, *PLACE} <= set(pairs[EVIDENCE].columns.values())


def citation_changes(pairs: Mapping[str, Pair], passed: Iterable[str]) -> Iterator[Change]:
    """The changes in the table `evidence`, each with the cell that it backs.

    Citations of the tables in `passed`, which came or went as a whole, did so with them.
    """
    pair = pairs[EVIDENCE]
    columns = [column for column in pair.columns.values() if column not in CELL]
    before, after = _by_cell(pair.old.values(), pairs), _by_cell(pair.new.values(), {})
    contents: dict[str, dict[str, Row]] = {}
    for cell in sorted(before.keys() | after.keys(), key=natural):
        table, row, field = cell
        if table in passed:
            continue
        if table in pairs and table not in contents:
            both = {**pairs[table].old, **pairs[table].new}
            contents[table] = {"/".join(key): each for key, each in both.items()}
        content = contents.get(table, {}).get(row, {}).get(field)
        for kind, old, new in _differing(before.get(cell, []), after.get(cell, []), columns):
            yield Change(kind=kind, table=table, row=row, field=field, old=old, new=new, cell=content)


def _by_cell(rows: Iterable[Row], followed: Mapping[str, Pair]) -> dict[Cell, list[Row]]:
    """Citations by their cell, which is called as in the new tables."""
    names = {
        table: {"/".join(pair.origin(key)[0]): "/".join(key) for key in pair.origins}
        for table, pair in followed.items()
    }
    by_cell: dict[Cell, list[Row]] = {}
    for row in rows:
        table, row_id, field = cells(row, CELL)
        if table in followed:
            row_id = names[table].get(row_id, row_id)
            field = followed[table].columns.get(field, field)
        by_cell.setdefault((table, row_id, field), []).append(row)
    return by_cell


def _differing(
    old: list[Row], new: list[Row], columns: Sequence[str]
) -> Iterator[tuple[str, dict[str, str] | None, dict[str, str] | None]]:
    """The citations of one cell, paired off by the surest likeness first, and what has changed by that."""
    likenesses = ((columns, None), (QUOTE, "citation_moved"), (PLACE, "quote_changed"), ((), "quote_changed"))
    for likeness, kind in likenesses:
        rest = []
        for was in old:
            now = next((row for row in new if cells(row, likeness) == cells(was, likeness)), None)
            if now is None:
                rest.append(was)
                continue
            new = [row for row in new if row is not now]
            if kind:
                yield kind, _only(was, columns), _only(now, columns)
        old = rest
    yield from (("citation_removed", _only(row, columns), None) for row in old)
    yield from (("citation_added", None, _only(row, columns)) for row in new)


def _only(row: Row, columns: Sequence[str]) -> dict[str, str]:
    return {column: row[column] for column in columns}
