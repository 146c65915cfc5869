"""The reader of copies in the browser, held equal to Python's."""

import random
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from copy_cases import PAGES, READ, REFUSED
from support import ARTICLES, ROOT
from website.verifier_record import copy_rules
from wuxi_outsourcing.engine.copies.article import read_copy
from wuxi_outsourcing.engine.problems import Unusable

pytestmark = pytest.mark.site

COUNT = 400
READ_FILES = """([record, files]) => {
  const { decode, lines } = copyReader(record);
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return files.map((file) => {
    try {
      return lines(decode(bytes(file))).map(({ number, text, isSpaced, goesOn }) => [number, text, isSpaced, goesOn]);
    } catch (error) {
      if (!error.reason) throw error;
      return error.reason;
    }
  });
}"""
_PIECES_OF_PAGES = (
    *("<", ">", "</", "/>", "<!--", "-->", "--", "<![", "<!", "<?", "&", ";", "#", '"', "'", "="),
    *("<p>", "</p>", "<br/>", "<b>", "</b>", "<a href='>'", "<o:p/>", "<x:", "<table", "<ſ>", "<div\n", "</div"),
    *("<script>", "</script>", "<style a", "</STYLE>", "<svg/>", "</svg", "<object>", "<!doctype html>", "<base>"),
    *("&amp", "&lt;", "&nbsp;", "&#x3000;", "&#26080;", "&#128;", "&#x81", "&notit;", "&not", "&#10;", "&#55296;"),
    *("&bne;", "&NotEqualTilde;", "&#12;", "&Tab;", "&#x1FFFF;", "&#xFDD0;", "&apos", "&#8232;", "&#13;", "&#45;"),
    *("无锡", "13.5%", "\u3000", "\u00a0", "\u2028", "\x1c", "\x85", "\f", "\v", "\0", "\ufeff", "\u200b", "\ufffd"),
    *("\U00020bb7", "é", "\u0301", "\u3099" * 16, "\uff9e" * 16, "①", "ﬁ", "\u0378", "\u0897", "\U0001fae8", "\ufdfa"),
    *("a", "x", " ", "\t", "\n", "\r"),
)
_PIECES_OF_FILES = (
    *(b"\0", b"\x80", b"\xff", b"\x81", b"\x810", b"\x810\x81", b"\x8431\xa47", b"\x841\xa50", b"\xe32\x9a6"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xe6\x97", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\xf4\x90"),
    *(b"\xc0\x80", b"\xd8\x00", b"\x00\xdc", b"\xa3\xa0", b"\xfe\xa0", b"\xa6\xd9", b"\n", b"7", b"~", b"%PDF-"),
)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page that has the reader of copies."""
    page = context.new_page()
    page.add_script_tag(path=ROOT / "scripts/website/static/copy-text.js")
    return page


def in_browser(page: Page, files: list[bytes]) -> list[Any]:
    """The lines that the browser reads from each file, or the name of the refusal."""
    results: list[Any] = page.evaluate(READ_FILES, [copy_rules(), [b64encode(file).decode() for file in files]])
    return results


def in_python(path: Path) -> Any:
    """The lines that Python reads from a file, in the same form."""
    try:
        lines = read_copy(path).lines
    except Unusable as unusable:
        return _reason(unusable.problem.message)
    return [[line.number, line.text, line.is_spaced, line.goes_on] for line in lines]


def _reason(message: str) -> str:
    """What the browser calls a refusal of Python."""
    for _, reason, part in REFUSED.values():
        if part in message:
            return reason
    return message


def generated_files() -> Iterator[bytes]:
    """Files of pieces of pages and of encodings, many of them malformed."""
    source = random.Random(0)  # noqa: S311  (not for secrets)
    articles = [path.read_text(encoding="utf-8") for path in ARTICLES.values()]
    for _ in range(COUNT):
        text = "".join(source.choices(_PIECES_OF_PAGES, k=source.randint(1, 40)))
        if source.random() < 0.5:
            text = source.choice(articles) + text
        file = text.encode(source.choice(("utf-8", "utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be")))
        for _ in range(source.choice((0, 0, 1, 2, 5))):
            at = source.randint(0, len(file))
            file = file[:at] + source.choice(_PIECES_OF_FILES) + file[at + source.randint(0, 2) :]
        yield file


def test_equal_to_python(page: Page, tmp_path: Path) -> None:
    """Catches a copy from which the browser and Python read different lines, or that only one of them refuses."""
    files = [content for content, _ in READ.values()]
    files += [content for content, _, _ in REFUSED.values()]
    files += [text.encode() for text, _ in PAGES.values()]
    files += generated_files()
    path = tmp_path / "copy.txt"
    read = 0
    for file, found in zip(files, in_browser(page, files), strict=True):
        path.write_bytes(file)
        assert found == in_python(path), file
        read += isinstance(found, list)
    assert read > COUNT / 2, "too few of the files are read"


def test_a_large_file_is_refused(page: Page) -> None:
    """Catches a file that is larger than what Python reads, and is read in the browser."""
    large = """(record) => {
      try { copyReader(record).decode({ length: record.maxBytes + 1 }); } catch (error) { return error.reason; }
    }"""
    assert page.evaluate(large, copy_rules()) == "too_large"
