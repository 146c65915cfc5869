"""The codebook as tables, so that a database or workbook writes it like any other table."""

import json
from collections.abc import Callable, Sequence

from ..csv_files import Value
from ..schema import Field, TableSchema
from .content import Content, Row

_WORDS = ("title", "title_zh", "description", "description_zh")
_PROPERTIES = ("type", "unit", *_WORDS, "required", "provenance", "rule", "cited_with")
_KEYS = {
    "_package": ("property",),
    "_tables": ("table",),
    "_fields": ("table", "field"),
    "_terms": ("table", "field", "term"),
}
_TITLES = {
    "_package": "Package 数据包",
    "_tables": "Tables 表",
    "_fields": "Fields 字段",
    "_terms": "Terms 词表",
}
_TYPES = {"position": "integer", "rows": "integer", "required": "boolean"}


def codebook(
    content: Content, unchecked: Callable[[Field], Value] | None = None
) -> list[tuple[TableSchema, Sequence[Row]]]:
    """The tables of the codebook that have rows, each with its schema.

    With `unchecked`, each field has a column more: which of its constraints a database does not check.
    """
    rows = {
        "_package": _package_rows(content),
        "_tables": _table_rows(content),
        "_fields": _field_rows(content, unchecked),
        "_terms": _term_rows(content),
    }
    return [(_schema(name, rows_of_table), rows_of_table) for name, rows_of_table in rows.items() if rows_of_table]


def _package_rows(content: Content) -> list[Row]:
    """A row for each property of the package."""
    return [{"property": name, "value": _text(value)} for name, value in content.about.items()]


def _table_rows(content: Content) -> list[Row]:
    """A row for each table."""
    rows: list[Row] = []
    for position, (name, schema) in enumerate(content.package.schemas.items(), 1):
        row: Row = {"table": name, "position": position, "rows": len(content.rows[name])}
        rows.append({**row, **_properties(schema, _WORDS)})
    return rows


def _field_rows(content: Content, unchecked: Callable[[Field], Value] | None) -> list[Row]:
    """A row for each field of each table."""
    rows: list[Row] = []
    for name, schema in content.package.schemas.items():
        for position, field in enumerate(schema, 1):
            row: dict[str, Value] = {"table": name, "field": field.name, "position": position}
            row |= _properties(field, _PROPERTIES)
            row["keys"] = _keys(schema, field)
            row["constraints"] = _text(dict(field.constraints))
            if unchecked:
                row["unchecked"] = unchecked(field)
            rows.append(row)
    return rows


def _term_rows(content: Content) -> list[Row]:
    """A row for each term of each vocabulary."""
    rows: list[Row] = []
    for name, schema in content.package.schemas.items():
        for field in schema:
            for position, (term, label) in enumerate(field.vocabulary.items(), 1):
                row: dict[str, Value] = {"table": name, "field": field.name, "term": term, "position": position}
                row["label"] = label
                row["label_zh"] = field.vocabulary_zh[term] or None
                row["description"] = field.term_descriptions[term] or None
                row["description_zh"] = field.term_descriptions_zh[term] or None
                rows.append(row)
    return rows


def _schema(name: str, rows: Sequence[Row]) -> TableSchema:
    """The schema of a table of the codebook, whose fields are the keys of its rows."""
    fields = tuple(_field(field_name) for field_name in rows[0])
    return TableSchema(name=name, title=_TITLES[name], description="", fields=fields, primary_key=_KEYS[name])


def _field(name: str) -> Field:
    """A column of the codebook."""
    return Field(name=name, type=_TYPES.get(name, "string"), title=name, description="", provenance="editorial")


def _properties(subject: Field | TableSchema, names: Sequence[str]) -> dict[str, Value]:
    """Some properties of a field or table; an empty text is an empty cell."""
    properties: dict[str, Value] = {}
    for name in names:
        value = getattr(subject, name)
        properties[name] = None if value == "" else value
    return properties


def _keys(schema: TableSchema, field: Field) -> str | None:
    """The keys that a field is a part of; None without one."""
    keys: list[str] = []
    if field.name in schema.primary_key:
        keys.append("primary key")
    keys += [f"unique: {', '.join(names)}" for names in schema.unique_keys if field.name in names]
    keys += [f"→ {key.resource}" for key in schema.foreign_keys if field.name in key.fields]
    return "; ".join(keys) or None


def _text(value: object) -> str:
    """A value as text. A value of another type is written as JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
