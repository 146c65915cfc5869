"""A table on both sides, with its columns and rows paired off: what is the same, and what has merely another name.

A renamed column keeps the cells of the rows that both sides have; a renamed row keeps all of its cells, or all that
are from print. What refers to a renamed row follows it, which is no change of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..package import EVIDENCE, TableSchema
from .sides import Row, Side

Key = tuple[str, ...]


@dataclass(slots=True)
class Pair:
    """A table that both sides have. Everything is called as in the new one.

    `columns` leads from the old names of the columns that both have to the new names. `old` has the old rows by the key
    under which the new side has them, following renamed IDs; `origins` has them as they were.
    """

    schema: TableSchema
    columns: Mapping[str, str]
    key: Sequence[str]
    old: dict[Key, Row]
    new: dict[Key, Row]
    origins: dict[Key, tuple[Key, Row]] = field(default_factory=dict)
    renamed: set[Key] = field(default_factory=set)

    def origin(self, key: Key) -> tuple[Key, Row]:
        """The key and the cells of an old row as they were."""
        return self.origins.get(key, (key, self.old[key]))

    def move(self, key: Key, values: Iterable[tuple[str, str]]) -> None:
        """Give an old row other cells, and the key that comes of them, if no other row has it."""
        was = self.origin(key)
        row = {**self.old[key], **dict(values)}
        target = cells(row, self.key)
        if target == key or target not in self.old:
            del self.old[key]
            self.old[target] = row
            self.origins.pop(key, None)
            self.origins[target] = was
            if key in self.renamed:
                self.renamed = self.renamed - {key} | {target}


def paired(old: Side, new: Side) -> dict[str, Pair]:
    """The tables that both sides have, in the new order."""
    pairs = {name: _pair(old, new, name) for name in new.schemas if name in old.schemas}
    # What a key refers to is settled before the key itself: a row that follows another is not renamed.
    order = sorted((name for name in pairs if name != EVIDENCE), key=lambda name: _references_in_key(pairs[name]))
    for _ in order:
        # A rename may show that others are renames too, from table to table.
        if not sum(_settle(pairs, name) for name in order):
            break
    return pairs


def cells(row: Row, columns: Sequence[str]) -> Key:
    """The cells of some columns."""
    return tuple(row[column] for column in columns)


def _pair(old: Side, new: Side, name: str) -> Pair:
    was, schema = old.schemas[name], new.schemas[name]
    columns = {column: column for column in was.names if column in schema.names}
    if len(was.primary_key) == len(schema.primary_key):
        # A key column that is gone while one has come in its place is that one.
        columns |= {
            before: after
            for before, after in zip(was.primary_key, schema.primary_key, strict=True)
            if before not in schema.names and after not in was.names
        }
    old_rows = [{columns.get(column, column): cell for column, cell in row.items()} for row in old.tables[name]]
    own_key = [columns.get(column, column) for column in was.primary_key]
    key = _key(schema.primary_key, own_key, columns, old_rows, new.tables[name])
    if key is None:
        # Nothing tells rows apart on both sides: those that keep their cells are renamed, the others went and came.
        old_rows = [dict.fromkeys(schema.primary_key, "") | row for row in old_rows]
    pair = Pair(
        schema=schema,
        columns=columns,
        key=key or schema.primary_key,
        old={cells(row, key or own_key): row for row in old_rows},
        new={cells(row, key or schema.primary_key): row for row in new.tables[name]},
    )
    renamed = dict(_renamed_columns(pair, was))
    names = columns | renamed
    pair.columns = {column: names[column] for column in was.names if column in names}
    for at, row in pair.old.items():
        pair.old[at] = {renamed.get(column, column): cell for column, cell in row.items()}
    return pair


def _key(
    new: Sequence[str], old: Sequence[str], columns: Mapping[str, str], old_rows: Sequence[Row], new_rows: Sequence[Row]
) -> Sequence[str] | None:
    """The columns that tell rows apart on both sides: the new key, or else the old; None if there are none."""
    for key in (new, old):
        if set(key) <= set(columns.values()) and all(
            len({cells(row, key) for row in rows}) == len(rows) for rows in (old_rows, new_rows)
        ):
            return key
    return None


def _renamed_columns(pair: Pair, was: TableSchema) -> Iterator[tuple[str, str]]:
    """The columns that are gone, each with the one that came with the same type and the same cells."""
    gone = [column for column in was.names if column not in pair.columns]
    come = [column for column in pair.schema.names if column not in pair.columns.values()]
    both = [key for key in pair.old if key in pair.new]
    for before in gone:
        kept = [pair.old[key][before] for key in both]
        for after in come:
            same_type = was[before].type == pair.schema[after].type
            if same_type and any(kept) and kept == [pair.new[key][after] for key in both]:
                come.remove(after)
                yield before, after
                break


def _settle(pairs: Mapping[str, Pair], table: str) -> int:
    """Give renamed rows their new ID, and let those that refer to them follow; how many there were."""
    pair = pairs[table]
    renames = [(pair.old[before], pair.new[after], before, after) for before, after in _renames(pair)]
    for _, _, before, after in renames:
        pair.move(before, zip(pair.key, after, strict=True))
        pair.renamed.add(after)
    for other in pairs.values():
        for reference in other.schema.foreign_keys:
            if renames and reference.resource == table and set(reference.fields) <= set(other.columns.values()):
                names = {
                    cells(was, reference.reference_fields): cells(now, reference.reference_fields)
                    for was, now, _, _ in renames
                }
                for key, row in list(other.old.items()):
                    if name := names.get(cells(row, reference.fields)):
                        other.move(key, zip(reference.fields, name, strict=True))
    return len(renames)


def _renames(pair: Pair) -> Iterator[tuple[Key, Key]]:
    """The keys of old rows that are gone, each with that of the row that came in its place.

    That is one with the same cells or, if there is none, with the same cells from print: their notes may differ.
    """
    both = set(pair.columns.values())
    content = [name for name in pair.schema.names if name in both and name not in pair.key]
    printed = [name for name in content if pair.schema[name].provenance != "editorial"]
    gone, come = pair.old.keys() - pair.new.keys(), pair.new.keys() - pair.old.keys()
    for columns in (content, printed):
        place: dict[Key, list[Key]] = {}
        for key in sorted(come, reverse=True):
            place.setdefault(cells(pair.new[key], columns), []).append(key)
        for key in sorted(gone):
            same = cells(pair.old[key], columns)
            if any(same) and place.get(same):
                gone, come = gone - {key}, come - {place[same][-1]}
                yield key, place[same].pop()


def _references_in_key(pair: Pair) -> int:
    return sum(name in pair.key for reference in pair.schema.foreign_keys for name in reference.fields)
