"""What the tests of all exports share: a package whose cells attack whatever quotes them, and what should come out."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import wuxi_outsourcing as wx
from conftest import refresh
from wuxi_outsourcing.package import TableSchema, read_package
from wuxi_outsourcing.reading import numbered_rows

SCHEMAS = [wx.describe(name) for name in wx.tables()]

HOSTILE = (
    "'; DROP TABLE policies;--",
    "say \"so\", or 'so'",
    "first line\nsecond line;\n-- third",
    "</script><script>alert(1)</script> & &amp; <b>",
    "=1+cmd|' /C calc'!A0",
    "back\\slash \\n \\' $$ $1 %s {0} {{x}} ?1 :name @name #1",
    "*/ /* | `tick` ]] [x](y) ~ ^ NULL",
    "\U00020000 e\u0301 ﷽ 🀄",
    "\\",
    "'",
    "1e5",
    "NULL",
    "12-27",
)


def make_hostile(root: Path) -> Path:
    """Write these texts into the notes of a package, with the descriptor up to date."""
    for name, schema in read_package(root).schemas.items():
        if "note" not in schema.names:
            continue
        path = root / "data" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        for index, row in enumerate(rows):
            row[header.index("note")] = HOSTILE[index % len(HOSTILE)]
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([header, *rows])
    refresh(root)
    return root


def expected(root: Path) -> dict[str, list[dict[str, Any]]]:
    """The typed rows of each table."""
    package = read_package(root)
    return {table: [row for _, row in numbered_rows(package, table)] for table in package.schemas}


def typed(rows: list[dict[str, Any]]) -> list[list[tuple[str, type, object]]]:
    """Rows in a form that tells 1 from 1.0 and True."""
    return [[(name, type(value), value) for name, value in row.items()] for row in rows]


def bad_values(schema: TableSchema, rows: list[dict[str, Any]]) -> Iterator[tuple[str, str, Any]]:
    """For each constraint of each field of a table, a value that breaks it and, if it can be, no other.

    As field, constraint and value. `rows` are the table's, to make values from.
    """
    for field in schema.fields:
        text = next((str(row[field.name]) for row in rows if row[field.name] is not None), "x")
        limits = field.constraints
        if field.required:
            yield field.name, "required", None
        if field.type == "string":
            yield field.name, "empty", ""
        for name in (each for each in limits if each not in ("required", "unique")):
            bad: Any = {"enum": "no term", "minLength": "", "maxLength": text + text[-1] * 500}.get(name)
            if name in ("minimum", "maximum"):
                bad = limits[name] - 1 if name == "minimum" else limits[name] + 1
            if name == "pattern":
                bad = next(each for each in ("-", "锡", "!") if not re.fullmatch(limits["pattern"], each))
            yield field.name, name, bad


def fresh(schema: TableSchema, row: dict[str, Any], *, but: Iterable[str]) -> dict[str, Any]:
    """The row with keys that no row has yet, leaving some fields alone."""
    other = {"url": "https://example.org/", "sha256": "0" * 64, "gb2260": "999999", "paragraph": 999, "start": 999}
    last = [key[-1] for key in (schema.primary_key, *schema.unique_keys)]
    return row | {
        name: other.get(name, "锡" if name.endswith("_zh") else "another") for name in last if name not in but
    }


# A value for each constraint of each table that must be refused.
BAD_VALUES = [
    pytest.param(schema.name, *case, id=f"{schema.name}-{case[0]}-{case[1]}")
    for schema in SCHEMAS
    for case in bad_values(schema, wx.rows(schema.name))
]
