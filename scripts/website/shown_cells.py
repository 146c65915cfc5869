"""Cells as the site shows them, and the columns that they are folded into.

Columns are folded by what the schema says. The two languages of a text stand in one column. Fields that are cited with
another are in its column. What is the same in every row is said once above the table.
"""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from localized_package import Row, figure_text
from wuxi_outsourcing import Citation
from wuxi_outsourcing.engine.schema import Field, TableSchema

from .localized_site import LocalizedSite, bilingual_name, bilingual_names, row_references

NOTE = "note"  # the pair of fields that is shown folded
# The fields by which evidence and corroborations name a row of any table.
_REFERENCE_TABLE = "table"
_REFERENCE_ROW = "row_id"
_HASH_LENGTH = 64


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
    """A column of the table as shown."""

    field: Field
    """The field whose cells it shows; for a text in two languages, one of its fields."""
    title: str
    pair: str = ""
    """The name of a text in two languages, without `_en` and `_zh`; empty for any other column."""


def columns(site: LocalizedSite, schema: TableSchema) -> list[Column]:
    """The columns behind the heading of a row, without those that are empty."""
    found: dict[str, Column] = {}
    for field in schema:
        if _shown_elsewhere(schema, field):
            continue
        base = bilingual_name(schema, field)
        if base:
            found[base] = Column(schema[f"{base}_zh"], _pair_title(site, schema, base), base)
        else:
            found[field.name] = Column(field, _field_title(site, schema, field))
    return [column for column in found.values() if site.localized.filled_cells(schema, column.field)]


def _pair_title(site: LocalizedSite, schema: TableSchema, base: str) -> str:
    """The title of a text in two languages, without the name of a language."""
    title = site.localized.title(schema[f"{base}_{site.language}"])
    return without(title, site.words["language_names"])


def _field_title(site: LocalizedSite, schema: TableSchema, field: Field) -> str:
    """The title of a field, without “ID” where what the ID stands for is shown."""
    title = site.localized.title(field)
    is_key = any(field.name in key.fields for key in schema.foreign_keys)
    if is_key or field.name == _REFERENCE_ROW:
        return without(title, site.words["id_names"])
    return title


def _shown_elsewhere(schema: TableSchema, field: Field) -> bool:
    """Whether a field has no column: it is shown with the row's heading, in a figure or with a reference."""
    names = bilingual_names(schema)
    base = field.name[:-3] if field.name.endswith(("_en", "_zh")) else ""
    is_heading = base in names[:1]
    is_note = base == NOTE
    is_only_key = bool(names) and schema.primary_key == (field.name,)
    is_part_of_reference = field.name == _REFERENCE_TABLE and _REFERENCE_ROW in schema
    return is_heading or is_note or is_only_key or is_part_of_reference or joined(schema, field)


def constant(site: LocalizedSite, schema: TableSchema, column: Column) -> bool:
    """Whether a column without citations has the same value in every row."""
    rows = site.localized.rows[schema.name]
    values = {row[column.field.name] for row in rows}
    has_no_citations = column.field.provenance in ("editorial", "reference")
    return has_no_citations and len(rows) > 1 and len(values) == 1


def joined(schema: TableSchema, field: Field) -> bool:
    """Whether a field is shown as part of a figure."""
    belongs_to_value = "value" in schema and field.name in ("unit", "qualifier", "value_to")
    return belongs_to_value or bool(field.cited_with)


def heading(site: LocalizedSite, schema: TableSchema, row: Row) -> Cell | None:
    """The first column: what the row is called. None in a table without texts in both languages."""
    names = bilingual_names(schema)
    if not names:
        return None
    base = names[0]
    row_id = schema.row_id(row)
    cell = shown(site, schema, row, Column(schema[f"{base}_zh"], "", base))
    first, *others = cell.texts or (Text(row_id),)
    link = Text(first.text, first.language, site.row_address(schema.name, row_id))
    return replace(cell, texts=(link, *others), sort=folded(first.text))


def heading_column(site: LocalizedSite, schema: TableSchema) -> Column:
    """The column of what the rows are called."""
    base = bilingual_names(schema)[0]
    return Column(schema[f"{base}_{site.language}"], _pair_title(site, schema, base), base)


def shown(site: LocalizedSite, schema: TableSchema, row: Row, column: Column) -> Cell:
    """A cell of a folded column."""
    field = column.field
    value = row[field.name]
    texts = _pair(site, row, column.pair) if column.pair else _texts(site, schema, row, field)
    citations = site.localized.cell_citations(schema, row, field)
    unit = exact(row["unit"]) if _is_figure(schema, field) else ""
    return Cell(field, tuple(texts), exact(value), tuple(citations), _sort_key(value, texts), unit)


