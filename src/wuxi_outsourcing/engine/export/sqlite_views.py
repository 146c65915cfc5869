"""The statements that make the views of the SQLite database. DuckDB reads them too, by its own dialect of SQL."""

from collections.abc import Iterator

from ..derivation import CITED_CLASSES
from ..package import CORROBORATIONS, EVIDENCE, Package
from ..schema import KEY_SEPARATOR, TableSchema
from .sqlite_schema import literal, quoted

# The columns of a citation, in a view.
_CITATION = ("source_id", "paragraph", "start", "end", "quote")


def create_views(package: Package) -> Iterator[str]:
    """The statements that make the views.

    `<table>_cited` joins each row with each citation of each of its cells, `<table>_corroborated` with what other
    sources say about it.
    """
    for name, schema in package.schemas.items():
        if any(field.provenance in CITED_CLASSES for field in schema):
            yield _cited_view(schema)
        if CORROBORATIONS in package.paths and name != CORROBORATIONS:
            yield _corroborated_view(schema, package.schema(CORROBORATIONS))


def _cited_view(schema: TableSchema) -> str:
    """Each row with each citation of each of its cells: that of another field where the field is cited with one."""
    columns = [_beside(schema, "f", "field")]
    columns += [_beside(schema, "o", name) for name in _CITATION]
    fields = 'JOIN "_fields" AS f ON f."table" = o."table" AND coalesce(f."cited_with", f."field") = o."field"'
    return _view(schema, "cited", columns, f"{_join(schema, EVIDENCE)} {fields}")


def _corroborated_view(schema: TableSchema, corroborations: TableSchema) -> str:
    """Each row with each statement of another source about it."""
    columns = [_beside(schema, "o", name) for name in corroborations.names if name not in ("table", "row_id")]
    return _view(schema, "corroborated", columns, _join(schema, CORROBORATIONS))


def _view(schema: TableSchema, suffix: str, columns: list[str], joins: str) -> str:
    selected = ", ".join(["t.*", *columns])
    rows = f"FROM {quoted(schema.name)} AS t {joins}"
    return f"CREATE VIEW {quoted(f'{schema.name}_{suffix}')} AS SELECT {selected} {rows}"


def _beside(schema: TableSchema, alias: str, name: str) -> str:
    """A column from beside the table; `cited_` tells it from a column of the table with the same name."""
    shown = f"cited_{name}" if name in schema else name
    return f"{alias}.{quoted(name)} AS {quoted(shown)}"


def _join(schema: TableSchema, other: str) -> str:
    """The join with the rows of another table that name this table and the row."""
    parts = [f"CAST(t.{quoted(part)} AS VARCHAR)" for part in schema.primary_key]
    row_id = f" || '{KEY_SEPARATOR}' || ".join(parts)
    return f'JOIN {quoted(other)} AS o ON o."table" = {literal(schema.name)} AND o."row_id" = {row_id}'
