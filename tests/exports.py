"""What the tests of all exports share: a package whose cells attack whatever quotes them, and what should come out."""

import csv
from pathlib import Path
from typing import Any

from conftest import refresh
from wuxi_outsourcing.package import read_package
from wuxi_outsourcing.reading import numbered_rows

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
