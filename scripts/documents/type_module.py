"""The module of table and row types, made from the table schemas: what type checkers know of each table."""

from wuxi_outsourcing.engine.package import Package
from wuxi_outsourcing.engine.schema import Field

_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "date": "date"}
# The functional form takes any column name.
_MODULE = '''"""Types of the tables and rows, for type checkers. Made from the schemas by scripts/generate.py."""

# A line a table.
# mypy: disable-error-code="overload-overlap"
# fmt: off
# ruff: noqa: E501, UP013

from datetime import date
from typing import TYPE_CHECKING, Literal, TypedDict, overload

TableName = Literal[{names}]
{rows}

if TYPE_CHECKING:
    from .engine.csv_files import Value

{overloads}
    @overload
    def rows(table: TableName) -> list[dict[str, Value]]: ...
    def rows(table: TableName) -> object:
        """The rows of a table, a list of dicts with a key for each field, by the standard library alone."""
'''


def table_types(package: Package) -> str:
    """The text of the module."""
    rows, overloads = [], []
    for schema in package.schemas.values():
        name = "".join(word.capitalize() for word in schema.name.split("_")) + "Row"
        keys = ", ".join(_key(field) for field in schema)
        rows.append(f'{name} = TypedDict("{name}", {{{keys}}})')
        overloads.append(f'    @overload\n    def rows(table: Literal["{schema.name}"]) -> list[{name}]: ...')
    names = ", ".join(f'"{name}"' for name in package.schemas)
    return _MODULE.format(names=names, rows="\n".join(rows), overloads="\n".join(overloads))


def _key(field: Field) -> str:
    """A field as a key of the type of its row."""
    optional = "" if field.required else " | None"
    return f'"{field.name}": {_TYPES[field.type]}{optional}'
