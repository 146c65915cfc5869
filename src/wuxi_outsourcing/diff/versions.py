"""One version of the package, read as text from a folder or a git revision. Standard library only."""

import json
import subprocess
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from ..json_files import read_json
from ..package import DESCRIPTOR, EVIDENCE, Package, installed, is_installed_copy, open_package
from ..problems import Problem, Unusable
from ..provenance import citations
from ..tables import text_rows

_QUOTED = "“{quote}” ({source_id}, paragraph {paragraph}, characters {start} to {end})"
# What follows from the files, and what a report states elsewhere.
_OMITTED = {"version", "created", "resources", "name", "schema", "bytes", "hash"}


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the package: its definitions, rows and citations."""

    title: str
    """Its name and the version that it states."""
    package: Package
    definitions: Mapping[str | None, Mapping[str, str]]
    """By table, and None for the package as a whole: each part of the definition by its path."""
    rows: Mapping[str, Mapping[str, Mapping[str, str]]]
    """By table and row ID; citations are not among them."""
    quotes: Mapping[tuple[str, str, str], Mapping[str, str]]
    """By table, row ID and field: each citation, with its location, and the quote alone."""


def default_version(checkout: Path) -> Version:
    """What a folder is compared with: the installed release, or its HEAD if the code runs from a checkout."""
    root = installed().root
    if is_installed_copy(root):
        return _read(root, "installed release", f"{root}/")
    return read_version("HEAD", checkout=checkout)


def read_version(name: str | Path, *, checkout: Path) -> Version:
    """The package in a folder, or else in the git revision of that name of the checkout. Raises Unusable."""
    if isinstance(name, Path) or (name and Path(name).is_dir()):
        here = Path(name) == Path()
        return _read(Path(name), "this folder" if here else str(name), "" if here else f"{name}/")
    with TemporaryDirectory() as temporary:
        commit = _unpack(name, checkout, Path(temporary))
        return _read(Path(temporary), f"{name} ({commit[:7]})", f"{name}:")


def _read(folder: Path, title: str, prefix: str) -> Version:
    """The package in a folder. `prefix` is what problems put before the path of a file in it."""
    try:
        package = open_package(folder)
        definitions: dict[str | None, Mapping[str, str]] = {None: dict(_parts(package.descriptor))}
        for resource in package.descriptor["resources"]:
            columns = {"columns": ", ".join(package.schema(resource["name"]).names)}
            definition = resource | read_json(folder, resource["schema"]).value | columns
            definitions[resource["name"]] = dict(_parts(definition))
        rows = {table: _rows(package, table) for table in package.paths if table != EVIDENCE}
        quotes: defaultdict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
        for _, citation in citations(package):
            quotes[citation.cell][_QUOTED.format_map(asdict(citation))] = citation.quote
    except Unusable as unusable:
        problem = unusable.problem
        # A problem with the folder itself names it already.
        file = problem.file if problem.file == str(folder) else prefix + problem.file
        raise Unusable(Problem(file, problem.line, problem.column, problem.message, problem.fix)) from None
    return Version(f"{title}, version {package.version}", package, definitions, rows, quotes)


def _parts(value: object, *path: str) -> Iterator[tuple[str, str]]:
    """The texts in a definition, each with the path to it: fields and terms by name, other lists as JSON."""
    for key in ("name", "value"):
        if isinstance(value, list) and value and all(isinstance(item, dict) and key in item for item in value):
            value = {str(item[key]): {name: part for name, part in item.items() if name != key} for item in value}
    if isinstance(value, dict):
        for name, part in value.items():
            if path or name not in _OMITTED:
                yield from _parts(part, *path, name)
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
        yield ".".join(path), text


def _rows(package: Package, table: str) -> dict[str, Mapping[str, str]]:
    rows: dict[str, Mapping[str, str]] = {}
    for line, row in text_rows(package, table):
        row_id = package.schema(table).row_id(row)
        if row_id in rows:
            message, fix = f"duplicate key {row_id!r}", "Remove the row, or give it an ID of its own."
            raise Unusable(Problem(package.paths[table], line, None, message, fix))
        rows[row_id] = row
    return rows


def _unpack(revision: str, checkout: Path, folder: Path) -> str:
    """Write the package that a checkout has in a git revision to a folder, and return the commit's hash.

    The checkout and its index are not touched.
    """
    name = "" if revision.startswith("-") else revision  # git would read it as an option
    command = ["git", "archive", "--format=tar", f"{name}^{{commit}}", "--", DESCRIPTOR, "data", "schemas"]
    try:
        done = subprocess.run(command, cwd=checkout, capture_output=True, check=True)  # noqa: S603  (a list, no shell)
        with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
            return archive.pax_headers["comment"]
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip().rpartition("\n")[2].removeprefix("fatal: ")
    except (OSError, ValueError, tarfile.TarError) as error:
        reason = str(error)
    fix = "Give a folder or, in a git checkout of the package, a branch, tag or commit."
    message = f"no such folder, and no such revision of the package: {reason}"
    raise Unusable(Problem(revision, None, None, message, fix))
