"""Layer 6, table schemas: what the standard and the project ask of them, and what contradicts itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from .fixes import write_one_of
from .profiles import profile_problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..json_files import JsonFile, Steps
    from ..problems import Problem

# The type of the cells that a rule makes.
_RULE_TYPES = {
    "year": "integer",
    "date": "date",
    "month_day": "string",
    "months": "string",
    "years": "integer",
    "quantity": "number",
    "quantity_to": "number",
    "qualifier": "string",
    "unit": "string",
}
_TEXTS = ("title", "description", "label")


def check_schema(schema: JsonFile) -> list[Problem]:
    """What is wrong with a table schema by itself."""
    return profile_problems(schema, "tableschema") or list(_contradictions(schema))


def check_references(schemas: Mapping[str, JsonFile], known: Collection[str]) -> Iterator[Problem]:
    """Foreign keys to a resource that is not `known`, or to a field that its schema does not have."""
    for name, schema in schemas.items():
        for index, key in enumerate(schema.value.get("foreignKeys", ())):
            steps = ("foreignKeys", index, "reference")
            target = key["reference"].get("resource", name)
            if target not in known:
                yield schema.problem(
                    (*steps, "resource"), f"there is no resource {target!r}", write_one_of(target, known)
                )
            elif target in schemas:
                fields = [field["name"] for field in schemas[target].value["fields"]]
                for field in key["reference"]["fields"]:
                    if field not in fields:
                        yield schema.problem(
                            (*steps, "fields"), f"{target} has no field {field!r}", write_one_of(field, fields)
                        )


def check_agreement(schemas: Collection[JsonFile]) -> Iterator[Problem]:
    """Vocabularies and translations that differ between schemas: what most schemas have is taken to be right.

    Vocabularies of one field name share no term, or are the same. One English text has one Chinese translation.
    """
    yield from _vocabularies(schemas)
    uses: dict[tuple[str, str], list[tuple[JsonFile, Steps, str]]] = defaultdict(list)
    for schema in schemas:
        for english, steps, chinese in _translations(schema.value):
            uses[english].append((schema, steps, chinese))
    for (_, original), translations in uses.items():
        usual = Counter(chinese for _, _, chinese in translations).most_common(1)[0][0]
        for schema, steps, chinese in translations:
            if chinese != usual:
                message = f"“{original[:80]}” is translated in another way elsewhere"
                yield schema.problem(steps, message, f"Write {usual}")


def _vocabularies(schemas: Collection[JsonFile]) -> Iterator[Problem]:
    fields: dict[str, list[tuple[JsonFile, Steps, dict[str, str]]]] = defaultdict(list)
    for schema in schemas:
        for index, field in enumerate(schema.value["fields"]):
            if "categories" in field:
                labels = {term["value"]: term["label"] for term in field["categories"]}
                fields[field["name"]].append((schema, ("fields", index, "categories"), labels))
    for name, uses in fields.items():
        for schema, steps, labels in uses:
            sharing = [other for other in uses if not labels.keys().isdisjoint(other[2])]
            usual = Counter(tuple(labels.items()) for _, _, labels in sharing).most_common(1)[0][0]
            if tuple(labels.items()) != usual:
                file = next(schema.file for schema, _, labels in sharing if tuple(labels.items()) == usual)
                yield _difference(schema, steps, (name, labels), dict(usual), file)


def _difference(
    schema: JsonFile, steps: Steps, named: tuple[str, dict[str, str]], usual: dict[str, str], file: str
) -> Problem:
    """Where a vocabulary differs from the usual one of its field name."""
    name, labels = named
    for index, (term, label) in enumerate(labels.items()):
        if term not in usual:
            fix = f"Remove it here and from enum, or add it to the vocabulary of {name} in every schema."
            return schema.problem((*steps, index), f"{file} does not have the term {term} of {name}", fix)
        if usual[term] != label:
            message = f"{term} has another label in {file}"
            return schema.problem((*steps, index, "label"), message, f"Write {usual[term]}")
    missing = [term for term in usual if term not in labels]
    message = f"the terms of {name} are in another order in {file}"
    if missing:
        message = f"the vocabulary of {name} lacks {', '.join(missing)}, which {file} has"
    return schema.problem(steps, message, f"Add the same terms, in the same order, as in {file}, to enum too.")


def _translations(value: Any, *steps: str | int) -> Iterator[tuple[tuple[str, str], Steps, str]]:  # noqa: ANN401
    """Every English text that has a Chinese one beside it: kind and text, path and text of the Chinese."""
    if isinstance(value, dict):
        for kind in _TEXTS:
            if kind in value and f"{kind}_zh" in value:
                yield (kind, value[kind]), (*steps, f"{kind}_zh"), value[f"{kind}_zh"]
    if isinstance(value, dict | list):
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _translations(part, *steps, step)


def _contradictions(schema: JsonFile) -> Iterator[Problem]:
    fields = schema.value["fields"]
    for field, times in Counter(field["name"] for field in fields).items():
        if times > 1:
            last = max(index for index, other in enumerate(fields) if other["name"] == field)
            yield schema.problem(("fields", last, "name"), f"{times} fields have the name {field!r}", "Rename one.")
    by_name = {field["name"]: field for field in fields}
    yield from _keys(schema, by_name)
    for index, field in enumerate(fields):
        for steps, message, fix in (*_provenance(field, by_name), *_unit(field, by_name), *_constraints(field)):
            yield schema.problem(("fields", index, *steps), message, fix)


def _keys(schema: JsonFile, fields: Mapping[str, Any]) -> Iterator[Problem]:
    value = schema.value
    keys: list[tuple[Steps, list[str]]] = [(("primaryKey",), value["primaryKey"])]
    keys += [(("uniqueKeys", index), key) for index, key in enumerate(value.get("uniqueKeys", ()))]
    for index, key in enumerate(value.get("foreignKeys", ())):
        keys.append((("foreignKeys", index, "fields"), key["fields"]))
        if len(key["fields"]) != len(key["reference"]["fields"]):
            message = "the key and its reference have different numbers of fields"
            yield schema.problem(("foreignKeys", index), message, "Name as many fields in both.")
    for steps, names in keys:
        for name in names:
            if name not in fields:
                yield schema.problem(steps, f"there is no field {name!r}", write_one_of(name, fields))
            elif steps == ("primaryKey",) and not fields[name].get("constraints", {}).get("required"):
                fix = f'Give {name} the constraint "required": true.'
                yield schema.problem(steps, f"{name!r} is part of the primary key but not required", fix)


def _provenance(field: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    rule = field.get("rule")
    if rule is not None and rule not in _RULE_TYPES:
        yield ("rule",), f"there is no rule {rule!r}", write_one_of(rule, _RULE_TYPES)
    elif rule is not None and _RULE_TYPES[rule] != field["type"]:
        message = f"the rule {rule} makes a cell of type {_RULE_TYPES[rule]}, not {field['type']}"
        yield ("rule",), message, f"Write {_RULE_TYPES[rule]} for the type, or take another rule."
    if field["provenance"] == "quoted" and field["type"] != "string":
        yield ("type",), f"a quoted cell is text, not {field['type']}", "Make the field derived, with a rule."
    leader = field.get("cited_with")
    if leader is not None and fields.get(leader, {}).get("provenance") != "derived":
        message = f"{leader!r} is not a derived field"
        yield ("cited_with",), message, "Name the derived field whose quote this one shares."


def _unit(field: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """The unit of a number is in the schema, or in the field `unit` of each row."""
    in_row = field["type"] == "number" and "unit" in fields
    if in_row and "unit" in field:
        yield ("unit",), f"the unit of {field['name']!r} is in the field 'unit' of each row", "Remove it."
    elif field["type"] in ("integer", "number") and not in_row and "unit" not in field:
        yield ("unit",), f"the unit of {field['name']!r} is missing", 'Add it, such as "years".'


def _constraints(field: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    limits = field.get("constraints", {})
    for low, high in (("minimum", "maximum"), ("minLength", "maxLength")):
        # Lengths are whole numbers by the profile; the other two are of the field's own type.
        wrong = [name for name in (low, high) if name in limits and not _is_limit(limits[name], field["type"])]
        for name in wrong:
            message = f"{limits[name]!r} is not of type {field['type']}"
            yield ("constraints", name), message, "Write a limit of the field's type."
        if not wrong and low in limits and high in limits and limits[low] > limits[high]:
            message = f"{low} {limits[low]} is more than {high} {limits[high]}"
            yield ("constraints", low), message, "Swap or correct the two."
    terms, enum = [term["value"] for term in field.get("categories", ())], limits.get("enum", [])
    if terms != enum:
        message = f"categories ({', '.join(terms)}) and enum ({', '.join(enum)}) are not the same terms"
        yield ("constraints", "enum"), message, "Give each term of the vocabulary in both, in one order."
    if "pattern" in limits:
        try:
            matches = pc.match_substring_regex(pa.array([*enum, ""]), f"^(?:{limits['pattern']})$").to_pylist()
        except pa.ArrowInvalid as error:
            message = f"RE2 cannot match the pattern: {error}"
            yield ("constraints", "pattern"), message, "Write it without lookaround, backreferences and long repeats."
            return
        for term in (term for term, matched in zip(enum, matches, strict=False) if not matched):
            yield ("constraints", "enum"), f"{term!r} does not match the pattern", "Correct the term or the pattern."


def _is_limit(limit: float | str, kind: str) -> bool:
    if kind != "date":
        return not isinstance(limit, str)
    with suppress(ValueError):
        return isinstance(limit, str) and date.fromisoformat(limit) is not None
    return False
