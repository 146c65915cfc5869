"""Layer 6, the descriptor: that it can be read, what it must say, and whether it is true of the files."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from ..json_file import JsonFile, read_json
from ..package import DESCRIPTOR, EVIDENCE, PARAGRAPHS, SOURCES, Package, TableSchema, table_schema
from ..problem import Problem, Unusable
from .profile import profile_problems
from .table_schema import check_references, check_schema

CITATION_FILE = "CITATION.cff"
CHANGELOG = "CHANGELOG.md"
_PUT = "Put the file itself there."
# Of files that repeat the version, as much as is looked at.
_MOST_READ = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A descriptor that can be worked with, and the package it describes: the tables whose schemas are sound.

    `changed` are the files that are no longer as described, each with what the descriptor should say of it.
    """

    json_file: JsonFile
    package: Package
    changed: Mapping[str, Mapping[str, object]]

    @property
    def resources(self) -> list[Mapping[str, Any]]:
        """The resources, as the descriptor has them."""
        resources: list[Mapping[str, Any]] = self.json_file.value["resources"]
        return resources


def read_descriptor(root: Path) -> tuple[Descriptor | None, list[Problem]]:
    """The descriptor in a folder, and what is wrong with it and the schemas taken by themselves.

    Raises Unusable where there is no folder, or no descriptor in it.
    """
    if not (root / DESCRIPTOR).is_file():
        what = "there is no datapackage.json in this folder" if root.is_dir() else "no such folder"
        raise Unusable(Problem(str(root), None, None, what, "Give the folder that holds datapackage.json."))
    foreign = _foreign(root, DESCRIPTOR)
    if foreign:
        return None, [Problem(DESCRIPTOR, None, None, f"{DESCRIPTOR} {foreign}", _PUT)]
    try:
        json_file = read_json(root, DESCRIPTOR)
    except Unusable as unusable:
        return None, [unusable.problem]
    problems = list(profile_problems(json_file, "datapackage"))
    if problems:
        return None, problems
    problems += _resources(root, json_file)
    if problems:
        return None, problems
    schemas, found = _schemas(root, json_file)
    resources = json_file.value["resources"]
    package = Package(
        root=root,
        version=json_file.value["version"],
        descriptor=json_file.value,
        paths={resource["name"]: resource["path"] for resource in resources},
        schemas=schemas,
    )
    changed = {resource["path"]: actual for resource in resources if (actual := _integrity(root, resource))}
    return Descriptor(json_file, package, changed), found


def check_integrity(descriptor: Descriptor) -> Iterator[Problem]:
    """Sizes and hashes that are not those of the files."""
    for index, resource in enumerate(descriptor.resources):
        for name, actual in descriptor.changed.get(resource["path"], {}).items():
            message = f"{name} of {resource['path']} is {actual}, not {resource[name]}: the file has changed"
            fix = "Run `wuxi-outsourcing format` once the change is right."
            yield descriptor.json_file.problem(("resources", index, name), message, fix)
            break  # A change of size is a change of hash too.


def _resources(root: Path, json_file: JsonFile) -> Iterator[Problem]:
    """Names and paths that stand twice, tables that must be there, and paths that lead out of the folder."""
    resources = json_file.value["resources"]
    for key in ("name", "path", "schema"):
        for value, times in Counter(resource[key] for resource in resources).items():
            if times > 1:
                index = max(i for i, resource in enumerate(resources) if resource[key] == value)
                message = f"{times} resources have the {key} {value!r}"
                yield json_file.problem(("resources", index, key), message, f"Give each a {key} of its own.")
    names = {resource["name"] for resource in resources}
    for name in (SOURCES, PARAGRAPHS, EVIDENCE):
        if name not in names:
            yield json_file.problem(("resources",), f"there is no resource {name!r}", "Add it: provenance needs it.")
    for index, resource in enumerate(resources):
        for key in ("path", "schema"):
            wrong = _foreign(root, resource[key])
            if wrong:
                yield json_file.problem(("resources", index, key), f"{resource[key]} {wrong}", _PUT)


def _foreign(root: Path, file: str) -> str | None:
    """What makes a path one that must not be opened: what lies outside may be secret, a pipe may never end."""
    try:
        target = (root / file).resolve(strict=True)
    except FileNotFoundError:
        return None  # Whoever opens it says so.
    except (OSError, RuntimeError):
        return "is a link that leads round in a circle"
    if not target.is_relative_to(root.resolve()):
        return "is a link that leads out of the folder"
    return None if target.is_file() or target.is_dir() else "is neither a file nor a folder"


def _schemas(root: Path, json_file: JsonFile) -> tuple[dict[str, TableSchema], list[Problem]]:
    problems: list[Problem] = []
    sound: dict[str, JsonFile] = {}
    for index, resource in enumerate(json_file.value["resources"]):
        name = resource["name"]
        try:
            schema = read_json(root, resource["schema"])
        except Unusable as unusable:
            problems.append(unusable.problem)
            continue
        found = check_schema(name, schema)
        problems += found
        if not found:
            sound[name] = schema
            problems += _words(json_file, index, schema)
    values = {name: schema.value for name, schema in sound.items()}
    known = {resource["name"] for resource in json_file.value["resources"]}
    for name, schema in list(sound.items()):
        dangling = list(check_references(name, schema, values, known))
        problems += dangling
        if dangling:
            del values[name]
    return {name: table_schema(name, value) for name, value in values.items()}, problems


def _words(json_file: JsonFile, index: int, schema: JsonFile) -> Iterator[Problem]:
    """What a resource says of its table, for readers of the descriptor alone, and the schema says otherwise."""
    for key in ("title", "description"):
        if json_file.value["resources"][index][key] != (words := schema.value[key]):
            message = f"the {key} is not that of {schema.file}, “{words}”"
            yield json_file.problem(("resources", index, key), message, "Make the two the same.")


def _integrity(root: Path, resource: Mapping[str, Any]) -> dict[str, object]:
    """The actual size and hash of a resource's file where they are not those on record."""
    try:
        with (root / resource["path"]).open("rb") as stream:
            digest = file_digest(stream, "sha256").hexdigest()
            actual = {"bytes": stream.tell(), "hash": f"sha256:{digest}"}
    except OSError:
        return {}  # The file layer says what is wrong with it.
    return {name: value for name, value in actual.items() if value != resource[name]}


def check_versions(descriptor: Descriptor) -> Iterator[Problem]:
    """The version stands in the descriptor; the citation file and the changelog repeat it for their own readers."""
    version = descriptor.package.version
    for file, form in ((CITATION_FILE, r"^version: *[\"']?([^\s\"']+)"), (CHANGELOG, r"^## \[?([0-9][^\s\]]*)")):
        path = descriptor.package.root / file
        if not path.is_file():
            continue
        foreign = _foreign(descriptor.package.root, file)
        if foreign:
            yield Problem(file, None, None, f"{file} {foreign}", _PUT)
            continue
        with path.open(encoding="utf-8", errors="replace") as stream:
            text = stream.read(_MOST_READ)
        found = re.search(form, text, re.MULTILINE)
        if found is None:
            yield Problem(file, None, None, f"names no version; datapackage.json has {version}", f"Name {version}.")
        elif found[1] != version:
            line = text.count("\n", 0, found.start()) + 1
            message = f"the version is {found[1]}, in datapackage.json it is {version}"
            yield Problem(file, line, "version", message, "Make the two the same.")
