"""The verifier in the browser, held equal to Python's."""

import os
import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from generated_articles import generated_articles
from localized_package import open_localized
from support import ARTICLES, FROZEN
from website.verifier_record import MOST_FIGURES
from wuxi_outsourcing import Unusable, Verification
from wuxi_outsourcing.engine.article import MOST_LINES
from wuxi_outsourcing.engine.omissions import FIGURE
from wuxi_outsourcing.engine.opening import open_package

pytestmark = pytest.mark.site

# A few hundred at each run; `make site-test ARTICLES=5000` for thousands.
COUNT = int(os.environ.get("ARTICLES") or 400)
# What a problem of Python is called by the verifier in the browser, by a part of its message.
KINDS = {
    "citation": r"^“.*”, cited for ",
    "omission": "an omission,",
    "figure": "^the figure .* is in no citation",
    "changed": "has the SHA-256",
    "missing": "is not in .* at this position",
    "extra": "^this is not a paragraph of",
}
REFUSALS = {
    "foreign": "not a copy of a source",
    "unassigned": "is not a character of Unicode 14",
    "marks": "combining marks in a row",
    "empty": "the file is empty",
    "utf16": "UTF-16",
    "gbk": "GBK",
    "not_utf8": "the file is not UTF-8$",
    "too_large": "over 16 MiB",
}
PACKAGE = open_package(FROZEN)
COUNTED = ("citations", "citationsHeld", "paragraphs", "paragraphsHeld", "figures", "figuresAccounted")
VERIFY = """async (files) => {
  const { decode, verify } = verifier(RECORD);
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return Promise.all(files.map(async (file) => {
    try {
      const { copy, positions, changed, ...result } = await verify(decode(bytes(file)));
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
        result = PACKAGE.verify(path)
    except Unusable as unusable:
        message = unusable.problem.message
        return {"refused": next((kind for kind, part in REFUSALS.items() if re.search(part, message)), message)}
    problems = [problem.message for problem in result.problems]
    kinds = [next((kind for kind, part in KINDS.items() if re.search(part, text)), text) for text in problems]
    return {"source": result.source_id, "counts": counts(result), "problems": sorted(kinds), "quotes": quotes(problems)}


def counts(result: Verification) -> list[int]:
    """The six numbers of a verification."""
    held = (result.citations_held, result.paragraphs_held, result.figures_accounted)
    every = (result.citations, result.paragraphs, result.figures)
    return [number for pair in zip(every, held, strict=True) for number in pair]


def quotes(problems: list[str]) -> list[str]:
    """The cells of the citations that have a problem, sorted."""
    return sorted(match[1] for text in problems if (match := re.match(r"“.*?”, cited for (\S+ \S+ \S+?),? ", text)))


def comparable(result: dict[str, Any], cells: list[str]) -> dict[str, Any]:
    """What the browser says, in the form of `in_python`."""
    if "refused" in result:
        return result
    problems = sorted(kind for kind, *_ in result["problems"])
    failed = sorted(cells[at] for kind, at, *_ in result["problems"] if kind == "citation")
    numbers = [result[name] for name in COUNTED]
    return {"source": result["source"], "counts": numbers, "problems": problems, "quotes": failed}


def test_equal_to_python_on_generated_articles(page: Page, tmp_path: Path) -> None:
    """Catches any article on which the verifier in the browser and the one in Python differ."""
    cells = [
        " ".join(citation.cell)
        for cited in open_localized("en", FROZEN).citations_by_cell.values()
        for citation in cited
    ]
    path = tmp_path / "copy.txt"
    texts = [text.encode() for text in generated_articles(COUNT)]
    seen: set[str] = set()
    for start in range(0, len(texts), 100):
        batch = texts[start : start + 100]
        for text, result in zip(batch, in_browser(page, batch), strict=True):
            path.write_bytes(text)
            expected = in_python(path)
            found = comparable(result, cells)
            assert found == expected, text.decode()
            seen |= {expected["refused"]} if "refused" in expected else set(expected["problems"])
    assert seen >= {*KINDS, "foreign", "unassigned", "marks"}, f"not tried: {({*KINDS} | {'foreign'}) - seen}"


@pytest.mark.parametrize("source_id", ARTICLES)
def test_faithful_copy(page: Page, source_id: str) -> None:
    """Catches a faithful copy of which the browser says that something does not hold."""
    (result,) = in_browser(page, [ARTICLES[source_id].read_bytes()])
    assert result["source"] == source_id
    assert result["problems"] == []
    assert result["citations"] == result["citationsHeld"]
    assert result["paragraphs"] == result["paragraphsHeld"]
    assert result["figures"] == result["figuresAccounted"]


def test_files_that_are_refused(page: Page, tmp_path: Path) -> None:
    """Catches an encoding or a size that the browser takes and Python does not, or the other way round."""
    text = next(iter(ARTICLES.values())).read_text(encoding="utf-8")
    files = [text.encode("gb18030"), text.encode("utf-16"), b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n\xff", b"", b" \n"]
    files += ["另一篇文章".encode(), b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode()]
    path = tmp_path / "copy.txt"
    for file, result in zip(files, in_browser(page, files), strict=True):
        path.write_bytes(file)
        expected = in_python(path)
        assert result.get("refused") == expected.get("refused"), file[:20]
    large = (
        "(() => { try { verifier(RECORD).decode({length: RECORD.maxBytes + 1}); } catch (e) { return e.reason; } })()"
    )
    assert page.evaluate(large) == "too_large"


# Lines and paragraphs behind an article: within the limits of the browser, and beyond.
ARTICLE = next(iter(ARTICLES.values())).read_text(encoding="utf-8").rstrip("\n")
FREE_LINES = MOST_LINES - len(ARTICLE.split("\n"))
WITHIN = {
    "lines": ARTICLE + "\n另" * FREE_LINES,
    "lines, the last with an end": ARTICLE + "\n另" * FREE_LINES + "\n",
    "lines of Windows": (ARTICLE + "\n另" * FREE_LINES).replace("\n", "\r\n"),
    "figures": ARTICLE + " 1" * (MOST_FIGURES - len(FIGURE.findall(ARTICLE.split("\n")[-1]))),
    "figures of two paragraphs": ARTICLE + ("\n" + "1 " * MOST_FIGURES) * 2,
}
BEYOND = {
    "many_lines": [
        WITHIN["lines"] + "\n另",
        WITHIN["lines of Windows"] + "\r另",
        WITHIN["lines"] + "\n" * 2,
        "另\n" * (MOST_LINES + 1),
    ],
    "many_figures": [WITHIN["figures"] + " 1", ARTICLE + "\n" + "１ " * (MOST_FIGURES + 1)],
}


@pytest.mark.parametrize("name", WITHIN)
def test_within_the_limits(page: Page, tmp_path: Path, name: str) -> None:
    """Catches a copy at a limit of the browser that is refused there, or judged in another way than by Python."""
    path = tmp_path / "copy.txt"
    path.write_bytes(WITHIN[name].encode())
    (found,) = in_browser(page, [path.read_bytes()])
    cells = [
        " ".join(citation.cell)
        for cited in open_localized("en", FROZEN).citations_by_cell.values()
        for citation in cited
    ]
    assert comparable(found, cells) == in_python(path)


@pytest.mark.parametrize("reason", BEYOND)
def test_beyond_the_limits(page: Page, tmp_path: Path, reason: str) -> None:
    """Catches a copy that would freeze the browser; the one difference from Python, which reads as many."""
    files = [text.encode() for text in BEYOND[reason]]
    path = tmp_path / "copy.txt"
    for file, result in zip(files, in_browser(page, files), strict=True):
        path.write_bytes(file)
        assert result == {"refused": reason}
        assert in_python(path).get("refused") in (None, "foreign")
