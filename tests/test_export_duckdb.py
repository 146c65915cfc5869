"""The export for DuckDB: the script, run by DuckDB itself."""

import csv
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

import wuxi_outsourcing as wx
from conftest import refresh
from exports import BAD_VALUES, SCHEMAS, expected, fresh, make_hostile, typed
from wuxi_outsourcing.exporting.content import citation_line
from wuxi_outsourcing.package import installed


def loaded(path: Path) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect()
    database.execute(path.read_text(encoding="utf-8"))
    return database


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return loaded(wx.export("duckdb", tmp_path_factory.mktemp("duckdb") / "made.sql"))


def back(database: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    """The rows, in the order of the key: a row that refers to another of its table is loaded behind that one."""
    key = ", ".join(f'"{name}"' for name in wx.describe(table).primary_key)
    cursor = database.execute(f'SELECT * FROM "{table}" ORDER BY {key}')
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_every_cell(package: Path, tmp_path: Path) -> None:
    """Catches a cell, a type, a row or an order that is lost, whatever the cells hold; and a citation among them."""
    tables = expected(make_hostile(package))
    database = loaded(wx.export("duckdb", tmp_path / "made.sql", directory=package))
    for table, rows in tables.items():
        assert typed(back(database, table)) == typed(rows), table
        if all(key.resource != table for key in wx.describe(table).foreign_keys):
            assert [*map(tuple, map(dict.values, rows))] == database.execute(f'FROM "{table}"').fetchall()


@pytest.mark.parametrize(("table", "field", "constraint", "value"), BAD_VALUES)
def test_every_constraint_refuses(
    table: str, field: str, constraint: str, value: object, database: duckdb.DuckDBPyConnection
) -> None:
    """Catches a constraint of a table schema that the database does not have, or that is not the same."""
    row = fresh(wx.describe(table), wx.rows(table)[0], but=[field]) | {field: value}
    message = rf"NOT NULL constraint failed: {table}\.\"?{field}\"?$"
    if constraint != "required":
        message = rf"CHECK constraint failed on table \"{table}\" with expression CHECK.*\b\"?{field}\"?\b"
    with pytest.raises(duckdb.ConstraintException, match=message):
        database.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(row))})', list(row.values()))


def test_keys_and_references(database: duckdb.DuckDBPyConnection) -> None:
    """Catches a key or a reference, one within its own table too, that the database does not have."""
    found = {
        (table, kind, tuple(columns), target, tuple(others))
        for table, kind, columns, target, others in database.execute(
            "SELECT table_name, constraint_type, constraint_column_names, referenced_table, referenced_column_names "
            "FROM duckdb_constraints() WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')"
        ).fetchall()
        if not table.startswith("_")
    }
    keys: set[tuple[object, ...]] = {(schema.name, "PRIMARY KEY", schema.primary_key, None, ()) for schema in SCHEMAS}
    keys |= {(schema.name, "UNIQUE", key, None, ()) for schema in SCHEMAS for key in schema.unique_keys}
    keys |= {
        (schema.name, "FOREIGN KEY", key.fields, key.resource, key.reference_fields)
        for schema in SCHEMAS
        for key in schema.foreign_keys
    }
    assert found == keys


def test_a_bad_reference_is_refused(database: duckdb.DuckDBPyConnection) -> None:
    """Catches keys that stand in the catalogue and do nothing."""
    with pytest.raises(duckdb.ConstraintException, match="foreign key"):
        database.execute("INSERT INTO places VALUES ('x', '锡', 'x', 'district', 'nowhere', NULL, NULL)")


def test_comments(database: duckdb.DuckDBPyConnection) -> None:
    """Catches a table, a column or a view that the database does not describe as the schema does."""
    tables = dict(database.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
    columns = {
        (table, column): comment
        for table, column, comment in database.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns()"
        ).fetchall()
    }
    for schema in SCHEMAS:
        assert tables[schema.name] == f"{schema.title}: {schema.description}"
        for field in schema.fields:
            assert columns[schema.name, field.name] == f"{field.title}: {field.description}"
    assert all(tables.values())
    views = database.execute("SELECT comment FROM duckdb_views() WHERE NOT internal").fetchall()
    assert len(views) == sum(any(field.rule or field.provenance == "quoted" for field in s.fields) for s in SCHEMAS)
    assert all(comment for (comment,) in views)


