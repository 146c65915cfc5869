"""DuckDB: a script that loads a database, since the file itself is tied to the version that writes it.

Run it with `duckdb wuxi.duckdb < wuxi.sql`, or in Python with `duckdb.connect("wuxi.duckdb").execute(script)`.
"""

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from ..citation import citation_text
from ..package import Package
from ..problems import Problem, Unusable
from ..table_schemas import TableSchema
from .content import Content, Row
from .sql import (
    Dialect,
    codebook,
    create_codebook_table,
    create_table,
    literal,
    matching_key,
    quoted,
    views,
)

_BATCH = 1000  # rows in one statement
DIALECT = Dialect(
    types={"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"},
    type_conditions={},
    # The matcher is RE2, which decides about patterns in validation too.
    pattern_condition=lambda column, pattern: f"regexp_full_match({column}, {literal(pattern)})",
)


def write(content: Content, path: Path) -> None:
    """Write the script. Raises Unusable for tables that refer to one another in a circle."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f"-- {' '.join(citation_text(content.package).split())}\n")
        stream.writelines(f"{statement};\n" for statement in _statements(content))


def _statements(content: Content) -> Iterator[str]:
    package = content.package
    yield "BEGIN TRANSACTION"
    for table in codebook(content, DIALECT):
        yield create_codebook_table(table)
        yield _comment("TABLE", quoted(table.name), table.description)
        yield from _inserts(quoted(table.name), table.rows)
    for name in _in_order(package):
        schema = package.schema(name)
        yield create_table(package, schema, DIALECT)
        yield _comment("TABLE", quoted(name), f"{schema.title}: {schema.description}")
        for field in schema:
            yield _comment("COLUMN", f"{quoted(name)}.{quoted(field.name)}", f"{field.title}: {field.description}")
        for rows in _batches(package, schema, content.rows[name]):
            yield from _inserts(quoted(name), rows)
    for name, description, statement in views(package):
        yield statement
        yield _comment("VIEW", quoted(name), description)
    yield "COMMIT"


def _batches(package: Package, schema: TableSchema, rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows, each after those of its own table that it refers to: DuckDB checks references at once."""
    keys = [key for key in (matching_key(package, key) for key in schema.foreign_keys) if key]
    keys = [key for key in keys if key.resource == schema.name]
    pending = [dict(zip(schema.names, row, strict=True)) for row in rows]
    while pending:
        waiting = {(key, tuple(row[name] for name in key.reference_fields)) for row in pending for key in keys}
        ready = [
            row for row in pending if not any((key, tuple(row[name] for name in key.fields)) in waiting for key in keys)
        ]
        yield [tuple(row.values()) for row in ready]
        pending = [row for row in pending if row not in ready]


def _inserts(table: str, rows: Sequence[Row]) -> Iterator[str]:
    for start in range(0, len(rows), _BATCH):
        lines = (f"({', '.join(map(literal, row))})" for row in rows[start : start + _BATCH])
        yield f"INSERT INTO {table} VALUES\n" + ",\n".join(lines)


def _comment(kind: str, name: str, text: str) -> str:
    return f"COMMENT ON {kind} {name} IS {literal(text)}"


def _in_order(package: Package) -> list[str]:
    """The tables, each after those that it refers to."""
    references = {
        name: [key.resource for key in schema.foreign_keys if key.resource != name and matching_key(package, key)]
        for name, schema in package.schemas.items()
    }
    try:
        return list(TopologicalSorter(references).static_order())
    except CycleError:
        message, fix = "circular reference between tables, which DuckDB cannot load", "Export to sqlite."
        raise Unusable(Problem(str(package.root), None, None, message, fix)) from None
