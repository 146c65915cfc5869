"""The real package in memory, and ways to write a changed copy of a file that know where the change stands."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DESCRIPTOR = "datapackage.json"
OTHER_FILES = ("CITATION.cff", "CHANGELOG.md")

Json = dict[str, Any]
Step = str | int
# File, physical line, column: what a problem must point to.
Place = tuple[str, int | None, str | None]


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link put in a file's place."""

    target: str


class Special:
    """What stands in a file's place without being a file."""

    FOLDER, PIPE = "folder", "pipe"


# What becomes of files: new bytes, a link, something special, or None where it is removed.
Files = Mapping[str, bytes | Link | str | None]


@dataclass(frozen=True, slots=True)
class Case:
    """One defective package: how it comes about, and exactly the places that must be pointed to."""

    kind: str
    name: str
    files: Callable[[], Files]
    places: tuple[Place, ...]
    # How the copy of the article is changed; a case that can't be seen without the article names the identity.
    article: Callable[[str], str] | None = None
    # Any of the lines may be told, but nothing else: which of two swapped things is in the wrong place?
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the real package."""

    name: str
    file: str
    schema_file: str
    schema: Json
    header: list[str]
    rows: list[list[str]]

    @property
    def fields(self) -> list[Json]:
        """The fields as the schema has them."""
        fields: list[Json] = self.schema["fields"]
        return fields

    @property
    def key(self) -> list[str]:
        """The primary key."""
        key: list[str] = self.schema["primaryKey"]
        return key

    def column(self, name: str) -> list[str]:
        """The cells of a column."""
        at = self.header.index(name)
        return [row[at] for row in self.rows]

    def row_ids(self) -> list[str]:
        """What `evidence` calls the rows."""
        return ["/".join(cells) for cells in zip(*map(self.column, self.key), strict=True)]

    def line(self, row: int) -> int:
        """The physical line of a row: no cell of the real package holds a line break."""
        return row + 2

    def cell(self, row: int, column: str, value: str) -> Files:
        """The file with one other cell."""
        rows = [list(cells) for cells in self.rows]
        rows[row][self.header.index(column)] = value
        return {self.file: self.written(rows)}

    def written(self, rows: Sequence[Sequence[str]], header: Sequence[str] | None = None) -> bytes:
        """The file with other rows."""
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows([header or self.header, *rows])
        return stream.getvalue().encode()

    def reference(self, row: int, column: str) -> Place:
        """Where a cell stands."""
        return self.file, self.line(row), column


@cache
def tables() -> dict[str, Table]:
    """The real tables."""
    found = {}
    for resource in descriptor()["resources"]:
        schema = json.loads((ROOT / resource["schema"]).read_text(encoding="utf-8"))
        with (ROOT / resource["path"]).open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        found[resource["name"]] = Table(resource["name"], resource["path"], resource["schema"], schema, header, rows)
    return found


@cache
def descriptor() -> Json:
    """The real descriptor; not to be changed."""
    value: Json = json.loads((ROOT / DESCRIPTOR).read_text(encoding="utf-8"))
    return value


@cache
def original(file: str) -> bytes:
    """The bytes of a file of the real package."""
    return (ROOT / file).read_bytes()


def files() -> list[str]:
    """All files of the real package."""
    return [
        DESCRIPTOR,
        *OTHER_FILES,
        *(file for table in tables().values() for file in (table.file, table.schema_file)),
    ]


def edited(file: str, change: Callable[[Json], object]) -> Json:
    """The JSON of a file, changed."""
    value: Json = deepcopy(json.loads(original(file)))
    change(value)
    return value


def written(value: Json) -> bytes:
    """JSON as it is kept in the repository; half a character, which has no bytes, stands as its escape."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode(errors="backslashreplace")


def json_place(file: str, value: Json, steps: Sequence[Step]) -> Place:
    """Where a part of `written(value)` stands: the line is counted by writing what comes before it."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")
    return file, 1 + _lines_before(value, steps), path or None


def _lines_before(value: Any, steps: Sequence[Step]) -> int:
    """Line feeds in the indented JSON between the opening of `value` and the part, or the deepest part there is."""
    if not steps:
        return 0
    step, rest = steps[0], steps[1:]
    lines = 1
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        if key == step:
            return lines + (_lines_before(item, rest) if isinstance(item, dict | list) else 0)
        lines += json.dumps(item, indent=2).count("\n") + 1
    return 0
