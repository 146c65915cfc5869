"""JSON Schema profiles: those of the standard, from dplib-py, and what the project asks beyond them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from jsonschema_rs import Draft7Validator, ValidationError, ValidationErrorKind

from ..problems import one_per_location
from .fixes import similar_name, write_one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..json_files import JsonFile, Steps
    from ..problems import Problem

# Of one file: more are listed once these are fixed.
_MOST_ERRORS = 100
# Message and fix where a value does not meet a keyword of JSON Schema. A profile may give its own beside the keyword.
_MESSAGES_AND_FIXES = {
    "const": ("{shown} is not what must be here", "Write {asked}."),
    "enum": ("{shown} is not allowed here", ""),
    "pattern": ("{shown} does not have the form {asked}", "Write it in that form."),
    "type": ("{shown} is of the wrong type", "Write a value of type {asked}."),
    "maxLength": ("{shown} is longer than {asked} characters", "Shorten it."),
    "minLength": ("the text is empty", "Fill it in."),
    "minItems": ("the list is empty", "Add an item."),
    "maxItems": ("the list has more than {asked} items", "Shorten it."),
    "uniqueItems": ("the list has a duplicate item", "Remove it."),
    "minimum": ("{shown} is less than {asked}", "Correct it."),
    "maximum": ("{shown} is more than {asked}", "Correct it."),
    "not": ("this property does not belong here", "Remove it: it goes with another type or provenance."),
}


def profile_problems(json_file: JsonFile, profile: str) -> list[Problem]:
    """Where a file breaks the profile `datapackage` or `tableschema`.

    The project's own profile comes first. It is narrower than the standard's, and its messages are plainer.
    """
    own = _profile(__package__, f"profiles/{profile}.json")
    standard = _profile("dplib", f"profiles/2.0/{profile}.json")
    for definition, validator in (own, standard):
        first_errors = islice(validator.iter_errors(json_file.value), _MOST_ERRORS)
        errors = [_most_specific(error) for error in first_errors]
        if errors:
            problems = _problems(json_file, errors, definition)
            return one_per_location(islice(problems, _MOST_ERRORS))
    return []


@cache
def _profile(package: str, path: str) -> tuple[Any, Draft7Validator]:
    """A profile as JSON, and what validates by it."""
    text = files(package).joinpath(path).read_text(encoding="utf-8")
    definition = json.loads(text)
    return definition, Draft7Validator(definition, validate_formats=False)


def _most_specific(error: ValidationError) -> ValidationError:
    """The error itself, or a more specific one.

    Where a value fits none of several schemas, the error in the closest schema is more specific. Where two schemas are
    equally close, neither can be chosen.
    """
    while True:
        errors_by_schema = getattr(error.kind, "context", ())
        closest_first = sorted(chain.from_iterable(errors_by_schema), key=_distance)
        if not closest_first:
            return error
        closest, *others = closest_first
        if others and _distance(others[0]) == _distance(closest):
            return error
        error = closest


def _distance(error: ValidationError) -> tuple[int, bool]:
    """How far a value is from a schema that it does not fit, to sort by.

    The deeper the error lies in the value, the closer is the schema. A schema that asks for another type is farther.
    """
    depth = len(error.instance_path)
    asks_for_another_type = error.schema_path[-1] == "type"
    return -depth, asks_for_another_type


def _problems(json_file: JsonFile, errors: list[ValidationError], profile: Any) -> Iterator[Problem]:  # noqa: ANN401
    """A problem for each error, at the property that is wrong, missing or unexpected."""
    paths_with_unknown = [error.instance_path for error in errors if error.schema_path[-1] == "additionalProperties"]
    for error in errors:
        path = error.instance_path
        *steps, keyword = error.schema_path
        schema = _value_at(profile, steps)
        if isinstance(error.kind, ValidationErrorKind.Required):
            # Beside an unknown property, none is reported as missing: it may be there under a misspelt name.
            if path not in paths_with_unknown:
                yield _missing(json_file, path, error.kind.property, schema)
        elif isinstance(error.kind, ValidationErrorKind.AdditionalProperties):
            yield from _unknown(json_file, path, error.kind.unexpected, schema)
        else:
            given = _value_at(json_file.value, path)
            message, fix = _message_and_fix(given, keyword, schema, error.message)
            yield json_file.problem(path, message, fix)


def _value_at(value: Any, steps: Steps) -> Any:  # noqa: ANN401
    """What keys and indexes lead to in a JSON value."""
    for step in steps:
        value = value[step]
    return value


def _missing(json_file: JsonFile, path: Steps, name: str, schema: Any) -> Problem:  # noqa: ANN401
    known = schema.get("properties", {})
    fix = known.get(name, {}).get("fix", "Add it.")
    return json_file.problem([*path, name], f"the property {name!r} is missing", fix)


def _unknown(json_file: JsonFile, path: Steps, names: list[str], schema: Any) -> Iterator[Problem]:  # noqa: ANN401
    given = _value_at(json_file.value, path)
    unused = [name for name in schema.get("properties", {}) if name not in given]
    for name in names:
        similar = similar_name(name, unused)
        fix = f"Write {similar}." if similar else "Remove it."
        yield json_file.problem([*path, name], f"the property {name!r} is unknown", fix)


def _message_and_fix(given: object, keyword: str | int, schema: Any, reason: str) -> tuple[str, str]:  # noqa: ANN401
    """Message and fix for a value that does not meet a keyword of a profile."""
    asked = schema[keyword]
    values = {
        "shown": json.dumps(given, ensure_ascii=False)[:60],
        "asked": asked if isinstance(asked, str) else json.dumps(asked),
        "reason": reason[:200],
    }
    default = ("{reason}", "See the Data Package standard, version 2.")
    message, fix = _MESSAGES_AND_FIXES.get(str(keyword), default)
    # Only texts of this project are formatted. What is filled in comes from a file, and may hold braces.
    message = schema.get("message", message).format_map(values)
    fix = schema.get("fix", fix).format_map(values)
    if keyword == "enum" and not fix:
        fix = write_one_of(str(given).replace(" ", "-"), asked)
    return message, fix
