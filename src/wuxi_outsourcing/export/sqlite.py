"""SQLite: one database file of strict tables. Standard library only."""

import sqlite3
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

from ..problems import Problem, Unusable
from .codebook import codebook
from .content import Content
from .sql import Dialect, create_table, quoted, unchecked, views

_OLDEST = (3, 37, 0)  # strict tables
DIALECT = Dialect(
    types={"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"},
    type_conditions={"boolean": "{0} IN (0, 1)", "date": "date({0}, '+0 days') IS {0}"},
    pattern_condition=lambda _column, _pattern: None,
    table_end=" STRICT, WITHOUT ROWID",
    reference_end=" DEFERRABLE INITIALLY DEFERRED",
)


def write(content: Content, path: Path) -> None:
    """Write the database. Raises Unusable for names that SQLite does not tell apart, and the like."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise ImportError(f"export to sqlite needs SQLite 3.37 or later; this Python has {sqlite3.sqlite_version}")
    with closing(sqlite3.connect(path)) as database:
        try:
            _fill(database, content)
            database.commit()
        except sqlite3.Error as error:
            message, fix = f"SQLite does not accept the package ({error})", "Export to another format."
            raise Unusable(Problem(str(content.package.root), None, None, message, fix)) from None


def _fill(database: sqlite3.Connection, content: Content) -> None:
    tables = [(schema, content.rows[name]) for name, schema in content.package.schemas.items()]
    for schema, rows in (*codebook(content, partial(unchecked, content.package, DIALECT)), *tables):
        database.execute(create_table(content.package, schema, DIALECT))
        cells = [[cell.isoformat() if isinstance(cell, date) else cell for cell in row.values()] for row in rows]
        marks = ", ".join("?" * len(schema))
        database.executemany(f"INSERT INTO {quoted(schema.name)} VALUES ({marks})", cells)  # noqa: S608  (quoted)
    for _, _, statement in views(content.package):
        database.execute(statement)
