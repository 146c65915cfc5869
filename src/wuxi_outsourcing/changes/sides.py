"""One side of a comparison: a package as text, from a folder or a git revision. Standard library only.

Whatever is not sound enough to be compared is Unusable, with the file and the line that say why.
"""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ..package import DESCRIPTOR, TableSchema, installed, table_schema
from ..problem import Problem, Unusable
from .git import Revision, revision

MAX_JSON_BYTES = 4 << 20
MAX_CSV_BYTES = 256 << 20
_VALIDATE = "Run `wuxi-outsourcing validate` there to see what is wrong."

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """A package: the descriptor and, by table, its resource, its Table Schema, that as values, and its rows."""

    label: str
    descriptor: Mapping[str, Any]
    resources: Mapping[str, Mapping[str, Any]]
    definitions: Mapping[str, Mapping[str, Any]]
    schemas: Mapping[str, TableSchema]
    tables: Mapping[str, list[Row]]

    @property
    def version(self) -> str:
        """The version in the descriptor."""
        return str(self.descriptor.get("version", ""))


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a folder."""

    root: Path
    label: str

    def place(self, file: str) -> str:
        """How a problem names a file in the folder."""
        return str(self.root / file)

    def read(self, file: str, limit: int) -> bytes | None:
        """The file's first bytes, up to one more than `limit`; None if there is no such file in the folder."""
        path = self.root / file
        try:
            # Neither a link that leads out of the folder nor a pipe that would be waited for.
            if not path.resolve().is_relative_to(self.root.resolve()) or not path.is_file():
                return None
            with path.open("rb") as stream:
                return stream.read(limit + 1)
        except (OSError, RuntimeError, ValueError):
            return None


Files = Folder | Revision


def default_files() -> Files:
    """What the current folder is held against: the installed release, or HEAD if the code runs from a checkout."""
    root = installed().root
    if root.parent == Path(__file__).parents[1]:
        return Folder(root, "installed release")
    return revision("HEAD")


def files_of(side: str | Path) -> Files:
    """The folder of that name, or else the git revision. Raises Unusable."""
    if isinstance(side, Path) or (side and Path(side).is_dir()):
        return Folder(Path(side), "this folder" if str(side) == "." else str(side))
    return revision(side)


def read_side(files: Files) -> Side:
    """The package in a folder or a revision. Raises Unusable."""
    if files.read(DESCRIPTOR, 0) is None:
        what = f"there is no {DESCRIPTOR} in this folder"
        if isinstance(files, Revision):
            what = f"this folder has no {DESCRIPTOR} in that revision"
        elif not files.root.is_dir():
            what = "no such folder"
        name = files.name if isinstance(files, Revision) else str(files.root)
        raise Unusable(Problem(name, None, None, what, f"Give the folder that holds {DESCRIPTOR}, or a revision."))
    descriptor = _json(files, DESCRIPTOR)
    try:
        resources = {str(resource["name"]): resource for resource in descriptor["resources"]}
        definitions = {name: _json(files, resource["schema"]) for name, resource in resources.items()}
        schemas = {name: table_schema(name, definition) for name, definition in definitions.items()}
        tables = {name: _rows(files, resources[name]["path"], schema) for name, schema in schemas.items()}
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        message = f"the package can't be read: {type(error).__name__} {error}"
        raise Unusable(Problem(files.place(DESCRIPTOR), None, None, message, _VALIDATE)) from None
    return Side(files.label, descriptor, resources, definitions, schemas, tables)


def _json(files: Files, file: str) -> Mapping[str, Any]:
    text = _text(files, file, MAX_JSON_BYTES)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        problem = Problem(files.place(file), line, None, f"this is no JSON: {error}", _VALIDATE)
        raise Unusable(problem) from None
    if not isinstance(value, dict):
        raise Unusable(Problem(files.place(file), None, None, "this is no JSON object", _VALIDATE))
    return value


def _rows(files: Files, file: str, schema: TableSchema) -> list[Row]:
    text = _text(files, file, MAX_CSV_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header, line = schema.names, 1
    rows: list[Row] = []
    keys: set[tuple[str, ...]] = set()
    try:
        for cells in reader:
            if line == 1:
                message = "the header is not what the table schema says" if cells != header else ""
            else:
                rows.append(dict(zip(header, cells, strict=False)))
                message = f"the row has {len(cells)} cells, the header {len(header)}"
                message = message if len(cells) != len(header) else _twice(rows[-1], schema, keys)
            if message:
                raise Unusable(Problem(files.place(file), line, None, message, _VALIDATE))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unusable(Problem(files.place(file), line, None, f"the row is no CSV ({error})", _VALIDATE)) from None
    if line == 1:
        raise Unusable(Problem(files.place(file), None, None, "the file is empty", _VALIDATE))
    return rows


def _twice(row: Row, schema: TableSchema, keys: set[tuple[str, ...]]) -> str:
    key = tuple(row[name] for name in schema.primary_key)
    known = key in keys
    keys.add(key)
    return f"the key {'/'.join(key)!r} stands in an earlier row too" if known else ""


def _text(files: Files, file: object, limit: int) -> str:
    """The text of a file that the package names. Raises Unusable."""
    if not isinstance(file, str) or not _inside(file):
        message = f"{file!r} is no path of a file in the package"
        raise Unusable(Problem(files.place(DESCRIPTOR), None, None, message, _VALIDATE))
    data = files.read(file, limit)
    if data is None:
        raise Unusable(Problem(files.place(file), None, None, "there is no such file that can be read", _VALIDATE))
    if len(data) > limit:
        raise Unusable(Problem(files.place(file), None, None, f"the file is over {limit >> 20} MiB", _VALIDATE))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        from ..source_text import not_utf8  # noqa: PLC0415  (hashing is slow to import)

        line = data.count(b"\n", 0, error.start) + 1
        raise Unusable(Problem(files.place(file), line, None, *not_utf8(data))) from None


def _inside(file: str) -> bool:
    path = PurePosixPath(file)
    return file.isprintable() and not path.is_absolute() and ".." not in path.parts and ":" not in file
