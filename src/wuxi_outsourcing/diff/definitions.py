"""What differs between the definitions of two packages, found by walking the JSON of descriptors and schemas."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .values import Change, how
from .versions import Version

# What follows from the files and what the report states elsewhere; of a field, the terms that `categories` repeats.
_OMITTED = re.compile(r"(version|created|resources|schema|bytes|hash|(.*\.)?name)|fields\..*\.enum")
_WORDING = r"(title|description|label)(_zh)?|keywords|sources|contributors|homepage"
# What a change is by the path to it, the first pattern that matches.
_KINDS = {
    r"": "table_{}",
    r"fields\.[^.]+": "column_{}",
    r"fields\.[^.]+\.categories\.[^.]+": "term_{}",
    r"fields\.[^.]+\.type": "column_retyped",
    r"primaryKey": "key_changed",
    r"path": "file_renamed",
    rf"(.*\.)?({_WORDING})": "wording_changed",
    r".*": "definition_changed",
}


def package_changes(old: Version, new: Version) -> Iterator[Change]:
    """Changes of the package as a whole."""
    return _changes(None, old.package.descriptor, new.package.descriptor)


def table_changes(table: str, old: Version, new: Version) -> Iterator[Change]:
    """Changes of the definition of a table, or that it was added or removed with its columns."""
    was, now = old.definitions.get(table), new.definitions.get(table)
    if was and now:
        yield from _changes(table, was, now)
        return
    yield from _changes(table, was and was["description"], now and now["description"])
    for field in (was or now or {})["fields"]:
        yield from _changes(table, was and field, now and field, "fields", field["name"])


def _changes(table: str | None, old: Any, new: Any, *path: str) -> Iterator[Change]:  # noqa: ANN401  (it is JSON)
    """A change for each of the deepest parts that differ; None is a part that is missing."""
    before, after = _members(old), _members(new)
    if before is None or after is None:
        if _text(old) != _text(new):
            yield _change(table, old, new, path)
        return
    for name in {**before, **after}:
        if not _OMITTED.fullmatch(".".join((*path, name))):
            yield from _changes(table, before.get(name), after.get(name), *path, name)
    orders = [", ".join(name for name in members if name in before and name in after) for members in (before, after)]
    if isinstance(old, list) and orders[0] != orders[1]:
        yield _change(table, orders[0], orders[1], path)


def _members(value: object) -> Mapping[str, Any] | None:
    """The members of an object, or the items of a list by their names if they have any."""
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        for key in ("name", "value"):
            if value and all(isinstance(item.get(key), str) for item in value):
                return {item[key]: item for item in value}
    return value if isinstance(value, dict) else None


def _change(table: str | None, old: object, new: object, path: tuple[str, ...]) -> Change:
    field = ".".join(path)
    kind = next(kind.format(how(old, new)) for pattern, kind in _KINDS.items() if re.fullmatch(pattern, field))
    return Change(kind=kind, table=table, field=field or None, old=_text(old), new=_text(new))


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
