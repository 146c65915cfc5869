"""Layer 6, the descriptor: that it can be read, what it must say, and that it names the files that are there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..files import decode, location_fault, read_bytes
from ..json_files import JsonFile, json_text, read_json
from ..package import DESCRIPTOR, EVIDENCE, PARAGRAPHS, SOURCES, Package, package_of
from ..problems import Problem, Unusable
from ..table_schemas import table_schema
from .fixes import FORMAT_FIX, write_one_of
from .profiles import profile_problems
from .table_schemas import check_agreement, check_references, check_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CITATION_FILE, CHANGELOG = "CITATION.cff", "CHANGELOG.md"
# A table and its files have one name.
_FILES = {"path": "data/{}.csv", "schema": "schemas/{}.json"}
_MOST_FILES, _MAX_BYTES = 1000, 1 << 20
# The keys of the Citation File Format 1.2.0; the first five are needed here.
_CITATION_KEYS = [
    "cff-version",
    "message",
    "title",
    "authors",
    "version",
    "type",
    "abstract",
    "commit",
    "contact",
    "date-released",
    "doi",
    "identifiers",
    "keywords",
    "license",
    "license-url",
    "preferred-citation",
    "references",
    "repository",
    "repository-artifact",
    "repository-code",
    "url",
]


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A descriptor that can be worked with, and the package it describes."""

    json_file: JsonFile
    package: Package
    tables: list[str]
    """The tables whose resource and schema are right."""
    names: set[str]
    """Every name that a table has, by its resource or by its files."""


def read_descriptor(root: Path) -> tuple[Descriptor | None, list[Problem]]:
    """The descriptor in a folder, and what is wrong with it and with the table schemas.

    Raises Unusable where there is no folder, or no descriptor in it.
    """
    if not (root / DESCRIPTOR).is_file():
        message = f"there is no {DESCRIPTOR} in this folder" if root.is_dir() else "no such folder"
        raise Unusable(Problem(str(root), None, None, message, f"Give the folder that holds {DESCRIPTOR}."))
    try:
        if fault := location_fault(root, DESCRIPTOR):
            return None, [Problem(DESCRIPTOR, None, None, *fault)]
        json_file = read_json(root, DESCRIPTOR)
    except Unusable as unusable:
        return None, [unusable.problem]
    problems = profile_problems(json_file, "datapackage")
    try:
        tables, faults = _resources(json_file)
        package = package_of(root, json_file)
    except (LookupError, TypeError):
        return None, problems
    except Unusable as unusable:
        return None, [*faults, *problems] or [unusable.problem]
    unnamed = _unnamed_files(root, tables)
    problems = [*faults, *_missing(json_file, tables, unnamed), *problems, *_form(json_file)]
    names = {*package.paths, *tables, *(PurePosixPath(file).stem for file in unnamed)}
    schemas = {}
    for index, table in enumerate(tables):
        schema, faults = _schema(root, json_file, index, table)
        problems += faults
        files = (package.paths.get(table), package.schema_files.get(table))
        if schema is not None and files == tuple(form.format(table) for form in _FILES.values()):
            schemas[table] = schema
    dangling = list(check_references(schemas, names))
    problems += [*dangling, *check_agreement(list(schemas.values()))]
    at_fault = {problem.file for problem in dangling}
    right = {name: table_schema(name, schema) for name, schema in schemas.items() if schema.file not in at_fault}
    return Descriptor(json_file, package_of(root, json_file, schemas=right), list(right), names), problems


def check_versions(package: Package) -> Iterator[Problem]:
    """The version is in the descriptor; the citation file and the changelog repeat it for their own readers."""
    for file, form in ((CITATION_FILE, r"^version: *[\"']?([^\s\"']+)"), (CHANGELOG, r"^## \[?([0-9][^\s\]]*)")):
        if not (package.root / file).exists():
            continue
        try:
            if fault := location_fault(package.root, file):
                yield Problem(file, None, None, *fault)
                continue
            text = decode(read_bytes(package.root / file, file, limit=_MAX_BYTES, missing="Add it."), file)
        except Unusable as unusable:
            yield unusable.problem
            continue
        faults = list(_citation_keys(text)) if file == CITATION_FILE else []
        yield from faults
        version = re.search(form, text, re.MULTILINE)
        if version is not None and version[1] != package.version:
            message = f"the version is {version[1]}, but in {DESCRIPTOR} it is {package.version}"
            line = text.count("\n", 0, version.start()) + 1
            yield Problem(file, line, "version", message, f"Write {package.version}.")
        elif version is None and not faults:
            message, fix = f"no version is named; {DESCRIPTOR} has {package.version}", f"Add {package.version}."
            yield Problem(file, None, "version", message, fix)


