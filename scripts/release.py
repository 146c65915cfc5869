"""Build what is released, into dist/: python scripts/release.py [--tag TAG].

Wheel and sdist, the package in each export format, zip files of the data package, of its CSVs for spreadsheets and of
the site, the metadata, and SHA256SUMS.
The same commit gives the same bytes, whoever builds it, when and where, as long as the tools are the same.

Exit status: 0 built, 1 the commit may not be released, 2 could not run. A failed build leaves nothing behind.
"""

import argparse
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from codecs import BOM_UTF8
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import wuxi_outsourcing as wx
from agreement import agreement, committed, git
from archive import SUMS, files_in, write_sums, write_zip
from assets import asset
from generate import GENERATED
from website import build
from wuxi_outsourcing.export import FORMATS
from wuxi_outsourcing.package import DESCRIPTOR, Package, open_package

ROOT = Path(__file__).parents[1]
DESTINATION = ROOT / "dist"
METADATA = ("annotations.jsonld", "croissant.json", "docs/datasette.json", "schema-org.jsonld")
# What the bare data package has beside tables, schemas and generated files, so that no link in it is dead.
LICENCES, DOCUMENTS = ("LICENSE", "LICENSE-DATA", "CITATION.cff"), ("benchmarks", "programs", "releasing")
CONTRIBUTING = ("CHANGELOG.md", "CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md")


def main() -> int:
    """Build a release, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--tag", help="the tag of the commit, which must be v and the version")
    arguments = parser.parse_args()
    try:
        problems = committed(ROOT) or agreement(ROOT, arguments.tag)
        if not problems:
            _build()
    except (wx.Unusable, OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 2
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    print((DESTINATION / SUMS).read_text(encoding="utf-8"), end="")
    return 0


def _build() -> None:
    """Build everything from the commit, not from the folder, and then replace an earlier release."""
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".release-") as folder:
        tree, made = Path(folder) / "tree", Path(folder) / "made"
        with tarfile.open(fileobj=io.BytesIO(git(ROOT, "archive", "--format=tar", "HEAD"))) as commit:
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
    for form in FORMATS:
        name = asset(descriptor, form)
        path = wx.export(form, tree.with_name(name.removesuffix(".zip")), directory=tree)
        if path.is_dir():
            write_zip(folder / name, files_in(path, f"{path.name}/"), epoch)
        else:
            path.rename(folder / name)
    paths = [resource[key] for resource in descriptor["resources"] for key in ("path", "schema")]
    beside = (DESCRIPTOR, *LICENCES, *CONTRIBUTING, *(f"docs/{document}.md" for document in DOCUMENTS))
    names = {*beside, *paths, *(file for file in GENERATED if not file.startswith("src/"))}
    _write_zip(package, folder / asset(descriptor, "data-package"), {name: tree / name for name in names}, epoch)
    spreadsheets = tree.with_name("spreadsheets")
    spreadsheets.mkdir()
    for table in package.paths:
        # Excel takes a CSV for UTF-8 only where it begins with this mark.
        (spreadsheets / f"{table}.csv").write_bytes(BOM_UTF8 + package.path(table).read_bytes())
    files = files_in(spreadsheets) | {"LICENSE-DATA": tree / "LICENSE-DATA"}
    _write_zip(package, folder / asset(descriptor, "spreadsheet"), files, epoch)
    site = tree.with_name("site")
    build(tree, site)
    _write_zip(package, folder / asset(descriptor, "site"), files_in(site), epoch)
    for file in METADATA:
        (tree / file).rename(folder / Path(file).name)
    write_sums(folder)


def _write_zip(package: Package, path: Path, files: Mapping[str, Path], epoch: int) -> None:
    """Write a zip file with one folder, of the package's name and version."""
    folder = f"{package.descriptor['name']}-{package.version}"
    write_zip(path, {f"{folder}/{name}": file for name, file in files.items()}, epoch)


if __name__ == "__main__":
    sys.exit(main())
