"""The verifier in the browser, held equal to Python's."""

import os
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from changed_copies import changed_copies
from copy_kinds import all_copies
from generated_articles import generated_articles
from localized_package import open_localized
from support import ARTICLES, FROZEN, known_articles, raw_lines
from website.verifier_record import record
from wuxi_outsourcing import Unusable, Verification
from wuxi_outsourcing.engine.copies.alignment import compare
from wuxi_outsourcing.engine.copies.article import MOST_LINES, read_copy
from wuxi_outsourcing.engine.copies.paragraph_search import MOST_TRIED
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.verification import check_citations, verify

pytestmark = pytest.mark.site

# A few hundred at each run; `make site-test ARTICLES=5000` for thousands.
COUNT = int(os.environ.get("ARTICLES") or 400)
KNOWN = known_articles()
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
COUNTED = (
    *("citations", "citationsHeld", "citationsChanged", "citationsMissing"),
    *("paragraphs", "paragraphsHeld", "figures", "figuresAccounted", "otherLines"),
)
VERIFY = """async ([record, files]) => {
  const { decode, lines } = copyReader(record);
  const { verify } = verifier(record);
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


TITLE = raw_lines(ARTICLES["yunchuan-2021"])[0]
# Files that are refused by both verifiers, by the reason.
BEYOND = {
    "many_lines": b"a\n" * (MOST_LINES + 1),
    "many_passages": (TITLE * (MOST_TRIED + 1)).encode(),
}


@pytest.fixture
def page(context: BrowserContext, site: Path) -> Page:
    """The page on which a copy is checked."""
    page = context.new_page()
    page.goto((site / "en/article.html").as_uri())
    return page


class Verifiers:
    """The verifier in the browser and the one in Python, both for the package in a folder."""

    def __init__(self, page: Page, root: Path) -> None:
        """The browser shows the page on which a copy is checked."""
        self._page = page
        self._package = open_package(root)
        localized = open_localized("en", root)
        self._record = record(localized)
        self._citations = list(chain.from_iterable(localized.citations_by_cell.values()))

    def in_browser(self, files: Sequence[bytes]) -> list[dict[str, Any]]:
        """What the verifier in the browser says of each file."""
        encoded = [b64encode(file).decode() for file in files]
        results = self._page.evaluate(VERIFY, [self._record, encoded])
        return [self._comparable(result) for result in results]

    def in_python(self, path: Path) -> dict[str, Any]:
        """What Python says of a file, in the same form."""
        try:
            copy = read_copy(path)
            result = verify(copy, self._package)
        except Unusable as unusable:
            return {"refused": _kind(unusable.problem.message, REFUSALS)}
        states = {}
        for checked in check_citations(compare(copy, self._package)):
            location = (checked.in_copy.start, checked.in_copy.end) if checked.in_copy else None
            states[checked.span] = (checked.state, location)
        kinds = sorted(_kind(problem.message, KINDS) for problem in result.problems)
        return {"source": result.source_id, "counts": _counts(result), "problems": kinds, "states": states}

    def _comparable(self, result: dict[str, Any]) -> dict[str, Any]:
        """What the browser says, in the form of `in_python`."""
        if "refused" in result:
            return result
        states = {}
        for citation, verdict in zip(self._citations, result["verdicts"], strict=True):
            if verdict:
                location = None if verdict["start"] is None else (verdict["start"], verdict["end"])
                states[citation] = (verdict["state"], location)
        kinds = sorted(kind for kind, *_ in result["problems"])
        counts = [result[name] for name in COUNTED]
        return {"source": result["source"], "counts": counts, "problems": kinds, "states": states}

    def check_equal(self, path: Path, files: Iterable[bytes]) -> set[str]:
        """Hold the two equal on files. Returns the kinds of problems and of refusals that were seen."""
        seen: set[str] = set()
        every = list(files)
        for start in range(0, len(every), 100):
            batch = every[start : start + 100]
            for file, found in zip(batch, self.in_browser(batch), strict=True):
                path.write_bytes(file)
                expected = self.in_python(path)
                what = file.decode("utf-8", "replace")
                assert {**found, "states": None} == {**expected, "states": None}, what
                assert found.get("states") == expected.get("states"), what
                seen |= {expected["refused"]} if "refused" in expected else set(expected["problems"])
        return seen


def test_equal_on_generated_articles(page: Page, tmp_path: Path) -> None:
    """Catches any text on which the verifier in the browser and the one in Python differ."""
    texts = (text.encode() for text in generated_articles(COUNT))
    seen = Verifiers(page, FROZEN).check_equal(tmp_path / "copy.txt", texts)
    assert seen >= {*KINDS, "foreign"}, f"not tried: {({*KINDS} | {'foreign'}) - seen}"


@pytest.mark.parametrize("name", KNOWN)
def test_equal_on_every_kind_of_copy(page: Page, tmp_path: Path, name: str) -> None:
    """Catches a kind of copy that the browser judges in another way than Python."""
    root, lines = KNOWN[name]
    copies = all_copies(lines)
    Verifiers(page, root).check_equal(tmp_path / "copy", (copy.data for copy in copies.values()))


@pytest.mark.parametrize("name", KNOWN)
def test_equal_on_changed_copies(page: Page, tmp_path: Path, name: str) -> None:
    """Catches a changed character that the browser notices in another place than Python, or not at all."""
    root, lines = KNOWN[name]
    changed = changed_copies(lines, COUNT, seed=COUNT)
    Verifiers(page, root).check_equal(tmp_path / "copy", (change.copy.data for change in changed))


@pytest.mark.parametrize("reason", BEYOND)
def test_beyond_the_limits(page: Page, tmp_path: Path, reason: str) -> None:
    """Catches a file that takes long, and is refused by one of the two alone."""
    verifiers = Verifiers(page, FROZEN)
    path = tmp_path / "copy"
    path.write_bytes(BEYOND[reason])
    assert verifiers.in_browser([BEYOND[reason]]) == [verifiers.in_python(path)] == [{"refused": reason}]


def _kind(message: str, kinds: Mapping[str, str]) -> str:
    """What the browser calls what a message of Python says."""
    return next((kind for kind, part in kinds.items() if re.search(part, message)), message)


def _counts(result: Verification) -> list[int]:
    """The numbers of a verification."""
    return [
        *(result.citations, result.citations_held, result.citations_changed, result.citations_missing),
        *(result.paragraphs, result.paragraphs_held, result.figures, result.figures_accounted, result.other_lines),
    ]
