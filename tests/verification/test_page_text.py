"""The text of web pages: which lines are read, and that hostile pages take no longer than others."""

import pytest

from copy_cases import PAGES
from wuxi_outsourcing.engine.copies.article import canonical


@pytest.mark.parametrize("name", PAGES)
def test_lines(name: str) -> None:
    """Catches text of a page that is lost, doubled, joined, cut or given another line of the file."""
    text, expected = PAGES[name]
    assert [(line.number, line.text) for line in canonical(text)] == expected