def _form(json_file: JsonFile) -> Iterator[Problem]:
    """JSON that is not written as `format` writes it."""
    lines, canonical = json_file.text.split("\n"), json_text(json_file.value).split("\n")
    if lines != canonical:
        line = next((n for n, pair in enumerate(zip(lines, canonical, strict=False), 1) if pair[0] != pair[1]), 1)
        yield Problem(json_file.file, line, None, "the JSON is not in canonical form", FORMAT_FIX)


def _resources(json_file: JsonFile) -> tuple[list[str], list[Problem]]:
    """The table of each resource, and the names and paths that are wrong or duplicate.

    A table and its files have one name: what two of name, path and schema say is right.
    """
    tables: list[str] = []
    problems: list[Problem] = []
    for index, resource in enumerate(json_file.value["resources"]):
        stems = [resource["name"], *(PurePosixPath(resource[key]).stem for key in _FILES)]
        table = Counter(stems).most_common(1)[0][0]
        for key, right in {"name": table, **{key: form.format(table) for key, form in _FILES.items()}}.items():
            if resource[key] != right:
                message = f"{resource[key]!r} is not the {key} of the table {table}"
                problems.append(json_file.problem(("resources", index, key), message, f"Write {right}."))
        if table in tables:
            problems.append(json_file.problem(("resources", index), f"{table} has a resource already", "Remove it."))
        tables.append(table)
    return tables, problems


def _unnamed_files(root: Path, tables: list[str]) -> list[str]:
    """The files in the folders of tables and schemas that no resource names."""
    named = {form.format(table) for table in tables for form in _FILES.values()}
    paths = [path for folder in ("data", "schemas") for path in islice((root / folder).rglob("*"), _MOST_FILES)]
    files = (path.relative_to(root) for path in paths if path.is_file() and not path.name.startswith("."))
    return sorted(file.as_posix() for file in files if file.as_posix() not in named)


def _missing(json_file: JsonFile, tables: list[str], unnamed: list[str]) -> Iterator[Problem]:
    """Resources that are missing: their files are there, or provenance needs them."""
    needed = dict.fromkeys([*(PurePosixPath(file).stem for file in unnamed), SOURCES, PARAGRAPHS, EVIDENCE])
    names = ", ".join(name for name in needed if name not in tables)
    if unnamed:
        message, fix = f"no resource names {', '.join(unnamed)}", f"Add the resource {names}, or remove the files."
        yield json_file.problem(("resources",), message, fix)
    elif names:
        yield json_file.problem(("resources",), f"there is no resource {names}", f"Add the resource {names}.")


def _schema(root: Path, json_file: JsonFile, index: int, table: str) -> tuple[JsonFile | None, list[Problem]]:
    """The schema of a table, None if it cannot be used, and what is wrong with it."""
    try:
        schema = read_json(root, _FILES["schema"].format(table))
    except Unusable as unusable:
        return None, [unusable.problem]
    faults = check_schema(schema)
    problems = [*faults, *_form(schema)]
    if faults:
        return None, problems
    if schema.value["name"] != table:
        problems.append(schema.problem(("name",), f"this is the schema of {table}", f"Write {table}."))
    # What a resource says of its table, for readers of the descriptor alone, must be what the schema says.
    resource = json_file.value["resources"][index]
    for key in ("title", "description"):
        if key in resource and resource[key] != (text := schema.value[key]):
            message = f"the {key} is not the one in {schema.file}"
            problems.append(json_file.problem(("resources", index, key), message, f"Write {text}"))
    return schema, problems


def _citation_keys(text: str) -> Iterator[Problem]:
    """Keys that the citation file must not have, and those that it lacks."""
    keys = {key: number for number, line in enumerate(text.split("\n"), 1) for key in re.findall(r"^([\w-]+):", line)}
    unknown = [key for key in keys if key not in _CITATION_KEYS]
    for key in unknown:
        fix = write_one_of(key, [name for name in _CITATION_KEYS if name not in keys])
        yield Problem(CITATION_FILE, keys[key], key, f"the key {key!r} is unknown", fix)
    for key in _CITATION_KEYS[:5]:
        if key not in keys and not unknown:
            yield Problem(CITATION_FILE, None, key, f"the key {key!r} is missing", "Add it.")
