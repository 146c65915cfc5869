"""The worked questions, `docs/questions.md`, as a page of one language, with code and outputs as they are there."""

import re
from collections.abc import Iterator

from documents.readme_sections import PYTHON

from .localized_site import LocalizedSite

DOCUMENT = "docs/questions.md"
_HAN = re.compile("[一-鿿]")


def questions(site: LocalizedSite) -> list[tuple[str, str]]:
    """The document as pairs of an element's name and its text; nothing for a package without the document."""
    path = site.localized.package.root / DOCUMENT
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    elements = []
    for position, piece in enumerate(PYTHON.split(text)):
        is_session = position % 2 == 1  # what is in a block of Python is every second piece
        if is_session:
            elements.append(("pre", piece))
        else:
            elements += _elements(piece, is_chinese=site.language == "zh")
    return elements


def _elements(text: str, *, is_chinese: bool) -> Iterator[tuple[str, str]]:
    """The headings and paragraphs in a language. A heading has both languages, English first. A paragraph has one."""
    for block in text.split("\n\n"):
        words = block.strip()
        if not words:
            continue
        marks, _, heading = words.partition(" ")
        is_heading = marks.strip("#") == ""
        if is_heading:
            english, _, chinese = heading.partition(" · ")
            yield f"h{len(marks)}", chinese if is_chinese else english
        elif bool(_HAN.search(words)) == is_chinese:
            yield "p", words
