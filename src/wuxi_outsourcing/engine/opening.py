"""Which package a command or function works on: that of a folder, or the installed one."""

from functools import cache
from pathlib import Path

from .package import DESCRIPTOR, EVIDENCE, PARAGRAPHS, SOURCES, Package
from .problems import Problem, Unusable

# The Python package that the engine is a part of.
_PRODUCT = Path(__file__).parents[1]


@cache
def installed() -> Package:
    """The package that came with this code: the files in the wheel, or those of the checkout it runs from."""
    return Package(_installed_root())


def open_package(directory: str | Path | None = None) -> Package:
    """The package in a folder, or the installed one: the one way in which every command and function opens one.

    Raises Unusable where there is none that can be read.
    """
    if directory is None:
        return installed()
    package = Package(directory)
    package.version  # noqa: B018  (read for its fault)
    for table in (SOURCES, PARAGRAPHS, EVIDENCE, *package.paths):
        if table not in package.paths:
            fix = f"Add the resource {table} to {DESCRIPTOR}, or restore it from an earlier version."
            raise Unusable(Problem(DESCRIPTOR, None, "resources", f"there is no table {table}", fix))
        package.schema(table)
    return package


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


def is_installed_copy(root: Path) -> bool:
    """Whether a folder is the package inside an installation, which the next installation overwrites."""
    return root.resolve() == (_PRODUCT / "_package").resolve()


def _holds_cited_package(folder: Path) -> bool:
    """Whether a folder has the descriptor of a cited package, complete or not.

    A descriptor that cannot be read, or that lacks some of the tables of provenance, counts: its problem is reported
    then. One that has neither paragraphs nor evidence is that of another data package.
    """
    if not (folder / DESCRIPTOR).is_file():
        return False
    try:
        descriptor = Package(folder).descriptor
    except Unusable:
        return True
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list):
        return True
    names = [resource.get("name") for resource in resources if isinstance(resource, dict)]
    return PARAGRAPHS in names or EVIDENCE in names


def _installed_root() -> Path:
    bundled = _PRODUCT / "_package"
    return bundled if bundled.is_dir() else _PRODUCT.parents[1]
