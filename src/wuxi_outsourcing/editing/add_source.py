"""`add-source`: an article on record, as a row of `sources` and its rows of `paragraphs`."""

import re
import shlex
from dataclasses import replace
from typing import NoReturn

from ..package import PARAGRAPHS, SOURCES, Package
from ..problems import Problem, Unusable
from ..provenance.source_text import SourceText, digest
from .search import canonical_quote, find
from .text_tables import Row, TextTable, is_allowed, read_table, write_tables

# A line without a mark of a sentence is a heading or a byline; one that is too long for that is text all the same.
_MARKS = re.compile("[。!?;,]")
_MAX_HEADING = 40
_DAY = re.compile("[12][0-9]{3}([-/.年])[0-9]{1,2}([-/.月])[0-9]{1,2}")


def add_source(package: Package, source: SourceText, source_id: str, given: Row) -> list[str]:
    """Register an article, or fill in what is still empty of one on record; nothing is overwritten.

    `given` are cells of `sources`; a new article needs title_zh, as it is printed, and url. Returns what was done and
    what is still to fill in, as lines to print. Raises Unusable, with every file as it was.
    """
    sources, paragraphs = read_table(package, SOURCES), read_table(package, PARAGRAPHS)
    known = next((row for row in sources.rows if row["source_id"] == source_id), {})
    given = {name: canonical_quote(cell) for name, cell in given.items() if cell.strip()}
    own = {"source_id": source_id, "characters": str(len(source.text)), "sha256": digest(source.text)}
    row = {"language": "zh-Hans"} | known | given | own
    _check(source, sources, known, row)
    added = [name for name in given if not known.get(name)]
    if not known:
        paragraphs = paragraphs.with_rows(_paragraph_rows(source, row))
    sources = replace(sources, rows=[other for other in sources.rows if other is not known]).with_rows([row])
    if added:
        write_tables(package, [sources, paragraphs], {"sources": _descriptor_sources(package, row)})
    done = f"{sources.file}: {source_id}: {', '.join(added) or 'nothing'} added"
    cite = f"cite what is printed: wuxi-outsourcing cite {shlex.quote(source.file)} --all"
    return [done, *(line for table in (sources, paragraphs) for line in _still_empty(table, source_id)), cite]


def _check(source: SourceText, sources: TextTable, known: Row, row: Row) -> None:
    """Raise Unusable for what contradicts the sources on record, is not printed or is not allowed by the schema."""

    def refuse(name: str, message: str, fix: str) -> NoReturn:
        raise Unusable(Problem(source.file, None, name, message, fix))

    for name in ("sha256", *row):
        if known.get(name) and known[name] != row[name]:
            what = "another article" if name == "sha256" else f"{name} {known[name]}"
            fix = f"Give another --id for another article; correct cells in {sources.file}."
            refuse(name, f"{row['source_id']} is on record already, with {what}", fix)
    for other in sources.rows:
        for name in ("sha256", "url"):
            if other is not known and other[name] == row.get(name):
                what = "article" if name == "sha256" else "address"
                fix = f"Name it by --id {other['source_id']}, or give a new article."
                refuse(name, f"this {what} is on record already, as {other['source_id']}", fix)
    for name in ("title_zh", "url", *row):
        field, cell = sources.schema[name], row.get(name, "")
        if not cell and name in ("title_zh", "url"):
            refuse(name, "is needed for a new article", field.description)
        if cell and not is_allowed(field, cell):
            refuse(name, f"{cell[:40]!r} is too long or of another form", field.description)
    find(source, row["title_zh"])


def _paragraph_rows(source: SourceText, row: Row) -> list[Row]:
    """A row for each paragraph, with its kind as far as that can be seen from the text."""
    rows = []
    for number, text in enumerate(source.paragraphs, 1):
        kind = "byline" if _DAY.search(text) else "heading"
        if text == row["title_zh"]:
            kind = "title"
        elif _MARKS.search(text) or len(text) > _MAX_HEADING:
            kind = "body"
        own = {"paragraph": str(number), "kind": kind, "characters": str(len(text)), "sha256": digest(text)}
        rows.append({"source_id": row["source_id"]} | own)
    return rows


def _descriptor_sources(package: Package, row: Row) -> object:
    """The sources of the descriptor, with the article among them."""
    sources = package.descriptor.get("sources")
    if not isinstance(sources, list):
        return sources  # `validate` says what is wrong with it
    entry = {"title": row["title_zh"], "path": row["url"]}
    if row.get("published_on"):
        entry["version"] = row["published_on"]
    here = [isinstance(source, dict) and source.get("path") == row["url"] for source in sources]
    merged = [entry | source if same else source for source, same in zip(sources, here, strict=True)]
    return merged if any(here) else [*merged, entry]


def _still_empty(table: TextTable, source_id: str) -> list[str]:
    """A line that names the required fields that the rows of the source still lack."""
    rows = [row for row in table.rows if row["source_id"] == source_id]
    empty = [field.name for field in table.schema if field.required and not all(row[field.name] for row in rows)]
    return [f"still to fill in: {', '.join(empty)} in {table.file}"] * bool(empty)
