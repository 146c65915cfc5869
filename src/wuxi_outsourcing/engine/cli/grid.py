"""A table for a terminal: a line for each row or, where a line is too long, a block of lines for each row."""

from collections.abc import Mapping, Sequence

from ..csv_files import Value
from ..problems import visible
from ..schema import Field, TableSchema
from .terminal import padded, prose, terminal_width, text_width

_GAP = "  "


def as_grid(schema: TableSchema, rows: Sequence[Mapping[str, Value]], lang: str | None) -> str:
    """The rows of a table, without empty columns and, with a language, without those of the other.

    Notes come below the rows, since they are long.
    """
    columns = _columns(schema, rows, lang)
    without_notes = [cells for name, cells in columns.items() if not _is_note(name)]
    widths = [max(map(text_width, cells)) for cells in without_notes]
    width_of_line = sum(widths) + len(_GAP) * len(widths)
    if width_of_line > terminal_width():
        return _as_blocks(list(columns.values()))
    lines = []
    for cells in zip(*without_notes, strict=True):
        line = _GAP.join(map(padded, cells, widths))
        lines.append(line.rstrip())
    notes = _notes(schema, rows, columns)
    if notes:
        lines += ["", *notes]
    return "\n".join(lines)


def _columns(schema: TableSchema, rows: Sequence[Mapping[str, Value]], lang: str | None) -> dict[str, list[str]]:
    """The columns to show, by field, each as its title and its cells."""
    columns = {}
    for field in schema:
        cells = [_text(field, row[field.name], lang) for row in rows]
        if any(cells) and not _is_other_language(field, schema, lang):
            columns[field.name] = [_title(field, lang), *cells]
    return columns


def _as_blocks(columns: Sequence[Sequence[str]]) -> str:
    """A block for each row, with a line for each cell that is not empty, after the title of its column."""
    titles, *records = zip(*columns, strict=True)
    width = max(map(text_width, titles))
    hanging = " " * width + _GAP
    blocks = []
    for record in records:
        lines = []
        for title, text in zip(titles, record, strict=True):
            if text:
                lines.append(prose(f"{padded(title, width)}{_GAP}{text}", hanging=hanging))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _notes(schema: TableSchema, rows: Sequence[Mapping[str, Value]], columns: Mapping[str, Sequence[str]]) -> list[str]:
    """The notes of the rows, each after the row's ID."""
    notes = []
    for name, (_, *cells) in columns.items():
        if not _is_note(name):
            continue
        for row, cell in zip(rows, cells, strict=True):
            if cell:
                notes.append(prose(f"{schema.row_id(row)}: {cell}", hanging="    "))
    return notes


def _is_note(name: str) -> bool:
    return name.startswith("note")


def _is_other_language(field: Field, schema: TableSchema, lang: str | None) -> bool:
    """Whether a field is in the other language, and the table has its counterpart in this one."""
    stem, _, suffix = field.name.rpartition("_")
    if lang is None or suffix not in ("en", "zh") or suffix == lang:
        return False
    return f"{stem}_{lang}" in schema


def _title(field: Field, lang: str | None) -> str:
    titles = {None: field.name, "en": field.title, "zh": field.title_zh}
    return visible(titles[lang])


def _text(field: Field, value: Value, lang: str | None) -> str:
    """A cell as it is shown; of a term, with a language, its label."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:,.10f}".rstrip("0").rstrip(".")
    return visible(str(field.label(value, lang)))
