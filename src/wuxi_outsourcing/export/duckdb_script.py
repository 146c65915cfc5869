"""DuckDB: a script that loads a database, since the file itself is tied to the version that writes it.

Run it with `duckdb wuxi.duckdb < wuxi.sql`, or in Python with `duckdb.connect("wuxi.duckdb").execute(script)`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeVar

from ..problems import Problem, Unusable
from ..table_schemas import TableSchema
from .codebook import codebook
from .content import Content, Row
from .sql import Dialect, create_table, is_checked, literal, quoted, unchecked, views

_BATCH = 1000  # rows in one statement
DIALECT = Dialect(
    types={"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"},
    type_conditions={},
    # The matcher is RE2, which decides about patterns in validation too.
    pattern_condition=lambda column, pattern: f"regexp_full_match({column}, {literal(pattern)})",
)
Node = TypeVar("Node")


def write(content: Content, path: Path) -> None:
    """Write the script. Raises Unusable for tables that refer to one another in a circle."""
    try:
        statements = list(_statements(content))
    except CycleError:
        message, fix = "circular reference between tables, which DuckDB cannot load", "Export to sqlite."
        raise Unusable(Problem(str(content.package.root), None, None, message, fix)) from None
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f"-- {' '.join(content.about['citation'].split())}\n")
        stream.writelines(f"{statement};\n" for statement in statements)


def _statements(content: Content) -> Iterator[str]:
    """DuckDB checks references at once: a table comes after those that it refers to, and so does a row."""
    package = content.package
    targets = {
        name: [key.resource for key in schema.foreign_keys if key.resource != name and is_checked(package, key)]
        for name, schema in package.schemas.items()
    }
    tables = [(package.schema(name), content.rows[name]) for names in _levels(targets) for name in names]
    yield "BEGIN TRANSACTION"
    for schema, rows in (*codebook(content, partial(unchecked, content.package, DIALECT)), *tables):
        table = quoted(schema.name)
        yield create_table(package, schema, DIALECT)
        yield _comment("TABLE", table, f"{schema.title}: {schema.description}")
        for field in schema:
            text = ": ".join(filter(None, (field.title, field.description)))
            yield _comment("COLUMN", f"{table}.{quoted(field.name)}", text)
        for numbers in _levels(_references(schema, rows)):
            for start in range(0, len(numbers), _BATCH):
                lines = (rows[number].values() for number in numbers[start : start + _BATCH])
                values = ",\n".join(f"({', '.join(map(literal, line))})" for line in lines)
                yield f"INSERT INTO {table} VALUES\n{values}"
    for name, description, statement in views(package):
        yield statement
        yield _comment("VIEW", quoted(name), description)
    yield "COMMIT"


def _references(schema: TableSchema, rows: Sequence[Row]) -> dict[int, list[int]]:
    """By the number of a row, those of its own table that it refers to."""
    keys = [key for key in schema.foreign_keys if key.resource == schema.name]
    references: dict[int, list[int]] = {number: [] for number in range(len(rows))}
    for key in keys:
        numbers = {tuple(row[name] for name in key.reference_fields): number for number, row in enumerate(rows)}
        for number, row in enumerate(rows):
            target = numbers.get(tuple(row[name] for name in key.fields))
            references[number] += [] if target is None else [target]
    return references


def _levels(graph: Mapping[Node, Sequence[Node]]) -> Iterator[tuple[Node, ...]]:
    """The nodes, each level after those that it refers to."""
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    while sorter.is_active():
        level = sorter.get_ready()
        yield level
        sorter.done(*level)


def _comment(kind: str, name: str, text: str) -> str:
    return f"COMMENT ON {kind} {name} IS {literal(text)}"
