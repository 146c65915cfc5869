"""`.zenodo.json`: what Zenodo makes a release's record from, in the terms of its deposit API."""

from html import escape

from wuxi_outsourcing.exporting.content import Content, citation_line

from .common import creators, dumped, licence, published, sources


def zenodo(content: Content) -> str:
    """The file's text. Zenodo shows description and notes as HTML."""
    package = content.package
    descriptor = package.descriptor
    return dumped(
        {
            "title": descriptor["title"],
            "upload_type": "dataset",
            "description": escape(descriptor["description"]),
            "creators": [{"name": each["name"]} for each in creators(package)],
            "access_right": "open",
            "license": licence(package)["name"].lower(),
            "publication_date": published(package),
            "version": package.version,
            # ISO 639-3, of what is printed. It can be one language only.
            "language": "zho",
            "keywords": descriptor["keywords"],
            "related_identifiers": [
                {"identifier": source["url"], "relation": "isDerivedFrom", "resource_type": "publication-article"}
                for source in sources(content)
            ],
            "notes": escape(citation_line(package)),
        }
    )
