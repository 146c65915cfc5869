"""What the search over all rows looks in, one script for both languages."""

from typing import Any

from localized_package import Row
from wuxi_outsourcing.engine.schema import TableSchema

from .localized_site import LocalizedSite, bilingual_names, has_pages, row_key
from .shown_cells import exact, folded

_HASH = 64


def search_rows(sites: list[LocalizedSite]) -> list[list[Any]]:
    """Every table with pages: its name, its titles and its rows.

    A row is its key, what it is called in each language, and the rest of its text, folded.
    """
    site = sites[0]
    return [
        [
            schema.name,
            [each.localized.title(schema) for each in sites],
            [
                [
                    row_key(schema.row_id(row)),
                    [each.heading(schema, row)[0] for each in sites],
                    _text(site, schema, row),
                ]
                for row in site.localized.rows[schema.name]
            ],
        ]
        for schema in site.tables
        if has_pages(schema)
    ]


def _text(site: LocalizedSite, schema: TableSchema, row: Row) -> str:
    """The cells of a row and its quotes, each said once, without notes and hashes."""
    named = {f"{base}_{language}" for base in bilingual_names(schema)[:1] for language in ("en", "zh")}
    parts = [exact(value) for name, value in row.items() if name not in named and not name.startswith("note_")]
    parts += [citation.quote for field in schema for citation in site.localized.cell_citations(schema, row, field)]
    text = " ".join(folded(exact(row[name])) for name in sorted(named))
    added = ""
    for part in map(folded, parts):
        if part not in text + added and len(part) != _HASH:
            added += f" {part}"
    return added.strip()
