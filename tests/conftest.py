"""Fixtures: the frozen package, copies of it to plant defects in, and the articles that it is transcribed from."""

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import ARTICLES, FROZEN, ROOT
from wuxi_outsourcing.package import installed

sys.path.insert(0, str(ROOT / "scripts"))


@pytest.fixture(scope="session")
def frozen() -> Path:
    """The frozen package itself, to read only."""
    return FROZEN


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the frozen package, to change."""
    return shutil.copytree(FROZEN, tmp_path / "package")


@pytest.fixture
def home(package: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the frozen package, taken for the one that came with the code."""
    monkeypatch.setattr("wuxi_outsourcing.package._installed_root", lambda: package)
    installed.cache_clear()
    yield package
    installed.cache_clear()


@pytest.fixture(scope="session")
def articles() -> dict[str, Path]:
    """The article behind each source of the frozen package, by source ID."""
    return ARTICLES


@pytest.fixture(scope="session")
def article() -> Path:
    """The article behind the real package, which is not part of the repository."""
    path = os.environ.get("ARTICLE")
    if not path:
        pytest.skip("no copy of the article, which may not be published here: make test ARTICLE=path")
    return Path(path)


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The installed commands on the path, and git with a name to commit by and no other configuration."""
    monkeypatch.setenv("PATH", os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A contributor")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "contributor@example.org")
