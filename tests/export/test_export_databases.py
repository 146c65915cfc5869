"""The databases refuse what the table schemas refuse: one bad row for each kind of constraint."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

import wuxi_outsourcing as wx
from support import edit_json, named, refresh

# A change of one row, and a part of the message.
BAD_ROWS = {
    "required": ("UPDATE places SET name_en = NULL", "name_en"),
    "vocabulary": ("UPDATE places SET kind = 'galaxy'", "kind"),
    "length": ("UPDATE places SET name_en = printf('%200d', 1)", "name_en"),
    "range": ("UPDATE policies SET year_issued = 1066", "year_issued"),
    "primary key": ("UPDATE places SET place_id = 'same'", "place_id"),
    "foreign key": ("UPDATE parks SET place_id = 'atlantis'", "FOREIGN KEY"),
}


@pytest.fixture
def database(exports: dict[str, Path]) -> Iterator[sqlite3.Connection]:
    """The SQLite database in memory, to change."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(exports["sqlite"].read_bytes())
        yield connection


@pytest.fixture
def script(exports: dict[str, Path]) -> str:
    """The script that loads the frozen package into DuckDB."""
    return exports["duckdb"].read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", BAD_ROWS)
def test_sqlite_refuses(kind: str, database: sqlite3.Connection) -> None:
    """Catches a constraint that the SQLite database lacks."""
    statement, message = BAD_ROWS[kind]
    database.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError) as refused:  # noqa: PT012  (a reference is checked at the commit)
        database.execute(statement)
        database.commit()
    assert message in str(refused.value)


def test_sqlite_refuses_types(database: sqlite3.Connection) -> None:
    """Catches a column that takes a value of another type, and a day that no month has."""
    for statement in (
        "UPDATE policies SET year_issued = 'soon'",
        "UPDATE policies SET formal_title = 7",
        "UPDATE sources SET published_on = '2021-02-30'",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(statement)


@pytest.mark.parametrize("kind", [*BAD_ROWS, "pattern"])
def test_duckdb_refuses(kind: str, script: str) -> None:
    """Catches a constraint that the DuckDB script lacks; its matcher checks patterns too."""
    statement = BAD_ROWS.get(kind, ("UPDATE places SET place_id = 'No Id'", ""))[0]
    with duckdb.connect() as database:
        database.execute(script)
        with pytest.raises(duckdb.Error, match=r"(?i)constraint|key"):
            database.execute(statement)


def test_duckdb_comments(script: str) -> None:
    """Catches a table or column without its description."""
    with duckdb.connect() as database:
        database.execute(script)
        columns = database.execute("SELECT comment FROM duckdb_columns() WHERE table_name = 'policies'").fetchall()
        tables = database.execute("SELECT comment FROM duckdb_tables() WHERE table_name = 'policies'").fetchall()
    assert all(comment for (comment,) in [*columns, *tables])


def test_duckdb_loads_tables_and_rows_in_any_order(package: Path, tmp_path: Path) -> None:
    """Catches a script that refers to a table or a row before it is there."""
    edit_json(package, "datapackage.json", lambda descriptor: descriptor["resources"].reverse())
    script = wx.export("duckdb", tmp_path / "it.sql", directory=package).read_text(encoding="utf-8")
    with duckdb.connect() as database:
        database.execute(script)
        parts = database.execute("SELECT count(*) FROM industry_metrics WHERE part_of IS NOT NULL").fetchone()
    assert parts is not None
    assert parts[0] > 0


def test_unchecked_pattern_is_listed(package: Path, tmp_path: Path) -> None:
    """Catches a reader of the database who believes that a pattern is checked where it is not."""
    edit_json(
        package, "schemas/places.json", lambda schema: named(schema["fields"], "name_en")["constraints"].pop("pattern")
    )
    refresh(package)
    database = sqlite3.connect(wx.export("sqlite", tmp_path / "it.sqlite", directory=package))
    query = "SELECT field, unchecked, constraints FROM _fields WHERE \"table\" = 'places'"
    for field, unchecked, constraints in database.execute(query):
        assert ("pattern" in (unchecked or "")) == ("pattern" in json.loads(constraints)), field
    database.close()
