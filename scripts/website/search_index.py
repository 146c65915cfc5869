"""What the search over all rows looks in, one script for both languages."""

from typing import Any

from localized_package import Row
from wuxi_outsourcing.engine.schema import TableSchema

from .localized_site import LocalizedSite, bilingual_names, has_pages, row_key
from .shown_cells import exact, folded

_HASH_LENGTH = 64


def search_rows(sites: list[LocalizedSite]) -> list[list[Any]]:
    """Every table with pages: its name, its title in each language and its rows."""
    site = sites[0]
    tables = []
    for schema in site.tables:
        if has_pages(schema):
            titles = [each.localized.title(schema) for each in sites]
            rows = [_entry(sites, schema, row) for row in site.localized.rows[schema.name]]
            tables.append([schema.name, titles, rows])
    return tables


def _entry(sites: list[LocalizedSite], schema: TableSchema, row: Row) -> list[Any]:
    """A row: its key, what it is called in each language, and the rest of its text."""
    headings = [site.heading(schema, row)[0] for site in sites]
    return [row_key(schema.row_id(row)), headings, _text(sites[0], schema, row)]


def _text(site: LocalizedSite, schema: TableSchema, row: Row) -> str:
    """The cells of a row and its quotes, folded, without its headings, notes and hashes. Each is said once."""
    heading_fields = []
    for base in bilingual_names(schema)[:1]:
        heading_fields += [f"{base}_en", f"{base}_zh"]
    texts = []
    for name, value in row.items():
        if name not in heading_fields and not name.startswith("note_"):
            texts.append(exact(value))
    for field in schema:
        texts += [citation.quote for citation in site.localized.cell_citations(schema, row, field)]
    headings = " ".join(folded(exact(row[name])) for name in heading_fields)
    added = ""
    for text in texts:
        words = folded(text)
        is_said = words in headings + added
        if not is_said and len(words) != _HASH_LENGTH:
            added += f" {words}"
    return added.strip()
