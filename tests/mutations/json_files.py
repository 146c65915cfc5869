"""Defects of the descriptor and of the table schemas: broken JSON, hostile paths, and what contradicts itself."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from .original import (
    DESCRIPTOR,
    Case,
    Files,
    Json,
    Link,
    Special,
    Step,
    Table,
    edited,
    json_place,
    original,
    tables,
    written,
)

PATHS = (
    "../{}", "/etc/{}", "http://x.example/{}", "..\\{}", "data/../../{}", "./{}", "~/{}", "%2e%2e/{}", "C:/{}", "{}\n",
    "data//{}", "file:///{}", "{}.gz", "data/{}\x00", "\u202e{}", "{}#", "",
)  # fmt: skip
HIDDEN = "\u200b\u202e\x1b\u2028\ud800\ufeff\x00\U000e0041\u3164"
BROKEN: dict[str, tuple[Callable[[bytes], bytes | Link | str | None], int | None]] = {
    "JSON: empty": (lambda _: b"", 1),
    "JSON: byte order mark": (lambda data: b"\xef\xbb\xbf" + data, 1),
    "JSON: UTF-16": (lambda data: data.decode().encode("utf-16"), None),
    "JSON: cut off": (lambda data: data[: data.index(b"\n", 40) + 1] + b'  "x', None),
    "JSON: comment": (lambda data: data.replace(b"{\n", b"{\n  // not JSON\n", 1), 2),
    "JSON: single quotes": (lambda data: data.replace(b'"', b"'", 2), 2),
    "JSON: trailing comma": (lambda data: data.rstrip()[:-1].rstrip() + b",\n}\n", None),
    "JSON: two values": (lambda data: data + b"{}\n", None),
    "JSON: NaN": (lambda data: data.replace(b"{\n", b'{\n  "x": NaN,\n', 1), None),
    "JSON: endless number": (lambda data: data.replace(b"{\n", b'{\n  "x": ' + b"9" * 5000 + b",\n", 1), None),
    "JSON: nested deeply": (lambda _: b'{"a":' * 100_000 + b"1" + b"}" * 100_000, None),
    "JSON: brackets without end": (lambda _: b"[" * 900_000, None),
    "JSON: quotes without end": (lambda _: b'{"a": "' + b'\\"' * 400_000, 1),
    "JSON: 10 MB": (lambda _: b'{"a": "' + b"a" * 10_000_000 + b'"}', None),
    "JSON: key twice": (lambda data: data.replace(b"{\n", b'{\n  "name": "x",\n', 1), 4),
    "JSON: no object": (lambda _: b"[]\n", 1),
    "JSON: null": (lambda _: b"null\n", 1),
    "JSON: no file": (lambda _: None, None),
    "JSON: folder for a file": (lambda _: Special.FOLDER, None),
}
Change = tuple[Callable[[Json], object], tuple[Step, ...]]


def cases() -> Iterator[Case]:
    """Every kind, in the descriptor and in every schema it applies to."""
    schemas = list(tables().values())
    for kind, (change, line) in BROKEN.items():
        for file in (DESCRIPTOR, *(table.schema_file for table in schemas)):
            if file != DESCRIPTOR or kind not in ("JSON: no file", "JSON: folder for a file"):
                yield _broken(kind, file, change, line)
    for table in schemas:
        for kind, (edit, steps) in schema_kinds(table).items():
            yield _edited(kind, table.schema_file, table.name, edit, steps)
    for n, table in enumerate(schemas):
        for kind, (edit, steps) in resource_kinds(n, table).items():
            yield _edited(kind, DESCRIPTOR, table.name, edit, steps)
    for kind, (edit, steps) in DESCRIPTOR_KINDS.items():
        yield _edited(kind, DESCRIPTOR, "", edit, steps)
    yield from _paths(schemas)
    yield from _links(schemas)


def _broken(kind: str, file: str, change: Callable[[bytes], bytes | Link | str | None], line: int | None) -> Case:
    """A file that is no JSON at all; the line is where a reader trips, counted here for what is not at the top."""
    places = [(file, line, "name" if kind == "JSON: key twice" else None)]
    loose = kind == "JSON: trailing comma"
    if kind in ("JSON: cut off", "JSON: two values", "JSON: trailing comma"):
        content = change(original(file))
        assert isinstance(content, bytes)
        lines = content.count(b"\n")
        # A comma too many is told at itself or at the bracket behind it.
        places = [(file, lines + (kind == "JSON: cut off"), None), *[(file, lines - 1, None)] * loose]
    return Case(kind, file, partial(_changed, file, change), tuple(places), loose=loose)


def _changed(file: str, change: Callable[[bytes], bytes | Link | str | None]) -> Files:
    return {file: change(original(file))}


def _edited(kind: str, file: str, name: str, edit: Callable[[Json], object], steps: Sequence[Step]) -> Case:
    value = edited(file, edit)
    return Case(kind, name or file, partial(dict, {file: written(value)}), (json_place(file, value, steps),))


def _set(*steps: Any) -> Callable[[Json], object]:
    """Sets what the steps lead to; the last of them is the value."""

    def edit(value: Any) -> None:
        *path, last, new = steps
        for step in path:
            value = value[step]
        value[last] = new

    return edit


def _drop(*steps: Any) -> Callable[[Json], object]:
    def edit(value: Any) -> None:
        *path, last = steps
        for step in path:
            value = value[step]
        del value[last]

    return edit


def schema_kinds(table: Table) -> dict[str, Change]:
    """What can be wrong with a table schema; a field is taken from where it is sure to be."""
    fields = table.fields
    text = next(n for n, field in enumerate(fields) if field["name"].endswith("_en") or field["name"] == "quote")
    last = len(fields) - 1
    at = ("fields", text)
    limits = fields[text]["constraints"]
    kinds: dict[str, Change] = {
        "schema: another profile": (_set("$schema", "x"), ("$schema",)),
        "schema: no fields": (_drop("fields"), ()),
        "schema: fields no list": (_set("fields", {}), ("fields",)),
        "schema: misspelt property": (_set("tittle", "x"), ()),
        "schema: name of another": (_set("name", "x"), ("name",)),
        "schema: field without type": (_drop(*at, "type"), at),
        "schema: field without description": (_drop(*at, "description"), at),
        "schema: no Chinese title": (_drop("title_zh"), ()),
        "schema: field without Chinese title": (_drop(*at, "title_zh"), at),
        "schema: Chinese description in English": (_set(*at, "description_zh", "x"), (*at, "description_zh")),
        "schema: text with a unit": (_set(*at, "unit", "years"), (*at, "unit")),
        "schema: field without provenance": (_drop(*at, "provenance"), at),
        "schema: unknown type": (_set(*at, "type", "text"), (*at, "type")),
        "schema: unknown provenance": (_set(*at, "provenance", "guessed"), (*at, "provenance")),
        "schema: misspelt constraint": (_set(*at, "constraints", "maxlength", 5), (*at, "constraints")),
        "schema: length no number": (_set(*at, "constraints", "maxLength", "9"), (*at, "constraints", "maxLength")),
        "schema: negative length": (_set(*at, "constraints", "maxLength", -1), (*at, "constraints", "maxLength")),
        "schema: lengths crossed": (
            _set(*at, "constraints", {**limits, "minLength": 999}),
            (*at, "constraints", "minLength"),
        ),
        "schema: rule for our own words": (_set(*at, "rule", "year"), (*at, "rule")),
        "schema: field name of another form": (_set("fields", last, "name", "Größe"), ("fields", last, "name")),
        "schema: field twice": (lambda s: s["fields"].append(s["fields"][-1]), ("fields", last + 1, "name")),
        "schema: primary key of no field": (_set("primaryKey", ["x"]), ("primaryKey",)),
        "schema: primary key empty": (_set("primaryKey", []), ("primaryKey",)),
        "schema: unique key of no field": (_set("uniqueKeys", [["x"]]), ("uniqueKeys", 0)),
        "schema: foreign key of no field": (
            _set("foreignKeys", [_key(["x"], [table.key[0]])]),
            ("foreignKeys", 0, "fields"),
        ),
        "schema: foreign key to no field": (
            _set("foreignKeys", [_key([table.key[0]], ["x"])]),
            ("foreignKeys", 0, "reference", "fields"),
        ),
        "schema: invisible character": (_set("title", f"a{HIDDEN[text % len(HIDDEN)]}b"), ("title",)),
    }
    endless = ("(a+)+$", "(a|a)*b", "(.*)*x", "(a?){60}a{60}", "([a-z]+)*[A-Z]")
    # The last two are patterns, but not for all that match them, or not the same.
    for pattern in (*endless, "(a", "a{99999999999}", r"(a)\1", r"\d+", "a{2000}"):
        name = "pattern that may never end" if pattern in endless else "pattern that is none"
        kinds[f"schema: {name} ({pattern})"] = (
            _set(*at, "constraints", {**limits, "pattern": pattern}),
            (*at, "constraints", "pattern"),
        )
    return kinds


def _key(fields: list[str], reference: list[str]) -> Json:
    return {"fields": fields, "reference": {"fields": reference}}


def resource_kinds(n: int, table: Table) -> dict[str, Change]:
    """What can be wrong with a resource."""
    at = ("resources", n)
    kinds: dict[str, Change] = {
        "resource: stale hash": (_set(*at, "hash", "sha256:" + "0" * 64), (*at, "hash")),
        "resource: stale size": (_set(*at, "bytes", 1), (*at, "bytes")),
        "resource: hash of another form": (_set(*at, "hash", "md5:0"), (*at, "hash")),
        "resource: another encoding": (_set(*at, "encoding", "gbk"), (*at, "encoding")),
        "resource: another dialect": (_set(*at, "dialect", {"delimiter": ";"}), (*at, "dialect")),
        "resource: misspelt property": (_set(*at, "tittle", "x"), at),
        "resource: name of another form": (_set(*at, "name", f"{table.name} "), (*at, "name")),
        "resource: no object": (_set(*at, "x"), at),
        "resource: a list of paths": (_set(*at, "path", [table.file]), (*at, "path")),
        "resource: schema inline": (_set(*at, "schema", {"fields": []}), (*at, "schema")),
        "resource: title of another": (_set(*at, "title", "x"), (*at, "title")),
        "resource: invisible character": (_set(*at, "title", f"a{HIDDEN[n % len(HIDDEN)]}"), (*at, "title")),
    }
    for name in ("name", "path", "schema", "bytes", "hash", "title", "encoding"):
        kinds[f"resource: no {name}"] = (_drop(*at, name), at)
    other = 0 if n else 1
    path = tables()[list(tables())[other]].file
    kinds["resource: path of another"] = (_set(*at, "path", path), ("resources", max(n, other), "path"))
    return kinds


DESCRIPTOR_KINDS: dict[str, Change] = {
    **{f"descriptor: no {name}": (_drop(name), ()) for name in ("$schema", "name", "version", "licenses", "created")},
    "descriptor: no resources": (_set("resources", []), ("resources",)),
    "descriptor: a flood of resources": (_set("resources", [0] * 100_000), ("resources",)),
    "descriptor: no evidence": (lambda d: d["resources"].pop(), ("resources",)),
    "descriptor: version of another form": (_set("version", "1.0"), ("version",)),
    "descriptor: version with a line feed": (_set("version", "0.1.0\n"), ("version",)),
    "descriptor: name in capitals": (_set("name", "Wuxi"), ("name",)),
    "descriptor: name a number": (_set("name", 1e300), ("name",)),
    "descriptor: invisible character": (_set("title", "a\u202eb"), ("title",)),
    "descriptor: invisible key": (_set("x\u200b", 1), ("x\u200b",)),
    "descriptor: half a character": (_set("description", "\ud800"), ("description",)),
}


def _paths(schemas: list[Table]) -> Iterator[Case]:
    for n, path in enumerate(PATHS):
        for key in ("path", "schema"):
            at = ("resources", n % len(schemas), key)
            table = schemas[n % len(schemas)]
            value = path.format(table.file if key == "path" else table.schema_file)
            yield _edited("path that leaves", DESCRIPTOR, f"{key} {value!r}", _set(*at, value), at)


def _links(schemas: list[Table]) -> Iterator[Case]:
    value = json.loads(original(DESCRIPTOR))
    for n, table in enumerate(schemas):
        for key, file in (("path", table.file), ("schema", table.schema_file)):
            place = json_place(DESCRIPTOR, value, ("resources", n, key))
            for kind, content in (
                ("link that leaves", Link("/etc/hosts")),
                ("link to a device without end", Link("/dev/zero")),
                ("link in a circle", Link(file.rpartition("/")[2])),
                ("pipe for a file", Special.PIPE),
            ):
                files: Files = {file: content}
                yield Case(kind, f"{table.name} {key}", partial(dict, files), (place,))
    for file in (DESCRIPTOR, "CITATION.cff", "CHANGELOG.md"):
        yield Case("link that leaves", file, partial(dict, {file: Link("/etc/hosts")}), ((file, None, None),))
    for file in ("CITATION.cff", "CHANGELOG.md"):
        other = original(file).replace(b"0.1.0", b"9.9.9", 1)
        line = other[: other.index(b"9.9.9")].count(b"\n") + 1
        yield Case("version of another release", file, partial(dict, {file: other}), ((file, line, "version"),))
        yield Case("no version", file, partial(dict, {file: b"# Nothing\n"}), ((file, None, None),))
