"""Folders that one process at a time changes, and temporary ones that are removed even after a process was killed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from time import monotonic, sleep

from .problems import Problem, Unusable

try:
    import fcntl
except ModuleNotFoundError:  # Windows, where nothing is held: that files have changed is still noticed
    fcntl = None  # type: ignore[assignment]

TEMPORARY = ".wuxi-outsourcing-"
_LONGEST_WAIT, _PAUSE = 60, 0.05  # seconds


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder, so that what is read in it is still true when it is written.

    Another process waits meanwhile. The system lets go of the folder when a process ends, however it ends. Raises
    Unusable where another process holds it for a minute.
    """
    try:
        lock = _hold(folder, _LONGEST_WAIT)
    except BlockingIOError:
        message, fix = "another process is changing this folder", "Wait until it has ended, and run the command again."
        raise Unusable(Problem(str(folder), None, None, message, fix)) from None
    try:
        yield
    finally:
        _let_go(lock)


@contextmanager
def temporary_folder(parent: Path) -> Iterator[Path]:
    """A folder inside another, for what is moved away once it is whole. It is removed at the end. Raises OSError."""
    remove_leftovers(parent)
    folder = Path(mkdtemp(prefix=TEMPORARY, dir=parent))
    lock = None
    try:
        # The folder stays empty until it is held, so that no other process removes it as a leftover.
        lock = _hold(folder, _LONGEST_WAIT)
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)
        _let_go(lock)


def remove_leftovers(parent: Path) -> None:
    """Remove the temporary folders of processes that were killed: those with content that no process holds."""
    for path in parent.glob(f"{TEMPORARY}*"):
        if path.is_symlink():
            continue
        try:
            lock = _hold(path)
        except OSError:  # a process holds it or has just removed it, or it is somebody else's
            continue
        if lock is not None and any(path.iterdir()):
            rmtree(path, ignore_errors=True)
        _let_go(lock)


def _hold(folder: Path, seconds: float = 0) -> int | None:
    """Hold a folder until what is returned is let go of; None where the system or the disk has no such locks.

    Raises BlockingIOError where another process still holds it after some seconds.
    """
    if fcntl is None:
        return None
    end = monotonic() + seconds
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > end:
                os.close(descriptor)
                raise
            sleep(_PAUSE)
        except OSError:
            os.close(descriptor)
            return None
        else:
            return descriptor


def _let_go(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
