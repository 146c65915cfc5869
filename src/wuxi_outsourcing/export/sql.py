"""What the databases share: tables with their constraints and the codebook, and views that join rows and quotes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from graphlib import CycleError, TopologicalSorter

from ..package import CORROBORATIONS, DESCRIPTOR, EVIDENCE, Package
from ..problems import Problem, Unusable
from ..provenance.derivation import CITED_CLASSES
from ..table_schemas import Field, TableSchema
from ..table_types import Value
from .codebook import codebook
from .content import Content, Row

CHECKS = {
    "enum": "{0} IN {1}",
    "minimum": "{0} >= {1}",
    "maximum": "{0} <= {1}",
    "minLength": "length({0}) >= {1}",
    "maxLength": "length({0}) <= {1}",
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """The types and constraints of Table Schema in SQL, where {0} is the column and {1} the limit."""

    types: Mapping[str, str]
    checks: Mapping[str, str]
    deferred: bool
    """Whether a row may refer to one that is inserted after it."""
    table_end: str = ""


def quoted(*names: str) -> str:
    """Names as identifiers of SQL between commas, whatever is in them."""
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)


def literal(value: Value | list[Value]) -> str:
    """A value as it is written in SQL; a date is text, which the databases read as a date where one belongs.

    >>> [literal(value) for value in ("it's", 1, 1.5, True, None, ["a", "b"])]
    ["'it''s'", '1', '1.5e0', 'TRUE', 'NULL', "('a', 'b')"]
    """
    if isinstance(value, list):
        return f"({', '.join(map(literal, value))})"
    if value is None or isinstance(value, bool):
        return {None: "NULL", True: "TRUE", False: "FALSE"}[value]
    if isinstance(value, float):
        # Without an exponent it would be read as a decimal, which loses digits.
        return text if "e" in (text := repr(value)) else f"{text}e0"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def tables(content: Content, dialect: Dialect) -> Iterator[tuple[TableSchema, str, Sequence[Row]]]:
    """Each table with the statement that makes it and its rows: the codebook, then each after those it refers to."""
    schemas = content.package.schemas
    targets = {name: {key.resource for key in schema.foreign_keys} - {name} for name, schema in schemas.items()}
    try:
        order = list(TopologicalSorter(targets).static_order())
    except CycleError as error:
        message = f"circular reference between tables: {', '.join(error.args[1])}"
        raise Unusable(Problem(DESCRIPTOR, None, None, message, "Export to parquet, xlsx or json.")) from None
    for schema, rows in codebook(content, partial(_unchecked, dialect)):
        yield schema, _create_table(schema, dialect), rows
    for name in order:
        yield schemas[name], _create_table(schemas[name], dialect), content.rows[name]


def views(package: Package) -> Iterator[str]:
    """The statements that make the views.

    `<table>_cited` joins each row with each citation of each of its cells, `<table>_corroborated` with what other
    sources say about it.
    """
    cited = {"field": "f"} | dict.fromkeys(("source_id", "paragraph", "start", "end", "quote"), "o")
    fields = ' JOIN "_fields" AS f ON f."table" = o."table" AND coalesce(f."cited_with", f."field") = o."field"'
    for name, schema in package.schemas.items():
        if any(field.provenance in CITED_CLASSES for field in schema):
            yield _view(schema, "cited", cited, f"{quoted(EVIDENCE)} AS o", fields)
        if CORROBORATIONS in package.paths and name != CORROBORATIONS:
            others = [column for column in package.schema(CORROBORATIONS).names if column not in ("table", "row_id")]
            yield _view(schema, "corroborated", dict.fromkeys(others, "o"), f"{quoted(CORROBORATIONS)} AS o")


def _view(schema: TableSchema, suffix: str, columns: Mapping[str, str], other: str, fields: str = "") -> str:
    """Each row of a table with each row of another that names it; `cited_` tells apart columns of one name."""
    beside = "".join(
        f", {alias}.{quoted(name)} AS {quoted(f'cited_{name}' if name in schema else name)}"
        for name, alias in columns.items()
    )
    row_id = " || '/' || ".join(f"CAST(t.{quoted(part)} AS VARCHAR)" for part in schema.primary_key)
    joins = f'JOIN {other} ON o."table" = {literal(schema.name)} AND o."row_id" = {row_id}{fields}'
    view, rows = quoted(f"{schema.name}_{suffix}"), f"FROM {quoted(schema.name)} AS t {joins}"
    return f"CREATE VIEW {view} AS SELECT t.*{beside} {rows}"


def _unchecked(dialect: Dialect, schema: TableSchema, field: Field) -> str | None:
    """The constraints and keys of a field that the database does not check."""
    names = [name for name in field.constraints if name not in {"required", "unique", *dialect.checks}]
    own = any(key.resource == schema.name and field.name in key.fields for key in schema.foreign_keys)
    return ", ".join([*names, *["foreignKey"] * (own and not dialect.deferred)]) or None


def _create_table(schema: TableSchema, dialect: Dialect) -> str:
    parts = []
    for field in schema:
        column = quoted(field.name)
        parts.append(f"{column} {dialect.types[field.type].format(column)}{' NOT NULL' * field.required}")
        for name, limit in field.constraints.items():
            if name in dialect.checks:
                parts[-1] += f" CHECK ({dialect.checks[name].format(column, literal(limit))})"
    parts.append(f"PRIMARY KEY ({quoted(*schema.primary_key)})")
    parts += [f"UNIQUE ({quoted(*key)})" for key in dict.fromkeys(schema.unique_keys) if key != schema.primary_key]
    for key in schema.foreign_keys:
        if dialect.deferred or key.resource != schema.name:
            target = f"{quoted(key.resource)} ({quoted(*key.reference_fields)})"
            parts.append(f"FOREIGN KEY ({quoted(*key.fields)}) REFERENCES {target}")
    return f"CREATE TABLE {quoted(schema.name)} (\n  " + ",\n  ".join(parts) + f"\n){dialect.table_end}"
