"""A table for a terminal: a line a row where that fits, or else a block of lines a row."""

from collections.abc import Callable
from shutil import get_terminal_size
from unicodedata import east_asian_width

from ..package import Package
from ..problems import visible
from ..table_schemas import Field, TableSchema
from ..tables import numbered_rows

# Where the output is no terminal, nothing has to fit.
_NO_TERMINAL = (1_000_000, 24)


def as_grid(package: Package, table: str, lang: str | None) -> str:
    """The rows of a table, without empty columns and, with a language, without those of the other.

    Notes come below the rows, since they are long.
    """
    schema = package.schema(table)
    rows = [
        {field.name: _text(field, row[field.name], lang) for field in schema}
        for _, row in numbered_rows(package, table)
    ]
    hidden = {"en": "_zh", "zh": "_en"}.get(lang or "")
    fields = [field for field in schema if any(row[field.name] for row in rows) and not _is_twin(field, schema, hidden)]
    title = _titles(lang)
    columns = [field for field in fields if not field.name.startswith("note")]
    grid = [list(map(title, columns)), *([row[field.name] for field in columns] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*grid, strict=True)]
    if sum(widths) + 2 * len(widths) > get_terminal_size(_NO_TERMINAL).columns:
        return "\n\n".join(_block([(title(field), row[field.name]) for field in fields]) for row in rows)
    lines = ["  ".join(map(_padded, line, widths)).rstrip() for line in grid]
    notes = [
        f"{schema.row_id(row)}: {row[field.name]}"
        for field in fields
        if field not in columns
        for row in rows
        if row[field.name]
    ]
    return "\n".join([*lines, *([""] if notes else []), *notes])


def _is_twin(field: Field, schema: TableSchema, suffix: str | None) -> bool:
    """Whether a field has this suffix, and another field has the same name in the other language."""
    if not suffix or not field.name.endswith(suffix):
        return False
    other = field.name.removesuffix(suffix) + {"_zh": "_en", "_en": "_zh"}[suffix]
    return other in schema


def _titles(lang: str | None) -> Callable[[Field], str]:
    if lang is None:
        return lambda field: field.name
    return lambda field: visible(field.title_zh if lang == "zh" else field.title)


def _text(field: Field, value: object, lang: str | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:,.10f}".rstrip("0").rstrip(".")
    return visible(str(field.label(value, lang)))


def _block(cells: list[tuple[str, str]]) -> str:
    width = max(_width(title) for title, _ in cells)
    return "\n".join(f"{_padded(title, width)}  {text}" for title, text in cells if text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese characters take two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
