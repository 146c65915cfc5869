"""Two versions of the package, compared row by row and cell by cell."""

from ..package import PARAGRAPHS, SOURCES
from ..schema import Field
from .changes import Change
from .versions import Version


def compare(old: Version, new: Version) -> list[Change]:
    """What differs: tables in the order of the descriptor, rows and columns in the order of the files.

    Sources and paragraphs come first: a hash or a length that changes there says that another text is cited. Tables,
    rows and columns that the new version alone has come after the others.
    """
    changes: list[Change] = []
    for table in dict.fromkeys([SOURCES, PARAGRAPHS, *old.rows, *new.rows]):
        fields = _fields(table, old, new)
        for row_id in dict.fromkeys([*old.table_rows(table), *new.table_rows(table)]):
            changes += _row_changes(table, row_id, fields, old, new)
    return changes


def _row_changes(table: str, row_id: str, fields: list[Field], old: Version, new: Version) -> list[Change]:
    """The cells of a row that differ, and the citations; every cell that is filled, where one has no such row."""
    is_in_both = row_id in old.table_rows(table) and row_id in new.table_rows(table)
    changes: list[Change | None] = []
    for field in fields:
        changes.append(_cell_change(table, row_id, field, old, new))
        if is_in_both:
            changes.append(_citation_change(table, row_id, field, old, new))
    return [change for change in changes if change is not None]


def _cell_change(table: str, row_id: str, field: Field, old: Version, new: Version) -> Change | None:
    """A cell that differs, with the quotes behind it in the latest version that has the row."""
    before = old.cell(table, row_id, field.name)
    after = new.cell(table, row_id, field.name)
    # Nothing is said of the empty cells of a row that was added or removed.
    if (before or "") == (after or ""):
        return None
    latest = old if after is None else new
    quotes = "; ".join(latest.cell_quotes(table, row_id, field.quoted_field))
    return Change("cell", table, row_id, _source_id(table, row_id, latest), field.name, before, after, quotes or None)


def _citation_change(table: str, row_id: str, field: Field, old: Version, new: Version) -> Change | None:
    """The quotes of a field that differ, in whichever order they stand, in a row that both versions have."""
    before = old.cell_quotes(table, row_id, field.name)
    after = new.cell_quotes(table, row_id, field.name)
    if sorted(before) == sorted(after):
        return None
    source_id = _source_id(table, row_id, new)
    return Change("citation", table, row_id, source_id, field.name, "; ".join(before), "; ".join(after))


def _source_id(table: str, row_id: str, version: Version) -> str | None:
    """The source whose statement a row is, outside its key: it tells apart what two sources say of one indicator."""
    if "source_id" in version.package.schema(table).primary_key:
        return None
    return version.cell(table, row_id, "source_id") or None


def _fields(table: str, old: Version, new: Version) -> list[Field]:
    """The fields of a table in either version, as the new version has them where it does."""
    fields: dict[str, Field] = {}
    for version in (old, new):
        if table in version.rows:
            fields |= {field.name: field for field in version.package.schema(table)}
    return list(fields.values())
