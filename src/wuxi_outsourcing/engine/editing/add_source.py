"""`add-source`: a new article on record, as a row of `sources` and its rows of `paragraphs`."""

import re
import shlex

from ..article import SourceText, text_digest
from ..package import PARAGRAPHS, SOURCES, Package
from ..problems import Problem, Unusable
from ..tables import TextRow
from .search import canonical_quote, find
from .text_tables import TextTable, editable_table, is_allowed, write_tables

# A line without a mark of a sentence is a heading or a byline; one that is too long for that is text all the same.
_MARKS = re.compile("[。!?;,]")
_MAX_HEADING = 40
_DAY = re.compile("[12][0-9]{3}([-/.年])[0-9]{1,2}([-/.月])[0-9]{1,2}")
_NEEDED = ("source_id", "title_zh", "url")


def add_source(package: Package, source: SourceText, cells: TextRow) -> list[str]:
    """Put a new article on record. `cells` are those of its row of `sources` that cannot be worked out.

    They must have source_id, title_zh, as it is printed, and url. Returns what was done and what is still to fill in,
    as lines to print. Raises Unusable, with every file as it was.
    """
    sources, paragraphs = editable_table(package, SOURCES), editable_table(package, PARAGRAPHS)
    row = {name: canonical_quote(cell) for name, cell in cells.items() if cell or name in _NEEDED}
    row |= {"language": "zh-Hans", "characters": str(len(source.text)), "sha256": text_digest(source.text)}
    _check(package, source, sources, row)
    sources, paragraphs = sources.with_rows([row]), paragraphs.with_rows(_paragraph_rows(source, row))
    entry = {"title": row["title_zh"], "path": row["url"]}
    if "published_on" in row:
        entry["version"] = row["published_on"]
    known = package.descriptor.get("sources")
    write_tables(package, [sources, paragraphs], {"sources": [*(known if isinstance(known, list) else []), entry]})
    empty = [line for table in (sources, paragraphs) for line in _still_empty(table, row["source_id"])]
    cite = f"cite what is printed: wuxi-outsourcing quote {shlex.quote(source.file)} --all"
    return [f"{row['source_id']}: added to {sources.file} and {paragraphs.file}", *empty, cite]


def _check(package: Package, source: SourceText, sources: TextTable, row: TextRow) -> None:
    """Raise Unusable for what is on record already, is not printed or is not allowed by the schema."""
    for name, cell in row.items():
        field = sources.schema[name]
        if not cell or not is_allowed(package, field, SOURCES, cell):
            message = f"{cell[:40]!r} is empty, too long or of another form"
            raise Unusable(Problem(source.file, None, name, message, field.description))
    for other in sources.rows:
        for name, what in {"source_id": "ID", "sha256": "article", "url": "address"}.items():
            if other[name] == row[name]:
                message = f"this {what} is on record already, as {other['source_id']}"
                fix = f"Give a new article; correct what is on record in {sources.file}."
                raise Unusable(Problem(source.file, None, name, message, fix))
    find(source, row["title_zh"])


def _paragraph_rows(source: SourceText, row: TextRow) -> list[TextRow]:
    """A row for each paragraph, with its kind as far as that can be seen from the text."""
    rows = []
    for number, text in enumerate(source.paragraphs, 1):
        kind = "byline" if _DAY.search(text) else "heading"
        if text == row["title_zh"]:
            kind = "title"
        elif _MARKS.search(text) or len(text) > _MAX_HEADING:
            kind = "body"
        own = {"paragraph": str(number), "kind": kind, "characters": str(len(text)), "sha256": text_digest(text)}
        rows.append({"source_id": row["source_id"]} | own)
    return rows


def _still_empty(table: TextTable, source_id: str) -> list[str]:
    """A line that names the required fields that the rows of the source still lack."""
    rows = [row for row in table.rows if row["source_id"] == source_id]
    empty = [field.name for field in table.schema if field.required and not all(row[field.name] for row in rows)]
    return [f"still to fill in: {', '.join(empty)} in {table.file}"] * bool(empty)
