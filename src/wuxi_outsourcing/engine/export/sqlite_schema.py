"""The statements that make the tables and views of the SQLite database."""

from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from ..json_files import Json
from ..package import CORROBORATIONS, DESCRIPTOR, EVIDENCE, Package
from ..problems import Problem, Unusable
from ..schema import KEY_SEPARATOR, Field, ForeignKey, TableSchema

_TYPES = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
}

# The condition of a constraint of Table Schema, from the column and the limit.
_CONDITIONS: Mapping[str, Callable[[str, Json], str]] = {
    "enum": lambda column, values: f"{column} IN ({', '.join(map(literal, values))})",
    "minimum": lambda column, limit: f"{column} >= {literal(limit)}",
    "maximum": lambda column, limit: f"{column} <= {literal(limit)}",
    "minLength": lambda column, limit: f"length({column}) >= {literal(limit)}",
    "maxLength": lambda column, limit: f"length({column}) <= {literal(limit)}",
}
# The constraints that the database enforces.
_CHECKED = {"required", "unique", *_CONDITIONS}

# The columns of a citation, in a view.
_CITATION = ("source_id", "paragraph", "start", "end", "quote")


def quoted(name: str) -> str:
    """A name as an identifier of SQL, whatever is in it.

    >>> print(quoted('a "quoted" name'))
    "a ""quoted"" name"
    """
    return '"' + name.replace('"', '""') + '"'


def literal(value: str | float) -> str:
    """A text, number or Boolean as a literal of SQL.

    >>> [literal(value) for value in ("it's", 1, 1.5, True)]
    ["'it''s'", '1', '1.5', 'TRUE']
    """
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, bool):
        return str(value).upper()
    return str(value)


def unchecked(field: Field) -> str | None:
    """The constraints of a field that the database does not check; None without one."""
    names = [name for name in field.constraints if name not in _CHECKED]
    return ", ".join(names) or None


def referred_first(schemas: Mapping[str, TableSchema]) -> list[TableSchema]:
    """The tables, each after those that it refers to. Raises Unusable where two refer to each other."""
    targets = {}
    for name, schema in schemas.items():
        targets[name] = {key.resource for key in schema.foreign_keys} - {name}
    try:
        order = list(TopologicalSorter(targets).static_order())
    except CycleError as error:
        message = f"circular reference between tables: {', '.join(error.args[1])}"
        raise Unusable(Problem(DESCRIPTOR, None, None, message, "Export to parquet, xlsx or json.")) from None
    return [schemas[name] for name in order]


def create_table(schema: TableSchema) -> str:
    """The statement that makes a table with its constraints and keys."""
    unique_keys = [names for names in dict.fromkeys(schema.unique_keys) if names != schema.primary_key]
    parts = [_column(field) for field in schema]
    parts.append(f"PRIMARY KEY ({_listed(schema.primary_key)})")
    parts += [f"UNIQUE ({_listed(names)})" for names in unique_keys]
    parts += [_foreign_key(key) for key in schema.foreign_keys]
    lines = ",\n  ".join(parts)
    return f"CREATE TABLE {quoted(schema.name)} (\n  {lines}\n) STRICT, WITHOUT ROWID"


def create_views(package: Package) -> Iterator[str]:
    """The statements that make the views.

    `<table>_cited` joins each row with each citation of each of its cells, `<table>_corroborated` with what other
    sources say about it.
    """
    for name, schema in package.schemas.items():
        if schema.cited_fields:
            yield _cited_view(schema)
        if CORROBORATIONS in package.paths and name != CORROBORATIONS:
            yield _corroborated_view(schema, package.schema(CORROBORATIONS))


def _column(field: Field) -> str:
    """A column of a table: its name, its type, and what a cell may hold."""
    column = quoted(field.name)
    parts = [column, _TYPES[field.type]]
    if field.type == "boolean":
        parts.append(f"CHECK ({column} IN (0, 1))")
    if field.type == "date":
        # SQLite would take 30 February as it is; adding no days makes it 2 March.
        parts.append(f"CHECK (date({column}, '+0 days') IS {column})")
    if field.required:
        parts.append("NOT NULL")
    for constraint, limit in field.constraints.items():
        if constraint in _CONDITIONS:
            condition = _CONDITIONS[constraint](column, limit)
            parts.append(f"CHECK ({condition})")
    return " ".join(parts)


def _foreign_key(key: ForeignKey) -> str:
    target = f"{quoted(key.resource)} ({_listed(key.reference_fields)})"
    return f"FOREIGN KEY ({_listed(key.fields)}) REFERENCES {target}"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, names))


def _cited_view(schema: TableSchema) -> str:
    """Each row with each citation of each of its cells: that of another field where the field is cited with one."""
    columns = [_beside(schema, "f", "field")]
    columns += [_beside(schema, "o", name) for name in _CITATION]
    fields = 'JOIN "_fields" AS f ON f."table" = o."table" AND coalesce(f."cited_with", f."field") = o."field"'
    return _view(schema, "cited", columns, f"{_join(schema, EVIDENCE)} {fields}")


def _corroborated_view(schema: TableSchema, corroborations: TableSchema) -> str:
    """Each row with each statement of another source about it."""
    columns = [_beside(schema, "o", name) for name in corroborations.names if name not in ("table", "row_id")]
    return _view(schema, "corroborated", columns, _join(schema, CORROBORATIONS))


def _view(schema: TableSchema, suffix: str, columns: list[str], joins: str) -> str:
    selected = ", ".join(["t.*", *columns])
    rows = f"FROM {quoted(schema.name)} AS t {joins}"
    return f"CREATE VIEW {quoted(f'{schema.name}_{suffix}')} AS SELECT {selected} {rows}"


def _beside(schema: TableSchema, alias: str, name: str) -> str:
    """A column from beside the table; `cited_` tells it from a column of the table with the same name."""
    shown = f"cited_{name}" if name in schema else name
    return f"{alias}.{quoted(name)} AS {quoted(shown)}"


def _join(schema: TableSchema, other: str) -> str:
    """The join with the rows of another table that name this table and the row."""
    parts = [f"CAST(t.{quoted(part)} AS VARCHAR)" for part in schema.primary_key]
    row_id = f" || '{KEY_SEPARATOR}' || ".join(parts)
    return f'JOIN {quoted(other)} AS o ON o."table" = {literal(schema.name)} AND o."row_id" = {row_id}'
