"""Fixtures of the site: built once from the frozen package, and a browser for each worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from browser import OPTIONS, browser_path
from support import FROZEN
from website import build


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the frozen package."""
    destination = tmp_path_factory.mktemp("site") / "_site"
    build(FROZEN, destination)
    return destination


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser, or a skip that says what to install."""
    path = browser_path()
    if not path:
        pytest.skip("no browser: install Chromium (Debian: apt-get install chromium), or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window of its own, with nothing stored."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()
