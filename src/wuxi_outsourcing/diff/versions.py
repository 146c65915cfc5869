"""One version of the package, read as text from a folder or a git revision. Standard library only."""

import os
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..json_files import read_json
from ..package import DESCRIPTOR, Package, installed, is_installed_copy, open_package
from ..problems import Problem, Unusable
from ..provenance import citations
from ..tables import text_rows

_QUOTED = "“{quote}” ({source_id}, paragraph {paragraph}, characters {start} to {end})"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the package: its definitions as JSON, its rows by ID, and the citations of each cell."""

    title: str
    package: Package
    definitions: Mapping[str, Mapping[str, Any]]
    """By table: the resource and the table schema in one."""
    rows: Mapping[str, Mapping[str, Mapping[str, str]]]
    """By table and row ID."""
    citations: Mapping[tuple[str, str, str], Mapping[str, str]]
    """By table, row ID and field: each citation, with its location, and the quote alone."""


def default_version() -> Version:
    """What the current folder is compared with: the installed release, or HEAD if the code runs from a checkout."""
    root = installed().root
    return _read(root, "installed release", f"{root}/") if is_installed_copy(root) else read_version("HEAD")


def read_version(name: str | Path) -> Version:
    """The package in a folder, or else in the git revision of that name. Raises Unusable."""
    if isinstance(name, Path) or (name and Path(name).is_dir()):
        here = Path(name) == Path()
        return _read(Path(name), "this folder" if here else str(name), "" if here else f"{name}/")
    with TemporaryDirectory() as temporary:
        commit = _unpack(name, Path(temporary))
        title = name if commit.startswith(name) else f"{name} ({commit[:7]})"
        return _read(Path(temporary), title, f"{name}:")


def _read(folder: Path, title: str, prefix: str) -> Version:
    """The package in a folder. `prefix` is what problems put before the path of a file in it."""
    try:
        package = open_package(folder)
        rows = {table: _rows(package, table) for table in package.paths}
        definitions = {
            resource["name"]: resource
            | read_json(folder, resource["schema"]).value
            | {"primaryKey": list(package.schema(resource["name"]).primary_key)}
            for resource in package.descriptor["resources"]
        }
        by_cell: dict[tuple[str, str, str], dict[str, str]] = {}
        for _, citation in citations(package):
            by_cell.setdefault(citation.cell, {})[_QUOTED.format_map(asdict(citation))] = citation.quote
    except Unusable as unusable:
        problem = unusable.problem
        # A problem with the folder itself names it already.
        file = problem.file if problem.file == str(folder) else prefix + problem.file
        raise Unusable(Problem(file, problem.line, problem.column, problem.message, problem.fix)) from None
    return Version(title, package, definitions, rows, by_cell)


def _rows(package: Package, table: str) -> dict[str, Mapping[str, str]]:
    rows: dict[str, Mapping[str, str]] = {}
    for line, row in text_rows(package, table):
        row_id = package.schema(table).row_id(row)
        if rows.setdefault(row_id, row) is not row:
            message, fix = f"duplicate key {row_id!r}", "Remove the row, or give it an ID of its own."
            raise Unusable(Problem(package.paths[table], line, None, message, fix))
    return rows


def _unpack(revision: str, folder: Path) -> str:
    """Write the package that the current folder has in a git revision to a folder, and return the commit's hash.

    The checkout and its index are not touched.
    """
    name = "" if revision.startswith("-") else revision  # git would read it as an option
    command = ["git", "archive", "--format=tar", f"{name}^{{commit}}", "--", DESCRIPTOR, "data", "schemas"]
    # Reading takes no lock, fetches nothing where a partial clone lacks an object, and waits for no password.
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(  # noqa: S603  (a list, no shell)
            command, stdin=subprocess.DEVNULL, capture_output=True, check=True, env=os.environ | quiet
        )
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
