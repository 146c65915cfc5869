"""Two versions of the package, compared row by row and cell by cell."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping

from ..package import EVIDENCE
from ..table_schemas import Field
from .definitions import package_changes, table_changes
from .values import KINDS, Change
from .versions import Version

_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


def compare(old: Version, new: Version) -> Iterator[Change]:
    """What differs, most important first: tables by their most important change, and the rows in them likewise."""
    tables = [list(package_changes(old, new))]
    for table in {**new.rows, **old.rows}:
        rows = sorted(_row_changes(table, old, new), key=_rank) if table != EVIDENCE else []
        tables.append([*table_changes(table, old, new), *(change for changes in rows for change in changes)])
    for changes in sorted(tables, key=_rank):
        yield from changes


def _rank(changes: Collection[Change]) -> int:
    return min((_RANKS[change.kind] for change in changes), default=0)


def _row_changes(table: str, old: Version, new: Version) -> Collection[list[Change]]:
    """The changes of each row that differs. A renamed row is one removed and one added, with the same contents."""
    before, after = old.rows.get(table, {}), new.rows.get(table, {})
    changes: defaultdict[Hashable, list[Change]] = defaultdict(list)
    for row in {**before, **after}:
        if row in before and row in after:
            changes[row] += _cell_changes(table, row, old, new)
        else:
            version = old if row in before else new
            key = version.package.schema(table).primary_key
            contents = tuple((name, cell) for name, cell in version.rows[table][row].items() if name not in key)
            changes[contents] += _whole_row(table, row, version, removed=version is old)
    return [group for group in changes.values() if group]


def _whole_row(table: str, row: str, version: Version, *, removed: bool) -> Iterator[Change]:
    """The cells of a row that was removed or added, each with its quote."""
    source = _source(table, row, version)
    for name, cell in version.rows[table][row].items():
        if cell:
            kind, old, new = ("row_removed", cell, None) if removed else ("row_added", None, cell)
            quote = _joined(version.citations.get((table, row, name), ()))
            yield Change(kind=kind, table=table, row=row, source_id=source, field=name, old=old, new=new, quote=quote)


def _cell_changes(table: str, row: str, old: Version, new: Version) -> Iterator[Change]:
    """The changes of a row that both versions have: its cells, each with its quote, and their citations."""
    before, schema, source = old.rows[table][row], new.package.schema(table), _source(table, row, new)
    for name, cell in new.rows[table][row].items():
        where = {"table": table, "row": row, "source_id": source, "field": name}
        if name not in schema.primary_key and before.get(name, "") != cell:
            quote = _joined(new.citations.get((table, row, schema[name].cited_with or name), ()))
            yield Change(kind=_kind(schema[name]), **where, old=before.get(name), new=cell, quote=quote)
        was, now = (version.citations.get((table, row, name), {}) for version in (old, new))
        if was.keys() != now.keys():
            removed, added = _joined(q for q in was if q not in now), _joined(q for q in now if q not in was)
            yield Change(kind=_citation_kind(was, now), **where, old=removed, new=added, cell=cell)


def _citation_kind(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    if sorted(old.values()) == sorted(new.values()):
        return "citation_moved"
    if old.keys() <= new.keys():
        return "citation_added"
    return "citation_removed" if old.keys() > new.keys() else "quote_changed"


def _kind(field: Field) -> str:
    """What a change of a cell is: of a value, or of something editorial, which the field's name tells apart."""
    if field.provenance != "editorial":
        return "value_changed"
    if field.name.startswith("note"):
        return "note_changed"
    return "translation_changed" if field.name.endswith(("_en", "_zh")) else "classification_changed"


def _joined(quotes: Iterator[str] | Collection[str]) -> str | None:
    return "; ".join(quotes) or None


def _source(table: str, row: str, version: Version) -> str | None:
    """The source that a row names outside its key, which tells apart what two sources say of one indicator."""
    if "source_id" in version.package.schema(table).primary_key:
        return None
    return version.rows[table][row].get("source_id") or None
