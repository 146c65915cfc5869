"""Two versions of the package, compared row by row and cell by cell."""

from collections.abc import Iterator

from ..package import PARAGRAPHS, SOURCES
from ..schema import Field
from .changes import Change
from .versions import Version


def compare(old: Version, new: Version) -> Iterator[Change]:
    """What differs: tables in the order of the descriptor, rows and columns in the order of the files.

    Sources and paragraphs come first: a hash or a length that changes there says that another text is cited. Tables,
    rows and columns that the new version alone has come after the others.
    """
    tables = dict.fromkeys([SOURCES, PARAGRAPHS, *old.rows, *new.rows])
    for table in tables:
        old_rows = old.rows.get(table, {})
        new_rows = new.rows.get(table, {})
        for row in dict.fromkeys([*old_rows, *new_rows]):
            yield from _row_changes(table, row, old, new)


def _row_changes(table: str, row: str, old: Version, new: Version) -> Iterator[Change]:
    """The cells of a row that differ, and the citations; every cell that is filled, where one has no such row.

    A cell of a column that one version lacks is empty there.
    """
    old_cells = old.rows.get(table, {}).get(row)
    new_cells = new.rows.get(table, {}).get(row)
    latest = old if new_cells is None else new
    source = _source(table, row, latest)
    for name, field in _fields(table, old, new).items():
        where = (table, row, source, name)
        before = None if old_cells is None else old_cells.get(name, "")
        after = None if new_cells is None else new_cells.get(name, "")
        if (before or "") != (after or ""):
            cited = (table, row, field.cited_with or name)
            quotes = latest.quotes.get(cited, [])
            yield Change("cell", *where, before, after, "; ".join(quotes) or None)
        if old_cells is not None and new_cells is not None:
            old_quotes = old.quotes.get((table, row, name), [])
            new_quotes = new.quotes.get((table, row, name), [])
            if sorted(old_quotes) != sorted(new_quotes):
                yield Change("citation", *where, "; ".join(old_quotes), "; ".join(new_quotes))


def _source(table: str, row: str, version: Version) -> str | None:
    """The source whose statement a row is, outside its key: it tells apart what two sources say of one indicator."""
    if "source_id" in version.package.schema(table).primary_key:
        return None
    return version.rows[table][row].get("source_id") or None


def _fields(table: str, old: Version, new: Version) -> dict[str, Field]:
    """The fields of a table in either version by name, as the new version has them where it does."""
    fields: dict[str, Field] = {}
    for version in (old, new):
        if table in version.rows:
            fields |= {field.name: field for field in version.package.schema(table)}
    return fields
