"""What the databases share: tables with their constraints, the codebook in tables, views that join rows and quotes."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..package import EVIDENCE, Package
from ..provenance.derivation import CITED_CLASSES
from ..table_schemas import Field, ForeignKey, TableSchema
from ..table_types import Value
from .content import CORROBORATIONS, Content, Row

_WORDS = ("title", "title_zh", "description", "description_zh")
_FIELD_PROPERTIES = ("type", "unit", *_WORDS, "required", "provenance", "rule", "cited_with")
_CITATION_COLUMNS = ("source_id", "paragraph", "start", "end", "quote")


@dataclass(frozen=True, slots=True)
class Dialect:
    """Column types by those of Table Schema, the conditions that make up for missing types, and for patterns."""

    types: Mapping[str, str]
    type_conditions: Mapping[str, str]
    pattern_condition: Callable[[str, str], str | None]
    table_end: str = ""
    reference_end: str = ""


@dataclass(frozen=True, slots=True)
class CodebookTable:
    """A table about the tables; its name begins with `_`. The first `key` columns are its primary key."""

    name: str
    description: str
    columns: Sequence[str]
    key: int
    rows: Sequence[Row]


def quoted(name: str) -> str:
    """A name as an identifier of SQL, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Sequence[str]) -> str:
    """Identifiers between commas."""
    return ", ".join(map(quoted, names))


def literal(value: Value) -> str:
    """A value as it is written in SQL; a date is text, which the databases read as a date where one belongs.

    >>> [literal(value) for value in ("it's", 1, 1.5, True, None)]
    ["'it''s'", '1', '1.5e0', 'TRUE', 'NULL']
    """
    if value is None or isinstance(value, bool):
        return {None: "NULL", True: "TRUE", False: "FALSE"}[value]
    if isinstance(value, float):
        # Without an exponent it would be read as a decimal, which loses digits.
        return text if "e" in (text := repr(value)) else f"{text}e0"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def create_table(package: Package, schema: TableSchema, dialect: Dialect) -> str:
    """The statement that makes a table, with every constraint that the database can check."""
    parts = []
    for field in schema:
        checks = "".join(
            f"\n    CONSTRAINT {quoted(f'{schema.name}.{field.name}.{name}')} CHECK ({condition})"
            for name, condition in conditions(field, dialect).items()
            if condition
        )
        parts.append(f"  {quoted(field.name)} {dialect.types[field.type]}{' NOT NULL' * field.required}{checks}")
    parts.append(f"  PRIMARY KEY ({listed(schema.primary_key)})")
    parts += [f"  UNIQUE ({listed(key)})" for key in dict.fromkeys(schema.unique_keys) if key != schema.primary_key]
    for key in filter(None, (matching_key(package, key) for key in schema.foreign_keys)):
        target = f"{quoted(key.resource)} ({listed(key.reference_fields)})"
        parts.append(f"  FOREIGN KEY ({listed(key.fields)}) REFERENCES {target}{dialect.reference_end}")
    return f"CREATE TABLE {quoted(schema.name)} (\n" + ",\n".join(parts) + f"\n){dialect.table_end}"


def create_codebook_table(table: CodebookTable) -> str:
    """The statement that makes a table of the codebook."""
    kinds = {"position": "INTEGER", "rows": "INTEGER", "required": "INTEGER"}
    columns = [f"  {quoted(name)} {kinds.get(name, 'TEXT')}" for name in table.columns]
    key = f"  PRIMARY KEY ({listed(table.columns[: table.key])})"
    return f"CREATE TABLE {quoted(table.name)} (\n" + ",\n".join([*columns, key]) + "\n)"


def conditions(field: Field, dialect: Dialect) -> dict[str, str | None]:
    """What must hold of a field's values, by the name of the constraint; None for what the database cannot check."""
    column = quoted(field.name)
    found: dict[str, str | None] = {}
    if field.type in dialect.type_conditions:
        found["type"] = dialect.type_conditions[field.type].format(column)
    operators = {"minimum": "{} >= {}", "maximum": "{} <= {}"}
    operators |= {"minLength": "length({}) >= {}", "maxLength": "length({}) <= {}"}
    for name, limit in field.constraints.items():
        if name in operators:
            found[name] = operators[name].format(column, literal(limit))
        elif name == "enum":
            found[name] = f"{column} IN ({', '.join(map(literal, limit))})"
        elif name == "pattern":
            found[name] = dialect.pattern_condition(column, limit)
    if field.type == "string" and "enum" not in found:
        found["filled"] = f"{column} <> ''"  # an empty cell is NULL, here as in the CSV
    return found


