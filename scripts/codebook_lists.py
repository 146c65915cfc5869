"""The lists at the end of a codebook: what several tables share."""

from collections import Counter
from collections.abc import Iterator, Mapping

from book import Book
from markdown_text import code, inline, paragraph, table
from wuxi_outsourcing.table_schemas import Field, TableSchema


def vocabulary_groups(book: Book) -> Mapping[str, list[tuple[TableSchema, Field]]]:
    """The fields of each different vocabulary, under the first of them."""
    groups: dict[str, list[tuple[TableSchema, Field]]] = {}
    for schema, field in book.fields:
        if field.vocabulary:
            groups.setdefault(repr((field.name, field.vocabulary, field.vocabulary_zh)), []).append((schema, field))
    return {f"{group[0][0].name}.{group[0][1].name}": group for group in groups.values()}


def vocabularies(book: Book) -> Iterator[str]:
    """Every vocabulary, with the number of rows that use each term, table by table."""
    words = book.words
    yield from (f"## {words['vocabularies']}", "", words["vocabularies_note"])
    for name, group in vocabulary_groups(book).items():
        (_, field), *_ = group
        used = [Counter(book.cells(*column)) for column in group]
        rows = [
            [code(term), inline(label), *(str(counter[term]) for counter in used)]
            for term, label in book.terms(field).items()
        ]
        yield from ("", f"### {code(name)}", "", paragraph(book.title(field)), "")
        heads = [words["term"], words["label"], *(f"[{code(schema.name)}](#{schema.name})" for schema, _ in group)]
        yield from table(heads, rows, len(group))


def provenance(book: Book) -> Iterator[str]:
    """The classes of provenance, with the number of fields of each, and the rules by which quotes are read."""
    words = book.words
    counts = Counter(field.provenance for _, field in book.fields)
    classes = [[code(name), text, str(counts[name])] for name, text in words["class_words"].items()]
    rules = [[code(name), text, _fields(book, name)] for name, text in words["rule_words"].items()]
    yield from (f"## {words['provenance']}", "", words["provenance_note"], "")
    yield from table([words["class"], words["meaning"], words["fields"]], classes, 1)
    yield ""
    yield from table([words["rule"], words["meaning"], words["used_in"]], rules)


def _fields(book: Book, rule: str) -> str:
    """The fields with a rule, each with links to its tables."""
    by_name = dict[str, list[str]]()
    for schema, field in book.fields:
        if field.rule == rule:
            by_name.setdefault(field.name, []).append(f"[{schema.name}](#{schema.name})")
    colon, comma = book.words["colon"], book.words["comma"]
    return "<br>".join(f"{code(name)}{colon}{comma.join(tables)}" for name, tables in by_name.items())
