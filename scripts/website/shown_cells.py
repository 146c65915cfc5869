"""Cells as the site shows them, and the columns that they are folded into.

Columns are folded by what the schema says: the two languages of a text stand in one column, fields that are cited with
another join it, and what is the same in every row is said once above the table.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from localized_package import Row, figure_text
from wuxi_outsourcing import Citation
from wuxi_outsourcing.engine.schema import Field, TableSchema

from .localized_site import LocalizedSite, bilingual_names, row_references

NOTE = "note"  # the pair of fields that is shown folded
_REFERENCE = ("table", "row_id")  # the fields by which evidence and corroborations name a row of any table
_HASH = 64
_MOST_TARGETS = 30


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text with its language tag, and where it leads."""

    text: str
    language: str = ""
    address: str = ""
    """A page of the site, from its root, or an address on the web."""
    look: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a folded column: what is shown, in the order of importance, and the citations behind it."""

    field: Field
    texts: tuple[Text, ...]
    exact: str
    """The value as the CSV writes it."""
    citations: tuple[Citation, ...]
    sort: float | str | None
    """What to sort by: a number or a folded text; None where the cell is empty."""
    unit: str = ""
    """The base unit of a figure, as the CSV writes it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table as shown: the field that leads it, and the name of the pair that it stands for, if any."""

    field: Field
    title: str
    pair: str = ""


def columns(site: LocalizedSite, schema: TableSchema) -> list[Column]:
    """The columns behind the heading of a row, without those that are empty."""
    own = bilingual_names(schema)
    shown: dict[str, Column] = {}
    single = schema.primary_key if len(schema.primary_key) == 1 and own else ()
    for field in schema:
        base = field.name[:-3] if field.name.endswith(("_en", "_zh")) else ""
        if base in own[:1] or base == NOTE or field.name in single or joined(schema, field):
            continue
        if field.name == _REFERENCE[0] and _REFERENCE[1] in schema:  # said with the row
            continue
        if base in own:
            title = site.localized.title(schema[f"{base}_{site.language}"])
            cited = next(schema[f"{base}_{end}"] for end in ("zh", "en"))
            shown[base] = Column(cited, _without(title, site.words["language_names"]), base)
        else:
            refers = field.name == _REFERENCE[1] or any(field.name in key.fields for key in schema.foreign_keys)
            title = site.localized.title(field)
            shown[field.name] = Column(field, _without(title, site.words["id_names"]) if refers else title)
    return [column for column in shown.values() if site.localized.filled_cells(schema, column.field)]


def constant(site: LocalizedSite, schema: TableSchema, column: Column) -> bool:
    """Whether a column that nothing printed backs has the same value in every row."""
    rows = site.localized.rows[schema.name]
    values = {row[column.field.name] for row in rows}
    return len(rows) > 1 and len(values) == 1 and column.field.provenance in ("editorial", "reference")


def joined(schema: TableSchema, field: Field) -> bool:
    """Whether a field is shown as part of a figure."""
    return bool(field.cited_with) or ("value" in schema and field.name in ("unit", "qualifier", "value_to"))


def facets(site: LocalizedSite, schema: TableSchema) -> list[tuple[Field, str, dict[str, str]]]:
    """The fields to filter by, each with its title, the values that occur and their labels."""
    found = []
    for field in schema:
        target = next((key.resource for key in schema.foreign_keys if key.fields == (field.name,)), None)
        values = sorted(
            {exact(row[field.name]) for row in site.localized.rows[schema.name] if row[field.name] is not None}
        )
        listed = field.vocabulary or field.type == "boolean" or (target and len(values) <= _MOST_TARGETS)
        if listed and len(values) > 1 and not field.name.startswith("unit"):
            order = [term for term in field.vocabulary if term in values] or values
            title = (
                _without(site.localized.title(field), site.words["id_names"]) if target else site.localized.title(field)
            )
            found.append((field, title, {value: _label(site, schema, field, value, target) for value in order}))
    return found


def heading(site: LocalizedSite, schema: TableSchema, row: Row) -> Cell | None:
    """The first column: what the row is called. None in a table without texts in both languages."""
    own = bilingual_names(schema)
    if not own:
        return None
    address = site.row_address(schema.name, schema.row_id(row))
    cell = shown(site, schema, row, Column(schema[f"{own[0]}_zh"], "", own[0]))
    first, *rest = cell.texts or (Text(schema.row_id(row)),)
    return Cell(
        cell.field, (Text(first.text, first.language, address), *rest), cell.exact, cell.citations, folded(first.text)
    )


def heading_column(site: LocalizedSite, schema: TableSchema) -> Column:
    """The column of what the rows are called."""
    base = bilingual_names(schema)[0]
    title = site.localized.title(schema[f"{base}_{site.language}"])
    return Column(schema[f"{base}_{site.language}"], _without(title, site.words["language_names"]), base)


def shown(site: LocalizedSite, schema: TableSchema, row: Row, column: Column) -> Cell:
    """A cell of a folded column."""
    field, value = column.field, row[column.field.name]
    texts = tuple(_pair(site, row, column.pair) if column.pair else _texts(site, schema, row, field))
    cited = tuple(site.localized.cell_citations(schema, row, field))
    # A figure that is printed without a number is sorted as an empty one.
    sort: float | str | None = folded(texts[0].text) if texts and value is not None else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        sort = float(value)
    unit = exact(row["unit"]) if field.name == "value" and "unit" in schema else ""
    return Cell(field, texts, exact(value), cited, sort, unit)


def exact(value: Any) -> str:  # noqa: ANN401  (any cell)
    """A value as the CSV writes it.

    >>> exact(135000000000.0), exact(True), exact(None)
    ('135000000000', 'true', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}" if value != int(value) else str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def folded(text: str) -> str:
    """A text as search and sort compare it.

    >>> folded("Ｗuxi　无锡")
    'wuxi 无锡'
    """
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def _pair(site: LocalizedSite, row: Row, base: str) -> Iterator[Text]:
    for suffix, look in ((site.language, ""), (site.other_language, "other")):
        if row[f"{base}_{suffix}"] is not None:
            yield Text(str(row[f"{base}_{suffix}"]), "zh-Hans" if suffix == "zh" else "en", "", look)


