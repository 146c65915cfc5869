"""Whatever validates can be exported, in every format; whatever cannot be is a problem of validation."""

import io
import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from support import DESCRIPTOR, Rows, edit_json, edit_rows, export_all, named, refresh
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.package import Package

PARKS, PLACES, METRICS = "schemas/parks.json", "schemas/places.json", "schemas/industry_metrics.json"
CSV = "data/parks.csv"
CIRCLE = "foreignKeys[1].reference.resource"
TYPES = "foreignKeys[6].reference.fields"
Change = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Case:
    """A change of the frozen package, and the column of the problem that it must give; None if it is to be exported."""

    name: str
    change: Change
    column: str | None


def table(name: str) -> Change:
    """A further table of that name, with one row."""

    def add(root: Path) -> None:
        schema = json.loads((root / PARKS).read_text(encoding="utf-8"))
        fields = [named(schema["fields"], "park_id") | {"name": "id"}, named(schema["fields"], "note_en")]
        schema |= {"name": name, "fields": fields, "primaryKey": ["id"]}
        del schema["foreignKeys"], schema["uniqueKeys"], schema["rules"]
        (root / f"schemas/{name}.json").write_text(json.dumps(schema), encoding="utf-8")
        edit_json(root, f"schemas/{name}.json", lambda _: None)
        (root / f"data/{name}.csv").write_text("id,note_en\na,Some text.\n", encoding="utf-8")

        def describe(descriptor: dict[str, Any]) -> None:
            resource = dict(named(descriptor["resources"], "parks"))
            resource |= {"name": name, "path": f"data/{name}.csv", "schema": f"schemas/{name}.json"}
            descriptor["resources"].insert(0, resource)

        edit_json(root, DESCRIPTOR, describe)

    return add


def field(name: str, kind: str, cell: str, **properties: Any) -> Change:
    """A further field of the table `parks`, with one value."""

    def add(root: Path) -> None:
        definition = {
            "name": name,
            "type": kind,
            "title": f"Title of {name}",
            "title_zh": "标题",
            "description": "Some.",
        }
        definition |= {"description_zh": "说明。", "provenance": "editorial", **properties}
        edit_json(root, PARKS, lambda schema: schema["fields"].append(definition))
        edit_rows(root, CSV, lambda rows: [[*rows[0], name], *([*row, cell] for row in rows[1:])])

    return add


def key(file: str, own: str, resource: str, other: str) -> Change:
    """A further foreign key."""
    added = {"fields": [own], "reference": {"resource": resource, "fields": [other]}}
    return lambda root: edit_json(root, file, lambda schema: schema["foreignKeys"].append(added))


def described(file: str, **properties: Any) -> Change:
    """Other properties of a JSON file."""
    return lambda root: edit_json(root, file, lambda value: value.update(properties))


def keyed_by(kind: str, first: str, second: str, **properties: Any) -> Change:
    """A further table with a primary key of a type, and an outside statement about its first row."""

    def define(schema: dict[str, Any]) -> None:
        schema["fields"][0] |= {"type": kind, "constraints": {"required": True}, **properties}

    def about(rows: Rows) -> Rows:
        rows[1][1:4] = ["lots", first, ""]
        return rows

    def change(root: Path) -> None:
        table("lots")(root)
        edit_json(root, "schemas/lots.json", define)
        (root / "data/lots.csv").write_text(f"id,note_en\n{first},Some text.\n{second},\n", encoding="utf-8")
        edit_rows(root, "data/corroborations.csv", about)

    return change


