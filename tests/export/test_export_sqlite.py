"""The SQLite database refuses what the table schemas refuse: one bad row for each kind of constraint."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

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


def test_tables_stand_after_those_they_refer_to(package: Path, tmp_path: Path) -> None:
    """Catches a table that stands before one that it refers to, so that a copy made in this order fails."""
    edit_json(package, "datapackage.json", lambda descriptor: descriptor["resources"].reverse())
    path = wx.export("sqlite", tmp_path / "it.sqlite", directory=package)
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for position, table in enumerate(tables):
            keys = database.execute('SELECT "table" FROM pragma_foreign_key_list(?)', [table])
            assert {target for (target,) in keys} <= set(tables[: position + 1]), table


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
