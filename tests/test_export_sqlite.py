"""The export to SQLite: read back by another binding with another build of SQLite, and tried with bad rows."""

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import apsw
import pytest

import wuxi_outsourcing as wx
from conftest import refresh
from exports import BAD_VALUES, SCHEMAS, expected, fresh, make_hostile, typed
from wuxi_outsourcing.exporting.content import citation_line
from wuxi_outsourcing.package import installed

each_table = pytest.mark.parametrize("table", wx.tables())


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wx.export("sqlite", tmp_path_factory.mktemp("sqlite") / "made.sqlite")


@pytest.fixture
def database(exported: Path) -> Iterator[sqlite3.Connection]:
    """The export, in which nothing that a test does stays."""
    with closing(sqlite3.connect(exported, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        yield connection
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def back(path: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table as apsw gives them, dates and booleans made from what stands for them."""
    kinds = {field.name: field.type for field in wx.describe(table).fields}
    make: dict[str, Callable[[Any], object]] = {"date": date.fromisoformat, "boolean": {0: False, 1: True}.__getitem__}
    cursor = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY).execute(f'SELECT * FROM "{table}"')
    return [
        {
            name: cell if cell is None or kinds[name] not in make else make[kinds[name]](cell)
            for name, cell in zip(kinds, row, strict=True)
        }
        for row in cursor
    ]


def test_every_cell(package: Path, tmp_path: Path) -> None:
    """Catches a cell, a type, a row or an order that is lost, whatever the cells hold; and a citation among them."""
    tables = expected(make_hostile(package))
    path = wx.export("sqlite", tmp_path / "made.sqlite", directory=package)
    for table, rows in tables.items():
        assert typed(back(path, table)) == typed(rows), table


def test_sound_by_its_own_account(exported: Path) -> None:
    """Catches a database that a reader with other defaults, or another version, finds fault with."""
    database = apsw.Connection(str(exported))
    assert list(database.execute("PRAGMA integrity_check")) == [("ok",)]
    assert list(database.execute("PRAGMA foreign_key_check")) == []
    tables = [
        row for row in database.execute("PRAGMA table_list") if row[2] == "table" and not row[1].startswith("sqlite_")
    ]
    assert len(tables) == len(wx.tables()) + len(("_package", "_tables", "_fields", "_terms"))
    assert all(strict for *_, strict in tables)


@pytest.mark.parametrize(("table", "field", "constraint", "value"), BAD_VALUES)
def test_every_constraint_refuses(
    table: str, field: str, constraint: str, value: object, database: sqlite3.Connection
) -> None:
    """Catches a constraint of a table schema that the database does not have, or that is not the same."""
    names = wx.describe(table).names
    row = list(database.execute(f'SELECT * FROM "{table}" ORDER BY 1 LIMIT 1').fetchone())
    row[names.index(field)] = value
    message = f"CHECK constraint failed: {table}.{field}.{constraint}$"
    if constraint == "required":
        message = f"NOT NULL constraint failed: {table}.{field}$"
    elif value == "":  # Most patterns refuse it too.
        message = f"CHECK constraint failed: {table}.{field}."
    with pytest.raises(sqlite3.IntegrityError, match=message):
        database.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(row))})', row)


@each_table
def test_every_type_refuses(table: str, database: sqlite3.Connection) -> None:
    """Catches a column that takes a value of another type, or a day that there is not."""
    days = ["2020-02-30", "2020-1-1", "now", "0000-01-01", "2459215", "2020-01-01 00:00", "20200101", 1]
    bad: dict[str, list[Any]] = {"string": [b"\xff"], "integer": ["x", 1.5], "number": ["x", b"1"], "date": days}
    bad["boolean"] = [2, -1, "true"]
    for field in wx.describe(table).fields:
        for value in bad[field.type]:
            message = rf"cannot store|{table}\.{field.name}\.type|non-deterministic use of date"
            with pytest.raises(sqlite3.DatabaseError, match=message):
                database.execute(f'UPDATE "{table}" SET "{field.name}" = ?', [value])


KEYS = [(schema.name, key) for schema in SCHEMAS for key in (schema.primary_key, *schema.unique_keys)]


@pytest.mark.parametrize(("table", "key"), KEYS)
def test_every_key_refuses(table: str, key: tuple[str, ...], database: sqlite3.Connection) -> None:
    """Catches a key that may stand twice."""
    schema = wx.describe(table)
    row = dict(zip(schema.names, database.execute(f'SELECT * FROM "{table}" LIMIT 1').fetchone(), strict=True))
    row = fresh(schema, row, but=key)
    columns = ", ".join(f"{table}.{name}" for name in key)
    with pytest.raises(sqlite3.IntegrityError, match=f"UNIQUE constraint failed: {columns}$"):
        database.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(row))})', list(row.values()))


REFERENCES = [(schema.name, key) for schema in SCHEMAS for key in schema.foreign_keys]


@pytest.mark.parametrize(("table", "key"), REFERENCES)
def test_every_reference_refuses(table: str, key: Any, database: sqlite3.Connection) -> None:
    """Catches a reference that may lead nowhere, one within its own table too."""
    parts = {name: 999 if wx.describe(table)[name].type == "integer" else "nowhere" for name in key.fields}
    # One part alone, so that no other reference is broken with it.
    name = key.fields[-1]
    row = database.execute(f'SELECT * FROM "{table}" LIMIT 1').fetchone()
    own = dict(zip(wx.describe(table).names, row, strict=True))
    where = " AND ".join(f'"{part}" = ?' for part in wx.describe(table).primary_key)
    values = [parts[name], *(own[part] for part in wx.describe(table).primary_key)]
    assert database.execute(f'UPDATE "{table}" SET "{name}" = ? WHERE {where}', values).rowcount == 1
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY constraint failed"):
        database.execute("COMMIT")


@each_table
def test_views(table: str, exported: Path) -> None:
    """Catches a view that loses or doubles a citation, or leaves a row's own columns out."""
    schema = wx.describe(table)
    database = apsw.Connection(str(exported))
    exists = list(database.execute("SELECT 1 FROM sqlite_schema WHERE type = 'view' AND name = ?", [f"{table}_cited"]))
    assert bool(exists) == any(field.provenance in ("quoted", "derived") for field in schema.fields)
    if not exists:
        return
    cursor = database.execute(f'SELECT * FROM "{table}_cited"')
    own = len(schema.names)
    columns = [column[0] for column in cursor.description]
    assert columns[:own] == schema.names
    assert [name.removeprefix("cited_") for name in columns[own:]] == [
        *("field", "source_id", "paragraph", "start", "end", "quote")
    ]
    found = sorted((row[: len(schema.primary_key)], row[own:]) for row in cursor)
    assert found == sorted(
        (tuple(row[part] for part in schema.primary_key), (field.name, *_place(one)))
        for row in wx.rows(table)
        for field in schema.fields
        for one in wx.evidence(table, schema.row_id(row), field.name)
    )


def _place(one: wx.Citation) -> tuple[str, int, int, int, str]:
    return one.source_id, one.paragraph, one.start, one.end, one.quote


def test_codebook(exported: Path) -> None:
    """Catches a title, a description, a constraint or a term that the codebook does not have as the schema does."""
    database = apsw.Connection(str(exported))
    fields = {
        (row[0], row[1]): row[2:]
        for row in database.execute(
            'SELECT "table", field, position, type, title, description, required, provenance, rule, cited_with, '
            "constraints, unchecked FROM _fields"
        )
    }
    assert fields == {
        (schema.name, field.name): (
            place,
            field.type,
            field.title,
            field.description,
            field.required,
            field.provenance,
            field.rule,
            field.cited_with,
            json.dumps(field.constraints, ensure_ascii=False),
            None,
        )
        for schema in SCHEMAS
        for place, field in enumerate(schema.fields, 1)
    }
    terms = list(database.execute('SELECT "table", field, term, label FROM _terms ORDER BY "table", field, position'))
    assert sorted(terms) == sorted(
        (schema.name, field.name, term, label)
        for schema in SCHEMAS
        for field in schema.fields
        for term, label in field.vocabulary.items()
    )
    assert list(database.execute('SELECT "table", rows, title, description FROM _tables ORDER BY position')) == [
        (schema.name, len(wx.rows(schema.name)), schema.title, schema.description) for schema in SCHEMAS
    ]
    about = dict(database.execute("SELECT * FROM _package"))
    assert about["citation"] == citation_line(installed())
    assert json.loads(about["licenses"]) == installed().descriptor["licenses"]
    stored = "".join(sql for (sql,) in database.execute("SELECT sql FROM sqlite_schema WHERE type = 'table'"))
    for schema in SCHEMAS:
        for title, text in [(schema.title, schema.description), *((f.title, f.description) for f in schema.fields)]:
            assert f"-- {title}: {text}\n" in stored


def test_codebook_in_the_order_of_the_package(exported: Path) -> None:
    """Catches a codebook that a reader meets in the order of the alphabet: tables, fields and terms torn apart."""
    database = apsw.Connection(str(exported))
    assert [row[0] for row in database.execute("SELECT * FROM _tables")] == wx.tables()
    fields = [(schema.name, field) for schema in SCHEMAS for field in schema.fields]
    assert [row[:2] for row in database.execute("SELECT * FROM _fields")] == [(name, f.name) for name, f in fields]
    terms = [(name, field.name, term) for name, field in fields for term in field.vocabulary]
    assert [row[:3] for row in database.execute("SELECT * FROM _terms")] == terms
    assert [row[0] for row in database.execute("SELECT * FROM _package")][:2] == ["name", "title"]


def test_what_sql_can_not_say(package: Path, tmp_path: Path) -> None:
    """Catches a constraint that is dropped without a word, or said though it is another in SQL."""
    path = package / "schemas/parks.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    fields = {field["name"]: field for field in schema["fields"]}
    fields["level"]["constraints"] |= {"pattern": "[a-z]+|a+-b+", "maxLength": 40}
    schema["foreignKeys"].append({"fields": ["function"], "reference": {"fields": ["function"]}})
    path.write_text(json.dumps(schema), encoding="utf-8")
    refresh(package)
    made = wx.export("sqlite", tmp_path / "made.sqlite", directory=package)
    found = apsw.Connection(str(made)).execute("SELECT field, unchecked FROM _fields WHERE unchecked IS NOT NULL")
    assert list(found) == [("function", "foreignKey"), ("level", "pattern")]


def test_a_schema_that_no_database_takes(package: Path, tmp_path: Path) -> None:
    """Catches a traceback of sqlite3's where the schema has more fields than a table may have columns."""
    path = package / "schemas/parks.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["fields"] += [schema["fields"][-1] | {"name": f"note_{number}"} for number in range(2000)]
    path.write_text(json.dumps(schema), encoding="utf-8")
    path = package / "data/parks.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    with path.open("w", encoding="utf-8", newline="") as stream:
        names = [field["name"] for field in schema["fields"]]
        csv.writer(stream, lineterminator="\n").writerows([names, *(row + [""] * 2000 for row in rows[1:])])
    with pytest.raises(wx.Unusable, match="Run `wuxi-outsourcing validate`"):
        wx.export("sqlite", tmp_path / "made", directory=package)


def test_old_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a syntax error where Python comes with an SQLite that knows no strict tables."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(ImportError, match=r"needs SQLite 3\.37 or later"):
        wx.export("sqlite", tmp_path / "made")
