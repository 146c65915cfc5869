"""One version of the package, read as text from a folder or a git revision. Standard library only."""

import subprocess
import tarfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from ..csv_files import line_of
from ..opening import installed, is_installed_copy, open_package
from ..package import DESCRIPTOR, EVIDENCE, Package
from ..problems import Problem, Unusable

Rows = Mapping[str, Mapping[str, str]]
"""The rows of a table by ID, each with its cells by column."""
Quotes = Mapping[tuple[str, str, str], list[str]]
"""By table, row ID and field: the quotes behind the cell, each with its location."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the package: its rows and citations."""

    title: str
    """Its name and the version that it states."""
    package: Package
    rows: Mapping[str, Rows]
    """By table; citations are not among them."""
    quotes: Quotes
    """By the field that is quoted. `Package.cells` would leave out a cell that was emptied and shares a quote."""

    def table_rows(self, table: str) -> Rows:
        """The rows of a table; none where there is no such table."""
        return self.rows.get(table, {})

    def cell(self, table: str, row_id: str, field: str) -> str | None:
        """A cell: None where there is no such row, an empty text where the row has no such field."""
        row = self.table_rows(table).get(row_id)
        return None if row is None else row.get(field, "")

    def cell_quotes(self, table: str, row_id: str, quoted_field: str) -> list[str]:
        """The quotes that are on record for a field of a row."""
        return self.quotes.get((table, row_id, quoted_field), [])


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
        rows = {table: _rows(package, table) for table in package.paths if table != EVIDENCE}
        quotes = _quotes(package)
    except Unusable as unusable:
        problem = unusable.problem
        # A problem with the folder itself names it already.
        file = problem.file if problem.file == str(folder) else prefix + problem.file
        raise Unusable(Problem(file, problem.line, problem.column, problem.message, problem.fix)) from None
    return Version(f"{title}, version {package.version}", package, rows, quotes)


def _rows(package: Package, table: str) -> Rows:
    rows: dict[str, Mapping[str, str]] = {}
    for index, row in enumerate(package.text_rows(table)):
        row_id = package.schema(table).row_id(row)
        if row_id in rows:
            message = f"duplicate key {row_id!r}"
            fix = "Remove the row, or give it an ID of its own."
            raise Unusable(Problem(package.paths[table], line_of(index), None, message, fix))
        rows[row_id] = row
    return rows


def _quotes(package: Package) -> Quotes:
    quotes: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for citation in package.citations():
        characters = f"characters {citation.start} to {citation.end}"
        location = f"{citation.source_id}, paragraph {citation.paragraph}, {characters}"
        quotes[citation.cell].append(f"“{citation.quote}” ({location})")
    return quotes


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