def _sort_key(value: Any, texts: list[Text]) -> float | str | None:  # noqa: ANN401  (any cell)
    """What to sort a cell by. A figure without a number is sorted as an empty cell."""
    if value is None or not texts:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return folded(texts[0].text)


def _is_figure(schema: TableSchema, field: Field) -> bool:
    """Whether a field is the value of a figure, which is shown with its unit and its qualifier."""
    return field.name == "value" and "unit" in schema


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
        is_whole = value == int(value)
        return str(int(value)) if is_whole else f"{value:.15g}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def folded(text: str) -> str:
    """A text as search and sort compare it.

    >>> folded("Ｗuxi　无锡")
    'wuxi 无锡'
    """
    words = unicodedata.normalize("NFKC", text).lower().split()
    return " ".join(words)


def _pair(site: LocalizedSite, row: Row, base: str) -> list[Text]:
    """A text in the language of the page, and then in the other."""
    texts = []
    for language, look in ((site.language, ""), (site.other_language, "other")):
        text = row[f"{base}_{language}"]
        if text is not None:
            texts.append(Text(str(text), _language_tag(language), look=look))
    return texts


def _language_tag(language: str) -> str:
    return "zh-Hans" if language == "zh" else "en"


def _texts(site: LocalizedSite, schema: TableSchema, row: Row, field: Field) -> list[Text]:
    """What is shown of a cell whose field has no counterpart in the other language."""
    value = row[field.name]
    if _is_figure(schema, field):
        figure = figure_text(site.localized, schema.name, row)
        return [Text(figure, look="figure")] if figure else []
    if value is None:
        return []
    if field.name == _REFERENCE_ROW and _REFERENCE_TABLE in schema:
        return _reference_to_any_table(site, row[_REFERENCE_TABLE], str(value))
    for key_field, table, row_id in row_references(schema, row):
        if key_field.name == field.name:
            return [link_to_row(site, table, row_id)]
    return [_value_text(site, schema, field, value)]


def _value_text(site: LocalizedSite, schema: TableSchema, field: Field, value: Any) -> Text:  # noqa: ANN401  (any cell)
    """A value that is no reference to a row: the label of a term, a link to a table, or the value itself."""
    package = site.localized.package
    if field.name == _REFERENCE_TABLE and not field.vocabulary and value in package.paths:
        title = site.localized.title(package.schema(value))
        return Text(title, site.language_tag, f"{site.language}/tables/{value}.html")
    if field.vocabulary or field.type == "boolean":
        return Text(term_label(site, schema, field, exact(value)), site.language_tag)
    return _plain(field, exact(value))


def _reference_to_any_table(site: LocalizedSite, table: str, row_id: str) -> list[Text]:
    """A link to a row of whichever table, and the title of that table."""
    title = site.localized.title(site.localized.package.schema(table))
    return [link_to_row(site, table, row_id), Text(title, site.language_tag, look="other")]


def link_to_row(site: LocalizedSite, table: str, row_id: str) -> Text:
    """What a row is called, with a link to its page."""
    schema = site.localized.package.schema(table)
    row = site.rows_by_id[table][row_id]
    own_heading, _ = site.heading(schema, row)
    return Text(own_heading, site.language_tag, site.row_address(table, row_id))


def term_label(site: LocalizedSite, schema: TableSchema, field: Field, term: str) -> str:
    """The label of a term of a vocabulary, or of a boolean as the CSV writes it."""
    if field.vocabulary or field.type != "boolean":
        return site.localized.label(schema.name, field.name, term)
    return str(site.words["yes" if term == "true" else "no"])


def _plain(field: Field, text: str) -> Text:
    """A value as the CSV has it: a day, an address by its host, a name of the package, a hash or a text."""
    if field.type == "date":
        return Text(text, look="date")
    if text.startswith(("http://", "https://")):
        host = text.split("/")[2]
        return Text(host, address=text)
    if field.name == "field" or "ID" in field.title:
        return Text(text, look="code")
    if len(text) == _HASH_LENGTH:
        return Text(text, look="sha")
    return Text(text, _language_of(field, text))


def _language_of(field: Field, text: str) -> str:
    """The language tag of a text: of its field or, where that names no language, of Chinese characters in it."""
    if field.name.endswith("_en"):
        return _language_tag("en")
    has_chinese = any("㐀" <= character <= "鿿" for character in text)
    if field.name.endswith("_zh") or has_chinese:
        return _language_tag("zh")
    return ""


def without(title: str, words: list[str]) -> str:
    """The title of a field without the name of its language, or without “ID”."""
    for word in words:
        title = title.replace(word, "")
    return title.strip()
