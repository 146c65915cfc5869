"""The folder that a command acts on, named to whoever runs it."""

import sys
from pathlib import Path

from ..opening import package_directory
from ..problems import visible


def folder_of(named: Path | None) -> Path:
    """The folder that is named, or the one that the command finds, which it names on the error stream.

    The current folder needs no naming.
    """
    folder = package_directory(named)
    if named is None and folder != Path():
        print(visible(f"package: {folder}"), file=sys.stderr)
    return folder
