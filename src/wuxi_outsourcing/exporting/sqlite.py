"""SQLite: a database of strict tables that refuses what the table schemas refuse. Standard library only."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from ..folder import VALIDATE
from ..problem import Problem, Unusable
from .codebook import codebook, create_codebook_table
from .content import Content
from .globs import glob
from .sound import Row
from .sql import Dialect, create_table, quoted, views

OLDEST = (3, 37, 0)


def _of_type(column: str, kind: str) -> str | None:
    if kind == "boolean":
        return f"{column} IN (0, 1)"
    if kind == "date":
        # Only what `date` has reckoned with is a day that there is; years begin with 1, as in Python.
        return f"{column} >= '0001-01-01' AND date({column}, '+0 days') IS {column}"
    return None


DIALECT = Dialect(
    types={"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"},
    of_type=_of_type,
    pattern=glob,
    table_end=" STRICT, WITHOUT ROWID",
    # With row IDs, so that `SELECT *` gives them as they are put in, in the package's order.
    codebook_end=" STRICT",
    reference_end=" DEFERRABLE INITIALLY DEFERRED",
    remarks=True,
)


def write(content: Content, path: Path) -> None:
    """Write the database. It is made in memory, so that a file is written once, and the same each time."""
    if sqlite3.sqlite_version_info < OLDEST:
        raise ImportError(f"export to sqlite needs SQLite 3.37 or later; this Python has {sqlite3.sqlite_version}")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        try:
            # What a build of SQLite may have other defaults for. References have been looked at; checked here, each row
            # that comes before one that it refers to would be looked for again with every row that follows.
            database.executescript("PRAGMA page_size = 4096; PRAGMA auto_vacuum = NONE; PRAGMA foreign_keys = OFF")
            database.execute("BEGIN")
            for statement, rows in _statements(content):
                if rows is not None:
                    database.executemany(statement, ([_stored(cell) for cell in row] for row in rows))
                else:
                    database.execute(statement)
            database.execute("COMMIT")
        except sqlite3.Error as error:
            message = f"a database refuses the package ({error})"
            raise Unusable(Problem(str(content.package.root), None, None, message, VALIDATE)) from None
        path.write_bytes(database.serialize())


def _statements(content: Content) -> Iterator[tuple[str, Sequence[Row] | None]]:
    """Each statement, and the rows that it is to be run with, if it is an insertion."""
    package = content.package
    for table in codebook(content, DIALECT):
        yield create_codebook_table(table, DIALECT), None
        yield _insert(table.name, len(table.columns)), table.rows
    for name, schema in package.schemas.items():
        yield create_table(package, schema, DIALECT), None
        yield _insert(name, len(schema.fields)), content.rows[name]
    for _, _, view in views(package):
        yield view, None


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {quoted(table)} VALUES ({', '.join('?' * columns)})"  # noqa: S608  (the name is quoted)


def _stored(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell
