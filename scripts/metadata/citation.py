"""`CITATION.cff`: how to cite the package, for GitHub, Zotero and cffconvert, in the Citation File Format 1.2.0."""

import json
from collections.abc import Iterator

from assets import homepage, repository
from book import Book
from wuxi_outsourcing.citation import contributor_name
from wuxi_outsourcing.package import SOURCES


def citation_file(book: Book) -> str:
    """The file's text."""
    return "".join(f"{line}\n" for line in _lines(book))


def _lines(book: Book) -> Iterator[str]:
    descriptor = book.package.descriptor
    yield from ("cff-version: 1.2.0", "message: If you use this data, please cite it as below.", "type: dataset")
    yield from (f"title: {_text(descriptor['title'])}", f"version: {book.package.version}")
    yield from (f"date-released: {descriptor['created'][:10]}", "authors:")
    for person in descriptor["contributors"]:
        if "familyName" in person:
            yield f"  - family-names: {_text(person['familyName'])}"
            yield from (f"    given-names: {_text(name)}" for name in [person.get("givenName")] if name)
        else:
            yield f"  - name: {_text(contributor_name(person))}"
    yield from (f"url: {_text(homepage(descriptor))}", f"repository-code: {_text(repository(descriptor))}", "license:")
    yield from (f"  - {licence['name']}" for licence in descriptor["licenses"])
    yield from ("keywords:", *(f"  - {_text(word)}" for word in descriptor["keywords"]), "references:")
    for source in book.rows[SOURCES]:
        yield from ("  - type: newspaper-article", f"    title: {_text(source['title_zh'])}")
        # The format asks for an author of each work.
        yield from ("    authors:", "      - name: not named by the source")
        yield from (f"    date-published: {source['published_on']}", f"    url: {_text(source['url'])}")


def _text(text: str) -> str:
    """A text as YAML, of which JSON is a part."""
    return json.dumps(text, ensure_ascii=False)
