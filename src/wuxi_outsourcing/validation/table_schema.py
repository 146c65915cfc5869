"""Layer 6, the table schemas: what the standard and the project ask of one, and what contradicts itself."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .. import printed
from ..json_file import JsonFile, Steps
from ..pattern import hazard
from ..problem import Problem
from .profile import profile_problems

# What type of cell a rule makes.
_RULE_TYPES = {
    "year": "integer",
    "date": "date",
    "month_day": "string",
    "years": "integer",
    "quantity": "number",
    "qualifier": "string",
    "unit": "string",
}


def check_schema(name: str, schema: JsonFile) -> list[Problem]:
    """What is wrong with the table schema of a resource, taken by itself."""
    problems = list(profile_problems(schema, "tableschema"))
    return problems or list(_contradictions(name, schema))


def check_references(
    name: str, schema: JsonFile, sound: Mapping[str, Mapping[str, Any]], known: Collection[str]
) -> Iterator[Problem]:
    """Foreign keys to a resource that is not there, or to a field that a `sound` schema does not have."""
    for index, key in enumerate(schema.value.get("foreignKeys", ())):
        steps = ("foreignKeys", index, "reference")
        target = key["reference"].get("resource", name)
        if target not in known:
            yield schema.problem((*steps, "resource"), f"there is no resource {target!r}", _one_of(known))
        elif target in sound:
            fields = [field["name"] for field in sound[target]["fields"]]
            for field in key["reference"]["fields"]:
                if field not in fields:
                    yield schema.problem((*steps, "fields"), f"{target} has no field {field!r}", _one_of(fields))


def _contradictions(name: str, schema: JsonFile) -> Iterator[Problem]:
    fields = schema.value["fields"]
    if schema.value["name"] != name:
        message = f"this is the schema of {schema.value['name']!r}, not of {name!r}"
        yield schema.problem(("name",), message, f"Write {name}.")
    for field, times in Counter(field["name"] for field in fields).items():
        if times > 1:
            last = max(index for index, each in enumerate(fields) if each["name"] == field)
            yield schema.problem(("fields", last, "name"), f"{times} fields are called {field!r}", "Rename one.")
    by_name = {field["name"]: field for field in fields}
    yield from _keys(schema, by_name)
    for index, field in enumerate(fields):
        for steps, message, fix in (*_provenance(field, by_name), *_unit(field, fields), *_constraints(field)):
            yield schema.problem(("fields", index, *steps), message, fix)


def _keys(schema: JsonFile, fields: Mapping[str, Any]) -> Iterator[Problem]:
    value = schema.value
    keys: list[tuple[Steps, list[str]]] = [(("primaryKey",), value["primaryKey"])]
    keys += [(("uniqueKeys", index), key) for index, key in enumerate(value.get("uniqueKeys", ()))]
    for index, key in enumerate(value.get("foreignKeys", ())):
        keys.append((("foreignKeys", index, "fields"), key["fields"]))
        if len(key["fields"]) != len(key["reference"]["fields"]):
            message = "the key and its reference have different numbers of fields"
            yield schema.problem(("foreignKeys", index), message, "Name as many fields on both sides.")
    for steps, names in keys:
        for name in names:
            if name not in fields:
                yield schema.problem(steps, f"there is no field {name!r}", _one_of(fields))
            elif steps == ("primaryKey",) and not fields[name].get("constraints", {}).get("required"):
                fix = f'Give {name} the constraint "required": true.'
                yield schema.problem(steps, f"{name!r} is part of the primary key but not required", fix)


def _provenance(field: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    rule = field.get("rule")
    if rule is not None and rule not in printed.RULES:
        yield ("rule",), f"there is no rule {rule!r}", _one_of(printed.RULES)
    elif rule is not None and _RULE_TYPES[rule] != field["type"]:
        message = f"the rule {rule} gives a cell of type {_RULE_TYPES[rule]}, not {field['type']}"
        yield ("rule",), message, f"Make the field's type {_RULE_TYPES[rule]}, or take another rule."
    if field["provenance"] == "quoted" and field["type"] != "string":
        yield ("type",), f"a quoted cell is text, not {field['type']}", "Make the field derived, with a rule."
    leader = field.get("cited_with")
    if leader is not None and fields.get(leader, {}).get("provenance") != "derived":
        yield ("cited_with",), f"{leader!r} is no derived field", "Name the derived field whose quote this one shares."


def _unit(field: Mapping[str, Any], fields: Sequence[Mapping[str, Any]]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """A number means nothing without its unit, which stands in the schema or in a field of each row."""
    if field["type"] not in ("integer", "number"):
        return
    beside = [each["name"] for each in fields if each.get("rule") == "unit" and each.get("cited_with") == field["name"]]
    if beside and "unit" in field:
        message = f"the unit of {field['name']!r} stands in the field {beside[0]!r} of each row"
        yield ("unit",), message, "Remove it."
    elif not beside and "unit" not in field:
        fix = 'Add its "unit", such as "years"; or a field with the rule unit that is cited with it.'
        yield (), f"nothing says what unit {field['name']!r} is in", fix


def _constraints(field: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    limits = field.get("constraints", {})
    for low, high in (("minimum", "maximum"), ("minLength", "maxLength")):
        # Lengths are whole numbers by the profile; the other two are of the field's own type.
        wrong = [
            name
            for name in (low, high)
            if name in limits and isinstance(limits[name], str) != (field["type"] == "date")
        ]
        for name in wrong:
            yield ("constraints", name), f"{limits[name]!r} is no {field['type']}", "Write a limit of the field's type."
        if not wrong and low in limits and high in limits and limits[low] > limits[high]:
            message = f"{low} {limits[low]} is more than {high} {limits[high]}"
            yield ("constraints", low), message, "Swap or correct the two."
    found = hazard(limits.get("pattern", ""), limits.get("maxLength"))
    if found:
        yield ("constraints", "pattern"), *found
        return
    try:
        pc.match_substring_regex(pa.array([""]), limits.get("pattern", ""))
    except pa.ArrowInvalid as error:
        yield ("constraints", "pattern"), f"the pattern is not one for every matcher: {error}", "Write it more simply."
        return
    form = re.compile(limits.get("pattern", ""))
    terms = [term["value"] for term in field.get("categories", ())]
    if terms != limits.get("enum", []):
        message = (
            f"categories ({', '.join(terms)}) and enum ({', '.join(limits.get('enum', []))}) are not the same terms"
        )
        yield ("constraints",), message, "Give each term of the vocabulary in both, in one order."
    for term in limits.get("enum", ()):
        if not form.fullmatch(term) and "pattern" in limits:
            yield ("constraints", "enum"), f"{term!r} does not match the pattern", "Correct the term or the pattern."


def _one_of(names: Collection[str]) -> str:
    return f"Write one of {', '.join(names)}."
