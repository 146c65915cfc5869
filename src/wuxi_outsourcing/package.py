"""A data package in a folder: its descriptor and table schemas as values.

Standard library only. Descriptor and schemas are read strictly, but not checked: `validation` does that.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from .files import location_fault
from .json_files import Json, JsonFile, read_json
from .problems import Problem, UnknownName, Unusable
from .table_schemas import TableSchema, malformed, table_schema

DESCRIPTOR = "datapackage.json"
# The tables that provenance knows by name.
SOURCES, PARAGRAPHS, EVIDENCE, CORROBORATIONS = "sources", "paragraphs", "evidence", "corroborations"


class Package:
    """A data package in a folder. Its schemas are read when they are first asked for, but for those that are given.

    `paths` are the CSVs by table, and `schema_files` their schemas, as the descriptor names them.
    """

    def __init__(self, root: Path, json_file: JsonFile, schemas: Mapping[str, TableSchema] | None = None) -> None:
        """Take the parts from the descriptor. Raises Unusable for one without the structure of a data package."""
        self.root, self.json_file, self._schemas = root, json_file, dict(schemas or {})
        self.descriptor: Mapping[str, Json] = json_file.value
        try:
            self.version = str(self.descriptor["version"])
            resources = self.descriptor["resources"]
            self.paths: Mapping[str, str] = {resource["name"]: resource["path"] for resource in resources}
            self.schema_files: Mapping[str, str] = {resource["name"]: resource["schema"] for resource in resources}
            ", ".join(self.paths)  # names are text
        except (LookupError, TypeError, AttributeError) as error:
            raise Unusable(malformed(json_file, error)) from None
        for index, resource in enumerate(resources):
            for key in ("path", "schema"):
                if fault := location_fault(root, resource[key]):
                    raise Unusable(json_file.problem(("resources", index, key), *fault))

    @property
    def schemas(self) -> Mapping[str, TableSchema]:
        """The schema of each table, in the order of the descriptor. Raises Unusable."""
        return {table: self.schema(table) for table in self.paths}

    def schema(self, table: str) -> TableSchema:
        """The table's schema. Raises UnknownName, and Unusable for one that cannot be read."""
        if table not in self.paths:
            raise UnknownName("table", table, self.paths)
        if table not in self._schemas:
            self._schemas[table] = table_schema(table, read_json(self.root, self.schema_files[table]))
        return self._schemas[table]

    def path(self, table: str) -> Path:
        """The CSV's path. Raises UnknownName."""
        if table not in self.paths:
            raise UnknownName("table", table, self.paths)
        return self.root / self.paths[table]


@cache
def installed() -> Package:
    """The package that came with this code: the files in the wheel, or those of the checkout it runs from."""
    root = _installed_root()
    return Package(root, read_descriptor(root))


def open_package(directory: str | Path | None = None) -> Package:
    """The package in a folder, or the installed one: the one way in which every command and function opens one.

    Raises Unusable where there is none that can be read.
    """
    if directory is None:
        return installed()
    package = Package(Path(directory), read_descriptor(Path(directory)))
    for table in (SOURCES, PARAGRAPHS, EVIDENCE, *package.paths):
        if table not in package.paths:
            fix = f"Add the resource {table} to {DESCRIPTOR}, or restore it from an earlier version."
            raise Unusable(Problem(DESCRIPTOR, None, "resources", f"there is no table {table}", fix))
        package.schema(table)
    return package


def read_descriptor(root: Path) -> JsonFile:
    """The descriptor in a folder. Raises Unusable where there is none that can be read."""
    if not (root / DESCRIPTOR).is_file():
        message = f"there is no {DESCRIPTOR} in this folder" if root.is_dir() else "no such folder"
        fix = f"Go to the folder that holds {DESCRIPTOR}, or name it."
        raise Unusable(Problem(str(root), None, None, message, fix))
    if fault := location_fault(root, DESCRIPTOR):
        raise Unusable(Problem(DESCRIPTOR, None, None, *fault))
    return read_json(root, DESCRIPTOR)


def package_directory(named: Path | None = None) -> Path:
    """The folder that a command acts on.

    It is the one named; else this folder or its nearest parent that holds a cited package; else the installed one.
    """
    if named is not None:
        return named
    return enclosing_package() or _installed_root()


def enclosing_package() -> Path | None:
    """The current folder, as an empty path, or its nearest parent that holds a cited package."""
    if _holds_cited_package(Path()):
        return Path()
    for parent in Path.cwd().parents:
        if _holds_cited_package(parent):
            return parent
    return None


def _holds_cited_package(folder: Path) -> bool:
    """Whether a folder has the descriptor of a cited package, complete or not.

    A descriptor that cannot be read, or that lacks some of the tables of provenance, counts: its problem is reported
    then. One that has neither paragraphs nor evidence is that of another data package.
    """
    if not (folder / DESCRIPTOR).is_file():
        return False
    try:
        descriptor = read_descriptor(folder).value
    except Unusable:
        return True
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list):
        return True
    names = [resource.get("name") for resource in resources if isinstance(resource, dict)]
    return PARAGRAPHS in names or EVIDENCE in names


def is_installed_copy(root: Path) -> bool:
    """Whether a folder is the package inside an installation, which the next installation overwrites."""
    return root.resolve() == (Path(__file__).parent / "_package").resolve()


def _installed_root() -> Path:
    here = Path(__file__).parent
    bundled = here / "_package"
    return bundled if bundled.is_dir() else here.parents[1]
