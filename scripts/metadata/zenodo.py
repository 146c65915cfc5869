"""`.zenodo.json`: what Zenodo makes a release's record from, in the terms of its deposit API."""

from html import escape

from book import Book, licence
from wuxi_outsourcing.package import SOURCES

from . import creators, json_ld


def zenodo(book: Book) -> str:
    """The file's text. Zenodo shows description and notes as HTML."""
    descriptor = book.package.descriptor
    return json_ld(
        {
            "title": descriptor["title"],
            "upload_type": "dataset",
            "description": escape(descriptor["description"]),
            "creators": [{"name": creator["name"]} for creator in creators(book)],
            "access_right": "open",
            "license": licence(book)["name"].lower(),
            "publication_date": descriptor["created"][:10],
            "version": book.package.version,
            "language": "zho",  # ISO 639-3, of what is printed; there can be only one
            "keywords": descriptor["keywords"],
            "related_identifiers": [
                {"identifier": source["url"], "relation": "isDerivedFrom", "resource_type": "publication-article"}
                for source in book.rows[SOURCES]
            ],
            "notes": escape(book.citation),
        }
    )