def matching_key(package: Package, key: ForeignKey) -> ForeignKey | None:
    """A foreign key in the order of the key that it refers to; None where its target is not a key."""
    target = package.schema(key.resource)
    pairs = dict(zip(key.reference_fields, key.fields, strict=True))
    for names in (target.primary_key, *target.unique_keys):
        if pairs.keys() == set(names):
            return ForeignKey(tuple(pairs[name] for name in names), key.resource, names)
    return None


def views(package: Package) -> Iterator[tuple[str, str, str]]:
    """Name, description and statement of each view.

    `<table>_cited` joins each row with each citation of each of its cells, `<table>_corroborated` with what other
    sources say about it.
    """
    for name, schema in package.schemas.items():
        parts = [f"CAST(t.{quoted(part)} AS VARCHAR)" for part in schema.primary_key]
        row_id = " || '/' || ".join(parts)
        if any(field.provenance in CITED_CLASSES for field in schema):
            columns = [("field", "f"), *((column, "e") for column in _CITATION_COLUMNS)]
            citations = f'JOIN {quoted(EVIDENCE)} AS e ON e."table" = {literal(name)} AND e."row_id" = {row_id}'
            fields = f'JOIN "_fields" AS f ON f."table" = {literal(name)}'
            fields += ' AND coalesce(f."cited_with", f."field") = e."field"'
            yield (
                f"{name}_cited",
                f"{schema.title}: each row with each citation of each of its cells.",
                _view(f"{name}_cited", f"{_columns(schema, columns)} FROM {quoted(name)} AS t {citations} {fields}"),
            )
        if CORROBORATIONS in package.paths and name != CORROBORATIONS:
            others = f'JOIN {quoted(CORROBORATIONS)} AS c ON c."table" = {literal(name)} AND c."row_id" = {row_id}'
            columns = [
                (field, "c") for field in package.schema(CORROBORATIONS).names if field not in ("table", "row_id")
            ]
            yield (
                f"{name}_corroborated",
                f"{schema.title}: each row with each thing that another source says about it.",
                _view(f"{name}_corroborated", f"{_columns(schema, columns)} FROM {quoted(name)} AS t {others}"),
            )


def codebook(content: Content, dialect: Dialect) -> list[CodebookTable]:
    """The codebook as tables."""
    package = content.package
    schemas = list(package.schemas.values())
    fields = [(schema, position, field) for schema in schemas for position, field in enumerate(schema, 1)]
    about = [(key, value if isinstance(value, str) else _json(value)) for key, value in content.about.items()]
    tables = [
        (schema.name, position, len(content.rows[schema.name]), *_properties(schema, _WORDS))
        for position, schema in enumerate(schemas, 1)
    ]
    columns = [
        (
            *(schema.name, field.name, position, *_properties(field, _FIELD_PROPERTIES)),
            *(_json(dict(field.constraints)), _unchecked(package, schema, field, dialect)),
        )
        for schema, position, field in fields
    ]
    terms = [
        (schema.name, field.name, term, position, label, field.vocabulary_zh[term] or None)
        for schema, _, field in fields
        for position, (term, label) in enumerate(field.vocabulary.items(), 1)
    ]
    of_field = ("table", "field", "position", *_FIELD_PROPERTIES, "constraints", "unchecked")
    of_term = ("table", "field", "term", "position", "label", "label_zh")
    return [
        CodebookTable("_package", "Properties of the package; JSON where not a text.", ("property", "value"), 1, about),
        CodebookTable(
            "_tables", "The tables, in the package's order.", ("table", "position", "rows", *_WORDS), 1, tables
        ),
        CodebookTable(
            "_fields", "The fields; `unchecked` lists what this database does not check.", of_field, 2, columns
        ),
        CodebookTable("_terms", "The terms of the vocabularies with their meanings.", of_term, 3, terms),
    ]


def _columns(schema: TableSchema, columns: Sequence[tuple[str, str]]) -> str:
    """The columns of a view: those of the table, and those beside it, renamed where the table has one of that name."""
    beside = [f"{alias}.{quoted(name)} AS {quoted(_free(name, schema))}" for name, alias in columns]
    return ", ".join(["t.*", *beside])


def _view(name: str, selection: str) -> str:
    return f"CREATE VIEW {quoted(name)} AS SELECT {selection}"


def _free(name: str, schema: TableSchema) -> str:
    while name in schema:
        name = f"cited_{name}"
    return name


def _properties(subject: Field | TableSchema, names: Sequence[str]) -> Row:
    return tuple(None if (value := getattr(subject, name)) == "" else value for name in names)


def _unchecked(package: Package, schema: TableSchema, field: Field, dialect: Dialect) -> str | None:
    names = [name for name, condition in conditions(field, dialect).items() if condition is None]
    if any(field.name in key.fields and not matching_key(package, key) for key in schema.foreign_keys):
        names.append("foreignKey")
    return ", ".join(names) or None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
