"""Archives and checksums that are the same bytes whoever makes them, when and where."""

import time
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

SUMS = "SHA256SUMS"


def write_zip(path: Path, files: Mapping[str, Path], epoch: int) -> None:
    """Write a zip file with the files under the given names: sorted, of one time (seconds since 1970) and one mode."""
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, time.gmtime(epoch)[:6])
            entry.create_system = 3  # Unix, on every system
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name].read_bytes(), zipfile.ZIP_DEFLATED, 9)


def files_in(folder: Path, prefix: str = "") -> dict[str, Path]:
    """Every file of a folder, by its path in there behind the prefix."""
    return {prefix + path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of each file of a folder into it, as `sha256sum --check SHA256SUMS` reads it."""
    sums = {name: sha256(path.read_bytes()).hexdigest() for name, path in files_in(folder).items()}
    lines = [f"{sums[name]}  {name}\n" for name in sorted(sums)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
