"""The module of table and row types, made from the table schemas: what type checkers know of each table."""

from wuxi_outsourcing.package import Package
from wuxi_outsourcing.table_schemas import Field, TableSchema

_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "date": "date"}
# The functional form takes any column name.
_MODULE = '''"""Types of the tables and rows, for type checkers. Made from the schemas by scripts/generate.py."""

# A line a table.
# mypy: disable-error-code="overload-overlap"
# fmt: off
# ruff: noqa: E501, UP013

from datetime import date
from typing import TYPE_CHECKING, Literal, TypedDict, overload

Language = Literal["en", "zh"]
Value = str | int | float | bool | date | None
TableName = Literal[{names}]
{rows}

if TYPE_CHECKING:
{overloads}
    @overload
    def rows(table: TableName) -> list[dict[str, Value]]: ...
    def rows(table: TableName) -> object:
        """The rows of a table, a list of dicts with a key for each field, by the standard library alone."""
'''


def table_types(package: Package) -> str:
    """The text of the module."""
    schemas = package.schemas.values()
    return _MODULE.format(
        names=", ".join(f'"{schema.name}"' for schema in schemas),
        rows="\n".join(map(_row, schemas)),
        overloads="\n".join(map(_overload, schemas)),
    )


def _row(schema: TableSchema) -> str:
    name = _class_name(schema)
    return f'{name} = TypedDict("{name}", {{{", ".join(map(_key, schema))}}})'


def _class_name(schema: TableSchema) -> str:
    return "".join(part.capitalize() for part in schema.name.split("_")) + "Row"


def _key(field: Field) -> str:
    return f'"{field.name}": {_TYPES[field.type]}{"" if field.required else " | None"}'


def _overload(schema: TableSchema) -> str:
    return f'    @overload\n    def rows(table: Literal["{schema.name}"]) -> list[{_class_name(schema)}]: ...'
