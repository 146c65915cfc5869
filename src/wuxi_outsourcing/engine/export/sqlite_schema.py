"""The statements that make the tables of the SQLite database."""

from collections.abc import Callable, Mapping
from graphlib import CycleError, TopologicalSorter

from ..json_files import Json
from ..package import DESCRIPTOR
from ..problems import Problem, Unusable
from ..schema import Field, ForeignKey, TableSchema

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
