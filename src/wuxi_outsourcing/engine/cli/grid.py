"""A table for a terminal: a line a row where that fits, or else a block of lines a row."""

from collections.abc import Mapping, Sequence
from shutil import get_terminal_size
from unicodedata import east_asian_width

from ..problems import visible
from ..schema import Field, TableSchema
from ..tables import Value

# Where the output is no terminal, nothing has to fit.
_NO_TERMINAL = (1_000_000, 24)


def as_grid(schema: TableSchema, rows: Sequence[Mapping[str, Value]], lang: str | None) -> str:
    """The rows of a table, without empty columns and, with a language, without those of the other.

    Notes come below the rows, since they are long.
    """
    texts = [[_text(field, row[field.name], lang) for row in rows] for field in schema]
    columns = {
        field: [_title(field, lang), *cells]
        for field, cells in zip(schema, texts, strict=True)
        if any(cells) and not _is_other_language(field, schema, lang)
    }
    short = [cells for field, cells in columns.items() if not field.name.startswith("note")]
    widths = [max(map(_width, cells)) for cells in short]
    if sum(widths) + 2 * len(widths) > get_terminal_size(_NO_TERMINAL).columns:
        titles, *records = zip(*columns.values(), strict=True)
        width = max(map(_width, titles))
        blocks = (zip(titles, record, strict=True) for record in records)
        return "\n\n".join("\n".join(f"{_padded(t, width)}  {text}" for t, text in block if text) for block in blocks)
    lines = ["  ".join(map(_padded, line, widths)).rstrip() for line in zip(*short, strict=True)]
    notes = [
        f"{schema.row_id(row)}: {cell}"
        for field, cells in columns.items()
        if field.name.startswith("note")
        for row, cell in zip(rows, cells[1:], strict=True)
        if cell
    ]
    return "\n".join([*lines, *[""] * bool(notes), *notes])


def _is_other_language(field: Field, schema: TableSchema, lang: str | None) -> bool:
    """Whether a field is not in this language, and another field is the same in it."""
    stem, _, suffix = field.name.rpartition("_")
    return lang is not None and suffix in ("en", "zh") and suffix != lang and f"{stem}_{lang}" in schema


def _title(field: Field, lang: str | None) -> str:
    return visible({"en": field.title, "zh": field.title_zh}.get(lang or "", field.name))


def _text(field: Field, value: Value, lang: str | None) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, float):
        return f"{value:,.10f}".rstrip("0").rstrip(".")
    return visible(str(field.label(value, lang)))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese characters take two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
