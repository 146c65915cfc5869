"""Table schemas: what contradicts itself within a schema.

What the standard and the project ask of each part of a schema is in the profiles.
"""

from __future__ import annotations

from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from ..package import CORROBORATIONS, EVIDENCE, PARAGRAPHS, SOURCES
from ..patterns import match_whole
from .declared_rules import rule_faults
from .fixes import write_one_of
from .profiles import profile_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..json_files import JsonFile, Steps
    from ..problems import Problem

    Fault = tuple[Steps, str, str]
    """Where something is wrong in a schema, a message and a fix."""
    Definition = Mapping[str, Any]
    """The JSON of a schema or of a field."""
    Definitions = Mapping[str, Definition]
    """The JSON of the fields by name."""

# Of one file: more are listed once these are fixed.
_MOST_FAULTS = 100
# The fields that provenance knows by name.
_NEEDED_FIELDS = {
    SOURCES: ["source_id", "published_on", "characters"],
    PARAGRAPHS: ["source_id", "paragraph", "characters"],
    EVIDENCE: ["table", "row_id", "field", "source_id", "paragraph", "start", "end", "quote"],
    CORROBORATIONS: ["table", "row_id", "field", "statement_en", "statement_zh", "publisher_en", "publisher_zh", "url"],
}
# Their types, where these are not string.
_NEEDED_TYPES = {
    "published_on": "date",
    "characters": "integer",
    "paragraph": "integer",
    "start": "integer",
    "end": "integer",
}
# A row ID is made of the text of the key's cells. So a key has a type whose values have one text each.
_KEY_TYPES = ("string", "integer", "date")


def check_schema(schema: JsonFile, table: str) -> list[Problem]:
    """What is wrong with the schema of a table by itself."""
    problems = profile_problems(schema, "tableschema")
    if problems:
        return problems
    definition = schema.value
    fields = {field["name"]: field for field in definition["fields"]}
    faults = chain(
        _wrong_name(definition, table),
        _missing_fields(fields, table),
        _duplicate_fields(definition),
        _wrong_types(definition, table),
        _unknown_key_fields(definition, fields),
        _wrong_primary_key(definition, fields),
        _uneven_foreign_keys(definition),
        _wrong_cited_with(definition, fields),
        _constraint_faults(definition),
        _repeated_labels(definition),
    )
    first_faults = list(islice(faults, _MOST_FAULTS))
    if not first_faults:
        # Rules come last, because a rule about a wrong field may seem wrong too.
        first_faults = list(islice(rule_faults(definition, fields, table), _MOST_FAULTS))
    return [schema.problem(*fault) for fault in first_faults]


def _wrong_name(schema: Definition, table: str) -> Iterator[Fault]:
    """The schema of another table."""
    if schema["name"] != table:
        yield ("name",), f"this is the schema of {table}", f"Write {table}."


# Fields


def _missing_fields(fields: Definitions, table: str) -> Iterator[Fault]:
    """Fields of provenance that are not there."""
    for name in _NEEDED_FIELDS.get(table, ()):
        if name not in fields:
            yield ("fields",), f"there is no field {name!r}, which {table} must have", "Add it, here and in the CSV."


def _duplicate_fields(schema: Definition) -> Iterator[Fault]:
    """Fields with the name of an earlier one."""
    names: set[str] = set()
    for index, field in enumerate(schema["fields"]):
        name = field["name"]
        if name in names:
            yield ("fields", index, "name"), f"2 fields have the name {name!r}", "Rename one."
        names.add(name)


def _wrong_types(schema: Definition, table: str) -> Iterator[Fault]:
    """Fields of provenance that are of another type than it needs."""
    for index, field in enumerate(schema["fields"]):
        name = field["name"]
        if name not in _NEEDED_FIELDS.get(table, ()):
            continue
        needed = _NEEDED_TYPES.get(name, "string")
        if field["type"] != needed:
            message = f"the field {name!r} of {table} is of type {field['type']}, not {needed}"
            yield ("fields", index, "type"), message, f"Write {needed}."


def _wrong_cited_with(schema: Definition, fields: Definitions) -> Iterator[Fault]:
    """Fields that are cited with one that is not derived."""
    for index, field in enumerate(schema["fields"]):
        name = field.get("cited_with")
        if name is None:
            continue
        if name not in fields or fields[name]["provenance"] != "derived":
            message = f"{name!r} is not a derived field"
            yield ("fields", index, "cited_with"), message, "Name the derived field whose quote this one shares."


# Keys


def _unknown_key_fields(schema: Definition, fields: Definitions) -> Iterator[Fault]:
    """Keys of fields that are not there."""
    for steps, names in _keys(schema):
        for name in names:
            if name not in fields:
                yield steps, f"there is no field {name!r}", write_one_of(name, fields)


