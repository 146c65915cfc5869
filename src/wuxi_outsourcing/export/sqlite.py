"""SQLite: one database file of strict tables. Standard library only."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

from ..problems import Problem, Unusable
from .content import Content, Row
from .sql import Dialect, codebook, create_codebook_table, create_table, quoted, views

_OLDEST = (3, 37, 0)  # strict tables
DIALECT = Dialect(
    types={"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"},
    type_conditions={"boolean": "{0} IN (0, 1)", "date": "date({0}, '+0 days') IS {0}"},
    pattern_condition=lambda _column, _pattern: None,
    table_end=" STRICT, WITHOUT ROWID",
    reference_end=" DEFERRABLE INITIALLY DEFERRED",
)


def write(content: Content, path: Path) -> None:
    """Write the database. It is made in memory, so that its bytes are the same each time. Raises Unusable."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise ImportError(f"export to sqlite needs SQLite 3.37 or later; this Python has {sqlite3.sqlite_version}")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        try:
            database.executescript(
                "PRAGMA page_size = 4096; PRAGMA auto_vacuum = NONE; PRAGMA foreign_keys = OFF; BEGIN"
            )
            _fill(database, content)
            database.execute("COMMIT")
        except sqlite3.Error as error:
            fix = "Run `wuxi-outsourcing validate` on the folder to see what is wrong."
            message = f"SQLite does not accept the package ({error})"
            raise Unusable(Problem(str(content.package.root), None, None, message, fix)) from None
        path.write_bytes(database.serialize())


def _fill(database: sqlite3.Connection, content: Content) -> None:
    for table in codebook(content, DIALECT):
        database.execute(create_codebook_table(table))
        _insert(database, table.name, len(table.columns), table.rows)
    for name, schema in content.package.schemas.items():
        database.execute(create_table(content.package, schema, DIALECT))
        _insert(database, name, len(schema), content.rows[name])
    for _, _, statement in views(content.package):
        database.execute(statement)


def _insert(database: sqlite3.Connection, table: str, columns: int, rows: Iterable[Row]) -> None:
    statement = f"INSERT INTO {quoted(table)} VALUES ({', '.join('?' * columns)})"  # noqa: S608  (the name is quoted)
    cells = ([cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in rows)
    database.executemany(statement, cells)
