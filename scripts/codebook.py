"""The codebooks in `docs/`, from the schemas and what is in the tables; `generate.py` writes them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from book import Book
from markdown_text import anchor, code, inline, paragraph, table
from wuxi_outsourcing.engine.package import CORROBORATIONS, SOURCES
from wuxi_outsourcing.engine.schema import Field, TableSchema

_LIMITS = ("minimum", "maximum", "minLength", "maxLength")


def codebook(book: Book) -> str:
    """The codebook, as Markdown."""
    parts = [_opening(book), _contents(book), _model(book), *(_table(book, schema) for schema in book.schemas)]
    parts += [_vocabularies(book), _provenance(book)]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def limits(book: Book) -> Iterator[str]:
    """What the data do not say, as a list."""
    total = sum(source["characters"] for source in book.rows[SOURCES])
    share = f"{book.covered() / total:.0%}" if total else "0%"
    yield from (f"- {limit.format(share=share)}" for limit in book.words["limit_words"])


def vocabulary_groups(book: Book) -> Mapping[str, list[tuple[TableSchema, Field]]]:
    """The fields of each different vocabulary, under the first of them."""
    groups: dict[str, list[tuple[TableSchema, Field]]] = {}
    for schema, field in book.fields:
        if field.vocabulary:
            groups.setdefault(repr((field.name, field.vocabulary, field.vocabulary_zh)), []).append((schema, field))
    return {f"{group[0][0].name}.{group[0][1].name}": group for group in groups.values()}


def _opening(book: Book) -> Iterator[str]:
    words, (title, description) = book.words, book.about
    links = [f"[{words[name]}](#{anchor(words[name])})" for name in ("tables", "vocabularies", "provenance")]
    yield from (f"<!-- {words['generated']} -->", "", f"# {words['heading']}", "", f"**{inline(title)}**", "")
    yield from (paragraph(description), "")
    yield " · ".join([f"{words['version']} {book.package.version}", *links, words["other"]])
    yield from ("", f"## {words['limits']}", "", *limits(book))


def _contents(book: Book) -> Iterator[str]:
    rows, totals = [], Counter[int]()
    for schema in book.schemas:
        filled = sum(len(book.cells(schema, field)) for field in schema)
        counts = [len(book.rows[schema.name]), len(schema), filled, book.citation_count(schema)]
        totals.update(dict(enumerate(counts)))
        rows.append([_link(schema.name), inline(book.title(schema)), *map(str, counts)])
    rows.append([book.words["total"], "", *(f"**{total}**" for total in totals.values())])
    heads = ["table", "title", "rows", "fields", "cells", "citations"]
    yield from (f"## {book.words['tables']}", "", *_titled(book, heads, rows, 4), "", book.words["filled_note"])


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
    counts = {"row_count": len(book.rows[schema.name]), "citation_count": book.citation_count(schema)}
    counted = [words[name][count != 1].format(count) for name, count in counts.items()]
    files = [f"[{path}](../{path})" for path in (package.paths[schema.name], package.schema_files[schema.name])]
    yield from (" · ".join((*counted, *files)), "")
    yield from (f"- {words[name]}{words['colon']}{key}" for name, key in _keys(book, schema))
    heads = ["field", "description", "type", "constraints", "class", "filled", "citations"]
    yield from ("", *_titled(book, heads, [_field(book, schema, field) for field in schema], 2))
    rows = [
        [
            code("/".join(filter(None, (row["row_id"], row["field"])))),
            book.term(CORROBORATIONS, "relation", row["relation"]),
            "<br>".join(inline(text) for text in (book.text(row, "statement"), book.text(row, "note")) if text),
            f"[{inline(row['publisher'])}]({row['url']}), {row['accessed_on']}",
        ]
        for row in book.rows.get(CORROBORATIONS, ())
        if row["table"] == schema.name
    ]
    if rows:
        heads = ["row", "relation", "statement", "publisher"]
        yield from ("", words["corroborations"], "", *_titled(book, heads, rows))


def _keys(book: Book, schema: TableSchema) -> Iterator[tuple[str, str]]:
    yield "primary", _names(book, schema.primary_key)
    yield from (("unique", _names(book, key)) for key in schema.unique_keys)
    for key in schema.foreign_keys:
        target = f"{_link(key.resource)} ({_names(book, key.reference_fields)})"
        yield "foreign", f"{_names(book, key.fields)} → {target}"
    keys = [(other.name, key) for other in book.schemas for key in other.foreign_keys if other.name != schema.name]
    sources = [f"{_link(name)} ({_names(book, key.fields)})" for name, key in keys if key.resource == schema.name]
    if sources:
        yield "pointed", book.words["comma"].join(sources)
    for rule in schema.rules:
        yield "row_rule", inline(book.description(rule))


def _field(book: Book, schema: TableSchema, field: Field) -> list[str]:
    words = book.words
    source = [f"[{field.provenance}](#{anchor(words['provenance'])})"]
    reasons = (("cited_with", field.cited_with), ("rule", field.rule))
    source += [f"{words[name]} {code(value)}" for name, value in reasons if value]
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
    words, limited = book.words, field.constraints
    yield from (words[name] for name in ("required", "unique") if limited.get(name))
    yield from (words[name].format(inline(str(limited[name]))) for name in _LIMITS if name in limited)
    if "pattern" in limited:
        yield f"{words['pattern']} {code(limited['pattern'])}"
    for name, group in vocabulary_groups(book).items():
        if (schema, field) in group:
            yield f"[{words['one_of'].format(len(field.vocabulary))}](#{anchor(name)})"


def _vocabularies(book: Book) -> Iterator[str]:
    """Every vocabulary, with the number of rows that use each term, table by table."""
    words = book.words
    yield from (f"## {words['vocabularies']}", "", words["vocabularies_note"])
    for name, group in vocabulary_groups(book).items():
        (_, field), *_ = group
        used = [Counter(book.cells(*column)) for column in group]
        terms = book.terms(field).items()
        rows = [[code(term), inline(label), *(str(counter[term]) for counter in used)] for term, label in terms]
        heads = [words["term"], words["label"], *(f"[{code(schema.name)}](#{schema.name})" for schema, _ in group)]
        yield from ("", f"### {code(name)}", "", paragraph(book.title(field)), "", *table(heads, rows, len(group)))


def _provenance(book: Book) -> Iterator[str]:
    """The classes of provenance, with the number of fields of each, and the rules by which quotes are read."""
    words, counts = book.words, Counter(field.provenance for _, field in book.fields)
    classes = [[code(name), text, str(counts[name])] for name, text in words["class_words"].items()]
    rules = [[code(name), text, _fields(book, name)] for name, text in words["rule_words"].items()]
    yield from (f"## {words['provenance']}", "", words["provenance_note"], "")
    yield from (*_titled(book, ["class", "meaning", "fields"], classes, 1), "")
    yield from _titled(book, ["rule", "meaning", "used_in"], rules)


def _fields(book: Book, rule: str) -> str:
    """The fields with a rule, each with links to its tables."""
    by_name = dict[str, list[str]]()
    for schema, field in book.fields:
        if field.rule == rule:
            by_name.setdefault(field.name, []).append(f"[{schema.name}](#{schema.name})")
    colon, comma = book.words["colon"], book.words["comma"]
    return "<br>".join(f"{code(name)}{colon}{comma.join(tables)}" for name, tables in by_name.items())


def _titled(book: Book, heads: Sequence[str], rows: Sequence[Sequence[str]], right: int = 0) -> list[str]:
    return table([book.words[name] for name in heads], rows, right)


def _names(book: Book, names: tuple[str, ...]) -> str:
    return str(book.words["comma"]).join(map(code, names))


def _link(name: str) -> str:
    return f"[{code(name)}](#{anchor(name)})"
