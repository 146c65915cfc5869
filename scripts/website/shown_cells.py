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

from .localized_site import LocalizedSite, bilingual_name, bilingual_names, row_references

NOTE = "note"  # the pair of fields that is shown folded
_REFERENCE = ("table", "row_id")  # the fields by which evidence and corroborations name a row of any table
_HASH = 64
_FEWEST_VALUES, _MOST_TARGETS = 2, 30  # for a field to be filtered by


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
    found: dict[str, Column] = {}
    for field in schema:
        if _shown_elsewhere(schema, field):
            continue
        base = bilingual_name(schema, field)
        if base:
            title = site.localized.title(schema[f"{base}_{site.language}"])
            found[base] = Column(schema[f"{base}_zh"], _without(title, site.words["language_names"]), base)
            continue
        title = site.localized.title(field)
        is_key = any(field.name in key.fields for key in schema.foreign_keys)
        if is_key or field.name == _REFERENCE[1]:
            title = _without(title, site.words["id_names"])
        found[field.name] = Column(field, title)
    return [column for column in found.values() if site.localized.filled_cells(schema, column.field)]


def _shown_elsewhere(schema: TableSchema, field: Field) -> bool:
    """Whether a field has no column: it is shown with the row's heading, in a figure or with a reference."""
    names = bilingual_names(schema)
    base = field.name[:-3] if field.name.endswith(("_en", "_zh")) else ""
    is_heading = base in names[:1]
    is_only_key = bool(names) and schema.primary_key == (field.name,)
    is_part_of_reference = field.name == _REFERENCE[0] and _REFERENCE[1] in schema
    return is_heading or base == NOTE or is_only_key or is_part_of_reference or joined(schema, field)


def constant(site: LocalizedSite, schema: TableSchema, column: Column) -> bool:
    """Whether a column without citations has the same value in every row."""
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
        values = sorted({exact(value) for value in site.localized.filled_cells(schema, field)})
        has_few_values = bool(field.vocabulary) or field.type == "boolean"
        has_few_targets = target is not None and len(values) <= _MOST_TARGETS
        if len(values) < _FEWEST_VALUES or field.name.startswith("unit") or not (has_few_values or has_few_targets):
            continue
        title = site.localized.title(field)
        if target:
            title = _without(title, site.words["id_names"])
        labels = {}
        for value in [term for term in field.vocabulary if term in values] or values:
            labels[value] = _facet_label(site, schema, field, value, target)
        found.append((field, title, labels))
    return found


def _facet_label(site: LocalizedSite, schema: TableSchema, field: Field, value: str, target: str | None) -> str:
    if target:
        return _link_to_row(site, target, value).text
    return _term_label(site, schema, field, value)


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
    # A figure without a number is sorted as an empty cell.
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


def _texts(site: LocalizedSite, schema: TableSchema, row: Row, field: Field) -> list[Text]:
    """What is shown of a cell whose field has no counterpart in the other language."""
    value = row[field.name]
    if field.name == "value" and "unit" in schema:
        figure = figure_text(site.localized, schema.name, row)
        return [Text(figure, look="figure")] if figure else []
    if value is None:
        return []
    if field.name == _REFERENCE[1] and _REFERENCE[0] in schema:
        return _reference_to_any_table(site, row["table"], str(value))
    for key_field, table, row_id in row_references(schema, row):
        if key_field.name == field.name:
            return [_link_to_row(site, table, row_id)]
    return [_value_text(site, schema, field, value)]


def _value_text(site: LocalizedSite, schema: TableSchema, field: Field, value: Any) -> Text:  # noqa: ANN401  (any cell)
    """A value that is no reference to a row: the label of a term, a link to a table, or the value itself."""
    if field.name == "table" and not field.vocabulary and value in site.localized.package.paths:
        title = site.localized.title(site.localized.package.schema(value))
        return Text(title, site.language_tag, f"{site.language}/tables/{value}.html")
    if field.vocabulary or field.type == "boolean":
        return Text(_term_label(site, schema, field, exact(value)), site.language_tag)
    return _plain(field, exact(value))


def _reference_to_any_table(site: LocalizedSite, table: str, row_id: str) -> list[Text]:
    """A link to a row of whichever table, and the title of that table."""
    title = site.localized.title(site.localized.package.schema(table))
    return [_link_to_row(site, table, row_id), Text(title, site.language_tag, look="other")]


def _link_to_row(site: LocalizedSite, table: str, row_id: str) -> Text:
    schema = site.localized.package.schema(table)
    row = site.rows_by_id[table][row_id]
    own_heading, _ = site.heading(schema, row)
    return Text(own_heading, site.language_tag, site.row_address(table, row_id))


def _term_label(site: LocalizedSite, schema: TableSchema, field: Field, term: str) -> str:
    """The label of a term of a vocabulary, or of a boolean as the CSV writes it."""
    if field.vocabulary or field.type != "boolean":
        return site.localized.short_label(schema.name, field.name, term)
    return str(site.words["yes" if term == "true" else "no"])


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


def _without(title: str, words: list[str]) -> str:
    """The title of a field without the name of its language, or without “ID”."""
    for word in words:
        title = title.replace(word, "")
    return title.strip()
