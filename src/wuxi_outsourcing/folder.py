"""The package in a folder that nobody has checked yet: found, read, and held to its own folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .json_file import MAX_BYTES, read_json
from .package import DESCRIPTOR, EVIDENCE, PARAGRAPHS, SOURCES, Package, read_package
from .problem import Problem, Unusable

VALIDATE = "Run `wuxi-outsourcing validate` on the folder to see what is wrong."


def package_in(root: Path) -> Package:
    """The package in a folder.

    Raises Unusable where there is none that can be read, and where a path in it leads out of the folder.
    """
    if not (root / DESCRIPTOR).is_file():
        what = f"there is no {DESCRIPTOR} in this folder" if root.is_dir() else "no such folder"
        fix = f"Go to the folder that holds {DESCRIPTOR}, or name it with --package."
        raise Unusable(Problem(str(root), None, None, what, fix))
    with doubting(root):
        _check_paths(root)
        package = read_package(root)
        for table in (SOURCES, PARAGRAPHS, EVIDENCE):
            package.schema(table)
    return package


@contextmanager
def doubting(root: Path) -> Iterator[None]:
    """Read a package's files at their word, and raise Unusable where that leads astray."""
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        message = f"there is no package here that can be read ({error})"
        raise Unusable(Problem(str(root), None, None, message, VALIDATE)) from None


def _check_paths(root: Path) -> None:
    """Raise Unusable for a path, or a link, that leads out of the folder, and for a schema too large to be one."""
    descriptor = read_json(root, DESCRIPTOR)
    for index, resource in enumerate(descriptor.value["resources"]):
        for key in ("path", "schema"):
            if not (root / resource[key]).resolve().is_relative_to(root.resolve()):
                message = f"{resource[key]} leads out of the folder"
                raise Unusable(descriptor.problem(("resources", index, key), message, "Put the file itself there."))
        if (root / resource["schema"]).stat().st_size > MAX_BYTES:
            raise Unusable(
                Problem(resource["schema"], None, None, f"the file is over {MAX_BYTES >> 20} MiB", "Cut it.")
            )
