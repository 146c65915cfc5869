"""A new file or folder that is there whole, or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..problem import Problem, Unusable


@contextmanager
def placed(target: Path) -> Iterator[Path]:
    """A path to make a file or a folder at, which is then put in the place of `target`, where nothing may be yet.

    It is written aside, on the same disk, so that nobody ever finds half of it; whatever ends the writing, the rest is
    cleared away. Raises Unusable.
    """
    try:
        _expect_nothing(target)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-", ignore_cleanup_errors=True) as folder:
            aside = Path(folder) / target.name
            yield aside
            _flush(aside)
            _move(aside, target)
    except FileExistsError:
        fix = "Remove it, or name another place."
        raise Unusable(Problem(str(target), None, None, "there is something here already", fix)) from None
    except OSError as error:
        fix = "Make room, or name a place in a folder that you can write to."
        if not os.path.lexists(target.parent):
            fix = f"Make the folder {target.parent} first, or name a place in another."
        message = f"can't be written: {error.strerror or error}; nothing was left behind"
        raise Unusable(Problem(str(target), None, None, message, fix)) from None


def _flush(path: Path) -> None:
    """See to it that a disk that is full says so now."""
    for each in [path, *path.rglob("*")]:
        if each.is_file():
            with each.open("rb+") as stream:
                os.fsync(stream.fileno())


def _move(path: Path, target: Path) -> None:
    """Rename, but never onto something that has come to be there in the meantime."""
    if path.is_dir():
        path.rename(target)  # fails for a file, and for a folder that holds anything
        return
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except OSError:
        # The file system has no links.
        _expect_nothing(target)
        path.rename(target)


def _expect_nothing(target: Path) -> None:
    if os.path.lexists(target):
        raise FileExistsError
