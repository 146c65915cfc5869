"""What differs between the rows of a table: rows that came, went or have another ID, and cells."""

import re
from collections.abc import Iterator

from ..package import Field
from .change import Change
from .pairs import Key, Pair
from .sides import Row


def row_changes(table: str, pair: Pair) -> Iterator[Change]:
    """The changes in a table's rows, in the order of their keys, whatever the order in the files."""
    for key in sorted(pair.old.keys() | pair.new.keys(), key=natural):
        row = "/".join(key)
        if key not in pair.new:
            was, cells = pair.origin(key)
            yield Change(kind="row_removed", table=table, row="/".join(was), old=_filled(cells))
        elif key not in pair.old:
            yield Change(kind="row_added", table=table, row=row, new=_filled(pair.new[key]))
        else:
            if key in pair.renamed:
                yield Change(kind="row_renamed", table=table, row=row, old="/".join(pair.origin(key)[0]), new=row)
            yield from _cell_changes(table, row, pair, key)


def natural(key: Key) -> list[tuple[bool, int, str]]:
    """To sort keys by: runs of digits count as numbers, so that paragraph 10 comes after 9."""
    parts = re.findall(r"[0-9]+|[^0-9]+", "\0".join(key))
    return [(part.isdecimal(), len(part.lstrip("0")) * part.isdecimal(), part) for part in parts]


def _cell_changes(table: str, row: str, pair: Pair, key: Key) -> Iterator[Change]:
    followed, was, now = pair.old[key], pair.origin(key)[1], pair.new[key]
    for column in pair.columns.values():
        # A cell that follows a renamed row is as good as unchanged; else it is shown as it was.
        if column not in pair.key and now[column] not in (followed[column], was[column]):
            kind = _kind(pair.schema[column])
            yield Change(kind=kind, table=table, row=row, field=column, old=was[column], new=now[column])


def _kind(field: Field) -> str:
    """What a change of a cell is: what is from outside is a value, what is ours is told apart by the field's name."""
    if field.provenance != "editorial":
        return "value_changed"
    if field.name == "note":
        return "note_changed"
    return "translation_changed" if field.name.endswith("_en") else "classification_changed"


def _filled(row: Row) -> dict[str, str]:
    return {column: cell for column, cell in row.items() if cell}
