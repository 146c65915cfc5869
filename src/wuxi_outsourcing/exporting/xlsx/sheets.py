"""What stands in each sheet: a table of the package, or a part of the codebook."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...citations import Citation
from ...package import Field, Package, TableSchema
from ..content import Content
from ..sound import Row

FIELDS, TERMS = "字段 Fields", "词表 Terms"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, titles and provenance, and a comment on its name."""

    name: str
    title: str
    title_zh: str
    provenance: str | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: rows under a header, and the comments by row and column, counted from 0 below the header."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    comments: Mapping[tuple[int, int], str]


def table_sheets(content: Content) -> Iterator[Sheet]:
    """A sheet for each table, in the descriptor's order."""
    cited = {(table, field) for table, _, field in content.by_cell}
    for name, schema in content.package.schemas.items():
        fields = [each for each in enumerate(schema.fields) if (name, each[1].cited_with or each[1].name) in cited]
        comments = {
            (index, column): "\n\n".join(map(_cited, citations))
            for index, row in enumerate(content.rows[name])
            for column, field in fields
            if row[column] is not None and (citations := content.citations(schema, row, field))
        }
        title = f"{schema.title} {schema.title_zh}    {schema.description} {schema.description_zh}"
        yield Sheet(name, title, [_column(field) for field in schema.fields], content.rows[name], comments)


def codebook(package: Package) -> Iterator[Sheet]:
    """A sheet of every field and one of every term in a vocabulary."""
    every = [(schema, field) for schema in package.schemas.values() for field in schema.fields]
    yield Sheet(FIELDS, "Every field of every table 所有表的全部字段", _OF_FIELD, [_field(*each) for each in every], {})
    terms = [
        (schema.name, field.name, term, label, field.vocabulary_zh[term])
        for schema, field in every
        for term, label in field.vocabulary.items()
    ]
    yield Sheet(TERMS, "Every term of every vocabulary 所有受控词表的全部取值", _OF_TERM, terms, {})


def _column(field: Field) -> Column:
    source = f"provenance 溯源类型: {_provenance(field)}"
    unit = [f"unit 单位: {field.unit}"] if field.unit else []
    terms = [f"terms 取值: {TERMS}"] if field.vocabulary else []
    comment = "\n".join([field.description, field.description_zh, "", source, *unit, *terms])
    return Column(field.name, field.title, field.title_zh, field.provenance, comment)


def _provenance(field: Field) -> str:
    """Where a field's cells come from, in the words of its schema.

    `cited_with value, rule unit`, for instance.
    """
    beside = f" {field.cited_with}" if field.cited_with else ""
    return f"{field.provenance}{beside}" + (f", rule {field.rule}" if field.rule else "")


def _cited(one: Citation) -> str:
    return f"{one.source_id}\nparagraph 段落 {one.paragraph}, characters 字符 {one.start}–{one.end}\n{one.quote}"


_OF_FIELD = (
    Column("table", "Table", "表"),
    Column("field", "Field", "字段"),
    Column("title", "Title", "英文名称"),
    Column("title_zh", "Title (Chinese)", "中文名称"),
    Column("type", "Type", "类型"),
    Column("required", "Required", "必填"),
    Column("unit", "Unit", "单位"),
    Column("provenance", "Provenance", "溯源类型"),
    Column("key", "Key", "键"),
    Column("constraints", "Constraints", "约束"),
    Column("description", "Description", "英文说明"),
    Column("description_zh", "Description (Chinese)", "中文说明"),
)
_OF_TERM = (
    Column("table", "Table", "表"),
    Column("field", "Field", "字段"),
    Column("term", "Term", "取值"),
    Column("label", "Meaning", "英文含义"),
    Column("label_zh", "Meaning (Chinese)", "中文含义"),
)


def _field(schema: TableSchema, field: Field) -> Row:
    limits = {key: value for key, value in field.constraints.items() if key not in ("required", "enum", "unique")}
    return (
        schema.name,
        field.name,
        field.title,
        field.title_zh,
        field.type,
        field.required,
        field.unit,
        _provenance(field),
        "\n".join(_keys(schema, field)) or None,
        # In ASCII, as the schema has it: a pattern may name characters that no font has.
        "\n".join(f"{key}: {json.dumps(value)}" for key, value in limits.items()) or None,
        field.description,
        field.description_zh,
    )


def _keys(schema: TableSchema, field: Field) -> Iterator[str]:
    """The keys that a field is part of."""
    if field.name in schema.primary_key:
        yield "primary key"
    for names in schema.unique_keys:
        if field.name in names:
            yield "unique" + f" ({', '.join(names)})" * (len(names) > 1)
    for key in schema.foreign_keys:
        if field.name in key.fields:
            yield f"→ {key.resource}.{key.reference_fields[key.fields.index(field.name)]}"