LONG = "长" * 32_767
EXPORTED = (
    "policies_cited",
    "t",
    "o",
    "f",
    "main",
    "select",
    "codebook",
    "a" * 31,
)
REFUSED = (
    "cells",
    "parks_corroborated",
    "sqlite_stat",
    "history",
    "con",
    "_fields",
    "Sites",
)
CASES = [
    *(Case(f"a table named {name}", table(name), None) for name in EXPORTED),
    *(Case(f"a table named {name}", table(name), "resources[0].name") for name in (*REFUSED, "a" * 32)),
    *(Case(f"a field named {name}", field(name, "string", "x"), None) for name in ("rowid", "oid", "order", "quote")),
    Case("a field named like one of a view", field("cited_quote", "string", "x"), "fields[8].name"),
    Case("a field in capitals", field("Level", "string", "x"), "fields[8].name"),
    Case("a key of days", keyed_by("date", "2020-01-31", "2021-12-01"), None),
    Case("a key of integers", keyed_by("integer", "3", "20", unit="count"), None),
    Case("a key of numbers", keyed_by("number", "1", "1.5", unit="count"), "primaryKey"),
    Case("a key of booleans", keyed_by("boolean", "false", "true"), "primaryKey"),
    Case("tables that refer to each other", key(PLACES, "name_zh", "parks", "park_id"), CIRCLE),
    Case("a foreign key twice", key(PARKS, "place_id", "places", "place_id"), "foreignKeys"),
    Case("a foreign key of another type", key(METRICS, "year", "places", "place_id"), TYPES),
    Case("a day before the first of Excel", field("opened", "date", "1850-03-01"), None),
    Case("the first day of all", field("opened", "date", "0001-01-01"), None),
    Case("eighteen digits", field("digits", "integer", "999999999999999999", unit="count"), None),
    Case("as long as a sheet holds", field("text", "string", LONG), None),
    Case("longer than a sheet holds", field("text", "string", f"{LONG}长"), "text"),
    Case("a long description", described(PARKS, description="x " * 20_000 + "x", description_zh="长" * 40_000), None),
    Case("many sources", described(DESCRIPTOR, sources=[{"title": "长" * 90, "path": "http://x.example"}] * 500), None),
    Case("other properties", described(DESCRIPTOR, citation=5, omissions=None, evidence="x", tables=[{"x": 1}]), None),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name[:40])
def test_exported_or_reported(package: Path, tmp_path: Path, case: Case) -> None:
    """Catches a package that validates and breaks an export, or that an export loses a table or a row of."""
    case.change(package)
    repeat(package)
    refresh(package)
    problems = Package(package).validate().problems
    columns = {problem.column for problem in problems}
    if case.column:
        assert case.column in columns, "\n".join(map(str, problems))
        return
    assert problems == []
    (tmp_path / "exports").mkdir()
    exported = export_all(package, tmp_path / "exports")
    paths = open_package(package).paths
    expected = {name: (package / path).read_text(encoding="utf-8").count("\n") - 1 for name, path in paths.items()}
    with closing(sqlite3.connect(exported["sqlite"])) as database:
        assert in_database(database, expected) == expected
    assert {name: pl.read_parquet(exported["parquet"] / f"{name}.parquet").height for name in expected} == expected
    book = openpyxl.load_workbook(io.BytesIO(exported["xlsx"].read_bytes()))
    assert {name: book[name].max_row - 4 for name in expected} == expected
    tables = json.loads(exported["json"].read_text(encoding="utf-8"))["tables"]
    rows = {name: len(content["rows"]) for name, content in tables.items()}
    assert rows | {"evidence": expected["evidence"]} == expected


def test_a_row_keyed_by_a_day_keeps_what_is_said_about_it(package: Path, tmp_path: Path) -> None:
    """Catches a row ID that is spelled in another way in an export than in the CSVs."""
    keyed_by("date", "2020-01-31", "2021-12-01")(package)
    export_all(package, tmp_path)
    with closing(sqlite3.connect(tmp_path / "sqlite")) as database:
        assert database.execute("SELECT id, corroboration_id FROM lots_corroborated").fetchall() != []


def in_database(database: Any, tables: Iterable[str]) -> dict[str, int]:
    """The number of rows of each table."""
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def repeat(root: Path) -> None:
    """Say in the descriptor what the schemas say of their tables."""

    def change(descriptor: dict[str, Any]) -> None:
        for resource in descriptor["resources"]:
            schema = json.loads((root / resource["schema"]).read_text(encoding="utf-8"))
            resource.update({name: schema[name] for name in ("title", "description") if name in resource})

    edit_json(root, DESCRIPTOR, change)
