"""Layer 6, table schemas: what contradicts itself, within a schema and between schemas.

What the standard and the project ask of a schema by itself is in the profiles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..package import CORROBORATIONS, EVIDENCE, PARAGRAPHS, SOURCES
from ..patterns import match_whole
from .fixes import write_one_of
from .profiles import profile_problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..json_files import JsonFile, Steps
    from ..problems import Problem

    Fault = tuple[Steps, str, str]

# Of one file: more are listed once these are fixed.
_MOST_FAULTS = 100
# The fields that provenance knows by name.
_NEEDED = {
    SOURCES: ["source_id", "published_on", "characters"],
    PARAGRAPHS: ["source_id", "paragraph", "characters"],
    EVIDENCE: ["table", "row_id", "field", "source_id", "paragraph", "start", "end", "quote"],
    CORROBORATIONS: ["table", "row_id", "field", "statement_en", "statement_zh", "publisher", "url"],
}
# Their types, where these are not string.
_NEEDED_TYPES = {"published_on": "date", "characters": "integer", "paragraph": "integer"}
_NEEDED_TYPES |= {"start": "integer", "end": "integer"}
# A row ID is the text of the key's cells, which must be the one text that their values have.
_KEY_TYPES = ("string", "integer", "date")


def check_schema(schema: JsonFile, table: str) -> list[Problem]:
    """What is wrong with the schema of a table by itself."""
    faults = profile_problems(schema, "tableschema")
    contradictions = islice(_contradictions(schema.value, table), _MOST_FAULTS)
    return faults or [schema.problem(*fault) for fault in contradictions]


def check_references(schemas: Mapping[str, JsonFile], known: Collection[str]) -> Iterator[Problem]:
    """Foreign keys that databases refuse.

    They are to a resource that is not `known`, to fields that are no key of it or of another type, or in a circle.
    """
    yield from _circular_references(schemas)
    for name, schema in schemas.items():
        for index, key in enumerate(schema.value.get("foreignKeys", ())):
            steps = ("foreignKeys", index, "reference")
            target = key["reference"].get("resource", name)
            if target not in known:
                fix = write_one_of(target, known)
                yield schema.problem((*steps, "resource"), f"there is no resource {target!r}", fix)
            elif target in schemas and key["reference"]["fields"] not in (keys := _unique_keys(schemas[target].value)):
                fields = ", ".join(key["reference"]["fields"])
                fix = f"Name the fields of one: {' or '.join(', '.join(key) for key in keys)}."
                yield schema.problem((*steps, "fields"), f"{fields} is not a key of {target}", fix)
            elif target in schemas:
                types, expected = (
                    _types(schema.value, key["fields"]),
                    _types(schemas[target].value, key["reference"]["fields"]),
                )
                if types != expected:
                    message = f"{', '.join(types)} refers to {', '.join(expected)} in {target}"
                    yield schema.problem(
                        (*steps, "fields"), message, "Give the fields that refer to each other one type."
                    )


def _types(schema: Mapping[str, Any], names: Collection[str]) -> list[str]:
    """The types of some fields, in that order."""
    types = {field["name"]: field["type"] for field in schema["fields"]}
    return [types[name] for name in names]


def _circular_references(schemas: Mapping[str, JsonFile]) -> Iterator[Problem]:
    """A foreign key that closes a circle of tables, none of which a database could make first."""
    targets = {name: {target for target, _ in _references(schema)} - {name} for name, schema in schemas.items()}
    try:
        TopologicalSorter(targets).prepare()
    except CycleError as error:
        circle = error.args[1][::-1]
        index = next(index for target, index in _references(schemas[circle[0]]) if target == circle[1])
        message = f"circular reference between tables: {' -> '.join(circle)}"
        steps = ("foreignKeys", index, "reference", "resource")
        yield schemas[circle[0]].problem(steps, message, "Remove one of these foreign keys.")


def _references(schema: JsonFile) -> Iterator[tuple[str, int]]:
    """The table that each foreign key refers to, with the number of the key."""
    for index, key in enumerate(schema.value.get("foreignKeys", ())):
        yield key["reference"].get("resource", schema.value["name"]), index


def _unique_keys(schema: Mapping[str, Any]) -> list[list[str]]:
    unique = [[field["name"]] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    return [schema["primaryKey"], *schema.get("uniqueKeys", ()), *unique]


def check_agreement(schemas: Collection[JsonFile]) -> Iterator[Problem]:
    """Vocabularies and translations that differ between schemas: what most schemas have is taken to be right.

    Vocabularies of one field name share no term, or are the same. One English text has one Chinese translation.
    """
    uses: dict[tuple[str, ...], list[tuple[JsonFile, Steps, Any]]] = defaultdict(list)
    for schema in schemas:
        for key, steps, value in (*_translations(schema.value), *_terms(schema.value["fields"])):
            uses[key].append((schema, steps, value))
    for key, others in uses.items():
        usual, _ = Counter(value for _, _, value in others).most_common(1)[0]
        file = next(schema.file for schema, _, value in others if value == usual)
        for schema, steps, value in others:
            if value != usual and isinstance(value, tuple):
                message = f"the vocabulary of {key[1]} {_difference(value, usual)}, compared with {file}"
                fix = f"Give the terms as in {file}, here and in enum, or change all schemas that have the vocabulary."
                yield schema.problem(steps, message, fix)
            elif value != usual:
                message = f"{' '.join(key)[:80]!r} is put in another way in {file}"
                yield schema.problem(steps, message, f"Write {usual}")


def _difference(terms: tuple[str, ...], usual: tuple[str, ...]) -> str:
    lacks, adds = ([term for term in one if term not in other] for one, other in ((usual, terms), (terms, usual)))
    parts = [f"{verb} {', '.join(names)}" for verb, names in (("lacks", lacks), ("adds", adds)) if names]
    return " and ".join(parts) or "has another order"


def _translations(value: Any, *steps: str | int) -> Iterator[tuple[tuple[str, ...], Steps, str]]:  # noqa: ANN401
    """Every English text that has a Chinese one beside it: kind and text, path and text of the Chinese."""
    if isinstance(value, dict):
        for kind in ("title", "description", "label"):
            if kind in value and f"{kind}_zh" in value:
                yield (kind, value[kind]), (*steps, f"{kind}_zh"), value[f"{kind}_zh"]
    if isinstance(value, dict | list):
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _translations(part, *steps, step)


def _terms(fields: list[dict[str, Any]]) -> Iterator[tuple[tuple[str, ...], Steps, str | tuple[str, ...]]]:
    """Every term of a vocabulary: with the terms beside it, and with its label."""
    for index, field in enumerate(fields):
        terms, steps = field.get("categories", ()), ("fields", index, "categories")
        values = tuple(term["value"] for term in terms)
        for at, term in enumerate(terms):
            yield ("terms", field["name"], term["value"]), steps, values
            yield ("label", field["name"], term["value"]), (*steps, at, "label"), term["label"]


def _contradictions(schema: Mapping[str, Any], table: str) -> Iterator[Fault]:
    fields = {field["name"]: field for field in schema["fields"]}
    if schema["name"] != table:
        yield ("name",), f"this is the schema of {table}", f"Write {table}."
    for name in _NEEDED.get(table, ()):
        if name not in fields:
            yield ("fields",), f"there is no field {name!r}, which {table} must have", "Add it, here and in the CSV."
    yield from _keys(schema, fields)
    for index, field in enumerate(schema["fields"]):
        name, quoted_field = field["name"], field.get("cited_with")
        needed = _NEEDED_TYPES.get(name, "string")
        if name in _NEEDED.get(table, ()) and field["type"] != needed:
            message = f"the field {name!r} of {table} is of type {field['type']}, not {needed}"
            yield ("fields", index, "type"), message, f"Write {needed}."
        if field is not fields[name]:  # the last of that name
            yield ("fields", len(schema["fields"]) - 1, "name"), f"2 fields have the name {name!r}", "Rename one."
        if quoted_field is not None and fields.get(quoted_field, {}).get("provenance") != "derived":
            message = f"{quoted_field!r} is not a derived field"
            yield ("fields", index, "cited_with"), message, "Name the derived field whose quote this one shares."
        for step, message, fix in _constraints(field, field.get("constraints", {})):
            yield ("fields", index, "constraints", step), message, fix


def _keys(schema: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[Fault]:
    keys: list[tuple[Steps, list[str]]] = [(("primaryKey",), schema["primaryKey"])]
    keys += [(("uniqueKeys", index), key) for index, key in enumerate(schema.get("uniqueKeys", ()))]
    for index, key in enumerate(schema.get("foreignKeys", ())):
        keys.append((("foreignKeys", index, "fields"), key["fields"]))
        if len(key["fields"]) != len(key["reference"]["fields"]):
            message = "the key and its reference have different numbers of fields"
            yield ("foreignKeys", index), message, "Name as many fields in both."
    for steps, names in keys:
        for name in names:
            if name not in fields:
                yield steps, f"there is no field {name!r}", write_one_of(name, fields)
            elif steps == ("primaryKey",) and not fields[name].get("constraints", {}).get("required"):
                message = f"{name!r} is part of the primary key but not required"
                yield steps, message, f'Give {name} the constraint "required": true.'
            elif steps == ("primaryKey",) and fields[name]["type"] not in _KEY_TYPES:
                message = (
                    f"{name!r} is part of the primary key, but of type {fields[name]['type']}, which has no one text"
                )
                yield steps, message, f"Make {name} a string, or choose fields of type {', '.join(_KEY_TYPES)}."


def _constraints(field: Mapping[str, Any], limits: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in ("minimum", "maximum"):
        if field["type"] == "date" and name in limits and not _is_day(limits[name]):
            yield name, f"{limits[name]} is a day that no month has", "Write a day such as 2020-12-31."
    for low, high in (("minimum", "maximum"), ("minLength", "maxLength")):
        if low in limits and high in limits and limits[low] > limits[high]:
            yield low, f"{low} {limits[low]} is more than {high} {limits[high]}", "Swap or correct the two."
    terms, enum = [term["value"] for term in field.get("categories", ())], limits.get("enum", [])
    if terms != enum:
        message = f"categories ({', '.join(terms)}) and enum ({', '.join(enum)}) are not the same terms"
        yield "enum", message, "Give each term of the vocabulary in both, in one order."
    try:
        matches = match_whole(enum, limits.get("pattern", ".*")).to_pylist()
    except ValueError as error:
        message = f"RE2 cannot match the pattern: {error}"
        yield "pattern", message, "Write it without lookaround, backreferences and long repeats."
    else:
        for term in (term for term, matched in zip(enum, matches, strict=True) if not matched):
            yield "enum", f"{term!r} does not match the pattern", "Correct the term or the pattern."


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
