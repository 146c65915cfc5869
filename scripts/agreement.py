"""Whether a commit may be released: committed, valid, and of one version and day wherever these are named."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import wuxi_outsourcing as wx
from assets import PLACEHOLDER, homepage, repository
from generate import stale
from wuxi_outsourcing.package import DESCRIPTOR, open_package

CHANGELOG = "CHANGELOG.md"
# The day in the changelog, which is written by hand.
_DAY = re.compile(r"^## \S+ \(([^)]*)\)", re.MULTILINE)


def committed(root: Path) -> list[wx.Problem]:
    """The files that differ from the last commit. Raises Unusable where there is none."""
    try:
        git(root, "rev-parse", "--verify", "HEAD")
        changed = git(root, "status", "--porcelain", "--untracked-files=all", "-z").decode()
    except (OSError, subprocess.CalledProcessError):
        fix = "Run this in a clone of the repository, with git installed."
        raise wx.Unusable(wx.Problem(str(root), None, None, "there is no commit here to release", fix)) from None
    names = [entry[3:] for entry in changed.split("\0") if entry[2:3] == " "]
    return [wx.Problem(name, None, None, "not as committed", "Commit the change, or revert it.") for name in names]


def agreement(root: Path, tag: str | None) -> list[wx.Problem]:
    """What is wrong or stale in a clean checkout, and where version, day and tag do not agree."""
    if problems := wx.validate(root):
        return problems
    problems = [*_code(root), *_addresses(root), *_day(root), *_tag(root, tag)]
    fix = "Run `make docs`, and commit."
    return problems + [wx.Problem(name, None, None, "out of date", fix) for name in stale(root)]


def git(root: Path, *arguments: str) -> bytes:
    """What a git command prints. Raises OSError and CalledProcessError."""
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True).stdout


def _code(root: Path) -> Iterator[wx.Problem]:
    if not Path(wx.__file__).is_relative_to(root):
        fix = "Run `make release`, which uses the environment of this checkout."
        yield wx.Problem("src/wuxi_outsourcing", None, None, "another copy of this package is imported", fix)


def _addresses(root: Path) -> Iterator[wx.Problem]:
    descriptor = open_package(root).descriptor
    for name, address in (("repository", repository(descriptor)), ("homepage", homepage(descriptor))):
        if PLACEHOLDER in address:
            fix = "Write the address that the repository or the site has, and run `make docs`."
            yield wx.Problem(DESCRIPTOR, None, name, f"{address} is a placeholder", fix)


def _day(root: Path) -> Iterator[wx.Problem]:
    day, text = open_package(root).descriptor["created"][:10], (root / CHANGELOG).read_text(encoding="utf-8")
    named = _DAY.search(text)
    if named is None or named[1] != day:
        line = text.count("\n", 0, named.start()) + 1 if named else None
        message = f"the day is {named[1] if named else 'missing'}, in {DESCRIPTOR} it is {day} (created)"
        yield wx.Problem(CHANGELOG, line, None, message, "Write the same day in both.")


def _tag(root: Path, tag: str | None) -> Iterator[wx.Problem]:
    expected = f"v{open_package(root).version}"
    if tag not in (None, expected):
        message = f"the tag is {tag}, which is not that of the version: {expected}"
        yield wx.Problem(DESCRIPTOR, None, "version", message, f"Tag the commit {expected}, or correct the version.")
