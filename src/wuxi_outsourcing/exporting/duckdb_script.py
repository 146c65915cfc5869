"""DuckDB: a script that loads a database, since the file itself is tied to the version that writes it.

Run it with `duckdb wuxi.duckdb < wuxi.sql`, or in Python with `duckdb.connect("wuxi.duckdb").execute(script)`.
"""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeVar

from ..package import Package, TableSchema
from ..problem import Problem, Unusable
from .codebook import codebook, create_codebook_table
from .content import Content, citation_line
from .patterns import re2
from .sound import Row
from .sql import Dialect, create_table, fitted, literal, quoted, views

_Node = TypeVar("_Node", str, int)
# Rows in one statement: few enough to be read into memory, so many that statements are few.
BATCH = 1000


def _pattern(column: str, pattern: str) -> str | None:
    said = re2(pattern)
    return None if said is None else f"regexp_full_match({column}, {literal(said)})"


DIALECT = Dialect(
    types={"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"},
    of_type=lambda _column, _kind: None,
    pattern=_pattern,
    table_end="",
    codebook_end="",
    reference_end="",
    remarks=False,
)


def write(content: Content, path: Path) -> None:
    """Write the script."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f"-- {' '.join(citation_line(content.package).split())}\n")
        stream.writelines(f"{statement};\n" for statement in _statements(content))


def _statements(content: Content) -> Iterator[str]:
    package = content.package
    # All of it, or nothing.
    yield "BEGIN TRANSACTION"
    for table in codebook(content, DIALECT):
        yield create_codebook_table(table, DIALECT)
        yield _comment("TABLE", quoted(table.name), table.description)
        yield from _inserts(table.name, table.rows)
    for name in _in_order(package):
        schema = package.schema(name)
        yield create_table(package, schema, DIALECT)
        yield _comment("TABLE", quoted(name), f"{schema.title}: {schema.description}")
        for field in schema.fields:
            yield _comment("COLUMN", f"{quoted(name)}.{quoted(field.name)}", f"{field.title}: {field.description}")
        for rows in _row_layers(package, schema, content.rows[name]):
            yield from _inserts(name, rows)
    for view, description, statement in views(package):
        yield statement
        yield _comment("VIEW", quoted(view), description)
    yield "COMMIT"


def _comment(kind: str, name: str, text: str) -> str:
    return f"COMMENT ON {kind} {name} IS {literal(text)}"


def _inserts(table: str, rows: Sequence[Row]) -> Iterator[str]:
    for start in range(0, len(rows), BATCH):
        lines = (f"({', '.join(map(literal, row))})" for row in rows[start : start + BATCH])
        yield f"INSERT INTO {quoted(table)} VALUES\n" + ",\n".join(lines)


def _in_order(package: Package) -> list[str]:
    """The tables, each behind those that it refers to: DuckDB looks at a reference at once."""
    position = {name: index for index, name in enumerate(package.schemas)}
    references = {
        name: [key.resource for key in schema.foreign_keys if key.resource != name and fitted(package, key)]
        for name, schema in package.schemas.items()
    }
    return [name for layer in _layers(references, package) for name in sorted(layer, key=position.__getitem__)]


def _row_layers(package: Package, schema: TableSchema, rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in as few statements as will do: one that refers to another of its table comes in a later one."""
    references: dict[int, list[int]] = {index: [] for index in range(len(rows))}
    own = [key for key in (fitted(package, key) for key in schema.foreign_keys) if key and key.resource == schema.name]
    for key in own:
        known = {cells: index for index, cells in enumerate(_cells(schema, rows, key.reference_fields))}
        for index, cells in enumerate(_cells(schema, rows, key.fields)):
            if None not in cells:
                references[index].append(known[cells])
    for layer in _layers(references, package):
        yield [rows[index] for index in sorted(layer)]


def _cells(schema: TableSchema, rows: Sequence[Row], names: Sequence[str]) -> Iterator[Row]:
    places = [schema.names.index(name) for name in names]
    return (tuple(row[place] for place in places) for row in rows)


def _layers(references: Mapping[_Node, Sequence[_Node]], package: Package) -> Iterator[tuple[_Node, ...]]:
    sorter = TopologicalSorter(references)
    try:
        sorter.prepare()
    except CycleError:
        message = "references go round in a circle, which DuckDB can't load"
        raise Unusable(
            Problem(str(package.root), None, None, message, "Break the circle, or export to sqlite.")
        ) from None
    while sorter.is_active():
        yield (layer := sorter.get_ready())
        sorter.done(*layer)
