"""What the databases share: tables with their constraints, the codebook, views that join rows and quotes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..package import CORROBORATIONS, EVIDENCE, Package
from ..provenance.derivation import CITED_CLASSES
from ..table_schemas import Field, ForeignKey, TableSchema
from ..table_types import Value

_OPERATORS = {
    "minimum": "{} >= {}",
    "maximum": "{} <= {}",
    "minLength": "length({}) >= {}",
    "maxLength": "length({}) <= {}",
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """Column types by those of Table Schema, the conditions that make up for missing types, and for patterns."""

    types: Mapping[str, str]
    type_conditions: Mapping[str, str]
    pattern_condition: Callable[[str, str], str | None]
    table_end: str = ""
    reference_end: str = ""


def quoted(*names: str) -> str:
    """Names as identifiers of SQL between commas, whatever is in them."""
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)


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
            for name, condition in _conditions(field, dialect).items()
            if condition
        )
        parts.append(f"  {quoted(field.name)} {dialect.types[field.type]}{' NOT NULL' * field.required}{checks}")
    parts.append(f"  PRIMARY KEY ({quoted(*schema.primary_key)})")
    parts += [f"  UNIQUE ({quoted(*key)})" for key in dict.fromkeys(schema.unique_keys) if key != schema.primary_key]
    for key in schema.foreign_keys:
        if is_checked(package, key):
            target = f"{quoted(key.resource)} ({quoted(*key.reference_fields)})"
            parts.append(f"  FOREIGN KEY ({quoted(*key.fields)}) REFERENCES {target}{dialect.reference_end}")
    return f"CREATE TABLE {quoted(schema.name)} (\n" + ",\n".join(parts) + f"\n){dialect.table_end}"


def is_checked(package: Package, key: ForeignKey) -> bool:
    """Whether a database can check a foreign key: it refers to the fields of a key, in their order."""
    target = package.schema(key.resource)
    return key.reference_fields in (target.primary_key, *target.unique_keys)


def unchecked(package: Package, dialect: Dialect, schema: TableSchema, field: Field) -> str | None:
    """The constraints and keys of a field that the database does not check."""
    names = [name for name, condition in _conditions(field, dialect).items() if condition is None]
    keys = [key for key in schema.foreign_keys if field.name in key.fields and not is_checked(package, key)]
    return ", ".join([*names, *["foreignKey"] * bool(keys)]) or None


def views(package: Package) -> Iterator[tuple[str, str, str]]:
    """Name, description and statement of each view.

    `<table>_cited` joins each row with each citation of each of its cells, `<table>_corroborated` with what other
    sources say about it.
    """
    for name, schema in package.schemas.items():
        row_id = " || '/' || ".join(f"CAST(t.{quoted(part)} AS VARCHAR)" for part in schema.primary_key)
        if any(field.provenance in CITED_CLASSES for field in schema):
            columns = {"field": "f"} | dict.fromkeys(("source_id", "paragraph", "start", "end", "quote"), "e")
            joins = (
                f'JOIN {quoted(EVIDENCE)} AS e ON e."table" = {literal(name)} AND e."row_id" = {row_id} '
                f'JOIN "_fields" AS f ON f."table" = {literal(name)} '
                'AND coalesce(f."cited_with", f."field") = e."field"'
            )
            description = f"{schema.title}: each row with each citation of each of its cells."
            yield f"{name}_cited", description, _view(schema, "cited", columns, joins)
        if CORROBORATIONS in package.paths and name != CORROBORATIONS:
            names = package.schema(CORROBORATIONS).names
            columns = {column: "c" for column in names if column not in ("table", "row_id")}
            joins = f'JOIN {quoted(CORROBORATIONS)} AS c ON c."table" = {literal(name)} AND c."row_id" = {row_id}'
            description = f"{schema.title}: each row with each thing that another source says about it."
            yield f"{name}_corroborated", description, _view(schema, "corroborated", columns, joins)


def _conditions(field: Field, dialect: Dialect) -> dict[str, str | None]:
    """What must hold of a field's values, by the name of the constraint; None for what the database cannot check."""
    column = quoted(field.name)
    found: dict[str, str | None] = {}
    if field.type in dialect.type_conditions:
        found["type"] = dialect.type_conditions[field.type].format(column)
    for name, limit in field.constraints.items():
        if name in _OPERATORS:
            found[name] = _OPERATORS[name].format(column, literal(limit))
        elif name == "enum":
            found[name] = f"{column} IN ({', '.join(map(literal, limit))})"
        elif name == "pattern":
            found[name] = dialect.pattern_condition(column, limit)
    if field.type == "string" and "enum" not in found:
        found["filled"] = f"{column} <> ''"  # an empty cell is NULL, here as in the CSV
    return found


def _view(schema: TableSchema, suffix: str, columns: Mapping[str, str], joins: str) -> str:
    """The columns of a table and those beside it, by their alias, renamed where the table has one of that name."""
    beside = [
        f"{alias}.{quoted(name)} AS {quoted(f'cited_{name}' if name in schema else name)}"
        for name, alias in columns.items()
    ]
    selection = ", ".join(["t.*", *beside])
    source = f"FROM {quoted(schema.name)} AS t {joins}"
    return f"CREATE VIEW {quoted(f'{schema.name}_{suffix}')} AS SELECT {selection} {source}"
