"""The rows of a package, typed, or the first reason why they can't be relied on. Standard library only.

An export of unsound data would only spread it, and a database would refuse it halfway. `validate` finds what is found
here too, and more, and says how to mend it; here it only matters whether there is anything.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from ..cell_forms import FORMS, is_written_as
from ..characters import FORBIDDEN, described
from ..csv_text import decoded, read_bytes
from ..editing.tables import TextTable, text_table
from ..folder import VALIDATE, doubting
from ..json_file import read_json
from ..package import EVIDENCE, Field, Package
from ..pattern import hazard
from ..problem import Problem, Unusable
from ..reading import VALUES, type_of_cell

Row = tuple[type_of_cell, ...]

_HOLDS: Mapping[str, Callable[..., object]] = {
    "minimum": operator.ge,
    "maximum": operator.le,
    "minLength": lambda value, limit: len(value) >= limit,
    "maxLength": lambda value, limit: len(value) <= limit,
    "pattern": lambda value, limit: re.fullmatch(limit, value),
    "enum": lambda value, limit: value in limit,
}


def sound_rows(package: Package) -> dict[str, list[Row]]:
    """The rows of each table, in the order of the CSV, cells in the order of the fields. Raises Unusable."""
    with doubting(package.root):
        for resource in package.descriptor["resources"]:
            read_json(package.root, resource["schema"])  # stricter than reading it for the package is
        tables = {name: _table(package, name) for name in package.schemas}
        rows = {name: _typed(table) for name, table in tables.items()}
        for table in tables.values():
            _check_keys(table, tables)
        _check_citations(tables)
    return rows


def _table(package: Package, name: str) -> TextTable:
    file, schema = package.paths[name], package.schema(name)
    text = decoded(read_bytes(package.path(name), file), file)
    unseen = FORBIDDEN.search(text) or re.search("\r", text)
    if unseen:
        line = text.count("\n", 0, unseen.start()) + 1
        raise Unusable(Problem(file, line, None, f"the text holds {described(unseen.group())}", VALIDATE))
    return text_table(text, file, schema)


def _typed(table: TextTable) -> list[Row]:
    columns: list[list[type_of_cell]] = []
    for field in table.schema.fields:
        pattern = field.constraints.get("pattern")
        if pattern is not None and hazard(pattern, field.constraints.get("maxLength")):
            raise ValueError(f"the pattern of {table.schema.name}.{field.name} can't be relied on")
        cells = [row[field.name] for row in table.rows]
        values: dict[str, type_of_cell] = {}
        for cell in dict.fromkeys(cells):
            fault = _fault(field, cell)
            if fault:
                raise _problem(table, cells.index(cell), field.name, fault)
            values[cell] = VALUES[field.type](cell) if cell else None
        columns.append([values[cell] for cell in cells])
    return list(zip(*columns, strict=True))


def _fault(field: Field, cell: str) -> str | None:
    """What is wrong with a cell by itself."""
    if not cell:
        return "the cell is empty, but the field is required" if field.required else None
    if not is_written_as(field.type, cell):
        return f"{cell[:40]!r} is not {FORMS[field.type][1]}"
    value = VALUES[field.type](cell)
    # The length first: what a pattern may cost is bounded for cells that are not too long.
    for name in sorted(_HOLDS.keys() & field.constraints.keys(), key=list(_HOLDS).index):
        limit = field.constraints[name]
        if not _HOLDS[name](value, date.fromisoformat(limit) if field.type == "date" else limit):
            return f"{cell[:40]!r} does not keep to the {name} of its field"
    return None


def _check_keys(table: TextTable, tables: Mapping[str, TextTable]) -> None:
    """Raise Unusable for a key that stands twice, and for a reference that leads nowhere."""
    for names in (table.schema.primary_key, *table.schema.unique_keys):
        seen: set[tuple[str, ...]] = set()
        for index, key in enumerate(_cells(table, names)):
            if all(key) and key in seen:
                raise _problem(table, index, names[-1], f"{'/'.join(key)!r} stands in an earlier row too")
            seen.add(key)
    for foreign in table.schema.foreign_keys:
        known = set(_cells(tables[foreign.resource], foreign.reference_fields))
        for index, key in enumerate(_cells(table, foreign.fields)):
            # As in SQL, a reference with an empty part refers to nothing.
            if all(key) and key not in known:
                raise _problem(table, index, foreign.fields[-1], f"{'/'.join(key)!r} is not in {foreign.resource}")


def _check_citations(tables: Mapping[str, TextTable]) -> None:
    """Raise Unusable for a citation of a cell that is not there: it would be lost where rows carry theirs."""
    rows = {(name, table.schema.row_id(row)) for name, table in tables.items() for row in table.rows}
    fields = {
        (name, field.name) for name, table in tables.items() for field in table.schema.fields if not field.cited_with
    }
    evidence = tables[EVIDENCE]
    for index, (name, row_id, field) in enumerate(_cells(evidence, ("table", "row_id", "field"))):
        if (name, row_id) not in rows or (name, field) not in fields:
            raise _problem(evidence, index, "field", f"there is no cell {name} {row_id} {field} to be cited")


def _cells(table: TextTable, names: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(row[name] for name in names) for row in table.rows)


def _problem(table: TextTable, index: int, column: str, message: str) -> Unusable:
    return Unusable(Problem(table.file, table.lines[index], column, message, VALIDATE))
