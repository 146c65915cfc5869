"""Several files, written so that all of them are as they should be, or all as they were."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from ..problem import Problem, Unusable


def replace_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Give each file in the folder its new content.

    The new content is written aside first, so that a full disk is noticed before anything is touched; then each is
    put in place, and put back if one of them can't be. Raises Unusable, with everything as it was.
    """
    with ExitStack() as cleaning:
        ready: list[tuple[str, Path, Path, Path]] = []
        for file, data in files.items():
            try:
                path = _inside(root, file)
                ready.append((file, path, _aside(path, data, cleaning), _kept(path, cleaning)))
            except OSError as error:
                raise Unusable(_unwritable(file, error)) from None
        done: list[tuple[Path, Path]] = []
        for file, path, new, old in ready:
            try:
                new.replace(path)
            except BaseException as error:
                for other, kept in done:
                    kept.replace(other)
                if isinstance(error, OSError):
                    raise Unusable(_unwritable(file, error)) from None
                raise
            done.append((path, old))


def _inside(root: Path, file: str) -> Path:
    """The file itself, where a link leads to it, if that is inside the folder and may be written."""
    path = (root / file).resolve()
    if not path.is_relative_to(root.resolve()):
        raise PermissionError(0, "it lies outside the folder")
    if not os.access(path, os.W_OK):
        raise PermissionError(0, "it is write-protected")
    return path


def _aside(path: Path, data: bytes, cleaning: ExitStack) -> Path:
    """A file beside the other, with the new content and the old permissions."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    cleaning.callback(_remove, Path(name))
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    shutil.copymode(path, name)
    return Path(name)


def _kept(path: Path, cleaning: ExitStack) -> Path:
    """The old content under another name, by a link where the file system has them, since that takes no room."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".old")
    os.close(handle)
    cleaning.callback(_remove, Path(name))
    try:
        Path(name).unlink()
        os.link(path, name)
    except OSError:
        shutil.copy2(path, name)
    return Path(name)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _unwritable(file: str, error: OSError) -> Problem:
    message = f"can't be written: {error.strerror}; nothing was changed"
    return Problem(file, None, None, message, "Make room or make it writable, and run the command again.")
