"""Row rules as a table schema declares them.

The fields and terms that a rule names must be there, and be such as the form of the rule can use.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from ..package import EVIDENCE, PARAGRAPHS
from ..rules import CONDITIONS, FIELD_LISTS, FIELD_ROLES
from ..schema import CITED_CLASSES
from .compiled_rule import EXPECTED, PLACEHOLDER
from .fixes import similar_name, write_one_of
from .rule_forms import FORMS, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..json_files import Steps
    from .table_schemas import Definition, Definitions, Fault

# Rules of its tables that provenance relies on.
_NEEDED_RULES = {
    PARAGRAPHS: {"rule": "consecutive", "field": "paragraph", "within": "source_id"},
    EVIDENCE: {"rule": "startPlusLength", "field": "end", "start": "start", "text": "quote"},
}
_TEXTS = ("message", "fix")


def rule_faults(schema: Definition, fields: Definitions, table: str) -> Iterator[Fault]:
    """What is wrong with the row rules of a schema whose parts have the right form."""
    yield from _missing_rule(schema, table)
    for index, rule in enumerate(schema.get("rules", ())):
        unknown = list(_unknown_fields(rule, fields))
        # The fields are looked at only where all of them are there.
        faults = unknown or chain(
            _fields_named_twice(rule),
            _wrong_types(rule, fields),
            _incomparable_types(rule, fields),
            _uncited_field(rule, fields),
            _no_foreign_key(rule, schema),
            _unknown_terms(rule, fields),
            _unknown_placeholders(rule, fields),
        )
        for steps, message, fix in faults:
            yield ("rules", index, *steps), message, fix


def _missing_rule(schema: Definition, table: str) -> Iterator[Fault]:
    """A rule that provenance relies on and that is not there."""
    needed = _NEEDED_RULES.get(table)
    if needed is None:
        return
    for rule in schema.get("rules", ()):
        if _without_texts(rule) == needed:
            return
    message = f"{table} lacks a rule that the checks of quotes rely on"
    yield ("rules",), message, f"Add to rules: {json.dumps(needed)}"


def _without_texts(rule: Definition) -> Mapping[str, Any]:
    return {name: value for name, value in rule.items() if name not in _TEXTS}


def _unknown_fields(rule: Definition, fields: Definitions) -> Iterator[Fault]:
    """Fields that are not there."""
    for steps, name in _named_fields(rule):
        if name not in fields:
            yield steps, f"there is no field {name!r}", write_one_of(name, fields)


def _named_fields(rule: Definition) -> Iterator[tuple[Steps, str]]:
    """Where a rule names each of its fields, and the name."""
    for role in FIELD_ROLES:
        if role in rule:
            yield (role,), rule[role]
    for names in FIELD_LISTS:
        for index, name in enumerate(rule.get(names, ())):
            yield (names, index), name
    for condition in CONDITIONS:
        for name in rule.get(condition, ()):
            yield (condition, name), name


def _fields_named_twice(rule: Definition) -> Iterator[Fault]:
    """A field that is compared with itself."""
    names: set[str] = set()
    for role in FIELD_ROLES:
        if role not in rule:
            continue
        if rule[role] in names:
            yield (role,), f"the rule compares {rule[role]} with itself", "Name another field."
        names.add(rule[role])


def _wrong_types(rule: Definition, fields: Definitions) -> Iterator[Fault]:
    """Fields of a type that the form of the rule has no use for."""
    for role, types in FORMS[rule["rule"]].types.items():
        name = rule[role]
        field_type = fields[name]["type"]
        if field_type not in types:
            message = f"{name} is of type {field_type}, which {rule['rule']} cannot have here"
            yield (role,), message, f"Name a field of type {' or '.join(types)}."


def _incomparable_types(rule: Definition, fields: Definitions) -> Iterator[Fault]:
    """Two fields that the rule compares and whose types do not fit each other.

    A date can be compared with a date, or with an integer that is a year.
    """
    if not FORMS[rule["rule"]].compares:
        return
    name, other = rule["field"], rule["other"]
    field_type, other_type = fields[name]["type"], fields[other]["type"]
    types = {field_type, other_type}
    are_numbers = types <= set(NUMBERS)
    are_days_or_years = types <= {"date", "integer"}
    if not are_numbers and not are_days_or_years:
        message = f"{name} is of type {field_type}, {other} of type {other_type}"
        yield ("other",), message, "Name two numbers, two dates, or a date and an integer that is a year."


def _uncited_field(rule: Definition, fields: Definitions) -> Iterator[Fault]:
    """A field that is compared with its source, but has none."""
    if not FORMS[rule["rule"]].needs_citation:
        return
    name = rule["field"]
    provenance = fields[name]["provenance"]
    if provenance not in CITED_CLASSES:
        message = f"{name} is {provenance}: no source is cited for it that it could be compared with"
        yield ("field",), message, "Name a field that is cited, or remove the rule."


def _no_foreign_key(rule: Definition, schema: Definition) -> Iterator[Fault]:
    """A reference that refers to no other row."""
    if "reference" not in rule:
        return
    name = rule["reference"]
    keys = [key["fields"] for key in schema.get("foreignKeys", ())]
    if [name] not in keys:
        references = [fields[0] for fields in keys if len(fields) == 1]
        fix = write_one_of(name, references) if references else f"Add a foreign key of {name}, or remove the rule."
        yield ("reference",), f"{name} is not a foreign key of one field", fix


def _unknown_terms(rule: Definition, fields: Definitions) -> Iterator[Fault]:
    """Conditions on a field without a vocabulary, or with a term that is not in the vocabulary."""
    for condition in CONDITIONS:
        for name, terms in rule.get(condition, {}).items():
            vocabulary = fields[name].get("constraints", {}).get("enum", [])
            if not vocabulary:
                message = f"{name} has no vocabulary, so that a rule cannot depend on its terms"
                yield (condition, name), message, "Name a field with categories and enum."
                continue
            for index, term in enumerate(terms):
                if term not in vocabulary:
                    message = f"{term!r} is not in the vocabulary of {name}"
                    yield (condition, name, index), message, write_one_of(term, vocabulary)


def _unknown_placeholders(rule: Definition, fields: Definitions) -> Iterator[Fault]:
    """Names in braces, in the message or fix of a rule, that are no field."""
    known = [*fields]
    if FORMS[rule["rule"]].expects:
        known.append(EXPECTED)
    for text in _TEXTS:
        for name in PLACEHOLDER.findall(rule.get(text, "")):
            if name not in known:
                similar = similar_name(name, known) or known[0]
                fix = f"Name a field in the braces, such as {{{similar}}}, or remove them."
                yield (text,), f"{{{name}}} is not a field of the row", fix
