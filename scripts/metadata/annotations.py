"""`annotations.jsonld`: the evidence as W3C Web Annotations, one for each citation, on a line of its own.

The body is the cell, by position as RFC 7111 counts (the header is row 1) and by name: table, row ID and field, joined
by `/`. The target is the printed span, in the canonical text of the whole source. IDs are addresses on the site, and
mean the same wherever the file is.
"""

from itertools import chain
from typing import Any
from urllib.parse import quote

from assets import homepage
from book import Book, licence
from wuxi_outsourcing.package import EVIDENCE, PARAGRAPHS, SOURCES

from . import creators, json_ld

FILE = "annotations.jsonld"
DESCRIPTION = (
    "Each annotation ties a cell of the data package (body) to the printed characters that it was transcribed from "
    "(target). A cell is given by row and column, from 1, the header being row 1. Positions count code points from 0, "
    "the end excluded, in the canonical text of the source: UTF-8, less a byte order mark; in Unicode form NFKC; split "
    "at CR LF, CR or LF; lines stripped; empty lines dropped; the rest joined by LF. The text itself is not published; "
    "{sources} has its length and SHA-256."
)


def annotations(book: Book) -> str:
    """The file's text: an AnnotationCollection with its one page."""
    package, address = book.package, _address(book)
    lines = [json_ld(annotation, indent=None).strip() for annotation in _annotations(book)]
    collection = json_ld(
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": address,
            "type": "AnnotationCollection",
            "label": f"{package.schema(EVIDENCE).title}: {package.descriptor['title']}",
            "dcterms:description": DESCRIPTION.format(sources=package.paths[SOURCES]),
            "created": package.descriptor["created"],
            "creator": [{"type": creator["@type"], "name": creator["name"]} for creator in creators(book)],
            "rights": licence(book)["path"],
            "total": len(lines),
            "first": {"id": f"{address}#page", "type": "AnnotationPage", "startIndex": 0, "items": []},
        }
    )
    items = ",\n".join(f"      {line}" for line in lines)
    return collection.replace('"items": []', f'"items": [\n{items}\n    ]')


def _annotations(book: Book) -> list[dict[str, Any]]:
    """An annotation for each citation, in the order of the cells that they are of."""
    package, address, offsets = book.package, _address(book), _offsets(book)
    addresses = {source["source_id"]: source["url"] for source in book.rows[SOURCES]}
    cells = {
        (schema.name, schema.row_id(row), field.name): f"cell={number},{column}"
        for schema in book.schemas
        for number, row in enumerate(book.rows[schema.name], 2)
        for column, field in enumerate(schema, 1)
    }
    annotations: list[dict[str, Any]] = []
    for citation in chain.from_iterable(book.citations.values()):
        before, name = offsets[citation.source_id, citation.paragraph], "/".join(citation.cell)
        cell = {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc7111"}
        span = [
            {"type": "TextPositionSelector", "start": before + citation.start, "end": before + citation.end},
            {"type": "TextQuoteSelector", "exact": citation.quote},
        ]
        resource = {"type": "SpecificResource"}
        body = resource | {"dcterms:identifier": name, "source": package.paths[citation.table]}
        target = resource | {"source": addresses[citation.source_id], "selector": span}
        annotations.append(
            {
                "id": f"{address}#{quote(f'{name}/{citation.source_id}/{citation.paragraph}/{citation.start}')}",
                "type": "Annotation",
                "motivation": "linking",
                "body": body | {"selector": cell | {"value": cells[citation.cell]}},
                "target": target,
            }
        )
    return annotations


def _address(book: Book) -> str:
    """Where the site has the file."""
    return f"{homepage(book.package.descriptor)}downloads/{FILE}"


def _offsets(book: Book) -> dict[tuple[str, int], int]:
    """How many characters of a source stand before each of its paragraphs, line feeds included."""
    offsets: dict[tuple[str, int], int] = {}
    end: dict[str, int] = {}
    for row in book.rows[PARAGRAPHS]:  # in the order of the key: a source's paragraphs by their numbers
        source = row["source_id"]
        offsets[source, row["paragraph"]] = end.get(source, 0)
        end[source] = end.get(source, 0) + row["characters"] + 1
    return offsets
