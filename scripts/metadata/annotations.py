"""`annotations.jsonld`: the evidence as W3C Web Annotations, one for each citation, on a line of its own.

The body is the cell, by position as RFC 7111 counts (the header is row 1) and by name: table, row ID and field, joined
by `/`. The target is the printed span, in the canonical text of the whole source. The identifiers are relative to the
file where the site has no address.
"""

from collections.abc import Iterator
from itertools import accumulate, chain, groupby
from urllib.parse import quote

from assets import download
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
    package = book.package
    lines = [json_ld(annotation, indent=None).strip() for annotation in _annotations(book)]
    collection = json_ld(
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": _address(book),
            "type": "AnnotationCollection",
            "label": f"{package.schema(EVIDENCE).title}: {package.descriptor['title']}",
            "dcterms:description": DESCRIPTION.format(sources=package.paths[SOURCES]),
            "created": package.descriptor["created"],
            "creator": [{"type": creator["@type"], "name": creator["name"]} for creator in creators(book)],
            "rights": licence(book)["path"],
            "total": len(lines),
            "first": {"id": f"{_address(book)}#page", "type": "AnnotationPage", "startIndex": 0, "items": []},
        }
    )
    items = ",\n".join(f"      {line}" for line in lines)
    return collection.replace('"items": []', f'"items": [\n{items}\n    ]')


def _annotations(book: Book) -> Iterator[dict[str, object]]:
    """An annotation for each citation, in the order of the cells that they are of."""
    addresses, offsets = {source["source_id"]: source["url"] for source in book.rows[SOURCES]}, _offsets(book)
    lines = {
        (schema.name, schema.row_id(row)): line
        for schema in book.schemas
        for line, row in enumerate(book.rows[schema.name], 2)
    }
    for citation in chain.from_iterable(book.citations.values()):
        table, row_id, field = citation.cell
        name, before = f"{table}/{row_id}/{field}", offsets[citation.source_id, citation.paragraph]
        column = book.package.schema(table).names.index(field) + 1
        cell = {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc7111"}
        cell["value"] = f"cell={lines[table, row_id]},{column}"
        span = [
            {"type": "TextPositionSelector", "start": before + citation.start, "end": before + citation.end},
            {"type": "TextQuoteSelector", "exact": citation.quote},
        ]
        resource, source = {"type": "SpecificResource"}, book.package.paths[table]
        yield {
            "id": f"{_address(book)}#{quote(f'{name}/{citation.source_id}/{citation.paragraph}/{citation.start}')}",
            "type": "Annotation",
            "motivation": "linking",
            "body": resource | {"dcterms:identifier": name, "source": source, "selector": cell},
            "target": resource | {"source": addresses[citation.source_id], "selector": span},
        }


def _address(book: Book) -> str:
    """Where the site has the file, or else its name, relative to itself."""
    return download(book.package.descriptor, FILE) or FILE


def _offsets(book: Book) -> dict[tuple[str, int], int]:
    """How many characters of a source stand before each of its paragraphs, line feeds included."""
    offsets: dict[tuple[str, int], int] = {}
    # In the order of the key: a source's paragraphs by their numbers.
    for source, group in groupby(book.rows[PARAGRAPHS], key=lambda row: row["source_id"]):
        rows = list(group)
        starts = accumulate((row["characters"] + 1 for row in rows), initial=0)
        offsets |= {(source, row["paragraph"]): start for row, start in zip(rows, starts, strict=False)}
    return offsets
