"""A release: what `build_release.py` writes into `dist/`.

`make_release` makes all of it. Its modules, in the order in which they work:

- `release_checks`: what keeps a commit from being released.
- `committed`: the files of the last commit, which everything is made from.
- `hatch_build`: what Hatchling asks this project when it builds wheel and sdist.
- `checksums`: the checksums of all files.
"""

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from archive import files_in, write_zip
from localized_package import ROOT, open_localized
from metadata import PUBLISHED, make_metadata
from metadata.asset_names import DOWNLOADS, ENDS, asset
from series_files import SERIES_FILES
from website import build_site
from wuxi_outsourcing.engine.folders import temporary_folder
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.package import Package

from .checksums import write_sums
from .committed import extract_commit


def make_release(destination: Path) -> None:
    """Build everything from the commit, not from the folder, and then replace an earlier release."""
    with temporary_folder(ROOT) as folder:
        tree, made = folder / "tree", folder / "made"
        extract_commit(tree)
        made.mkdir()
        package = open_package(tree)
        epoch = int(datetime.fromisoformat(package.descriptor["created"]).timestamp())
        _build_distributions(package, made, epoch)
        _add_site(package, made, epoch)
        for name in PUBLISHED:
            text = make_metadata(open_localized("en", tree), name)
            (made / name).write_text(text, encoding="utf-8", newline="\n")
        write_sums(made)
        shutil.rmtree(destination, ignore_errors=True)
        made.rename(destination)


def _build_distributions(package: Package, made: Path, epoch: int) -> None:
    """Build wheel and sdist by the installed tools, without the network."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(epoch), "PYTHONHASHSEED": "0", "TZ": "UTC"}
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(made), str(package.root)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def _add_site(package: Package, made: Path, epoch: int) -> None:
    """Add the files that the site offers, and the site itself as a zip file."""
    descriptor = package.descriptor
    site = package.root.with_name("site")
    build_site(package.root, site)
    offered = [asset(descriptor, kind) for kind in ENDS if kind != "site"]
    for name in (*offered, *SERIES_FILES):
        shutil.copy(site / DOWNLOADS / name, made / name)
    site_files = files_in(site, f"{descriptor['name']}-{package.version}/")
    write_zip(made / asset(descriptor, "site"), site_files, epoch)
