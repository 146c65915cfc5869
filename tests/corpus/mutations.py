"""Every cell, row, citation and schema property of the frozen package, broken in each way that fits it.

What fits is read from the schemas. Where the defects of `tests/defects.py` are chosen, one for each check, these are
all there are: a check that works for one table and not for another shows here.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import Any

from support import FROZEN, Rows, edit_json, edit_rows
from wuxi_outsourcing.engine.csv_files import parse_csv
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.package import CORROBORATIONS, EVIDENCE, Package
from wuxi_outsourcing.engine.schema import Field, TableSchema

Location = tuple[str, int | None, str | None]
# The form of a cell is broken in so many rows of a field, its content in every one.
ROWS = 3
BY_CONTENT = ("not the quote", "not what the quote says", "reference to nothing")
DERIVED = ("derived", "cited_with")
# The cells by which rows and citations are known.
NAMES = {
    *("table", "row_id", "field", "source_id", "paragraph"),
    *(schema.primary_key[-1] for schema in open_package(FROZEN).schemas.values()),
}


@dataclass(frozen=True, slots=True)
class Mutation:
    """A change of a copy of the package, and where the one problem must be; nowhere for a valid rewrite.

    The line is not compared where it is None.
    """

    kind: str
    name: str
    apply: Callable[[Path], None]
    location: Location | None

    @property
    def of_a_name(self) -> bool:
        """Whether a cell was changed by which a row or a citation is known."""
        return self.location is not None and self.location[2] in NAMES


def mutations() -> Iterator[Mutation]:
    """All of them, in a fixed order."""
    package = open_package(FROZEN)
    for table, schema in package.schemas.items():
        rows = _records(package, table)
        made = Counter[tuple[str, str]]()
        for number, row in enumerate(rows[1:], 1):
            yield from _rows(package, schema, number, row)
            for column, field in enumerate(schema):
                for kind, cell in _cells(schema, field, row[column]):
                    made[field.name, kind] += 1
                    if kind in BY_CONTENT or made[field.name, kind] <= ROWS:
                        yield _cell_mutation(package, table, (number, column), kind, cell)
        yield from _schemas(package, table)
    yield from _citations(package)


def _cells(schema: TableSchema, field: Field, cell: str) -> Iterator[tuple[str, str]]:
    """The defective cells that can stand in place of one, each with the kind of defect."""
    limits, longest = field.constraints, field.constraints.get("maxLength", 0)
    references = [key.fields for key in schema.foreign_keys if key.fields != schema.primary_key[:1]]
    number = field.type in ("integer", "number")
    candidates = {
        "empty": field.required and "",
        "whitespace in front": f" {cell}",
        "zero-width character": f"{cell[:1]}\u200b{cell[1:]}",
        "formula": f"={cell}",
        "not of its type": field.type != "string" and "x",
        "not in the vocabulary": field.vocabulary and "zzz",
        "of another form": not field.vocabulary and not re.fullmatch(limits.get("pattern", ".*"), "~") and "~",
        "too long": not field.vocabulary and longest and (cell * (longest + 1))[: longest + 1],
        "not the quote": field.provenance == "quoted" and "pattern" not in limits and len(cell) > 1 and cell[:-1],
        "not what the quote says": number and field.provenance in DERIVED and cell and str(int(float(cell)) - 1),
        "reference to nothing": (field.name,) in references and field.name != "source_id" and "nowhere",
    }
    for kind, broken in candidates.items():
        if isinstance(broken, str) and (cell or kind == "not of its type"):
            yield kind, broken


def _cell_mutation(package: Package, table: str, place: tuple[int, int], kind: str, cell: str) -> Mutation:
    number, column = place

    def change(rows: Rows) -> Rows:
        rows[number][column] = cell
        return rows

    file, name = package.paths[table], package.schema(table).names[column]
    location = (file, number + 1, name)
    return Mutation(kind, f"{file}:{number + 1}:{name}", partial(edit_rows, file=file, change=change), location)


def _rows(package: Package, schema: TableSchema, number: int, row: list[str]) -> Iterator[Mutation]:
    file, key = package.paths[schema.name], schema.primary_key[-1]
    name = f"{file}:{number + 1}"
    twice = partial(edit_rows, file=file, change=lambda rows: [*rows[: number + 1], *rows[number:]])
    yield Mutation("duplicate row", name, twice, (file, number + 2, key))
    short = partial(edit_rows, file=file, change=lambda rows: [*rows[:number], row[:-1], *rows[number + 1 :]])
    yield Mutation("a cell too few", name, short, (file, number + 1, None))


def _citations(package: Package) -> Iterator[Mutation]:
    """Each citation changed, or removed from a cell that has no other."""
    file, names = package.paths[EVIDENCE], package.schema(EVIDENCE).names
    records = _records(package, EVIDENCE)
    cells = [tuple(record[:3]) for record in records]
    for number, record in enumerate(records[1:], 1):
        table, row_id, field = record[:3]
        if cells.count(cells[number]) > 1:
            continue
        name = f"{file}:{number + 1}"
        removed = partial(edit_rows, file=file, change=partial(_without, number=number))
        if sum(cell[:2] == cells[number][:2] for cell in cells) > 1:
            yield Mutation("no citation", name, removed, (package.paths[table], _line(package, table, row_id), field))
        for column, cell, at in (
            ("paragraph", "999", "paragraph"),
            ("end", str(int(record[6]) + 1), "end"),
            ("quote", record[7][:-1] + "龘", "quote"),
            ("field", "nothing", "field"),
        ):
            mutation = _cell_mutation(package, EVIDENCE, (number, names.index(column)), f"cited {column}", cell)
            location = (file, number + 1, at)
            if column == "quote" and package.schema(table)[field].provenance == "quoted":
                # It is still a quote, but not that of the cell; a figure or date cannot be read any more.
                location = (package.paths[table], _line(package, table, row_id), field)
            yield Mutation(mutation.kind, mutation.name, mutation.apply, location)


def _without(rows: Rows, number: int) -> Rows:
    return rows[:number] + rows[number + 1 :]


def _records(package: Package, table: str) -> list[list[str]]:
    return parse_csv(package.path(table).read_text(encoding="utf-8"), package.paths[table])


def _line(package: Package, table: str, row_id: str) -> int:
    schema = package.schema(table)
    header, *rows = _records(package, table)
    ids = [schema.row_id(dict(zip(header, row, strict=True))) for row in rows]
    return ids.index(row_id) + 2


def _schemas(package: Package, table: str) -> Iterator[Mutation]:
    """Each property of each field removed or misspelt, and the table's own."""
    file = package.schema_files[table]
    for index, field in enumerate(package.schema(table)):
        for key in ("name", "type", "title", "title_zh", "description", "description_zh", "provenance"):

            def remove(schema: Any, index: int = index, key: str = key) -> None:
                del schema["fields"][index][key]

            yield Mutation(
                "a property is missing",
                f"{file}: {field.name}.{key}",
                partial(edit_json, file=file, change=remove),
                (file, None, f"fields[{index}].{key}"),
            )
    for key in ("name", "title", "title_zh", "description", "description_zh", "fields", "primaryKey"):
        gone = partial(edit_json, file=file, change=methodcaller("pop", key))
        yield Mutation("a property is missing", f"{file}: {key}", gone, (file, None, key))


