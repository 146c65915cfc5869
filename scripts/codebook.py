"""The codebooks in `docs/`, from the schemas and what is in the tables; `generate.py` writes them."""

from collections.abc import Iterator
from pathlib import Path

from book import ROOT, Book, open_book
from codebook_lists import patterns, provenance, units, vocabularies
from markdown_text import anchor, code, inline, paragraph, table
from wuxi_outsourcing.package import Field, TableSchema

# In the order in which a reader asks.
LIMITS = ("minimum", "maximum", "minLength", "maxLength")


def codebook(language: str, root: Path = ROOT) -> str:
    """The codebook of the package in a folder, as Markdown."""
    book = open_book(language, root)
    parts = [_opening(book), _contents(book)]
    parts += [_table(book, schema) for schema in book.schemas]
    parts += [make(book) for make in (vocabularies, patterns, units, provenance)]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _opening(book: Book) -> Iterator[str]:
    words, package = book.words, book.content.package
    suffix = "_zh" if book.chinese else ""
    lists = ("tables", "vocabularies", "patterns", "units", "provenance")
    yield f"<!-- {words['generated']} -->"
    yield ""
    yield f"# {words['heading']}"
    yield ""
    yield f"**{inline(package.descriptor[f'title{suffix}'])}**"
    yield ""
    yield paragraph(package.descriptor[f"description{suffix}"])
    yield ""
    links = [f"[{words[name]}](#{anchor(words[name])})" for name in lists]
    yield " · ".join([f"{words['version']} {package.version}", *links, words["other"]])
    yield ""
    yield f"![{words['figure_title']}]({words['figure']})"
    yield ""
    yield words["caption"]


def _contents(book: Book) -> Iterator[str]:
    words = book.words
    rows, totals = [], [0] * 4
    for schema in book.schemas:
        filled = sum(len(book.column(schema, field)) for field in schema.fields)
        counts = [book.rows(schema), len(schema.fields), filled, book.all_citations(schema)]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        rows.append([_link(schema.name), inline(book.title(schema)), *map(str, counts)])
    rows.append([words["total"], "", *(f"**{total}**" for total in totals)])
    yield f"## {words['tables']}"
    yield ""
    yield from table([words[name] for name in ("table", "title", "rows", "fields", "cells", "citations")], rows, 4)
    yield ""
    yield words["filled_note"]


def _table(book: Book, schema: TableSchema) -> Iterator[str]:
    words, package = book.words, book.content.package
    yield f"### {code(schema.name)}"
    yield ""
    yield f"**{inline(book.title(schema))}**{words['colon']}{inline(book.description(schema))}"
    yield ""
    if schema.name in words["pictures"]:
        file, shown = words["pictures"][schema.name]
        yield from (f"![{shown}]({file})", "")
    resource = next(each for each in package.descriptor["resources"] if each["name"] == schema.name)
    counts = [book.counted("rows", book.rows(schema)), book.counted("citations", book.all_citations(schema))]
    files = [f"[{path}](../{path})" for path in (resource["path"], resource["schema"])]
    yield " · ".join((*counts, *files))
    yield ""
    yield from (f"- {key}" for key in _keys(book, schema))
    yield ""
    heads = [words[name] for name in ("field", "description", "type", "constraints", "class", "filled", "citations")]
    yield from table(heads, (_field(book, schema, field) for field in schema.fields), 2)


def _keys(book: Book, schema: TableSchema) -> Iterator[str]:
    words = book.words
    yield f"{words['primary']}{words['colon']}{_names(book, schema.primary_key)}"
    for key in schema.unique_keys:
        yield f"{words['unique']}{words['colon']}{_names(book, key)}"
    for foreign in schema.foreign_keys:
        target = f"{_link(foreign.resource)} ({_names(book, foreign.reference_fields)})"
        yield f"{words['foreign']}{words['colon']}{_names(book, foreign.fields)} → {target}"
    sources = [
        f"{_link(other.name)} ({_names(book, foreign.fields)})"
        for other in book.schemas
        for foreign in other.foreign_keys
        if foreign.resource == schema.name != other.name
    ]
    if sources:
        yield f"{words['pointed']}{words['colon']}{words['comma'].join(sources)}"


def _field(book: Book, schema: TableSchema, field: Field) -> list[str]:
    words = book.words
    source = [f"[{field.provenance}](#{anchor(words['provenance'])})"]
    if field.cited_with:
        source.append(f"{words['cited_with']} {code(field.cited_with)}")
    if field.rule:
        source.append(f"{words['rule']} {code(field.rule)}")
    backed = field.rule or field.provenance == "quoted"
    return [
        f"{code(field.name)}<br>{inline(book.title(field))}",
        inline(book.description(field)),
        "<br>".join([code(field.type), *([_unit(book, field.unit)] if field.unit else [])]),
        "<br>".join(_constraints(book, schema, field)),
        "<br>".join(source),
        str(len(book.column(schema, field))),
        str(book.citations(schema, field)) if backed else "",
    ]


def _constraints(book: Book, schema: TableSchema, field: Field) -> Iterator[str]:
    words = book.words
    if field.required:
        yield words["required"]
    if field.constraints.get("unique"):
        yield words["one_unique"]
    for name in LIMITS:
        if name in field.constraints:
            yield words[name].format(inline(str(field.constraints[name])))
    if "pattern" in field.constraints:
        yield f"[{words['pattern']} {book.patterns[field.constraints['pattern']]}](#{anchor(words['patterns'])})"
    for name, group in book.vocabularies.items():
        if (schema, field) in group:
            yield f"[{words['one_of'].format(len(field.vocabulary))}](#{anchor(name)})"


def _unit(book: Book, unit: str) -> str:
    return f"[{inline(book.words['unit_words'].get(unit, unit))}](#{anchor(book.words['units'])})"


def _names(book: Book, names: tuple[str, ...]) -> str:
    return str(book.words["comma"]).join(map(code, names))


def _link(name: str) -> str:
    return f"[{code(name)}](#{anchor(name)})"
