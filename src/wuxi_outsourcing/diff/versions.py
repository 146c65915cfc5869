"""One version of the package, read as text from a folder or a git revision. Standard library only."""

import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..json_files import read_json
from ..package import DESCRIPTOR, EVIDENCE, Package, installed, is_installed_copy, open_package
from ..problems import Problem, Unusable
from ..table_schemas import malformed
from ..tables import text_rows

Row = Mapping[str, str]
Cell = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the package: its definitions as JSON, its rows by ID, and the citations of each cell."""

    title: str
    package: Package
    definitions: Mapping[str, Mapping[str, Any]]
    """By table: the resource and the table schema in one."""
    rows: Mapping[str, Mapping[str, Row]]
    """By table and row ID."""
    citations: Mapping[Cell, Mapping[str, str]]
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
    definitions: dict[str, Mapping[str, Any]] = {}
    rows: dict[str, Mapping[str, Row]] = {}
    citations: dict[Cell, dict[str, str]] = {}
    try:
        package = open_package(folder)
        for resource in package.descriptor["resources"]:
            table, schema = resource["name"], read_json(folder, resource["schema"])
            definitions[table] = resource | schema.value
            try:
                rows[table] = _rows(package, table)
                for row in rows[table].values() if table == EVIDENCE else ():
                    quoted = "“{quote}” ({source_id}, paragraph {paragraph}, characters {start} to {end})"
                    cell = row["table"], row["row_id"], row["field"]
                    citations.setdefault(cell, {})[quoted.format_map(row)] = row["quote"]
            except KeyError as error:
                raise Unusable(malformed(schema, error)) from None
    except Unusable as unusable:
        problem = unusable.problem
        # A problem with the folder itself names it already.
        file = problem.file if problem.file == str(folder) else prefix + problem.file
        raise Unusable(Problem(file, problem.line, problem.column, problem.message, problem.fix)) from None
    return Version(title, package, definitions, rows, citations)


def _rows(package: Package, table: str) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for line, row in text_rows(package, table):
        row_id = package.schema(table).row_id(row)
        if row_id in rows:
            message, fix = f"duplicate key {row_id!r}", "Remove the row, or give it an ID of its own."
            raise Unusable(Problem(package.paths[table], line, None, message, fix))
        rows[row_id] = row
    return rows


def _unpack(revision: str, folder: Path) -> str:
    """Write the package that the current folder has in a git revision to a folder, and return the commit's hash.

    The checkout and its index are not touched. Only regular files of `datapackage.json`, `data/` and `schemas/`.
    """
    # No name of a revision begins with a hyphen, and git would take it for an option.
    name = revision if revision[:1] != "-" else ""
    commit = _git(revision, "no such folder, and no such revision", "rev-parse", "--verify", f"{name}^{{commit}}")
    if not re.fullmatch("[0-9a-f]{40,64}", commit):
        raise _unusable(revision, "no such folder, and no such revision")
    archive = folder / "revision.tar"
    paths = (DESCRIPTOR, "data", "schemas")
    _git(revision, "cannot be unpacked", "archive", "--format=tar", f"--output={archive}", commit, "--", *paths)
    try:
        with tarfile.open(archive) as members:
            members.extractall(folder, (member for member in members if member.isfile()), filter="data")
    except (tarfile.TarError, OSError) as error:
        raise _unusable(revision, f"cannot be unpacked: {error}") from None
    return commit


def _git(revision: str, failure: str, *arguments: str) -> str:
    # Reading takes no lock, fetches nothing where a partial clone lacks an object, and waits for no password.
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(  # noqa: S603  (a list, no shell)
            [shutil.which("git") or "git", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            env=os.environ | quiet,
        )
    except (OSError, ValueError) as error:
        raise _unusable(revision, f"no such folder, and git cannot be asked for it: {error}") from None
    if done.returncode:
        reason = done.stderr.strip().rpartition("\n")[2].removeprefix("fatal: ")
        raise _unusable(revision, f"{failure}: {reason}")
    return done.stdout.strip()


def _unusable(revision: str, message: str) -> Unusable:
    fix = "Give a folder or, in a git checkout of the package, a branch, tag or commit."
    return Unusable(Problem(revision, None, None, message, fix))
