"""JSON Schema profiles: those of the standard, from dplib-py, and what the project asks beyond them."""

from __future__ import annotations

import json
from functools import cache, reduce
from importlib.resources import files
from itertools import chain, islice
from operator import getitem
from typing import TYPE_CHECKING, Any

from jsonschema_rs import Draft7Validator, ValidationError, ValidationErrorKind

from ..problems import one_per_location
from .fixes import similar_name, write_one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..json_files import JsonFile
    from ..problems import Problem

# Of one file: more are listed once these are fixed.
_MOST_ERRORS = 100
_WORDS = {
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

    The project's own profile comes first: it is narrower than the standard's, and its messages are plainer.
    """
    for package, path in ((__package__, f"profiles/{profile}.json"), ("dplib", f"profiles/2.0/{profile}.json")):
        definition, validator = _profile(package, path)
        errors = [_most_specific(error) for error in islice(validator.iter_errors(json_file.value), _MOST_ERRORS)]
        if errors:
            return one_per_location(islice(_problems(json_file, errors, definition), _MOST_ERRORS))
    return []


@cache
def _profile(package: str, path: str) -> tuple[Any, Draft7Validator]:
    definition = json.loads(files(package).joinpath(path).read_text(encoding="utf-8"))
    return definition, Draft7Validator(definition, validate_formats=False)


def _most_specific(error: ValidationError) -> ValidationError:
    """Of a value that fits none of several schemas, the error in the schema that it comes closest to, if one does."""
    while context := list(chain.from_iterable(getattr(error.kind, "context", ()))):
        closest, *others = sorted(context, key=_distance)
        if others and _distance(others[0]) == _distance(closest):
            break
        error = closest
    return error


def _distance(error: ValidationError) -> tuple[int, bool]:
    """The deeper an error, the closer the schema; one that asks for another type is not meant."""
    return -len(error.instance_path), error.schema_path[-1] == "type"


def _problems(json_file: JsonFile, errors: list[ValidationError], profile: Any) -> Iterator[Problem]:  # noqa: ANN401
    """A problem for each error, at the property that is wrong, missing or unexpected."""
    with_unknown = [error.instance_path for error in errors if error.schema_path[-1] == "additionalProperties"]
    for error in errors:
        path, (*steps, keyword) = error.instance_path, error.schema_path
        schema, given = reduce(getitem, steps, profile), reduce(getitem, path, json_file.value)
        known = schema.get("properties", {})
        if isinstance(error.kind, ValidationErrorKind.Required):
            # One that is missing may be the one that is unknown by its name.
            if path not in with_unknown:
                name = error.kind.property
                fix = known.get(name, {}).get("fix", "Add it.")
                yield json_file.problem([*path, name], f"the property {name!r} is missing", fix)
        elif isinstance(error.kind, ValidationErrorKind.AdditionalProperties):
            unused = [name for name in known if name not in given]
            for name in error.kind.unexpected:
                similar = similar_name(name, unused)
                fix = f"Write {similar}." if similar else "Remove it."
                yield json_file.problem([*path, name], f"the property {name!r} is unknown", fix)
        else:
            yield json_file.problem(path, *_words(given, keyword, schema, error.message))


def _words(given: object, keyword: str | int, schema: Any, reason: str) -> tuple[str, str]:  # noqa: ANN401
    """Message and fix: those beside the keyword in the profile, or else those for any use of the keyword."""
    shown, asked = json.dumps(given, ensure_ascii=False)[:60], schema[keyword]
    message, fix = _WORDS.get(str(keyword), ("{reason}", "See the Data Package standard, version 2."))
    message, fix = schema.get("message", message), schema.get("fix", fix)
    # What is formatted are words of the profile or from above, never a value or a reason: these may hold braces.
    parts = {"shown": shown, "asked": asked if isinstance(asked, str) else json.dumps(asked), "reason": reason[:200]}
    message, fix = message.format_map(parts), fix.format_map(parts)
    if keyword == "enum" and not fix:
        fix = write_one_of(str(given).replace(" ", "-"), asked)
    return message, fix
