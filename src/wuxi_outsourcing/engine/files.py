"""Files of a package: held to its folder, read with a limit, written whole or not at all."""

import errno
import os
import stat
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from .folders import temporary_folder
from .problems import Problem, Unusable

BOM = "\ufeff"
_EXAMPLE = "Write the path of a file in the folder, such as data/parks.csv."


def location_fault(root: Path, file: object) -> tuple[str, str] | None:
    """Why a path in a descriptor is not that of a file inside the package, as message and fix; None if it is."""
    if not isinstance(file, str) or not file:
        return "the path is not a text", _EXAMPLE
    path = Path(file)
    has_special_character = any(character in file for character in "\\\0:")
    if path.is_absolute() or ".." in path.parts or has_special_character:
        return f"{file} points outside the package", _EXAMPLE
    whole = root / path
    folders_inside = whole.parents[: len(path.parts) - 1]
    if not any(step.is_symlink() for step in (whole, *folders_inside)):
        return None
    if _resolves_inside(root, whole):
        return None
    return f"{file} is a link that points outside the package", "Put the file itself there."


def read_bytes(path: Path, file: str, *, limit: int, missing: str, named_by_user: bool = False) -> bytes:
    """The content of a file of at most `limit` bytes.

    `file` is what problems call it, `missing` the fix where there is none. A file of a package is a regular file: a
    named pipe would be waited for without end. One that the user names may be a pipe, as in `<(…)`. Raises Unusable.
    """
    try:
        with open(path, "rb", opener=None if named_by_user else _open_regular) as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise Unusable(Problem(file, None, None, "no such file", missing)) from None
    except (OSError, ValueError) as error:
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise Unusable(Problem(file, None, None, message, "Put a readable file there.")) from None
    if len(data) > limit:
        raise Unusable(Problem(file, None, None, f"the file is over {limit >> 20} MiB", "Make it smaller."))
    return data


def _open_regular(path: str, flags: int) -> int:
    """Open a regular file, without waiting for whoever would write into a pipe. Raises OSError for another file."""
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # which Windows does not have
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is no regular file")
    return descriptor


def decode(data: bytes, file: str) -> str:
    """Bytes as text, which must be UTF-8; a byte order mark is kept. Raises Unusable with the line."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    message, fix = "the file is not UTF-8", "Save the file as UTF-8 (in Excel: CSV UTF-8)."
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "the file is UTF-16, not UTF-8"
    elif "\ufffd" not in data.decode("gb18030", "replace"):
        message = "the file is not UTF-8; it reads as GBK (GB18030), which Chinese Excel writes"
        if file.endswith(".csv"):
            fix = "Run `wuxi-outsourcing format --from-encoding gb18030`, or save the file as UTF-8."
    raise Unusable(Problem(file, line, None, message, fix))


def write_files(root: Path, files: Mapping[str, bytes], read: Mapping[str, str]) -> None:
    """Give files of the folder new content. Raises Unusable, with every file as it was.

    `read` has the SHA-256 of those that the content was made from: one that somebody has changed since then is not
    overwritten. The content is written to a temporary folder first, so that a full disk is noticed before anything is
    replaced. A link is not followed out of the folder.
    """
    file = str(root)
    try:
        with temporary_folder(root) as folder:
            new = {file: folder / str(number) for number, file in enumerate(files)}
            for file, data in files.items():
                if not _may_be_written(root, file):
                    raise PermissionError(0, "it is write-protected, a folder or outside the package")
                old = root / file
                new[file].write_bytes(data)
                new[file].chmod(old.stat().st_mode if old.exists() else 0o644)
            for file in files:
                if file in read and read[file] != digest((root / file).read_bytes()):
                    message = "the file has changed since it was read; nothing was written"
                    raise Unusable(Problem(file, None, None, message, "Run the command again."))
            for file in files:
                new[file].replace((root / file).resolve())
    except (OSError, RuntimeError) as error:
        message = f"cannot be written: {getattr(error, 'strerror', None) or error}"
        fix = "Free some space or make it writable, and run the command again."
        raise Unusable(Problem(file, None, None, message, fix)) from None


def digest(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def _resolves_inside(root: Path, path: Path) -> bool:
    """Whether a path leads into a folder, once its links are followed."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a circle of links
        return False


def _may_be_written(root: Path, file: str) -> bool:
    """Whether a file can be replaced, or made, in its folder."""
    path = (root / file).resolve()
    if location_fault(root, file) or path.is_dir() or not os.access(path.parent, os.W_OK):
        return False
    return not path.exists() or os.access(path, os.W_OK)
