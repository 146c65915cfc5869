"""DuckDB: a script that loads a database, since the file itself is tied to the version that writes it.

Run it with `duckdb wuxi.duckdb < wuxi.sql`, or in Python with `duckdb.connect("wuxi.duckdb").execute(script)`.
"""

from collections.abc import Iterator
from pathlib import Path

from .content import Content
from .sql import CHECKS, Dialect, literal, quoted, tables, views

DIALECT = Dialect(
    types={"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"},
    # The matcher is RE2, which decides about patterns in validation too.
    checks=CHECKS | {"pattern": "regexp_full_match({0}, {1})"},
    deferred=False,
)


def write(content: Content, path: Path) -> None:
    """Write the script."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f"-- {' '.join(content.about['citation'].split())}\n")
        stream.writelines(f"{statement};\n" for statement in _statements(content))


def _statements(content: Content) -> Iterator[str]:
    yield "BEGIN TRANSACTION"
    for schema, statement, rows in tables(content, DIALECT):
        table = quoted(schema.name)
        yield statement
        described = {f"TABLE {table}": schema} | {f"COLUMN {table}.{quoted(field.name)}": field for field in schema}
        for what, definition in described.items():
            comment = ": ".join(filter(None, (definition.title, definition.description)))
            yield f"COMMENT ON {what} IS {literal(comment)}"
        if rows:
            yield f"INSERT INTO {table} VALUES\n" + ",\n".join(literal(list(row.values())) for row in rows)
    yield from views(content.package)
    yield "COMMIT"