def test_views(database: duckdb.DuckDBPyConnection) -> None:
    """Catches a view that loses or doubles a citation, or does not go by the composite key."""
    for schema in SCHEMAS:
        if all(field.provenance not in ("quoted", "derived") for field in schema.fields):
            continue
        key = ", ".join(f'"{name}"' for name in schema.primary_key)
        found = database.execute(f'SELECT {key}, field, paragraph, start, "end", quote FROM {schema.name}_cited')
        assert sorted(found.fetchall()) == sorted(
            (*(row[part] for part in schema.primary_key), field.name, one.paragraph, one.start, one.end, one.quote)
            for row in wx.rows(schema.name)
            for field in schema.fields
            for one in wx.evidence(schema.name, schema.row_id(row), field.name)
        )


def test_views_by_composite_keys(package: Path, tmp_path: Path) -> None:
    """Catches a view that takes the first part of a key, or a number in it, for the whole, in either database."""
    alter(package / "schemas/paragraphs.json", lambda schema: schema["fields"][-1].update(provenance="quoted"))
    key = {"required": True, "pattern": "[a-z0-9/-]+", "maxLength": 40}
    alter(package / "schemas/evidence.json", lambda schema: schema["fields"][1].update(constraints=key))
    path = package / "data/evidence.csv"
    (source,) = (row["source_id"] for row in wx.rows("sources"))
    with path.open("a", encoding="utf-8") as stream:
        stream.write(f"paragraphs,{source}/2,gist_en,{source},3,0,2,锡\n")
    query = "SELECT source_id, paragraph, field, cited_source_id, cited_paragraph, quote FROM paragraphs_cited"
    database = loaded(wx.export("duckdb", tmp_path / "made.sql", directory=package))
    assert database.execute(query).fetchall() == [(source, 2, "gist_en", source, 3, "锡")]
    other = sqlite3.connect(wx.export("sqlite", tmp_path / "made.sqlite", directory=package))
    assert other.execute(query).fetchall() == [(source, 2, "gist_en", source, 3, "锡")]
    other.close()


def test_codebook(database: duckdb.DuckDBPyConnection) -> None:
    """Catches a codebook that is not that of the package."""
    about = dict(database.execute("SELECT * FROM _package").fetchall())
    assert about["citation"] == citation_line(installed())
    fields = database.execute('SELECT "table", field, title, unchecked FROM _fields').fetchall()
    assert fields == [(schema.name, field.name, field.title, None) for schema in SCHEMAS for field in schema.fields]
    (terms,) = database.execute("SELECT count(*) FROM _terms").fetchall()[0]
    assert terms == sum(len(field.vocabulary) for schema in SCHEMAS for field in schema.fields)


def test_all_or_nothing(tmp_path: Path) -> None:
    """Catches a script that leaves a database half-loaded where it can't be loaded whole."""
    script = wx.export("duckdb", tmp_path / "made.sql").read_text(encoding="utf-8")
    database = duckdb.connect()
    with pytest.raises(duckdb.Error):
        database.execute(script.replace("COMMIT;", "SELECT 1/nothing;"))
    database.execute("ROLLBACK")
    assert database.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]


def alter(path: Path, change: Callable[[Any], object]) -> None:
    """Change a JSON file of a package, and bring the descriptor up to date."""
    value = json.loads(path.read_text(encoding="utf-8"))
    change(value)
    path.write_text(json.dumps(value), encoding="utf-8")
    refresh(path.parents[1])


def test_tables_in_any_order(package: Path, tmp_path: Path) -> None:
    """Catches a table that is loaded before the one that it refers to, or a key with its fields in other order."""
    names = ["paragraph", "source_id"]
    key = {"fields": names, "reference": {"resource": "paragraphs", "fields": names}}
    alter(package / "schemas/evidence.json", lambda schema: schema["foreignKeys"].append(key))
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"].reverse()
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    database = loaded(wx.export("duckdb", tmp_path / "made.sql", directory=package))
    assert database.execute("SELECT count(*) FROM evidence").fetchall() == [(len(wx.rows("evidence")),)]


@pytest.mark.parametrize("of", ["rows", "tables"])
def test_references_in_a_circle(of: str, package: Path, tmp_path: Path) -> None:
    """Catches a script that no DuckDB can load: it looks at each reference at once, SQLite in the end."""
    path = package / "data/places.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    for row in rows:
        row[header.index("note")] = ""
    if of == "rows":
        rows[1][header.index("part_of")] = "wuxi"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])
    if of == "tables":
        key = {"fields": ["note"], "reference": {"resource": "parks", "fields": ["park_id"]}}
        alter(package / "schemas/places.json", lambda schema: schema["foreignKeys"].append(key))
    with pytest.raises(wx.Unusable, match="references go round in a circle"):
        wx.export("duckdb", tmp_path / "made", directory=package)
    assert list(tmp_path.iterdir()) == [package]
    assert wx.export("sqlite", tmp_path / "made", directory=package).exists()
