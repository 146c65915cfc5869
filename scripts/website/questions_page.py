"""The worked questions, `docs/questions.md`, as a page of one language, with code and outputs as they are there."""

import re
from collections.abc import Iterator

from documents.readme_sections import PYTHON

from .localized_site import LocalizedSite

DOCUMENT = "docs/questions.md"
_HAN = re.compile("[一-鿿]")


def questions(site: LocalizedSite) -> list[tuple[str, str]]:
    """The document as pairs of an element's name and its text; nothing for a package without the document.

    A heading there has both languages, English first; a paragraph has one.
    """
    path = site.localized.package.root / DOCUMENT
    return list(_blocks(path.read_text(encoding="utf-8"), site.language == "zh")) if path.is_file() else []


def _blocks(text: str, chinese: bool) -> Iterator[tuple[str, str]]:  # noqa: FBT001  (one of two languages)
    for at, part in enumerate(PYTHON.split(text)):
        if at % 2:
            yield "pre", part
            continue
        for block in filter(None, map(str.strip, part.split("\n\n"))):
            marks, _, heading = block.partition(" ")
            if marks.strip("#") == "":
                yield f"h{len(marks)}", heading.split(" · ")[chinese]
            elif bool(_HAN.search(block)) == chinese:
                yield "p", block
