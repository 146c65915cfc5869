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
    """Files not as committed; if there are none, what is wrong with the package; if nothing is, files that disagree."""
    return _uncommitted() or wx.validate(ROOT) or _disagreements(tag)


def _uncommitted() -> list[wx.Problem]:
    """The files that are not as in the last commit."""
    status = git("status", "--porcelain", "--untracked-files=all", "-z").decode()
    # An entry is two letters, a space and a path. Behind a renamed file, its old path stands alone.
    files = [entry[3:] for entry in status.split("\0") if entry[2:3] == " "]
    fix = "Commit the change, or revert it."
    return [wx.Problem(file, None, None, "not as committed", fix) for file in files]


def _disagreements(tag: str | None) -> list[wx.Problem]:
    """Where day and tag do not agree with the descriptor, and what is not made from this package."""
    package = open_package(ROOT)
    day = package.descriptor["created"][:10]
    tag_of_version = f"v{package.version}"
    problems = [wx.Problem(name, None, None, "out of date", "Run `make docs`, and commit.") for name in stale(ROOT)]
    changelog = (ROOT / CHANGELOG).read_text(encoding="utf-8")
    newest_heading = re.search(r"^## .*", changelog, re.MULTILINE)
    if not newest_heading or f"({day})" not in newest_heading[0]:
        message = f"the newest heading lacks the day that {DESCRIPTOR} has (created): ({day})"
        problems.append(wx.Problem(CHANGELOG, None, None, message, "Write the same day in both."))
    if tag not in (None, tag_of_version):
        message = f"the tag is {tag}, which is not that of the version: {tag_of_version}"
        fix = f"Tag the commit {tag_of_version}, or correct the version."
        problems.append(wx.Problem(DESCRIPTOR, None, "version", message, fix))
    return problems
