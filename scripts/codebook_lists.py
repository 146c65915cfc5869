"""The lists at the end of a codebook: what several tables share."""

from collections import Counter
from collections.abc import Iterator

from book import Book
from markdown_text import anchor, code, inline, paragraph, table
from wuxi_outsourcing.package import Field, TableSchema


def vocabularies(book: Book) -> Iterator[str]:
    """Every vocabulary, with the rows that use each term, table by table."""
    words = book.words
    yield f"## {words['vocabularies']}"
    yield ""
    yield words["vocabularies_note"]
    for name, group in book.vocabularies.items():
        (_, field), *_ = group
        labels = field.vocabulary_zh if book.chinese else field.vocabulary
        used = [Counter(book.column(*place)) for place in group]
        rows = [
            [code(term), inline(label), *(str(counter[term]) for counter in used)] for term, label in labels.items()
        ]
        yield from ("", f"### {code(name)}", "", paragraph(book.title(field)), "")
        heads = [words["term"], words["label"], *(f"[{code(schema.name)}](#{schema.name})" for schema, _ in group)]
        yield from table(heads, rows, len(group))


def patterns(book: Book) -> Iterator[str]:
    """Every pattern, with the fields that it is for."""
    words = book.words
    rows = []
    for pattern, number in book.patterns.items():
        fields = dict.fromkeys(field.name for _, field in _places(book) if field.constraints.get("pattern") == pattern)
        rows.append([str(number), code(pattern), words["comma"].join(map(code, fields))])
    yield from (f"## {words['patterns']}", "", words["patterns_note"], "")
    yield from table([words["pattern"], "", words["used_in"]], rows)


def units(book: Book) -> Iterator[str]:
    """Every unit of a field, with the fields that it is for; what rows name as a unit is a vocabulary."""
    words = book.words
    names = dict.fromkeys(field.unit for _, field in _places(book) if field.unit)
    rows = [
        [
            inline(words["unit_words"].get(unit, unit)),
            _fields(book, [place for place in _places(book) if place[1].unit == unit]),
        ]
        for unit in names
    ]
    beside = [
        f"[{code(name)}](#{anchor(name)})" for name, group in book.vocabularies.items() if group[0][1].rule == "unit"
    ]
    yield from (f"## {words['units']}", "", words["units_note"].format(words["comma"].join(beside)), "")
    yield from table([words["unit"], words["used_in"]], rows)


def provenance(book: Book) -> Iterator[str]:
    """The classes of provenance, with the fields of each, and the rules by which quotes are read."""
    words = book.words
    kinds = Counter(field.provenance for _, field in _places(book))
    classes = [[code(name), text, str(kinds[name])] for name, text in words["class_words"].items()]
    rules = [
        [code(name), text, _fields(book, [place for place in _places(book) if place[1].rule == name])]
        for name, text in words["rule_words"].items()
    ]
    yield from (f"## {words['provenance']}", "", words["provenance_note"], "")
    yield from table([words["class"], words["meaning"], words["fields"]], classes, 1)
    yield ""
    yield from table([words["rule"], words["meaning"], words["used_in"]], rules)


def _places(book: Book) -> list[tuple[TableSchema, Field]]:
    return [(schema, field) for schema in book.schemas for field in schema.fields]


def _fields(book: Book, places: list[tuple[TableSchema, Field]]) -> str:
    """The fields under each name, as links to their tables: `note` of this one and that one."""
    words, by_name = book.words, dict[str, list[str]]()
    for schema, field in places:
        by_name.setdefault(field.name, []).append(schema.name)
    return "<br>".join(
        f"{code(name)}{words['colon']}{words['comma'].join(f'[{each}](#{each})' for each in tables)}"
        for name, tables in by_name.items()
    )
