"""What a contribution invites, the tests must accept: they stay green with no test, document or Python file touched.

`make contributions`, nightly, makes each kind to a clone of the repository as it is now, and runs all tests there.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from contribution_kinds import CONTRIBUTIONS, Clone

from support import ROOT

ALLOWED = ("data/", "schemas/", "datapackage.json")


@pytest.mark.slow
@pytest.mark.parametrize("kind", CONTRIBUTIONS)
def test_contribution_is_accepted(kind: str, tmp_path: Path) -> None:
    """Catches a test, document or Python file that hangs on a cell, a row, a term, an article or a table."""
    clone = Clone(tmp_path / "clone")
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (clone.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, clone.root / name)
    git(clone.root, "init", "--quiet", "--initial-branch", "main")
    git(clone.root, "add", "--all")
    git(clone.root, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "Clone")
    CONTRIBUTIONS[kind](clone)
    touched = [line[3:] for line in git(clone.root, "status", "--porcelain", "--untracked-files=all").splitlines()]
    assert touched
    assert all(file.startswith(ALLOWED) for file in touched), touched
    clone.run("validate", ".", "--allow-stale")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, cwd=clone.root, env=clone.environment, check=False, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, encoding="utf-8").stdout
