"""The kinds of copies themselves: that they hold what they say, and that changed copies have one change."""

import codecs
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path

import pytest

from changed_copies import ChangedCopy, canonical, changed_copies
from copy_kinds import KINDS, PAGES, MadeCopy, all_copies
from support import ARTICLES

NO_TEXT = ("script", "style", "noscript", "template")
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@pytest.mark.parametrize("source_id", ARTICLES)
def test_copies_hold_their_paragraphs(source_id: str) -> None:
    """Catches a kind that loses or alters a paragraph, or has one that it says is missing."""
    texts = _paragraphs(ARTICLES[source_id])
    for name, copy in all_copies(texts).items():
        found = _squeezed(_text_of(copy))
        for number, text in enumerate(texts, 1):
            assert (_squeezed(text) in found) == (number not in copy.missing), f"{name}: paragraph {number}"


def test_kinds_differ() -> None:
    """Catches a kind that is another one under a second name, and kinds of which few are whole."""
    copies = all_copies(_paragraphs(ARTICLES["yunchuan-2021"])).values()
    assert len({copy.data for copy in copies}) == len(KINDS) > 80
    assert len([copy for copy in copies if not copy.missing]) > 70
    templates = Path(__file__).parent.joinpath("pages").iterdir()
    assert len(list(templates)) < len(PAGES)


@pytest.mark.parametrize("source_id", ARTICLES)
def test_changed_copies_have_one_change(source_id: str) -> None:
    """Catches a change that cannot be seen, more than one, or one that does not reach the copy."""
    texts = _paragraphs(ARTICLES[source_id])
    changed = list(changed_copies(texts, count=3 * len(KINDS), seed=1))
    assert {copy.copy.kind for copy in changed} == set(KINDS)
    for copy in changed:
        original = canonical(texts[copy.paragraph - 1])
        assert copy.text != original, copy.change
        assert original[: copy.offset] == copy.text[: copy.offset], copy.change
        rests = (original[copy.offset :], original[copy.offset + 1 :])
        assert copy.text.endswith(rests), copy.change
        assert abs(len(copy.text) - len(original)) <= 1, copy.change
        assert _squeezed(copy.text) in _squeezed(_text_of(copy.copy)), copy.copy.kind


def test_changes_are_of_every_form() -> None:
    """Catches changes that are never at the ends of a paragraph, or always the same for another seed."""
    texts = _paragraphs(ARTICLES["yunchuan-2021"])
    changed = list(changed_copies(texts, count=300, seed=2))
    lengths = {len(copy.text) - len(canonical(texts[copy.paragraph - 1])) for copy in changed}
    assert lengths == {-1, 0, 1}
    assert any(copy.offset == 0 for copy in changed)
    assert any(_is_behind_the_end(copy, texts) for copy in changed)
    assert list(islice(changed_copies(texts, count=300, seed=2), 9)) == changed[:9]
    assert list(islice(changed_copies(texts, count=300, seed=3), 9)) != changed[:9]


def _is_behind_the_end(copy: ChangedCopy, texts: list[str]) -> bool:
    return copy.offset == len(canonical(texts[copy.paragraph - 1]))


def _paragraphs(path: Path) -> list[str]:
    """The lines of an article that have text, as they stand in the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip()]


def _squeezed(text: str) -> str:
    """A text in canonical form, without any white space."""
    return "".join(canonical(text).split())


def _text_of(copy: MadeCopy) -> str:
    """The text of a copy; of a page, without what is not shown."""
    text = copy.data.decode(_encoding_of(copy.data, KINDS[copy.kind].encoding))
    if copy.suffix == ".txt":
        return text
    reader = _TextReader()
    reader.feed(text)
    reader.close()
    return "".join(reader.texts)


def _encoding_of(data: bytes, encoding: str) -> str:
    for mark, with_mark in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return with_mark
    return encoding


class _TextReader(HTMLParser):
    """Collects the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open_without_text = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count what is open and no text of the page."""
        del attrs
        if tag in NO_TEXT:
            self._open_without_text += 1

    def handle_endtag(self, tag: str) -> None:
        """Count what is open and no text of the page."""
        if tag in NO_TEXT:
            self._open_without_text -= 1

    def handle_data(self, data: str) -> None:
        """Keep what is text."""
        if not self._open_without_text:
            self.texts.append(data)
