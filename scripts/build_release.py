"""Build what is released, into dist/: python scripts/build_release.py [--tag TAG].

Wheel and sdist, the files that the site offers (the package in each format), the site itself as a zip file, the
metadata, and SHA256SUMS.
The same commit gives the same bytes, whoever builds it, when and where, as long as the tools are the same.

Exit status: 0 built, 1 the commit may not be released, 2 could not run. A failed build leaves nothing behind.
"""

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
from datetime import datetime
from pathlib import Path

import wuxi_outsourcing as wx
from archive import SUMS, files_in, write_sums, write_zip
from generate import stale
from localized_package import ROOT, open_localized
from metadata import metadata_files
from metadata.asset_names import DOWNLOADS, ENDS, asset
from website import build
from wuxi_outsourcing.engine.folders import temporary_folder
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.package import DESCRIPTOR, Package

DESTINATION, CHANGELOG = ROOT / "dist", "CHANGELOG.md"


def main() -> int:
    """Build a release, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--tag", help="the tag of the commit, which must be v and the version")
    tag = parser.parse_args().tag
    try:
        problems = _uncommitted() or wx.validate(ROOT) or _disagreements(tag)
        if not problems:
            _build()
    except (wx.Unusable, OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 2
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print((DESTINATION / SUMS).read_text(encoding="utf-8"), end="")
    return int(bool(problems))


def _uncommitted() -> list[wx.Problem]:
    changed = _git("status", "--porcelain", "--untracked-files=all", "-z").decode().split("\0")
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


def _git(*arguments: str) -> bytes:
    """What a git command prints; its errors go to where ours go."""
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout


def _build() -> None:
    """Build everything from the commit, not from the folder, and then replace an earlier release."""
    with temporary_folder(ROOT) as folder:
        tree, made = folder / "tree", folder / "made"
        with tarfile.open(fileobj=io.BytesIO(_git("archive", "--format=tar", "HEAD"))) as commit:
            commit.extractall(tree, filter="data")
        made.mkdir()
        _make(open_package(tree), made)
        shutil.rmtree(DESTINATION, ignore_errors=True)
        made.rename(DESTINATION)


def _make(package: Package, folder: Path) -> None:
    descriptor, tree = package.descriptor, package.root
    epoch = int(datetime.fromisoformat(descriptor["created"]).timestamp())
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(epoch), "PYTHONHASHSEED": "0", "TZ": "UTC"}
    # By the installed tools, without the network.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(tree)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    site = tree.with_name("site")
    build(tree, site)
    for kind in ENDS.keys() - {"site"}:
        name = asset(descriptor, kind)
        shutil.copy(site / DOWNLOADS / name, folder / name)
    site_files = files_in(site, f"{descriptor['name']}-{package.version}/")
    write_zip(folder / asset(descriptor, "site"), site_files, epoch)
    for name, text in metadata_files(open_localized("en", tree)).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    write_sums(folder)


if __name__ == "__main__":
    sys.exit(main())
