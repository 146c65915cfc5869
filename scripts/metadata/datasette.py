"""`docs/datasette.json`: what Datasette shows with the SQLite file of the release, beyond the data."""

from collections.abc import Iterator
from typing import Any

from assets import homepage
from book import Book, licence
from wuxi_outsourcing import TableSchema
from wuxi_outsourcing.package import SOURCES

from . import json_ld

# What the SQLite file says about itself.
INTERNAL = ("_fields", "_package", "_tables", "_terms")


def datasette(book: Book) -> str:
    """The file's text, for a database with the package's name: in Datasette, dots in the name break links to rows."""
    descriptor, source = book.package.descriptor, book.rows[SOURCES][0]
    tables = dict(_tables(book)) | {name: {"hidden": True} for name in INTERNAL}
    return json_ld(
        {
            "title": descriptor["title"],
            "description": descriptor["description"],
            "license": licence(book)["name"],
            "license_url": licence(book)["path"],
            "source": source["title_en"],
            "source_url": source["url"],
            "about": descriptor["name"],
            "about_url": homepage(descriptor),
            "databases": {descriptor["name"]: {"tables": tables}},
        }
    )


def _tables(book: Book) -> Iterator[tuple[str, dict[str, Any]]]:
    for schema in book.schemas:
        columns = {field.name: f"{field.title}: {field.description}" for field in schema}
        described = {"title": schema.title, "description": schema.description, "columns": columns}
        yield schema.name, described | _label(schema)


def _label(schema: TableSchema) -> dict[str, str]:
    """The column that a link to a row shows."""
    names = [name for name in ("label_en", "name_en", "title_en") if name in schema.names]
    return {"label_column": names[0]} if names else {}
