"""What differs between what two descriptors and table schemas say."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..package import names
from .change import Change
from .pairs import Pair
from .sides import Side

# What a change of a property is. A property that is not named is a change of the definition; one without a kind
# has a place of its own in the report, or follows from what has.
_WORDING = dict.fromkeys(
    ("title", "title_zh", "description", "description_zh", "keywords", "sources", "contributors", "homepage"),
    "wording_changed",
)
_PACKAGE = _WORDING | dict.fromkeys(("version", "created", "resources"))
_RESOURCE = _WORDING | {"path": "file_renamed"} | dict.fromkeys(("name", "bytes", "hash"))
_SCHEMA = _WORDING | {"primaryKey": "key_changed"} | dict.fromkeys(("name", "fields"))
_FIELD = _WORDING | {"type": "column_retyped"} | dict.fromkeys(("name", "constraints", "categories"))
_LABELS = ("label", "label_zh")


def package_changes(old: Side, new: Side) -> Iterator[Change]:
    """Changes of the package as a whole, and the tables that came or went."""
    yield from _changed(old.descriptor, new.descriptor, _PACKAGE)
    for name, rows in old.tables.items():
        if name not in new.tables:
            yield Change(kind="table_removed", table=name, old=str(len(rows)))
    for name, rows in new.tables.items():
        if name not in old.tables:
            yield Change(kind="table_added", table=name, new=str(len(rows)))


def table_changes(table: str, pair: Pair, old: Side, new: Side) -> Iterator[Change]:
    """Changes of what is said about a table that both sides have."""
    was, now = dict(old.definitions[table]), dict(new.definitions[table])
    # A key of one field may be written as a name, and one that follows a renamed column has not changed.
    was["primaryKey"] = [pair.columns.get(name, name) for name in names(was["primaryKey"])]
    now["primaryKey"] = list(names(now["primaryKey"]))
    said = [
        *_changed(old.resources[table], new.resources[table], _RESOURCE, table=table),
        *_changed(was, now, _SCHEMA, table=table),
    ]
    yield from dict.fromkeys(said)  # Resource and schema have one title and description.
    old_fields, new_fields = ({field["name"]: field for field in schema["fields"]} for schema in (was, now))
    for name, field in old_fields.items():
        if name not in pair.columns:
            yield Change(kind="column_removed", table=table, field=name, old=field["type"])
    for name, field in new_fields.items():
        if name not in pair.columns.values():
            yield Change(kind="column_added", table=table, field=name, new=field["type"])
    for before, after in pair.columns.items():
        if before != after:
            yield Change(kind="column_renamed", table=table, field=after, old=before, new=after)
        yield from _field_changes(table, old_fields[before], new_fields[after])
    order = list(pair.columns.values())
    if (now_order := [name for name in new_fields if name in order]) != order:
        before, after = ", ".join(order), ", ".join(now_order)
        yield Change(kind="definition_changed", table=table, part="order of the columns", old=before, new=after)


def _field_changes(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    name = new["name"]
    yield from _changed(old, new, _FIELD, table=table, field=name)
    limits = [
        {f"constraints.{key}": value for key, value in field.get("constraints", {}).items()} for field in (old, new)
    ]
    terms = [{term["value"]: term for term in field.get("categories", ())} for field in (old, new)]
    # Where there are categories, the enum repeats them.
    repeated = {"constraints.enum": None} if all(terms) else {}
    yield from _changed(limits[0], limits[1], repeated, table=table, field=name)
    for term in {**terms[0], **terms[1]}:
        before, after = terms[0].get(term), terms[1].get(term)
        if after is None:
            yield Change(kind="term_removed", table=table, field=name, old=term)
        elif before is None:
            yield Change(kind="term_added", table=table, field=name, new=term)
        else:
            was, now = ({f"{label} of {term}": each.get(label) for label in _LABELS} for each in (before, after))
            yield from _changed(was, now, dict.fromkeys(was, "wording_changed"), table=table, field=name)


def _changed(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    kinds: Mapping[str, str | None],
    *,
    table: str | None = None,
    field: str | None = None,
) -> Iterator[Change]:
    for part in {**old, **new}:
        kind = kinds.get(part, "definition_changed")
        before, after = _text(old.get(part)), _text(new.get(part))
        if kind and before != after:
            yield Change(kind=kind, table=table, field=field, part=part, old=before, new=after)


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
