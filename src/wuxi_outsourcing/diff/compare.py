"""Two versions of the package, compared row by row and cell by cell."""

from collections.abc import Iterator, Mapping, Sequence

from ..package import EVIDENCE
from ..table_schemas import Field
from .definitions import package_changes, table_changes
from .values import KINDS, Change
from .versions import Version

_RANKS = {kind: rank for rank, kind in enumerate(kind for kinds in KINDS.values() for kind in kinds)}


def compare(old: Version, new: Version) -> Iterator[Change]:
    """What differs, most important first: tables by their most important change, and the rows in them likewise."""
    tables = [list(package_changes(old, new))]
    for table in {**new.rows, **old.rows}:
        rows = sorted(_row_changes(table, old, new), key=_rank) if table != EVIDENCE else []
        tables.append([*table_changes(table, old, new), *(change for changes in rows for change in changes)])
    for changes in sorted(tables, key=_rank):
        yield from changes


def _rank(changes: Sequence[Change]) -> int:
    return min((_RANKS[change.kind] for change in changes), default=0)


def _row_changes(table: str, old: Version, new: Version) -> Iterator[list[Change]]:
    """The changes of each row that differs. A renamed row is one removed and one added, together."""
    before, after = old.rows.get(table, {}), new.rows.get(table, {})
    gone, come = ({row: None for row in one if row not in other} for one, other in ((before, after), (after, before)))
    by_content = {_content(table, row, new): row for row in come}
    for row in {**before, **after}:
        if row in gone:
            renamed = by_content.pop(_content(table, row, old), None)
            added = (
                _whole("row_added", table, renamed, new) if renamed is not None and come.pop(renamed) is None else []
            )
            yield [*_whole("row_removed", table, row, old), *added]
        elif row in come:
            yield list(_whole("row_added", table, row, new))
        elif row in before and (changes := list(_cell_changes(table, row, old, new))):
            yield changes


def _content(table: str, row: str, version: Version) -> tuple[tuple[str, str], ...]:
    """The cells of a row but for its key."""
    key = version.package.schema(table).primary_key
    return tuple((name, cell) for name, cell in version.rows[table][row].items() if cell and name not in key)


def _whole(kind: str, table: str, row: str, version: Version) -> Iterator[Change]:
    """The cells of a row that was added or removed, each with its quote."""
    source = _source(table, row, version)
    for name, cell in version.rows[table][row].items():
        if cell:
            old, new = (cell, None) if kind == "row_removed" else (None, cell)
            quote = "; ".join(version.citations.get((table, row, name), ())) or None
            yield Change(kind=kind, table=table, row=row, source_id=source, field=name, old=old, new=new, quote=quote)


def _cell_changes(table: str, row: str, old: Version, new: Version) -> Iterator[Change]:
    """The changes of a row that both versions have: its cells, each with its quote, and their citations."""
    before, schema, source = old.rows[table][row], new.package.schema(table), _source(table, row, new)
    for name, cell in new.rows[table][row].items():
        where = {"table": table, "row": row, "source_id": source, "field": name}
        if name not in schema.primary_key and before.get(name, "") != cell:
            quotes = new.citations.get((table, row, schema[name].cited_with or name), ())
            change = {"old": before.get(name), "new": cell, "quote": "; ".join(quotes) or None}
            yield Change(kind=_kind(schema[name]), **where, **change)
        was, now = (version.citations.get((table, row, name), {}) for version in (old, new))
        if was.keys() != now.keys():
            removed, added = (
                "; ".join(q for q in one if q not in other) or None for one, other in ((was, now), (now, was))
            )
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


def _source(table: str, row: str, version: Version) -> str | None:
    """The source that a row names outside its key, which tells apart what two sources say of one indicator."""
    if "source_id" in version.package.schema(table).primary_key:
        return None
    return version.rows[table][row].get("source_id") or None
