"""Two versions of the package, compared row by row and cell by cell, and their definitions part by part."""

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator

from ..table_schemas import Field
from .values import BUMPS, Change
from .versions import Version

# The version bump for a part of a definition that was removed, added or changed, by the first pattern that matches its
# path. A table has one path, a column one type, a term one label.
_DEFINITIONS = (
    (r"path|primaryKey|fields\.[^.]+\.type", "major", "minor", "major"),
    (r"fields\.[^.]+\.categories\..+\.label", "major", "minor", "patch"),
    (r"(.*\.)?((title|description|label)(_zh)?|keywords|sources|contributors)", "patch", "patch", "patch"),
    (r"homepage|repository", "patch", "patch", "patch"),
    (r".*", "minor", "minor", "minor"),
)


def compare(old: Version, new: Version) -> Iterator[Change]:
    """What differs, most important first: tables by their most important change, and the rows in them likewise."""
    tables = []
    for table in {**new.definitions, **old.definitions}:
        rows = sorted(_table_changes(table, old, new), key=_rank) if table else []
        tables.append([*_definition_changes(table, old, new), *(change for group in rows for change in group)])
    for changes in sorted(tables, key=_rank):
        yield from changes


def _rank(changes: Collection[Change]) -> int:
    return min((BUMPS.index(change.bump) for change in changes), default=0)


def _definition_changes(table: str | None, old: Version, new: Version) -> Iterator[Change]:
    before, after = (version.definitions.get(table, {}) for version in (old, new))
    for path in {**before, **after}:
        was, now = before.get(path), after.get(path)
        if was != now:
            removed, added, changed = next(bumps for pattern, *bumps in _DEFINITIONS if re.fullmatch(pattern, path))
            bump = added if was is None else removed if now is None else changed
            yield Change("definition", bump, table, None, None, path, was, now)


def _table_changes(table: str, old: Version, new: Version) -> Collection[list[Change]]:
    """The changes of the rows that differ. A renamed row is one removed and one added, next to each other."""
    before, after = (version.rows.get(table, {}) for version in (old, new))
    key = (new if table in new.rows else old).package.schema(table).primary_key
    groups: defaultdict[Hashable, list[Change]] = defaultdict(list)
    for row in {**before, **after}:
        changes = list(_row_changes(table, row, old, new))
        contents = tuple((change.field, change.old or change.new) for change in changes if change.field not in key)
        groups[row if row in before and row in after else contents] += changes
    return [group for group in groups.values() if group]


def _row_changes(table: str, row: str, old: Version, new: Version) -> Iterator[Change]:
    """The cells of a row that differ, each with its quote, and the citations; every cell where one has no such row."""
    was, now = (version.rows.get(table, {}).get(row) for version in (old, new))
    version, cells = (old, was or {}) if now is None else (new, now)
    schema = version.package.schema(table)
    # The source tells apart what two sources say of one indicator.
    source = None if "source_id" in schema.primary_key else cells.get("source_id") or None
    for field in schema:
        where = (table, row, source, field.name)
        before, after = (None if cells is None else cells.get(field.name, "") for cells in (was, now))
        in_both = was is not None and now is not None
        if (before or "") != (after or "") and not (in_both and field.name in schema.primary_key):
            bump = _bump(field) if in_both else "major" if now is None else "minor"
            quote = "; ".join(version.quotes.get((table, row, field.cited_with or field.name), ())) or None
            yield Change("cell", bump, *where, before, after, quote)
        cited = [version.quotes.get((table, row, field.name), {}) for version in (old, new)]
        if in_both and cited[0].keys() != cited[1].keys():
            moved = sorted(cited[0].values()) == sorted(cited[1].values())
            yield Change("citation", "patch" if moved else "minor", *where, *map("; ".join, cited))


def _bump(field: Field) -> str:
    """A changed cell calls for a patch if it holds a translation, a label or a note."""
    return "patch" if field.provenance == "editorial" and field.name.endswith(("_en", "_zh")) else "minor"
