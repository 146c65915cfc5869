"""Facets: the fields that a table on the site can be filtered by, with their values."""

from wuxi_outsourcing.engine.schema import Field, TableSchema

from .localized_site import LocalizedSite
from .shown_cells import exact, link_to_row, term_label, without

_FEWEST_VALUES = 2
_MOST_TARGETS = 30


def facets(site: LocalizedSite, schema: TableSchema) -> list[tuple[Field, str, dict[str, str]]]:
    """The fields to filter by, each with its title, the values that occur and their labels."""
    found = []
    for field in schema:
        target = _target_table(schema, field)
        values = _occurring_values(site, schema, field)
        is_vocabulary = bool(field.vocabulary) or field.type == "boolean"
        has_few_targets = target is not None and len(values) <= _MOST_TARGETS
        can_be_listed = is_vocabulary or has_few_targets
        if not can_be_listed or len(values) < _FEWEST_VALUES or field.name.startswith("unit"):
            continue
        title = site.localized.title(field)
        if target:
            title = without(title, site.words["id_names"])
        labels = {value: _facet_label(site, schema, field, value, target) for value in values}
        found.append((field, title, labels))
    return found


def _target_table(schema: TableSchema, field: Field) -> str | None:
    """The table that a field by itself refers to."""
    for key in schema.foreign_keys:
        if key.fields == (field.name,):
            return key.resource
    return None


def _occurring_values(site: LocalizedSite, schema: TableSchema, field: Field) -> list[str]:
    """The values of a field: the terms of its vocabulary in their order, other values sorted."""
    values = {exact(value) for value in site.localized.filled_cells(schema, field)}
    terms = [term for term in field.vocabulary if term in values]
    return terms or sorted(values)


def _facet_label(site: LocalizedSite, schema: TableSchema, field: Field, value: str, target: str | None) -> str:
    if target:
        return link_to_row(site, target, value).text
    return term_label(site, schema, field, value)
