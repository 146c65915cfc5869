"""The codebook of a database, in tables of its own: what the package, its tables, fields and vocabularies are.

Their names begin with `_`, which no table's name does.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from ..package import Field, Package, TableSchema
from .content import Content, about
from .sound import Row
from .sql import Dialect, conditions, fitted, listed, quoted

_TYPES = {"position": "integer", "rows": "integer", "required": "boolean"}
_WORDS = ("title", "title_zh", "description", "description_zh")
_OF_FIELD = ("type", "unit", *_WORDS, "required", "provenance", "rule", "cited_with")


@dataclass(frozen=True, slots=True)
class CodebookTable:
    """A table about the tables. The first `key` columns are its primary key."""

    name: str
    description: str
    columns: Sequence[str]
    key: int
    rows: Sequence[Row]


def codebook(content: Content, dialect: Dialect) -> list[CodebookTable]:
    """The tables of the codebook."""
    package = content.package
    schemas = package.schemas.values()
    fields = [(schema, place, field) for schema in schemas for place, field in enumerate(schema.fields, 1)]
    return [
        CodebookTable(
            "_package",
            "What the package says of itself; what is no text is JSON.",
            ("property", "value"),
            1,
            [(key, value if isinstance(value, str) else _json(value)) for key, value in about(package).items()],
        ),
        CodebookTable(
            "_tables",
            "The tables, in the package's order, with their numbers of rows.",
            ("table", "position", "rows", *_WORDS),
            1,
            [
                (schema.name, place, len(content.rows[schema.name]), *_given(schema, _WORDS))
                for place, schema in enumerate(schemas, 1)
            ],
        ),
        CodebookTable(
            "_fields",
            "The fields of the tables: what is in them and where it comes from. `constraints` are those of the table "
            "schema; `unchecked` names the ones that this database does not check.",
            ("table", "field", "position", *_OF_FIELD, "constraints", "unchecked"),
            2,
            [
                (schema.name, field.name, place, *_given(field, _OF_FIELD), _json(dict(field.constraints)), unchecked)
                for schema, place, field in fields
                for unchecked in [_unchecked(package, schema, field, dialect)]
            ],
        ),
        CodebookTable(
            "_terms",
            "The vocabularies: the terms that a field may hold, and what they mean.",
            ("table", "field", "term", "position", "label", "label_zh"),
            3,
            [
                (schema.name, field.name, term, place, label, field.vocabulary_zh[term] or None)
                for schema, _, field in fields
                for place, (term, label) in enumerate(field.vocabulary.items(), 1)
            ],
        ),
    ]


def create_codebook_table(table: CodebookTable, dialect: Dialect) -> str:
    """The statement that makes one of them."""
    columns = [f"{quoted(name)} {dialect.types[_TYPES.get(name, 'string')]}" for name in table.columns]
    key = f"PRIMARY KEY ({listed(table.columns[: table.key])})"
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join([*columns, key]) + f"\n){dialect.codebook_end}"


def _given(of: Field | TableSchema, names: Sequence[str]) -> Row:
    """What is said of a field or a table by these names; what is not said is missing."""
    return tuple(None if (value := getattr(of, name)) == "" else value for name in names)


def _unchecked(package: Package, schema: TableSchema, field: Field, dialect: Dialect) -> str | None:
    found = [name for name, condition in conditions(field, dialect).items() if condition is None]
    if any(field.name in key.fields and not fitted(package, key) for key in schema.foreign_keys):
        found.append("foreignKey")
    return ", ".join(found) or None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
