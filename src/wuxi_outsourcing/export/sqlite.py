"""SQLite: one database file of strict tables. Standard library only."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from .content import Content
from .sql import CHECKS, Dialect, quoted, tables, views

DIALECT = Dialect(
    types={
        "string": "TEXT",
        "integer": "INTEGER",
        "number": "REAL",
        "boolean": "INTEGER CHECK ({0} IN (0, 1))",
        "date": "TEXT CHECK (date({0}, '+0 days') IS {0})",
    },
    checks=CHECKS,
    deferred=True,
    table_end=" STRICT, WITHOUT ROWID",
)


def write(content: Content, path: Path) -> None:
    """Write the database. Raises OSError where the disk does not take it."""
    if sqlite3.sqlite_version_info < (3, 37):  # strict tables
        raise ImportError(f"export to sqlite needs SQLite 3.37 or later; this Python has {sqlite3.sqlite_version}")
    try:
        _write(content, path)
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error


def _write(content: Content, path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        for schema, statement, rows in tables(content, DIALECT):
            database.execute(statement)
            cells = [[cell.isoformat() if isinstance(cell, date) else cell for cell in row.values()] for row in rows]
            marks = ", ".join("?" * len(schema))
            database.executemany(f"INSERT INTO {quoted(schema.name)} VALUES ({marks})", cells)  # noqa: S608  (quoted)
        for statement in views(content.package):
            database.execute(statement)
