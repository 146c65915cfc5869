"""Where the tables of the model stand: those that point to one another in columns, every arrow from left to right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wuxi_outsourcing.package import ForeignKey, TableSchema

COLUMN_GAP, ROW_GAP, BLOCK_GAP = 84, 20, 44
# What an arrow needs where it passes between the tables of a column.
LANE = 12
SWEEPS = 8
# A table, or the lane of an arrow from one table to another in the column of that number.
Slot = str | tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Tables drawn together, from the corner 0, 0: the corner of each, and of each lane that an arrow takes."""

    width: int
    height: int
    corners: Mapping[Slot, tuple[int, int]]

    def tables(self) -> list[str]:
        """The names of the tables."""
        return [slot for slot in self.corners if isinstance(slot, str)]

    def lanes(self, table: str, target: str) -> list[tuple[int, int]]:
        """The corners of the lanes that an arrow takes, from left to right."""
        return sorted(at for slot, at in self.corners.items() if slot[:2] == (table, target))


def foreign_keys(schema: TableSchema) -> list[ForeignKey]:
    """The keys that point to another table."""
    return [key for key in schema.foreign_keys if key.resource != schema.name]


def components(schemas: Mapping[str, TableSchema]) -> list[list[str]]:
    """The tables that keys connect, largest group first, in the descriptor's order otherwise."""
    groups = {name: [name] for name in schemas}
    for name, schema in schemas.items():
        for key in foreign_keys(schema):
            if groups[name] is not groups[key.resource]:
                groups[name].extend(groups[key.resource])
                groups |= dict.fromkeys(groups[key.resource], groups[name])
    found = {id(group): [name for name in schemas if name in group] for group in groups.values()}
    return sorted(found.values(), key=len, reverse=True)


def layered(tables: Sequence[str], schemas: Mapping[str, TableSchema], heights: Mapping[str, int], width: int) -> Block:
    """A group of tables in columns: what points to nothing on the right, and each table left of those it points to."""
    column: dict[str, int] = {}
    for table in tables:
        _place(table, schemas, column, ())
    last = max(column.values())
    columns: list[list[Slot]] = [[table for table in tables if column[table] == n] for n in range(last + 1)]
    neighbours: dict[Slot, list[tuple[Slot, float]]] = {}
    for table in tables:
        schema = schemas[table]
        for target, key in {key.resource: key for key in foreign_keys(schema)}.items():
            path: list[Slot] = [target]
            for n in range(column[target] + 1, column[table]):
                columns[n].append((table, target, n))
                path.append((table, target, n))
            below = schema.names.index(key.fields[-1]) / 1000  # what starts lower had better end lower
            for one, other in pairwise([*path, table]):
                neighbours.setdefault(one, []).append((other, below))
                neighbours.setdefault(other, []).append((one, 0))
    _order(columns, neighbours)
    return _stacked(columns, heights, width)


def in_rows(tables: Sequence[str], heights: Mapping[str, int], width: int, across: int) -> Block:
    """Tables that no key connects, as many `across` as given."""
    columns: list[list[Slot]] = [list(tables[n::across]) for n in range(min(across, len(tables)))]
    return _stacked(columns[::-1], heights, width, gap=ROW_GAP, centred=False)


def beside(blocks: Iterable[Block], width: int) -> list[tuple[Block, int, int]]:
    """Each block and its corner: side by side as far as the width allows, then in the next row."""
    placed: list[tuple[Block, int, int]] = []
    x = y = tallest = 0
    for block in blocks:
        if x and x + block.width > width:
            x, y, tallest = 0, y + tallest + BLOCK_GAP, 0
        placed.append((block, x, y))
        x, tallest = x + block.width + COLUMN_GAP, max(tallest, block.height)
    return placed


def _place(table: str, schemas: Mapping[str, TableSchema], column: dict[str, int], path: tuple[str, ...]) -> int:
    """The column of a table, counted from the right; a key that leads round in a circle does not count."""
    if table not in column:
        targets = [key.resource for key in foreign_keys(schemas[table]) if key.resource not in (*path, table)]
        column[table] = max((1 + _place(target, schemas, column, (*path, table)) for target in targets), default=0)
    return column[table]


def _order(columns: list[list[Slot]], neighbours: Mapping[Slot, list[tuple[Slot, float]]]) -> None:
    """Bring each slot next to its neighbours in the other columns, so that few arrows cross."""
    for sweep in range(SWEEPS):
        for slots in columns if sweep % 2 else columns[::-1]:
            at = {slot: (n + 0.5) / len(each) for each in columns for n, slot in enumerate(each)}
            wanted = {
                slot: _mean([at[other] + by for other, by in neighbours.get(slot, [(slot, 0)])]) for slot in slots
            }
            slots.sort(key=wanted.__getitem__)


def _stacked(
    columns: Sequence[Sequence[Slot]],
    heights: Mapping[str, int],
    width: int,
    *,
    gap: int = COLUMN_GAP,
    centred: bool = True,
) -> Block:
    """Columns, the first of them on the right."""
    tall = [sum(heights.get(str(slot), LANE) + ROW_GAP for slot in slots) - ROW_GAP for slots in columns]
    corners: dict[Slot, tuple[int, int]] = {}
    for n, slots in enumerate(columns):
        x = (len(columns) - 1 - n) * (width + gap)
        y = (max(tall) - tall[n]) // 2 if centred else 0
        for slot in slots:
            corners[slot] = (x, y)
            y += heights.get(str(slot), LANE) + ROW_GAP
    return Block(len(columns) * (width + gap) - gap, max(tall), corners)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
