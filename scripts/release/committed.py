"""The repository as it is committed: what git says of it, and its files in a folder of their own."""

import io
import subprocess
import tarfile
from pathlib import Path

from localized_package import ROOT


def git(*arguments: str) -> bytes:
    """The output of a git command, whose errors go to the standard error of this process."""
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout


def extract_commit(folder: Path) -> None:
    """Write the files of the last commit into a new folder."""
    archive = git("archive", "--format=tar", "HEAD")
    with tarfile.open(fileobj=io.BytesIO(archive)) as commit:
        commit.extractall(folder, filter="data")