def _keys(schema: Definition) -> Iterator[tuple[Steps, list[str]]]:
    """Where each key is, and its fields."""
    yield ("primaryKey",), schema["primaryKey"]
    for index, names in enumerate(schema.get("uniqueKeys", ())):
        yield ("uniqueKeys", index), names
    for index, key in enumerate(schema.get("foreignKeys", ())):
        yield ("foreignKeys", index, "fields"), key["fields"]


def _wrong_primary_key(schema: Definition, fields: Definitions) -> Iterator[Fault]:
    """Parts of the primary key that may be empty, or whose values can be written in more than one way."""
    for name in schema["primaryKey"]:
        if name not in fields:
            continue
        field_type = fields[name]["type"]
        constraints = fields[name].get("constraints", {})
        if not constraints.get("required"):
            message = f"{name!r} is part of the primary key but not required"
            yield ("primaryKey",), message, f'Give {name} the constraint "required": true.'
        elif field_type not in _KEY_TYPES:
            message = f"{name!r} is part of the primary key, but of type {field_type}, which has no one text"
            fix = f"Make {name} a string, or choose fields of type {', '.join(_KEY_TYPES)}."
            yield ("primaryKey",), message, fix


def _uneven_foreign_keys(schema: Definition) -> Iterator[Fault]:
    """Foreign keys of more or fewer fields than they refer to."""
    for index, key in enumerate(schema.get("foreignKeys", ())):
        if len(key["fields"]) != len(key["reference"]["fields"]):
            message = "the key and its reference have different numbers of fields"
            yield ("foreignKeys", index), message, "Name as many fields in both."


# Constraints


def _constraint_faults(schema: Definition) -> Iterator[Fault]:
    """Constraints that no cell could meet, or that do not fit each other."""
    for index, field in enumerate(schema["fields"]):
        faults = chain(_impossible_days(field), _crossed_limits(field), _differing_terms(field), _wrong_pattern(field))
        for name, message, fix in faults:
            yield ("fields", index, "constraints", name), message, fix


def _impossible_days(field: Definition) -> Iterator[tuple[str, str, str]]:
    """Limits of a date that are in no calendar."""
    limits = field.get("constraints", {})
    for name in ("minimum", "maximum"):
        if field["type"] == "date" and name in limits and not _is_day(limits[name]):
            yield name, f"{limits[name]} is a day that no month has", "Write a day such as 2020-12-31."


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _crossed_limits(field: Definition) -> Iterator[tuple[str, str, str]]:
    """A lower limit above the upper one."""
    limits = field.get("constraints", {})
    for low, high in (("minimum", "maximum"), ("minLength", "maxLength")):
        has_both = low in limits and high in limits
        if has_both and limits[low] > limits[high]:
            message = f"{low} {limits[low]} is more than {high} {limits[high]}"
            yield low, message, "Swap or correct the two."


def _differing_terms(field: Definition) -> Iterator[tuple[str, str, str]]:
    """A vocabulary whose `categories` and `enum` are not the same."""
    terms = [term["value"] for term in field.get("categories", ())]
    enum = field.get("constraints", {}).get("enum", [])
    if terms != enum:
        message = f"categories ({', '.join(terms)}) and enum ({', '.join(enum)}) are not the same terms"
        yield "enum", message, "Give each term of the vocabulary in both, in one order."


def _wrong_pattern(field: Definition) -> Iterator[tuple[str, str, str]]:
    """A pattern that cannot be matched, or that a term of the vocabulary does not match."""
    constraints = field.get("constraints", {})
    if "pattern" not in constraints:
        return
    enum = constraints.get("enum", [])
    try:
        matches = match_whole(enum, constraints["pattern"]).to_pylist()
    except ValueError as error:
        message = f"RE2 cannot match the pattern: {error}"
        yield "pattern", message, "Write it without lookaround, backreferences and long repeats."
        return
    for term, matched in zip(enum, matches, strict=True):
        if not matched:
            yield "enum", f"{term!r} does not match the pattern", "Correct the term or the pattern."


# Terms


def _repeated_labels(schema: Definition) -> Iterator[Fault]:
    """Terms whose description says what their label says, and no more."""
    for index, field in enumerate(schema["fields"]):
        for number, term in enumerate(field.get("categories", ())):
            for label, description in (("label", "description"), ("label_zh", "description_zh")):
                if _bare(term[label]) == _bare(term[description]):
                    steps = ("fields", index, "categories", number, description)
                    message = f"the description of {term['value']!r} only repeats its label"
                    yield steps, message, "Say what the term means, or what counts as it."


def _bare(text: str) -> str:
    """A text as a reader takes it: without the case of its letters and the full stop at its end."""
    return text.casefold().rstrip(".。 ")
