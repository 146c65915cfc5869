"""Zip files that are the same bytes whoever makes them, when and where."""

import time
import zipfile
from collections.abc import Mapping
from pathlib import Path


def write_zip(path: Path, files: Mapping[str, Path], epoch: int) -> None:
    """Write a zip file with the files under the given names.

    They are sorted, and all have one mode and one time, in seconds since 1970.
    """
    date_time = time.gmtime(epoch)[:6]
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time)
            entry.create_system = 3  # Unix, on every system
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name].read_bytes(), zipfile.ZIP_DEFLATED, 9)


def files_in(folder: Path, prefix: str = "") -> dict[str, Path]:
    """Every file of a folder, by the prefix and its path in the folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {f"{prefix}{file.relative_to(folder).as_posix()}": file for file in files}
