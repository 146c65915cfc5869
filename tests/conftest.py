"""Fixtures: the frozen package, copies of it to plant defects in, the articles that it is from, its site, a browser."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support import ARTICLES, FROZEN, ROOT, export_all
from wuxi_outsourcing.engine.opening import installed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

sys.path.insert(0, str(ROOT / "scripts"))
# pytest-xdist says that there is a terminal of 80 columns; commands run without one.
os.environ.pop("COLUMNS", None)

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="session")
def frozen() -> Path:
    """The frozen package itself, to read only."""
    return FROZEN


@pytest.fixture(scope="session")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frozen package with three more sources, to read only."""
    from five_sources import grow  # noqa: PLC0415  (beside the tests that need it)

    root = shutil.copytree(FROZEN, tmp_path_factory.mktemp("five") / "package")
    grow(root)
    return root


@pytest.fixture(params=["frozen", "real", "five"])
def each_root(request: pytest.FixtureRequest, five: Path) -> Path:
    """The frozen package, the real one, and one of five sources, to read only."""
    return {"frozen": FROZEN, "real": ROOT, "five": five}[request.param]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the frozen package, to change."""
    return shutil.copytree(FROZEN, tmp_path / "package")


@pytest.fixture
def home(package: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the frozen package, taken for the one that came with the code."""
    monkeypatch.setattr("wuxi_outsourcing.engine.opening._installed_root", lambda: package)
    installed.cache_clear()
    yield package
    installed.cache_clear()


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The frozen package in each format, to read only."""
    return export_all(FROZEN, tmp_path_factory.mktemp("exports"))


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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the frozen package."""
    from website import build_site  # noqa: PLC0415  (the other tests do without it)

    destination = tmp_path_factory.mktemp("site") / "_site"
    build_site(FROZEN, destination)
    return destination


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """An installed Chromium or Chrome: the one that CHROMIUM names, or else the first on the path."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        pytest.skip("no browser: install Chromium (Debian: apt-get install chromium), or set CHROMIUM to its path")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (slow to import)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window of its own, with nothing stored."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()
