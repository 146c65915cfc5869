"""Build what is released: python scripts/release.py [--tag TAG] [--to FOLDER].

Wheel and sdist, the package in each export format, the bare data package as a zip file, the metadata, and SHA256SUMS.
The same commit gives the same bytes, whoever builds it, when and where, as long as the tools are the same.

Exit status: 0 built, 1 the commit is not fit to be released, 2 it could not run. Only what is whole is put in place.
"""

import argparse
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from agreement import agreement, committed, git
from archive import SUMS, files_in, write_sums, write_zip
from generate import GENERATED
from wuxi_outsourcing.exporting import FORMATS, export
from wuxi_outsourcing.package import DESCRIPTOR, Package, read_package
from wuxi_outsourcing.problem import Problem, Unusable

ROOT = Path(__file__).parents[1]
METADATA = ("annotations.jsonld", "croissant.json", "schema-org.jsonld")
# What the bare data package has beside tables, schemas and what is generated; no link of its documents is dead.
BESIDE = (
    DESCRIPTOR,
    "CHANGELOG.md",
    "CITATION.cff",
    "CONTRIBUTING.md",
    "CONTRIBUTING.zh-CN.md",
    "LICENSE",
    "LICENSE-DATA",
    "docs/benchmarks.md",
    "docs/releasing.md",
)
# A format whose files are not called like it.
SUFFIXES = {"duckdb": "duckdb.sql"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Build a release, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--tag", help="the tag that the commit must be of, v and the version")
    parser.add_argument("--to", metavar="FOLDER", type=Path, default=ROOT / "dist", help="by default dist")
    options = parser.parse_args(arguments)
    try:
        problems = committed(ROOT) or agreement(ROOT, options.tag)
        if not problems:
            build(options.to.resolve())
    except Unusable as unusable:
        print(unusable.problem, file=sys.stderr)
        return 2
    except ImportError as error:
        print(f"release.py: {error}", file=sys.stderr)
        return 2
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    print((options.to / SUMS).read_text(encoding="utf-8"), end="")
    return 0


def build(destination: Path) -> None:
    """Build everything from the commit, not from the folder, aside; then put it in place of an earlier release."""
    if destination.exists() and not (destination / SUMS).is_file():
        fix = "Name another folder: this one would be replaced."
        raise Unusable(Problem(str(destination), None, None, "this is not an earlier release", fix))
    try:
        with tempfile.TemporaryDirectory(dir=destination.parent, prefix=".release-") as aside:
            tree, made = Path(aside) / "tree", Path(aside) / "made"
            with tarfile.open(fileobj=io.BytesIO(git(ROOT, "archive", "--format=tar", "HEAD"))) as commit:
                commit.extractall(tree, filter="data")
            made.mkdir()
            _make(read_package(tree), made)
            if destination.exists():
                destination.rename(Path(aside) / "earlier")
            made.rename(destination)
    except OSError as error:
        message = f"can't be written: {error.strerror or error}"
        raise Unusable(Problem(str(destination), None, None, message, "Make room, or name another folder.")) from None


def _make(package: Package, folder: Path) -> None:
    descriptor, tree = package.descriptor, package.root
    epoch = int(datetime.fromisoformat(descriptor["created"]).timestamp())
    name = f"{descriptor['name']}-{package.version}"
    _build_python(tree, folder, epoch)
    for form in FORMATS:
        path = export(form, tree.with_name(f"{name}.{SUFFIXES.get(form, form)}"), directory=tree)
        if path.is_dir():
            write_zip(folder / f"{path.name}.zip", files_in(path, f"{path.name}/"), epoch)
        else:
            path.rename(folder / path.name)
    tables = [resource[key] for resource in descriptor["resources"] for key in ("path", "schema")]
    files = {f"{name}/{file}": tree / file for file in [*BESIDE, *tables, *GENERATED]}
    write_zip(folder / f"{name}-data-package.zip", files, epoch)
    for file in METADATA:
        (tree / file).rename(folder / file)
    write_sums(folder)


def _build_python(tree: Path, folder: Path, epoch: int) -> None:
    """Sdist and wheel, by the tools that are installed, and with nothing from the network."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(epoch), "PYTHONHASHSEED": "0", "TZ": "UTC"}
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(tree)]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        last = (done.stdout + done.stderr).strip().rpartition("\n")[2]
        message = f"building wheel and sdist failed: {last}"
        raise Unusable(Problem("pyproject.toml", None, None, message, "Run `python -m build` to see all it says."))


if __name__ == "__main__":
    sys.exit(main())
