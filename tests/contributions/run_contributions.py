"""Make contributions to clones of the repository, and run its tests there: run_contributions.py [KIND ...].

What the contribution invites, the tests must accept: they stay green with no test, document or Python file touched.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from contribution_kinds import CONTRIBUTIONS, Clone

from support import ROOT

ALLOWED = ("data/", "schemas/", "datapackage.json")


def contribute(kind: str, folder: Path) -> Clone:
    """A clone of the repository as it is now, with a contribution that is not committed yet."""
    clone = Clone(folder / "clone")
    for name in _git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (clone.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, clone.root / name)
    _git(clone.root, "init", "--quiet", "--initial-branch", "main")
    _git(clone.root, "add", "--all")
    _git(clone.root, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "Clone")
    CONTRIBUTIONS[kind](clone)
    return clone


def touched(clone: Clone) -> list[str]:
    """The files that the contribution adds, changes or removes."""
    return [line[3:] for line in _git(clone.root, "status", "--porcelain", "--untracked-files=all").splitlines()]


def run_tests(clone: Clone, *arguments: str) -> tuple[bool, str]:
    """Whether the tests of the clone accept the contribution, and what they print."""
    clone.run("validate", ".", "--allow-stale")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(
        command, cwd=clone.root, env=clone.environment, check=False, capture_output=True, encoding="utf-8"
    )
    return done.returncode == 0, done.stdout + done.stderr


def main() -> int:
    """Try the kinds named, or all."""
    refused = []
    for kind in sys.argv[1:] or CONTRIBUTIONS:
        with TemporaryDirectory() as folder:
            clone = contribute(kind, Path(folder))
            elsewhere = [file for file in touched(clone) if not file.startswith(ALLOWED)]
            accepted, output = run_tests(clone, "--ignore=tests/contributions")
        if elsewhere or not accepted:
            refused.append(kind)
            print(output, *elsewhere, sep="\n")
        print(f"{kind}: {'refused' if kind in refused else 'accepted'}", flush=True)
    return int(bool(refused))


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, encoding="utf-8").stdout


if __name__ == "__main__":
    sys.exit(main())