def rewrites() -> Iterator[Mutation]:
    """Changes that leave the package valid: what is editorial and stands once, in every row."""
    package = open_package(FROZEN)
    repeated = _repeated_fields(package)
    for table, schema in package.schemas.items():
        if table in (EVIDENCE, CORROBORATIONS):
            continue
        for number, row in enumerate(_records(package, table)[1:], 1):
            for column, field in enumerate(schema):
                if (table, field.name) in repeated:
                    continue
                text = field.provenance == "editorial" and field.name.endswith("_en") and row[column]
                if text and len(text) + 9 < field.constraints.get("maxLength", 0):
                    mutation = _cell_mutation(package, table, (number, column), "rewritten", f"{text}, revised")
                    yield Mutation(mutation.kind, mutation.name, mutation.apply, None)


def _repeated_fields(package: Package) -> set[tuple[str, str]]:
    """The fields whose cells stand in two tables, so that a change of one alone is a problem: table and field."""
    repeated: set[tuple[str, str]] = set()
    for table, schema in package.schemas.items():
        resource_by_fields = {key.fields: key.resource for key in schema.foreign_keys}
        for rule in schema.rules:
            if rule.form == "sameAs":
                repeated.add((table, rule.field))
                repeated.add((resource_by_fields[rule.reference,], rule.target))
    return repeated
