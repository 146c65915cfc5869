"""The package that a command writes into: found, and held to its own folder."""

from pathlib import Path

from ..json_file import MAX_BYTES, read_json
from ..package import DESCRIPTOR, EVIDENCE, PARAGRAPHS, SOURCES, Package, read_package
from ..problem import Problem, Unusable


def editable_package(directory: Path | None = None) -> Package:
    """The package in a folder, by default in the current one.

    Raises Unusable where there is none that can be read, where a path in it leads out of the folder, and for a
    package that came with an installation, which the next installation would overwrite.
    """
    root = directory or Path()
    if not (root / DESCRIPTOR).is_file():
        what = f"there is no {DESCRIPTOR} in this folder" if root.is_dir() else "no such folder"
        fix = f"Go to the folder that holds {DESCRIPTOR}, or name it with --package."
        raise Unusable(Problem(str(root), None, None, what, fix))
    if root.resolve().parts[-2:] == (__name__.partition(".")[0], "_package"):
        fix = "Edit a checkout of the repository, and name it with --package."
        raise Unusable(Problem(str(root), None, None, "this is an installed package, which is not to be edited", fix))
    try:
        _check_paths(root)
        package = read_package(root)
        for table in (SOURCES, PARAGRAPHS, EVIDENCE):
            package.schema(table)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        message = f"there is no package here that can be read ({error})"
        fix = "Run `wuxi-outsourcing validate` on the folder to see what is wrong."
        raise Unusable(Problem(str(root), None, None, message, fix)) from None
    return package


def _check_paths(root: Path) -> None:
    """Raise Unusable for a path, or a link, that leads out of the folder, and for a schema too large to be one."""
    descriptor = read_json(root, DESCRIPTOR)
    for index, resource in enumerate(descriptor.value["resources"]):
        for key in ("path", "schema"):
            if not (root / resource[key]).resolve().is_relative_to(root.resolve()):
                message = f"{resource[key]} leads out of the folder"
                raise Unusable(descriptor.problem(("resources", index, key), message, "Put the file itself there."))
        if (root / resource["schema"]).stat().st_size > MAX_BYTES:
            raise Unusable(Problem(resource["schema"], None, None, "the file is over 4 MiB", "Cut it."))
