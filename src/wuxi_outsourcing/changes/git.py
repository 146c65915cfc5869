"""The files of a git revision, read from its objects: the checkout and its index are never touched."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass

from ..problem import Problem, Unusable

_COMMIT = re.compile(r"[0-9a-f]{40,64}")


@dataclass(frozen=True, slots=True)
class Revision:
    """The current folder as a commit has it. `prefix` is where that folder is in its repository."""

    name: str
    commit: str
    prefix: str

    @property
    def label(self) -> str:
        """How a report calls it."""
        return self.name if self.commit.startswith(self.name) else f"{self.name} ({self.commit[:7]})"

    def place(self, file: str) -> str:
        """How a problem names a file of the revision: as git does."""
        return f"{self.name}:{file}"

    def read(self, file: str, limit: int) -> bytes | None:
        """The file's first bytes, up to one more than `limit`; None if the revision has no such file."""
        # A commit's hash comes first, so that no name of a file is ever taken for an option.
        command = [_git(self.name), "cat-file", "blob", f"{self.commit}:{self.prefix}{file}"]
        with subprocess.Popen(  # noqa: S603  (a list, no shell)
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        ) as process:
            assert process.stdout
            data = process.stdout.read(limit + 1)
            if len(data) > limit:
                process.kill()
                return data
        return data if process.returncode == 0 else None


def revision(name: str) -> Revision:
    """The revision of that name in the current folder's repository. Raises Unusable."""
    prefix = _run(name, "rev-parse", "--show-prefix")
    if prefix.returncode:
        message = f"no such folder, and no revision either: {_last_line(prefix.stderr) or 'this is no git checkout'}"
        raise Unusable(Problem(name, None, None, message, "Give a folder, or run it in a git checkout of the package."))
    # No name of a revision begins so, and git would take it for an option.
    found = None if name.startswith("-") else _run(name, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    commit = found.stdout.strip() if found and found.returncode == 0 else ""
    if not _COMMIT.fullmatch(commit):
        message = "no such folder, and no such revision in this git repository"
        raise Unusable(Problem(name, None, None, message, "Give a folder, or a branch, tag or commit that is there."))
    return Revision(name, commit, prefix.stdout.removesuffix("\n"))


def _run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603  (a list, no shell)
            [_git(name), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="surrogateescape",
            env=_environment(),
        )
    except (OSError, ValueError) as error:
        message = f"no such folder, and git can't be asked for it: {error}"
        raise Unusable(Problem(name, None, None, message, "Give a folder, or a revision.")) from None


def _git(name: str) -> str:
    path = shutil.which("git")
    if path is None:
        message = "no such folder, and git, which could know it as a revision, is not installed"
        raise Unusable(Problem(name, None, None, message, "Give a folder, or install git."))
    return path


def _environment() -> dict[str, str]:
    # Reading takes no lock, and never waits for a password where a partial clone lacks an object.
    return os.environ | {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2].removeprefix("fatal: ")
