"""The codebook as tables, so that a database or workbook writes it like any other table."""

import json
from collections.abc import Callable, Iterator, Sequence

from ..csv_files import Value
from ..schema import Field, TableSchema
from .content import Content, Row

_WORDS = ("title", "title_zh", "description", "description_zh")
_PROPERTIES = ("type", "unit", *_WORDS, "required", "provenance", "rule", "cited_with")
_TYPES = {"position": "integer", "rows": "integer", "required": "boolean"}


def codebook(
    content: Content, unchecked: Callable[[Field], Value] | None = None
) -> Iterator[tuple[TableSchema, Sequence[Row]]]:
    """The tables of the codebook that have rows, each with its schema.

    With `unchecked`, each field has a column more: which of its constraints a database does not check.
    """
    properties: list[Row] = [{"property": key, "value": _text(value)} for key, value in content.about.items()]
    tables: list[Row] = []
    fields: list[Row] = []
    terms: list[Row] = []
    for number, (name, schema) in enumerate(content.package.schemas.items(), 1):
        tables.append({"table": name, "position": number, "rows": len(content.rows[name]), **_parts(schema, _WORDS)})
        for position, field in enumerate(schema, 1):
            cell = {"table": name, "field": field.name}
            row = {**cell, "position": position, **_parts(field, _PROPERTIES)}
            row |= {"keys": _keys(schema, field), "constraints": _text(dict(field.constraints))}
            fields.append(row | ({"unchecked": unchecked(field)} if unchecked else {}))
            for index, (term, label) in enumerate(field.vocabulary.items(), 1):
                label_zh = field.vocabulary_zh[term] or None
                terms.append({**cell, "term": term, "position": index, "label": label, "label_zh": label_zh})
    yield from _table("_package", "Package 数据包", ("property",), properties)
    yield from _table("_tables", "Tables 表", ("table",), tables)
    yield from _table("_fields", "Fields 字段", ("table", "field"), fields)
    yield from _table("_terms", "Terms 词表", ("table", "field", "term"), terms)


def _table(name: str, title: str, key: tuple[str, ...], rows: list[Row]) -> Iterator[tuple[TableSchema, Sequence[Row]]]:
    if rows:
        fields = tuple(map(_field, rows[0]))
        yield TableSchema(name=name, title=title, description="", fields=fields, primary_key=key), rows


def _field(name: str) -> Field:
    """A column of the codebook."""
    return Field(name=name, type=_TYPES.get(name, "string"), title=name, description="", provenance="editorial")


def _parts(subject: Field | TableSchema, names: Sequence[str]) -> dict[str, Value]:
    return {name: None if (value := getattr(subject, name)) == "" else value for name in names}


def _keys(schema: TableSchema, field: Field) -> str | None:
    keys = ["primary key"] * (field.name in schema.primary_key)
    keys += [f"unique: {', '.join(names)}" for names in schema.unique_keys if field.name in names]
    keys += [f"→ {key.resource}" for key in schema.foreign_keys if field.name in key.fields]
    return "; ".join(keys) or None


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, allow_nan=False)
