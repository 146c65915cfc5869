"""Whether a commit is fit to be released: committed, valid, and of one version and day wherever these are named."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import wuxi_outsourcing
from generate import GENERATED
from wuxi_outsourcing.package import DESCRIPTOR, read_package
from wuxi_outsourcing.problem import Problem, Unusable
from wuxi_outsourcing.validation import validate

# The day, where others than the descriptor name it for their own readers.
DAYS = {"CITATION.cff": r"^date-released: *[\"']?([\d-]+)", "CHANGELOG.md": r"^## \S+ \(([^)]*)\)"}


def committed(root: Path) -> list[Problem]:
    """The files that are not as they were committed. Raises Unusable where nothing was."""
    try:
        git(root, "rev-parse", "--verify", "HEAD")
        changed = git(root, "status", "--porcelain", "--untracked-files=all", "-z").decode()
    except (OSError, subprocess.CalledProcessError):
        fix = "Run this in a clone of the repository, with git installed."
        raise Unusable(Problem(str(root), None, None, "there is no commit here to release", fix)) from None
    names = [entry[3:] for entry in changed.split("\0") if entry[2:3] == " "]
    return [Problem(name, None, None, "not as committed", "Commit the change, or take it back.") for name in names]


def agreement(root: Path, tag: str | None) -> list[Problem]:
    """What is wrong with the package in a clean checkout, and where version, day, tag and metadata don't agree."""
    problems = validate(root)
    return problems or [*_code(root), *_days(root), *_tag(root, tag), *_stale(root)]


def git(root: Path, *arguments: str) -> bytes:
    """What git says. Raises OSError and CalledProcessError."""
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True).stdout


def _code(root: Path) -> Iterator[Problem]:
    if not Path(wuxi_outsourcing.__file__).is_relative_to(root):
        fix = "Run `make release`, which uses the environment of this checkout."
        yield Problem("src/wuxi_outsourcing", None, None, "another copy of this package is what runs here", fix)


def _days(root: Path) -> Iterator[Problem]:
    day = read_package(root).descriptor["created"][:10]
    for file, form in DAYS.items():
        text = (root / file).read_text(encoding="utf-8")
        found = re.search(form, text, re.MULTILINE)
        if found is None or found[1] != day:
            line = text.count("\n", 0, found.start()) + 1 if found else None
            message = f"the day is {found[1] if found else 'missing'}, in {DESCRIPTOR} it is {day} (created)"
            yield Problem(file, line, None, message, "Make the two the same.")


def _tag(root: Path, tag: str | None) -> Iterator[Problem]:
    expected = f"v{read_package(root).version}"
    if tag not in (None, expected):
        message = f"the tag is {tag}, which is not the version's: {expected}"
        yield Problem(DESCRIPTOR, None, "version", message, f"Tag the commit {expected}, or correct the version.")


def _stale(root: Path) -> Iterator[Problem]:
    for file, make in GENERATED.items():
        if (root / file).read_text(encoding="utf-8") != make():
            yield Problem(file, None, None, "has not followed what it is made from", "Run `make docs`, and commit.")
