"""What the databases have in common: tables with their constraints, and views that join rows with their citations."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..cited_cells import CITED
from ..package import EVIDENCE, Field, ForeignKey, Package, TableSchema
from ..reading import type_of_cell


@dataclass(frozen=True, slots=True)
class Dialect:
    """What differs: column types by those of Table Schema, conditions for types and patterns, and the ends of things.

    `remarks` says that a table is stored as it was written, comments and all.
    """

    types: Mapping[str, str]
    of_type: Callable[[str, str], str | None]
    pattern: Callable[[str, str], str | None]
    table_end: str
    codebook_end: str
    reference_end: str
    remarks: bool


def quoted(name: str) -> str:
    """A name, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Sequence[str]) -> str:
    """Names between commas."""
    return ", ".join(map(quoted, names))


def literal(value: type_of_cell) -> str:
    """A value as it is written in SQL. A date is text, which either database takes for a date where one belongs.

    >>> [literal(value) for value in ("it's", 1, 1.5, True, None)]
    ["'it''s'", '1', '1.5e0', 'TRUE', 'NULL']
    """
    if value is None or isinstance(value, bool):
        return {None: "NULL", True: "TRUE", False: "FALSE"}[value]
    if isinstance(value, float):
        # Without an exponent it would be a decimal first, of which not every digit comes through.
        return text if "e" in (text := repr(value)) else f"{text}e0"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def create_table(package: Package, schema: TableSchema, dialect: Dialect) -> str:
    """The statement that makes a table, with every constraint that the dialect can say."""
    parts = [_column(schema.name, field, dialect) for field in schema.fields]
    parts.append(f"  PRIMARY KEY ({listed(schema.primary_key)})")
    parts += [f"  UNIQUE ({listed(key)})" for key in dict.fromkeys(schema.unique_keys) if key != schema.primary_key]
    for key in filter(None, (fitted(package, key) for key in schema.foreign_keys)):
        target = f"{quoted(key.resource)} ({listed(key.reference_fields)})"
        parts.append(f"  FOREIGN KEY ({listed(key.fields)}) REFERENCES {target}{dialect.reference_end}")
    remark = f" -- {_one_line(schema.title, schema.description)}" if dialect.remarks else ""
    return f"CREATE TABLE {quoted(schema.name)} ({remark}\n" + ",\n".join(parts) + f"\n){dialect.table_end}"


def views(package: Package) -> Iterator[tuple[str, str, str]]:
    """For each table with cited cells, a view that joins each row with each citation of each of its cells.

    As name, description and statement. A field that is cited with another has that one's citations.
    """
    for name, schema in package.schemas.items():
        view = f"{name}_cited"
        if view in package.schemas or not any(field.provenance in CITED for field in schema.fields):
            continue
        parts = [
            f"t.{quoted(part)}" if schema[part].type == "string" else f"CAST(t.{quoted(part)} AS VARCHAR)"
            for part in schema.primary_key
        ]
        columns = ["t.*", f"f.{quoted('field')} AS {_free('field', schema)}"]
        columns += [
            f"e.{quoted(each)} AS {_free(each, schema)}"
            for each in package.schema(EVIDENCE).names
            if each not in ("table", "row_id", "field")
        ]
        row_id = " || '/' || ".join(parts)
        lines = [
            f"CREATE VIEW {quoted(view)} AS",
            f"SELECT {', '.join(columns)}",
            f"FROM {quoted(name)} AS t",
            f'JOIN {quoted(EVIDENCE)} AS e ON e."table" = {literal(name)} AND e."row_id" = {row_id}',
            f'JOIN "_fields" AS f ON f."table" = {literal(name)} AND coalesce(f."cited_with", f."field") = e."field"',
        ]
        yield view, f"{schema.title}: each row with each citation of each of its cells.", "\n".join(lines)


def fitted(package: Package, key: ForeignKey) -> ForeignKey | None:
    """A foreign key with its fields in the order of the key that it refers to; None where that is no key."""
    target = package.schema(key.resource)
    pairs = dict(zip(key.reference_fields, key.fields, strict=True))
    for names in (target.primary_key, *target.unique_keys):
        if pairs.keys() == set(names):
            return ForeignKey(tuple(pairs[name] for name in names), key.resource, names)
    return None


def conditions(field: Field, dialect: Dialect) -> dict[str, str | None]:
    """What must hold of a field's values, by the name of the constraint; None for what the dialect can't say."""
    column = quoted(field.name)
    found: dict[str, str | None] = {}
    of_type = dialect.of_type(column, field.type)
    if of_type:
        found["type"] = of_type
    for name, limit in field.constraints.items():
        if name in ("minimum", "maximum"):
            found[name] = f"{column} {'>=' if name == 'minimum' else '<='} {literal(limit)}"
        elif name in ("minLength", "maxLength"):
            found[name] = f"length({column}) {'>=' if name == 'minLength' else '<='} {literal(limit)}"
        elif name == "enum":
            found[name] = f"{column} IN ({', '.join(literal(term) for term in limit)})"
        elif name == "pattern":
            found[name] = dialect.pattern(column, limit)
    # An empty cell is NULL, here as in the CSV.
    said = field.constraints.get("minLength") or "enum" in found
    if (
        field.type == "string"
        and not said
        and (not found.get("pattern") or re.fullmatch(field.constraints["pattern"], ""))
    ):
        found["filled"] = f"{column} <> ''"
    return found


def _column(table: str, field: Field, dialect: Dialect) -> str:
    remark = f"  -- {_one_line(field.title, field.description)}\n" if dialect.remarks else ""
    checks = "".join(
        f"\n    CONSTRAINT {quoted(f'{table}.{field.name}.{name}')} CHECK ({condition})"
        for name, condition in conditions(field, dialect).items()
        if condition
    )
    return f"{remark}  {quoted(field.name)} {dialect.types[field.type]}{' NOT NULL' * field.required}{checks}"


def _free(name: str, schema: TableSchema) -> str:
    """The name of a citation's column, where the table has none of that name."""
    while name in schema.names:
        name = f"cited_{name}"
    return quoted(name)


def _one_line(title: str, description: str) -> str:
    return " ".join(f"{title}: {description}".split())
