"""What the search over all rows looks in."""

from wuxi_outsourcing.package import EVIDENCE

from .cells import exact, folded
from .site_book import SiteBook, pairs, row_key

_HASH = 64


def search_rows(site: SiteBook) -> list[list[str]]:
    """Every row with a page: table, key, title of the table, what the row is called, and all of its text, folded."""
    rows = []
    for schema in site.tables:
        texts = {f"{base}_{site.language}" for base in pairs(schema)[:1]}
        for row in site.book.rows[schema.name] if schema.name != EVIDENCE else ():
            row_id = schema.row_id(row)
            # The notes of the other language say the same; hashes are not searched for.
            parts = [
                exact(value)
                for name, value in row.items()
                if name not in texts and not name.startswith("note_") and len(exact(value)) != _HASH
            ]
            parts += [term for field in schema if (term := site.book.terms(field).get(row[field.name]))]
            parts += [citation.quote for field in schema for citation in site.book.cited(schema, row, field)]
            heading = site.heading(schema, row)[0]
            text = " ".join(dict.fromkeys(folded(part) for part in parts if part))
            rows.append([schema.name, row_key(row_id), site.book.title(schema), heading, text])
    return rows
