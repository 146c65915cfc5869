"""The descriptor: whether it can be read, says what it must, and names the files that are there."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from ..files import decode, read_bytes
from ..json_files import json_text
from ..package import DESCRIPTOR, EVIDENCE, PARAGRAPHS, SOURCES
from ..problems import Problem, Unusable
from .between_schemas import check_agreement, check_references, check_targets
from .fixes import not_as_format_writes
from .profiles import profile_problems
from .table_schemas import check_schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from ..json_files import JsonFile
    from ..package import Package

# A table and its files have one name.
_FILE_OF_TABLE = {"path": "data/{}.csv", "schema": "schemas/{}.json"}
_MOST_FILES, _MAX_BYTES = 1000, 1 << 20
# The changelog begins with the entry of the version, in a heading such as `## 1.2.0 (2026-11-25)`.
_CHANGELOG = "CHANGELOG.md"
_HEADING = re.compile(r"^## \[?([0-9][^\s\]]*)", re.MULTILINE)


def check_descriptor(package: Package) -> tuple[bool, list[Problem]]:
    """Whether the resources are those of the files, and what is wrong with the descriptor and the table schemas.

    Raises Unusable where there is no descriptor that can be read.
    """
    json_file = package.json_file
    problems = profile_problems(json_file, "datapackage")
    faults: list[Problem] = []
    try:
        faults += [*_names(json_file), *_missing(package.root, json_file)]
        has_tables = bool(package.paths and package.schema_files)
    except (LookupError, TypeError):
        return False, problems
    except Unusable as unusable:
        return False, [*faults, *problems] or [unusable.problem]
    if faults or not has_tables:
        return False, [*faults, *problems]
    return True, [*problems, *_times(json_file), *_form(json_file), *_schemas(package)]


def check_changelog(package: Package) -> Iterator[Problem]:
    """A changelog that does not begin with the version in the descriptor."""
    path = package.root / _CHANGELOG
    if not path.exists():
        return
    try:
        text = decode(read_bytes(path, _CHANGELOG, limit=_MAX_BYTES, missing="Add it."), _CHANGELOG)
    except Unusable as unusable:
        yield unusable.problem
        return
    heading = _HEADING.search(text)
    version, line = "missing", None
    if heading is not None:
        version = heading[1]
        line = 1 + text.count("\n", 0, heading.start())
    if version != package.version:
        message = f"the version is {version}, in {DESCRIPTOR} it is {package.version}"
        yield Problem(_CHANGELOG, line, "version", message, f"Write {package.version}.")


def _times(json_file: JsonFile) -> Iterator[Problem]:
    """A time on a day that no month has, or at an hour that no day has. The profile checks its form alone."""
    created = json_file.value.get("created")
    try:
        datetime.fromisoformat(created)
    except ValueError:
        message, fix = f"{created} is a time that never was", "Write a time such as 2026-11-25T00:00:00Z."
        yield json_file.problem(("created",), message, fix)
    except TypeError:  # which is a problem of the profile
        pass


def _names(json_file: JsonFile) -> Iterator[Problem]:
    """Names and paths that do not belong to one table, and tables that have two resources."""
    tables: set[str] = set()
    for index, resource in enumerate(json_file.value["resources"]):
        table = _table_of(resource)
        expected = {"name": table}
        for key, form in _FILE_OF_TABLE.items():
            expected[key] = form.format(table)
        for key, value in expected.items():
            if resource[key] != value:
                message = f"{resource[key]!r} is not the {key} of the table {table}"
                yield json_file.problem(("resources", index, key), message, f"Write {value}.")
        if table in tables:
            yield json_file.problem(("resources", index), f"{table} has a resource already", "Remove it.")
        tables.add(table)


def _table_of(resource: Mapping[str, Any]) -> str:
    """The table that a resource is about. Its name, path and schema each name one, and the majority is right."""
    names = [resource["name"]]
    names += [PurePosixPath(resource[key]).stem for key in _FILE_OF_TABLE]
    [(table, _)] = Counter(names).most_common(1)
    return str(table)


def _missing(root: Path, json_file: JsonFile) -> Iterator[Problem]:
    """Resources that are missing, although their files are there or provenance needs them."""
    described: set[str] = set()
    for resource in json_file.value["resources"]:
        described.update(PurePosixPath(resource[key]).stem for key in _FILE_OF_TABLE)
    unnamed = [file for file in _files(root) if not _is_file_of(file, described)]
    needed = [*(file.stem for file in unnamed), SOURCES, PARAGRAPHS, EVIDENCE]
    lacking = [name for name in needed if name not in described]
    names = ", ".join(dict.fromkeys(lacking))
    if unnamed:
        message = f"no resource names {', '.join(map(str, unnamed))}"
        fix = f"Add the resource {names}, or remove the files."
        yield json_file.problem(("resources",), message, fix)
    elif names:
        yield json_file.problem(("resources",), f"there is no resource {names}", f"Add the resource {names}.")


def _files(root: Path) -> list[PurePosixPath]:
    """The files in the folders of tables and schemas, as paths in the package, sorted."""
    paths: list[Path] = []
    for folder in ("data", "schemas"):
        paths += islice((root / folder).rglob("*"), _MOST_FILES)
    files = [path for path in paths if path.is_file() and not path.name.startswith(".")]
    names = [file.relative_to(root).as_posix() for file in files]
    return [PurePosixPath(name) for name in sorted(names)]


def _is_file_of(file: PurePosixPath, tables: Collection[str]) -> bool:
    """Whether a file is where the data or the schema of one of these tables must be."""
    if file.stem not in tables:
        return False
    return str(file) in [form.format(file.stem) for form in _FILE_OF_TABLE.values()]


def _schemas(package: Package) -> list[Problem]:
    """What is wrong with the table schemas, each by itself and compared with each other."""
    schemas: dict[str, JsonFile] = {}
    problems: list[Problem] = []
    for index, table in enumerate(package.paths):
        try:
            schema = package.schema_file(table)
        except Unusable as unusable:
            problems.append(unusable.problem)
            continue
        faults = check_schema(schema, table)
        problems += faults or [*_form(schema), *_repeated(package.json_file, index, schema)]
        if not faults:
            schemas[table] = schema
    dangling = check_references(schemas, package.paths)
    return [*problems, *dangling, *check_targets(schemas), *check_agreement(list(schemas.values()))]


def _repeated(json_file: JsonFile, index: int, schema: JsonFile) -> Iterator[Problem]:
    """A title or description of a resource that is not the one in the table's schema."""
    resource = json_file.value["resources"][index]
    for key in ("title", "description"):
        text = schema.value[key]
        if key in resource and resource[key] != text:
            message = f"the {key} is not the one in {schema.file}"
            yield json_file.problem(("resources", index, key), message, f"Write {text}")


def _form(json_file: JsonFile) -> Iterator[Problem]:
    """The first line of JSON that is not as `format` writes it."""
    lines = json_file.text.split("\n")
    canonical = json_text(json_file.value).split("\n")
    if lines == canonical:
        return
    for number, (line, other) in enumerate(zip(lines, canonical, strict=False), 1):
        if line != other:
            yield not_as_format_writes(json_file.file, number)
            return
    # One of them goes on where the other ends.
    yield not_as_format_writes(json_file.file, 1)
