"""The verifier in the browser, held equal to Python's."""

import os
import re
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from changed_copies import changed_copies
from copy_kinds import all_copies
from generated_articles import generated_articles
from localized_package import open_localized
from support import ARTICLES, FROZEN
from wuxi_outsourcing import Unusable, Verification
from wuxi_outsourcing.engine.copies.alignment import compare
from wuxi_outsourcing.engine.copies.article import read_copy
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.verification import check_citations, verify

pytestmark = pytest.mark.site

# A few hundred at each run; `make site-test ARTICLES=5000` for thousands.
COUNT = int(os.environ.get("ARTICLES") or 400)
# What a problem of Python is called by the verifier in the browser, by a part of its message.
KINDS = {
    "citation": r"^“.*”, cited for ",
    "omission": "an omission,",
    "figure": "^the figure .* is in no citation",
    "changed": "is changed in .* and the SHA-256",
    "missing": "^paragraph [0-9]+ of .* is not in ",
}
REFUSALS = {
    "foreign": "not a copy of a source",
    "empty": "the file has no text",
    "many_lines": "lines with text",
    "many_passages": "too many passages",
}
PACKAGE = open_package(FROZEN)
LOCALIZED = open_localized("en", FROZEN)
CITATIONS = [citation for cited in LOCALIZED.citations_by_cell.values() for citation in cited]
COUNTED = (
    *("citations", "citationsHeld", "citationsChanged", "citationsMissing"),
    *("paragraphs", "paragraphsHeld", "figures", "figuresAccounted", "otherLines"),
)
VERIFY = """async (files) => {
  const { decode, lines } = copyReader(RECORD);
  const { verify } = verifier(RECORD);
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return Promise.all(files.map(async (file) => {
    try {
      const { paragraphTexts, ...result } = await verify(lines(decode(bytes(file))));
      return result;
    } catch (error) {
      if (!error.reason) throw error;
      return { refused: error.reason };
    }
  }));
}"""


@pytest.fixture
def page(context: BrowserContext, site: Path) -> Page:
    """The page on which a copy is checked."""
    page = context.new_page()
    page.goto((site / "en/article.html").as_uri())
    return page


def in_browser(page: Page, files: list[bytes]) -> list[dict[str, Any]]:
    """What the verifier in the browser says of each file."""
    results: list[dict[str, Any]] = page.evaluate(VERIFY, [b64encode(file).decode() for file in files])
    return results


def in_python(path: Path) -> dict[str, Any]:
    """What Python says of a file, in the same form."""
    try:
        copy = read_copy(path)
        result = verify(copy, PACKAGE)
    except Unusable as unusable:
        message = unusable.problem.message
        return {"refused": next((kind for kind, part in REFUSALS.items() if re.search(part, message)), message)}
    problems = [problem.message for problem in result.problems]
    kinds = [next((kind for kind, part in KINDS.items() if re.search(part, text)), text) for text in problems]
    states = {}
    for checked in check_citations(compare(copy, PACKAGE)):
        location = (checked.in_copy.start, checked.in_copy.end) if checked.in_copy else None
        states[checked.span] = (checked.state, location)
    return {"source": result.source_id, "counts": counts(result), "problems": sorted(kinds), "states": states}


def counts(result: Verification) -> list[int]:
    """The numbers of a verification."""
    return [
        *(result.citations, result.citations_held, result.citations_changed, result.citations_missing),
        *(result.paragraphs, result.paragraphs_held, result.figures, result.figures_accounted, result.other_lines),
    ]


def comparable(result: dict[str, Any]) -> dict[str, Any]:
    """What the browser says, in the form of `in_python`."""
    if "refused" in result:
        return result
    problems = sorted(kind for kind, *_ in result["problems"])
    states = {}
    for citation, verdict in zip(CITATIONS, result["verdicts"], strict=True):
        if verdict:
            location = None if verdict["start"] is None else (verdict["start"], verdict["end"])
            states[citation] = (verdict["state"], location)
    numbers = [result[name] for name in COUNTED]
    return {"source": result["source"], "counts": numbers, "problems": problems, "states": states}


def check_equal(page: Page, path: Path, files: Iterable[bytes]) -> set[str]:
    """Hold the two verifiers equal on files. Returns the kinds of problems and of refusals that were seen."""
    seen: set[str] = set()
    every = list(files)
    for start in range(0, len(every), 100):
        batch = every[start : start + 100]
        for file, result in zip(batch, in_browser(page, batch), strict=True):
            path.write_bytes(file)
            expected = in_python(path)
            found = comparable(result)
            assert {**found, "states": None} == {**expected, "states": None}, file.decode("utf-8", "replace")
            assert found.get("states") == expected.get("states"), file.decode("utf-8", "replace")
            seen |= {expected["refused"]} if "refused" in expected else set(expected["problems"])
    return seen


def raw_lines(path: Path) -> list[str]:
    """The lines of an article that have text, as they are in the file."""
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def test_equal_on_generated_articles(page: Page, tmp_path: Path) -> None:
    """Catches any text on which the verifier in the browser and the one in Python differ."""
    texts = (text.encode() for text in generated_articles(COUNT))
    seen = check_equal(page, tmp_path / "copy.txt", texts)
    assert seen >= {*KINDS, "foreign"}, f"not tried: {({*KINDS} | {'foreign'}) - seen}"


@pytest.mark.parametrize("source_id", ARTICLES)
def test_equal_on_every_kind_of_copy(page: Page, tmp_path: Path, source_id: str) -> None:
    """Catches a kind of copy that the browser judges in another way than Python."""
    copies = all_copies(raw_lines(ARTICLES[source_id]))
    check_equal(page, tmp_path / "copy", (copy.data for copy in copies.values()))


@pytest.mark.parametrize("source_id", ARTICLES)
def test_equal_on_changed_copies(page: Page, tmp_path: Path, source_id: str) -> None:
    """Catches a changed character that the browser notices in another place than Python, or not at all."""
    changed = changed_copies(raw_lines(ARTICLES[source_id]), COUNT // 2, seed=COUNT)
    check_equal(page, tmp_path / "copy", (change.copy.data for change in changed))
