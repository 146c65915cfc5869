"""What keeps a commit from being released."""

import re

import wuxi_outsourcing as wx
from generate import stale
from localized_package import ROOT
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.package import DESCRIPTOR

from .committed import git

CHANGELOG = "CHANGELOG.md"


def release_problems(tag: str | None) -> list[wx.Problem]:
    """The first of these that there are: files not as committed, an invalid package, and files that disagree."""
    return _uncommitted() or wx.validate(ROOT) or _disagreements(tag)


def _uncommitted() -> list[wx.Problem]:
    changed = git("status", "--porcelain", "--untracked-files=all", "-z").decode().split("\0")
    fix = "Commit the change, or revert it."
    return [wx.Problem(entry[3:], None, None, "not as committed", fix) for entry in changed if entry[2:3] == " "]


def _disagreements(tag: str | None) -> list[wx.Problem]:
    """Where day and tag do not agree with the descriptor, and what is not made from this package."""
    package = open_package(ROOT)
    day, expected = package.descriptor["created"][:10], f"v{package.version}"
    problems = [wx.Problem(name, None, None, "out of date", "Run `make docs`, and commit.") for name in stale(ROOT)]
    newest = re.search(r"^## .*", (ROOT / CHANGELOG).read_text(encoding="utf-8"), re.MULTILINE)
    if not newest or f"({day})" not in newest[0]:
        message = f"the newest heading lacks the day that {DESCRIPTOR} has (created): ({day})"
        problems.append(wx.Problem(CHANGELOG, None, None, message, "Write the same day in both."))
    if tag not in (None, expected):
        message = f"the tag is {tag}, which is not that of the version: {expected}"
        fix = f"Tag the commit {expected}, or correct the version."
        problems.append(wx.Problem(DESCRIPTOR, None, "version", message, fix))
    return problems
