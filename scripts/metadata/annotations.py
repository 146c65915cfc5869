"""`annotations.jsonld`: the evidence as W3C Web Annotations, one for each citation, on a line of its own.

The body is the cell, by position as RFC 7111 counts (the header is row 1), and by name: table, row ID and field, joined
by `/`. The target is the printed span, in the canonical text of the whole source.
"""

from collections.abc import Mapping
from urllib.parse import quote

from wuxi_outsourcing.citations import Citation, citations
from wuxi_outsourcing.exporting.content import Content
from wuxi_outsourcing.package import EVIDENCE, PARAGRAPHS, SOURCES, Package

from .common import creators, dumped, licence, sources, table_rows

FILE = "annotations.jsonld"
DESCRIPTION = (
    "Each annotation ties a cell of the data package (body) to the printed characters that it was transcribed from "
    "(target). A cell is given by row and column, from 1, the header being row 1. Positions count code points from 0, "
    "the end excluded, in the canonical text of the source: UTF-8, less a byte order mark; in Unicode form NFKC; split "
    "at CR LF, CR or LF; lines stripped; empty lines dropped; the rest joined by LF. The text itself is not published; "
    "{sources} has its length and SHA-256."
)


def annotations(content: Content) -> str:
    """The file's text: an AnnotationCollection with its one page."""
    package = content.package
    cells, offsets = _cells(content), _offsets(content)
    addresses = {str(source["source_id"]): str(source["url"]) for source in sources(content)}
    lines = [
        dumped(_annotation(package, citation, cells[citation.cell], addresses, offsets), indent=None).strip()
        for _, citation in citations(package)
    ]
    collection = dumped(
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": FILE,
            "type": "AnnotationCollection",
            "label": f"{package.schema(EVIDENCE).title}: {package.descriptor['title']}",
            "dcterms:description": DESCRIPTION.format(sources=package.paths[SOURCES]),
            "created": package.descriptor["created"],
            "creator": [{"type": each["@type"], "name": each["name"]} for each in creators(package)],
            "rights": licence(package)["path"],
            "total": len(lines),
            "first": {"id": f"{FILE}#page", "type": "AnnotationPage", "startIndex": 0, "items": []},
        }
    )
    items = ",\n".join(f"      {line}" for line in lines)
    return collection.replace('"items": []', f'"items": [\n{items}\n    ]')


def _annotation(
    package: Package,
    citation: Citation,
    cell: str,
    addresses: Mapping[str, str],
    offsets: Mapping[tuple[str, int], int],
) -> dict[str, object]:
    before = offsets[citation.source_id, citation.paragraph]
    name = "/".join(citation.cell)
    place = f"{citation.source_id}/{citation.paragraph}/{citation.start}"
    return {
        "id": f"{FILE}#{quote(f'{name}/{place}')}",
        "type": "Annotation",
        "motivation": "linking",
        "body": {
            "type": "SpecificResource",
            "dcterms:identifier": name,
            "source": package.paths[citation.table],
            "selector": {
                "type": "FragmentSelector",
                "conformsTo": "http://tools.ietf.org/rfc/rfc7111",
                "value": f"cell={cell}",
            },
        },
        "target": {
            "type": "SpecificResource",
            "source": addresses[citation.source_id],
            "selector": [
                {"type": "TextPositionSelector", "start": before + citation.start, "end": before + citation.end},
                {"type": "TextQuoteSelector", "exact": citation.quote},
            ],
        },
    }


def _cells(content: Content) -> dict[tuple[str, str, str], str]:
    """The position of every cell in its CSV: row and column, from 1, the header being row 1."""
    return {
        (schema.name, content.row_id(schema, row), field.name): f"{number},{column}"
        for schema in content.package.schemas.values()
        for number, row in enumerate(content.rows[schema.name], 2)
        for column, field in enumerate(schema.fields, 1)
    }


def _offsets(content: Content) -> dict[tuple[str, int], int]:
    """How many characters of a source stand before each of its paragraphs, line feeds included."""
    offsets: dict[tuple[str, int], int] = {}
    behind: dict[str, int] = {}
    for row in sorted(table_rows(content, PARAGRAPHS), key=lambda row: int(str(row["paragraph"]))):
        source = str(row["source_id"])
        offsets[source, int(str(row["paragraph"]))] = behind.get(source, 0)
        behind[source] = behind.get(source, 0) + int(str(row["characters"])) + 1
    return offsets
