"""The package that a command writes into."""

from pathlib import Path

from ..folder import package_in
from ..package import DESCRIPTOR, Package
from ..problem import Problem, Unusable


def editable_package(directory: Path | None = None) -> Package:
    """The package in a folder, by default in the current one.

    Raises Unusable where there is none that can be read, where a path in it leads out of the folder, and for a
    package that came with an installation, which the next installation would overwrite.
    """
    root = directory or Path()
    if root.resolve().parts[-2:] == (__name__.partition(".")[0], "_package") and (root / DESCRIPTOR).is_file():
        fix = "Edit a checkout of the repository, and name it with --package."
        raise Unusable(Problem(str(root), None, None, "this is an installed package, which is not to be edited", fix))
    return package_in(root)
