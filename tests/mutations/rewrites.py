"""Valid rewrites: packages that say the same in another way, or something else that is right; all must be accepted."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from hashlib import sha256
from typing import Any

from .original import DESCRIPTOR, OTHER_FILES, Case, Files, Json, Link, Table, descriptor, original, tables, written


def cases() -> Iterator[Case]:
    """Every rewrite of every file it applies to."""
    for file in (DESCRIPTOR, *(table.schema_file for table in tables().values())):
        for name, write in JSON_FORMS.items():
            yield Case(name, file, partial(dict, {file: write(json.loads(original(file)))}), ())
        yield Case("description reworded", file, partial(_reworded, file), ())
    for table in tables().values():
        for name, change in CELLS.items():
            yield from _cells(name, table, change)
    yield Case("version of the next release", "all files", _next_version, ())
    yield Case("no citation file, no changelog", "both", partial(dict, dict.fromkeys(OTHER_FILES)), ())
    yield Case("link inside the folder", "places.csv", _moved, ())


def _reworded(file: str) -> Files:
    """Another description. That of a table stands in its schema, and in the descriptor."""
    words = {"description": "Another description, of the same thing."}
    found = json.loads(original(DESCRIPTOR))
    if file == DESCRIPTOR:
        return {file: written(found | words)}
    found["resources"] = [each | words if each["schema"] == file else each for each in found["resources"]]
    return {file: written(json.loads(original(file)) | words), DESCRIPTOR: written(found)}


def refreshed(files: Files) -> Files:
    """The files, and the descriptor with the sizes and hashes of the tables among them."""
    found: Json = deepcopy(json.loads(files.get(DESCRIPTOR) or original(DESCRIPTOR)))  # type: ignore[arg-type]
    for resource in found["resources"]:
        data = files.get(resource["path"])
        if isinstance(data, bytes):
            resource["bytes"], resource["hash"] = len(data), f"sha256:{sha256(data).hexdigest()}"
    return {**files, DESCRIPTOR: written(found)}


def _reordered(value: Any) -> Any:
    """The same with the keys of every object in reverse."""
    if isinstance(value, dict):
        return {key: _reordered(value[key]) for key in reversed(value)}
    return [_reordered(each) for each in value] if isinstance(value, list) else value


JSON_FORMS: dict[str, Callable[[Any], bytes]] = {
    "keys reordered": lambda value: written(_reordered(value)),
    "one line": lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(),
    "tabs": lambda value: json.dumps(value, ensure_ascii=False, indent="\t").encode(),
    "four blanks": lambda value: json.dumps(value, ensure_ascii=False, indent=4).encode(),
    "escaped": lambda value: json.dumps(value, ensure_ascii=True, indent=2).replace("/", "\\/").encode(),
    "CRLF in JSON": lambda value: written(value).replace(b"\n", b"\r\n"),
}


def _note(cell: str, column: str) -> str | None:
    return f"{cell} Corrected." if column == "note" and cell and len(cell) < 480 else None


def _translation(cell: str, column: str) -> str | None:
    return f"{cell}, reworded" if column.endswith("_en") else None


def _quoted(cell: str, column: str) -> str | None:
    return f"{cell} (“so”, 即此 – “a, b”; 1 = 1, naïve)" if column == "note" and cell and len(cell) < 440 else None


def _two_lines(cell: str, column: str) -> str | None:
    return f"{cell}\nSecond line." if column == "note" and cell and len(cell) < 480 else None


CELLS: dict[str, Callable[[str, str], str | None]] = {
    "note corrected": _note,
    "translation reworded": _translation,
    "note with Chinese, quotes and commas": _quoted,
    "note of two lines": _two_lines,
}


def _cells(name: str, table: Table, change: Callable[[str, str], str | None]) -> Iterator[Case]:
    """The first cell of the table for which there is such a change, with hash and size refreshed."""
    for row, cells in enumerate(table.rows):
        for column, cell in zip(table.header, cells, strict=True):
            new = change(cell, column)
            if new is not None:
                yield Case(name, f"{table.name}.{column}", partial(_refreshed_cell, table, row, column, new), ())
                return


def _refreshed_cell(table: Table, row: int, column: str, new: str) -> Files:
    return refreshed(table.cell(row, column, new))


def _next_version() -> Files:
    version = descriptor()["version"]
    files = (DESCRIPTOR, *OTHER_FILES)
    return {file: original(file).replace(version.encode(), b"7.8.9") for file in files}


def _moved() -> Files:
    table = tables()["places"]
    return {"data/there.csv": original(table.file), table.file: Link("there.csv")}
