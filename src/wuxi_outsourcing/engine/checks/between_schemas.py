"""Between table schemas: foreign keys, rules, vocabularies and translations that do not fit each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from .fixes import write_one_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ..json_files import JsonFile, Steps
    from ..problems import Problem

    Schemas = Mapping[str, JsonFile]


# Foreign keys


def check_references(schemas: Schemas, known: Collection[str]) -> list[Problem]:
    """Foreign keys that databases refuse.

    `schemas` are those without a fault of their own. `known` are the names of all resources.
    """
    problems = _circular_references(schemas)
    for name, schema in schemas.items():
        for index, key in enumerate(schema.value.get("foreignKeys", ())):
            problem = _reference_problem(schemas, known, name, index, key)
            if problem is not None:
                problems.append(problem)
    return problems


def _circular_references(schemas: Schemas) -> list[Problem]:
    """A foreign key that closes a circle of tables, none of which a database could make first."""
    targets: dict[str, set[str]] = {}
    for name, schema in schemas.items():
        targets[name] = {_target(name, key) for key in schema.value.get("foreignKeys", ())}
        targets[name].discard(name)  # a table may refer to itself
    try:
        TopologicalSorter(targets).prepare()
    except CycleError as error:
        circle = error.args[1][::-1]
        schema_of_first = schemas[circle[0]]
        return [_circular_reference(schema_of_first, circle)]
    return []


def _target(name: str, key: Mapping[str, Any]) -> str:
    """The table that a foreign key of the table `name` refers to. Where the key names no resource, it is that table."""
    return str(key["reference"].get("resource", name))


def _circular_reference(schema: JsonFile, circle: list[str]) -> Problem:
    """The problem of the foreign key that leads from the first table of a circle to the second."""
    first, second = circle[:2]
    targets = [_target(first, key) for key in schema.value["foreignKeys"]]
    steps = ("foreignKeys", targets.index(second), "reference", "resource")
    message = f"circular reference between tables: {' -> '.join(circle)}"
    return schema.problem(steps, message, "Remove one of these foreign keys.")


def _reference_problem(
    schemas: Schemas, known: Collection[str], name: str, index: int, key: Mapping[str, Any]
) -> Problem | None:
    """The problem of a foreign key to no resource, to fields that are no key, or to fields of another type."""
    schema = schemas[name]
    target = _target(name, key)
    resource_steps = ("foreignKeys", index, "reference", "resource")
    fields_steps = ("foreignKeys", index, "reference", "fields")
    if target not in known:
        return schema.problem(resource_steps, f"there is no resource {target!r}", write_one_of(target, known))
    if target not in schemas:  # it has a problem of its own
        return None

    target_schema = schemas[target].value
    target_fields = key["reference"]["fields"]
    target_keys = _unique_keys(target_schema)
    if target_fields not in target_keys:
        choices = [", ".join(names) for names in target_keys]
        message = f"{', '.join(target_fields)} is not a key of {target}"
        return schema.problem(fields_steps, message, f"Name the fields of one: {' or '.join(choices)}.")

    types = _types(schema.value, key["fields"])
    target_types = _types(target_schema, target_fields)
    if types != target_types:
        message = f"{', '.join(types)} refers to {', '.join(target_types)} in {target}"
        return schema.problem(fields_steps, message, "Give the fields that refer to each other one type.")
    return None


def check_targets(schemas: Schemas) -> list[Problem]:
    """Rules that compare a field with one of the table that a foreign key refers to, if that is not there.

    `schemas` are those without a fault of their own.
    """
    problems: list[Problem] = []
    for name, schema in schemas.items():
        targets = _targets_by_field(name, schema)
        for index, rule in enumerate(schema.value.get("rules", ())):
            if "target" not in rule:
                continue
            target = targets[rule["reference"]]
            if target in schemas:  # any other has a problem of its own
                problems += _target_problems(schema, index, rule, schemas[target])
    return problems


def _targets_by_field(name: str, schema: JsonFile) -> dict[str, str]:
    """The table that each foreign key of one field refers to, by that field."""
    targets: dict[str, str] = {}
    for key in schema.value.get("foreignKeys", ()):
        if len(key["fields"]) == 1:
            targets.setdefault(key["fields"][0], _target(name, key))
    return targets


def _target_problems(schema: JsonFile, index: int, rule: Mapping[str, Any], target: JsonFile) -> Iterator[Problem]:
    """The problem of a rule about a field that the other table does not have, or has with another type."""
    steps = ("rules", index, "target")
    field, other = rule["field"], rule["target"]
    table = target.value["name"]
    names = [definition["name"] for definition in target.value["fields"]]
    if other not in names:
        yield schema.problem(steps, f"{table} has no field {other!r}", write_one_of(other, names))
        return
    [field_type] = _types(schema.value, [field])
    [other_type] = _types(target.value, [other])
    if field_type != other_type:
        message = f"{field} is of type {field_type}, {other} of {table} of type {other_type}"
        yield schema.problem(steps, message, f"Name a field of type {field_type}, or remove the rule.")


def _unique_keys(schema: Mapping[str, Any]) -> list[list[str]]:
    """The keys of a table, each a list of fields: the primary key, the unique keys, and each unique field."""
    unique_fields = [field["name"] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    keys = [schema["primaryKey"], *schema.get("uniqueKeys", ())]
    keys += [[name] for name in unique_fields]
    return keys


def _types(schema: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """The types of some fields, in that order."""
    types = {field["name"]: field["type"] for field in schema["fields"]}
    return [types[name] for name in names]


# What is said in several schemas


@dataclass(frozen=True, slots=True)
class _Statement:
    """What one schema says of a subject that other schemas may speak of too."""

    schema: JsonFile
    steps: Steps
    subject: tuple[str, ...]
    """What it is about, such as a term of a vocabulary."""
    value: Any
    """What it says. All schemas should say the same."""


def check_agreement(schemas: Collection[JsonFile]) -> list[Problem]:
    """Vocabularies and translations that differ between schemas.

    Where two fields have one name, their vocabularies share no term, or are the same, with one label and one
    description of each term. One English text has one Chinese translation. What most schemas have is taken to be right.
    """
    problems: list[Problem] = []
    for statements in _by_subject([*_all_translations(schemas), *_all_terms(schemas)]):
        for statement, usual in _unusual(statements):
            message = f"{' '.join(statement.subject)[:80]!r} is put in another way in {usual.schema.file}"
            problems.append(statement.schema.problem(statement.steps, message, f"Write {usual.value}"))
    for statements in _by_subject(_all_vocabularies(schemas)):
        for statement, usual in _unusual(statements):
            problems.append(_vocabulary_problem(statement, usual))
    return problems


def _by_subject(statements: Iterable[_Statement]) -> Collection[list[_Statement]]:
    """The statements of each subject."""
    groups: dict[tuple[str, ...], list[_Statement]] = defaultdict(list)
    for statement in statements:
        groups[statement.subject].append(statement)
    return groups.values()


def _unusual(statements: list[_Statement]) -> list[tuple[_Statement, _Statement]]:
    """The statements of a subject that do not say what most say, each with the first that does."""
    values = [statement.value for statement in statements]
    [(usual_value, _)] = Counter(values).most_common(1)
    usual = statements[values.index(usual_value)]
    return [(statement, usual) for statement in statements if statement.value != usual_value]


def _vocabulary_problem(statement: _Statement, usual: _Statement) -> Problem:
    """The problem of a vocabulary that is another in most schemas."""
    lacking = [term for term in usual.value if term not in statement.value]
    additional = [term for term in statement.value if term not in usual.value]
    differences: list[str] = []
    if lacking:
        differences.append(f"lacks {', '.join(lacking)}")
    if additional:
        differences.append(f"adds {', '.join(additional)}")
    difference = " and ".join(differences) or "has another order"
    _, field, _ = statement.subject
    file = usual.schema.file
    message = f"the vocabulary of {field} {difference}, compared with {file}"
    fix = f"Give the terms as in {file}, here and in enum, or change all schemas that have the vocabulary."
    return statement.schema.problem(statement.steps, message, fix)


def _all_translations(schemas: Iterable[JsonFile]) -> Iterator[_Statement]:
    """The Chinese translation of every English text that has one beside it."""
    for schema in schemas:
        for steps, definition in _objects(schema.value):
            for english in ("title", "description", "label"):
                chinese = f"{english}_zh"
                if english in definition and chinese in definition:
                    subject = (english, definition[english])
                    yield _Statement(schema, (*steps, chinese), subject, definition[chinese])


def _objects(value: Any, *steps: str | int) -> Iterator[tuple[Steps, Mapping[str, Any]]]:  # noqa: ANN401
    """Every object in a JSON value, with the steps that lead to it."""
    if isinstance(value, dict):
        yield steps, value
        for name, member in value.items():
            yield from _objects(member, *steps, name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _objects(item, *steps, index)


def _all_terms(schemas: Iterable[JsonFile]) -> Iterator[_Statement]:
    """The label and the description of every term, in English."""
    for schema in schemas:
        for index, field in enumerate(schema.value["fields"]):
            for number, term in enumerate(field.get("categories", ())):
                for name in ("label", "description"):
                    steps = ("fields", index, "categories", number, name)
                    subject = (name, field["name"], term["value"])
                    yield _Statement(schema, steps, subject, term[name])


def _all_vocabularies(schemas: Iterable[JsonFile]) -> Iterator[_Statement]:
    """For every term, the vocabulary that it is in."""
    for schema in schemas:
        for index, field in enumerate(schema.value["fields"]):
            steps = ("fields", index, "categories")
            vocabulary = tuple(term["value"] for term in field.get("categories", ()))
            for term in vocabulary:
                subject = ("terms", field["name"], term)
                yield _Statement(schema, steps, subject, vocabulary)
