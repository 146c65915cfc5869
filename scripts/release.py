"""Build what is released, into dist/: python scripts/release.py [--tag TAG] [--repository URL].

Wheel and sdist, the package in each export format, the bare data package and the site as zip files, the metadata, and
SHA256SUMS.
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
from datetime import datetime
from pathlib import Path

import wuxi_outsourcing as wx
from agreement import agreement, committed, git
from archive import SUMS, files_in, write_sums, write_zip
from generate import GENERATED
from website import build
from wuxi_outsourcing.export import FORMATS
from wuxi_outsourcing.package import DESCRIPTOR, Package, open_package

ROOT = Path(__file__).parents[1]
DESTINATION = ROOT / "dist"
METADATA = ("annotations.jsonld", "croissant.json", "schema-org.jsonld")
# What the bare data package has beside tables, schemas and generated files, so that no link in it is dead.
LICENCES, DOCUMENTS = ("LICENSE", "LICENSE-DATA", "CITATION.cff"), ("benchmarks", "releasing")
CONTRIBUTING = ("CHANGELOG.md", "CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md")


def main() -> int:
    """Build a release, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--tag", help="the tag of the commit, which must be v and the version")
    parser.add_argument("--repository", help="address of the repository, for the links of the site")
    arguments = parser.parse_args()
    try:
        problems = committed(ROOT) or agreement(ROOT, arguments.tag)
        if not problems:
            _build(arguments.repository)
    except (wx.Unusable, OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 2
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    print((DESTINATION / SUMS).read_text(encoding="utf-8"), end="")
    return 0


def _build(repository: str | None) -> None:
    """Build everything from the commit, not from the folder, and then replace an earlier release."""
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".release-") as folder:
        tree, made = Path(folder) / "tree", Path(folder) / "made"
        with tarfile.open(fileobj=io.BytesIO(git(ROOT, "archive", "--format=tar", "HEAD"))) as commit:
            commit.extractall(tree, filter="data")
        made.mkdir()
        _make(open_package(tree), made, repository)
        shutil.rmtree(DESTINATION, ignore_errors=True)
        made.rename(DESTINATION)


def _make(package: Package, folder: Path, repository: str | None) -> None:
    descriptor, tree = package.descriptor, package.root
    epoch = int(datetime.fromisoformat(descriptor["created"]).timestamp())
    name = f"{descriptor['name']}-{package.version}"
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(epoch), "PYTHONHASHSEED": "0", "TZ": "UTC"}
    # By the installed tools, without the network.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(tree)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    for form in FORMATS:
        path = wx.export(form, tree.with_name(f"{name}.{'duckdb.sql' if form == 'duckdb' else form}"), directory=tree)
        if path.is_dir():
            write_zip(folder / f"{path.name}.zip", files_in(path, f"{path.name}/"), epoch)
        else:
            path.rename(folder / path.name)
    beside = (DESCRIPTOR, *LICENCES, *CONTRIBUTING, *(f"docs/{document}.md" for document in DOCUMENTS))
    tables = [resource[key] for resource in descriptor["resources"] for key in ("path", "schema")]
    files = {*beside, *tables, *(file for file in GENERATED if not file.startswith("src/"))}
    write_zip(folder / f"{name}-data-package.zip", {f"{name}/{file}": tree / file for file in files}, epoch)
    site = tree.with_name("site")
    build(tree, site, repository=repository)
    write_zip(folder / f"{name}-site.zip", files_in(site, f"{name}-site/"), epoch)
    for file in METADATA:
        (tree / file).rename(folder / file)
    write_sums(folder)


if __name__ == "__main__":
    sys.exit(main())
