"""Fixtures: copies of the real package to plant defects in, and the article where a copy of it is at hand."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from wuxi_outsourcing.editing.tables import with_integrity
from wuxi_outsourcing.package import DESCRIPTOR, read_package

ROOT = Path(__file__).parents[1]
PRODUCT = ("datapackage.json", "CITATION.cff", "CHANGELOG.md", "data", "schemas")
sys.path.insert(0, str(ROOT / "scripts"))


def refresh(root: Path) -> None:
    """Bring sizes and hashes in the descriptor up to date with the files, whatever is in them."""
    package = read_package(root)
    files = {file: (root / file).read_bytes() for file in package.paths.values()}
    (root / DESCRIPTOR).write_bytes(with_integrity(package, files))


def bash(script: str, root: Path) -> subprocess.CompletedProcess[str]:
    """Run a script with the options that GitHub gives to the shell."""
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
    return subprocess.run(command, cwd=root, check=False, capture_output=True, encoding="utf-8")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the real data package."""
    root = tmp_path / "package"
    root.mkdir()
    for name in PRODUCT:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    return root


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands at hand by name, as in an active environment, and git with nothing but a name to commit by."""
    monkeypatch.setenv("PATH", os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A contributor")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "contributor@example.org")


@pytest.fixture(scope="session")
def article() -> Path:
    """The article itself, which is not part of the repository."""
    path = os.environ.get("ARTICLE")
    if not path:
        pytest.skip("needs a copy of the article, which is not ours to publish: make test ARTICLE=path")
    return Path(path)
