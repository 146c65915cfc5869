"""SQLite: one database file of strict tables, with the codebook and views."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from ..csv_files import Value
from ..schema import TableSchema
from .codebook import codebook
from .content import Content, Row
from .sqlite_schema import create_table, quoted, referred_first, unchecked
from .sqlite_views import create_views

# The first version with strict tables.
_OLDEST = (3, 37)


def write(content: Content, path: Path) -> None:
    """Write the database. Raises OSError where the disk does not take it."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise ImportError(f"export to sqlite needs SQLite 3.37 or later; this Python has {sqlite3.sqlite_version}")
    try:
        with closing(sqlite3.connect(path)) as database, database:
            _fill(database, content)
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error


def _fill(database: sqlite3.Connection, content: Content) -> None:
    for schema, rows in _tables(content):
        database.execute(create_table(schema))
        marks = ", ".join("?" for _ in schema)
        insert = f"INSERT INTO {quoted(schema.name)} VALUES ({marks})"  # noqa: S608  (the name is quoted)
        database.executemany(insert, map(_cells, rows))
    for statement in create_views(content.package):
        database.execute(statement)


def _tables(content: Content) -> Iterator[tuple[TableSchema, Iterable[Row]]]:
    """The tables of the codebook, then those of the package, each with its rows."""
    schemas = referred_first(content.package.schemas)
    yield from codebook(content, unchecked)
    for schema in schemas:
        yield schema, content.rows[schema.name]


def _cells(row: Row) -> Sequence[Value]:
    """The cells of a row, a date as text: SQLite has no type for it."""
    return [cell.isoformat() if isinstance(cell, date) else cell for cell in row.values()]
