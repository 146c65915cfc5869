"""The codebooks in `docs/`, from the schemas and what is in the tables; `generate.py` writes them."""

from collections.abc import Iterator

from book import Book
from codebook_lists import provenance, vocabularies, vocabulary_groups
from markdown_text import anchor, code, inline, paragraph, table
from wuxi_outsourcing.package import SOURCES
from wuxi_outsourcing.table_schemas import Field, TableSchema

_LIMITS = ("minimum", "maximum", "minLength", "maxLength")
_LISTS = ("tables", "vocabularies", "provenance")


def codebook(book: Book) -> str:
    """The codebook, as Markdown."""
    parts = [_opening(book), _contents(book), _model(book)]
    parts += [_table(book, schema) for schema in book.schemas]
    parts += [section(book) for section in (vocabularies, provenance)]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def limits(book: Book) -> Iterator[str]:
    """What the data do not say, as a list."""
    total = sum(source["characters"] for source in book.rows[SOURCES])
    share = f"{book.covered() / total:.0%}" if total else "0%"
    yield from (f"- {limit.format(share=share)}" for limit in book.words["limit_words"])


def _opening(book: Book) -> Iterator[str]:
    words, (title, description) = book.words, book.about
    links = [f"[{words[name]}](#{anchor(words[name])})" for name in _LISTS]
    yield from (f"<!-- {words['generated']} -->", "", f"# {words['heading']}", "", f"**{inline(title)}**", "")
    yield from (paragraph(description), "")
    yield " · ".join([f"{words['version']} {book.package.version}", *links, words["other"]])
    yield from ("", f"## {words['limits']}", "", *limits(book))


def _contents(book: Book) -> Iterator[str]:
    words = book.words
    rows, totals = [], [0] * 4
    for schema in book.schemas:
        filled = sum(len(book.cells(schema, field)) for field in schema)
        counts = [len(book.rows[schema.name]), len(schema), filled, book.citation_count(schema)]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        rows.append([_link(schema.name), inline(book.title(schema)), *map(str, counts)])
    rows.append([words["total"], "", *(f"**{total}**" for total in totals)])
    yield from (f"## {words['tables']}", "")
    yield from table([words[name] for name in ("table", "title", "rows", "fields", "cells", "citations")], rows, 4)
    yield from ("", words["filled_note"])


def _model(book: Book) -> Iterator[str]:
    """The tables and their foreign keys as a Mermaid diagram, which GitHub draws."""
    yield from (f"## {book.words['model']}", "", book.words["model_note"], "", "```mermaid", "erDiagram")
    for schema in book.schemas:
        yield f"    {schema.name} {{"
        keys = {name for key in schema.foreign_keys for name in key.fields}
        for field in schema:
            marks = ["PK"] * (field.name in schema.primary_key) + ["FK"] * (field.name in keys)
            if marks:
                yield f"        {field.type} {field.name} {', '.join(marks)}"
        yield "    }"
    for schema in book.schemas:
        for key in schema.foreign_keys:
            yield f"    {key.resource} ||--o{{ {schema.name} : {'_'.join(key.fields)}"
    yield "```"


def _table(book: Book, schema: TableSchema) -> Iterator[str]:
    words, package = book.words, book.package
    yield from (f"### {code(schema.name)}", "")
    yield from (f"**{inline(book.title(schema))}**{words['colon']}{inline(book.description(schema))}", "")
    if schema.name in words["charts"]:
        file, alternative = words["charts"][schema.name]
        yield from (f"![{alternative}]({file})", "")
    files = [f"[{path}](../{path})" for path in (package.paths[schema.name], package.schema_files[schema.name])]
    counts = [len(book.rows[schema.name]), book.citation_count(schema)]
    counted = [
        _counted(words[name], count) for name, count in zip(("row_count", "citation_count"), counts, strict=True)
    ]
    yield from (" · ".join((*counted, *files)), "")
    yield from (f"- {key}" for key in _keys(book, schema))
    yield ""
    heads = [words[name] for name in ("field", "description", "type", "constraints", "class", "filled", "citations")]
    yield from table(heads, (_field(book, schema, field) for field in schema), 2)
    yield from _corroborations(book, schema)


def _corroborations(book: Book, schema: TableSchema) -> Iterator[str]:
    """What other sources say about rows of the table."""
    words = book.words
    corroborations = [row for row in book.rows.get("corroborations", ()) if row["table"] == schema.name]
    if corroborations:
        yield from ("", words["corroborations"], "")
        rows = [
            [
                code("/".join(filter(None, (row["row_id"], row["field"])))),
                book.term("corroborations", "relation", row["relation"]),
                "<br>".join(inline(text) for text in (book.text(row, "statement"), book.text(row, "note")) if text),
                f"[{inline(row['publisher'])}]({row['url']}), {row['accessed_on']}",
            ]
            for row in corroborations
        ]
        yield from table([words[name] for name in ("row", "relation", "statement", "publisher")], rows)


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
    unit = [inline(words["unit_words"].get(field.unit, field.unit))] if field.unit else []
    return [
        f"{code(field.name)}<br>{inline(book.title(field))}",
        inline(book.description(field)),
        "<br>".join([code(field.type), *unit]),
        "<br>".join(_constraints(book, schema, field)),
        "<br>".join(source),
        str(len(book.cells(schema, field))),
        str(book.citation_count(schema, [field])) if field.rule or field.provenance == "quoted" else "",
    ]


def _constraints(book: Book, schema: TableSchema, field: Field) -> Iterator[str]:
    words = book.words
    if field.required:
        yield words["required"]
    if field.constraints.get("unique"):
        yield words["unique"]
    for name in _LIMITS:
        if name in field.constraints:
            yield words[name].format(inline(str(field.constraints[name])))
    if "pattern" in field.constraints:
        yield f"{words['pattern']} {code(field.constraints['pattern'])}"
    for name, group in vocabulary_groups(book).items():
        if (schema, field) in group:
            yield f"[{words['one_of'].format(len(field.vocabulary))}](#{anchor(name)})"


def _counted(forms: list[str], count: int) -> str:
    """A number with its noun in the singular or plural."""
    return forms[0 if count == 1 else 1].format(count)


def _names(book: Book, names: tuple[str, ...]) -> str:
    return str(book.words["comma"]).join(map(code, names))


def _link(name: str) -> str:
    return f"[{code(name)}](#{anchor(name)})"