def _texts(site: LocalizedSite, schema: TableSchema, row: Row, field: Field) -> Iterator[Text]:
    value = row[field.name]
    if field.name == "value" and "unit" in schema:
        if text := figure_text(site.localized, schema.name, row):
            yield Text(text, "", "", "figure")
        return
    if value is None:
        return
    targets = [(table, row_id) for other, table, row_id in row_references(schema, row) if other.name == field.name]
    if field.name == _REFERENCE[1] and _REFERENCE[0] in schema:
        targets = [(row["table"], str(value))]
    for table, row_id in targets[:1]:
        text, _ = site.heading(site.localized.package.schema(table), site.rows_by_id[table][row_id])
        yield Text(text, site.language_tag, site.row_address(table, row_id))
        if not any(key.fields == (field.name,) for key in schema.foreign_keys):
            yield Text(site.localized.title(site.localized.package.schema(table)), site.language_tag, "", "other")
        return
    if field.vocabulary:
        yield Text(site.localized.short_label(schema.name, field.name, value), site.language_tag)
    elif field.type == "boolean":
        yield Text(site.words["yes" if value else "no"], site.language_tag)
    elif field.name == "table" and value in site.localized.package.paths:
        text = site.localized.title(site.localized.package.schema(value))
        yield Text(text, site.language_tag, f"{site.language}/tables/{value}.html")
    else:
        yield _plain(field, exact(value))


def _plain(field: Field, text: str) -> Text:
    if field.type == "date":
        return Text(text, "", "", "date")
    if text.startswith(("http://", "https://")):
        return Text(text.split("/")[2], "", text)
    if field.name in ("field", "indicator") or "ID" in field.title:
        return Text(text, "", "", "code")
    if len(text) == _HASH:
        return Text(text, "", "", "sha")
    # A field that names no language, such as a publisher, is in that of its characters.
    chinese = field.name.endswith("_zh") or any("㐀" <= character <= "鿿" for character in text)
    return Text(text, "en" if field.name.endswith("_en") else "zh-Hans" if chinese else "")


def _label(site: LocalizedSite, schema: TableSchema, field: Field, value: str, target: str | None) -> str:
    if target:
        return site.heading(site.localized.package.schema(target), site.rows_by_id[target][value])[0]
    if field.type == "boolean":
        return str(site.words["yes" if value == "true" else "no"])
    return site.localized.short_label(schema.name, field.name, value)


def _without(title: str, words: list[str]) -> str:
    """The title of a field without the name of its language, or without “ID”."""
    for word in words:
        title = title.replace(word, "")
    return title.strip()
