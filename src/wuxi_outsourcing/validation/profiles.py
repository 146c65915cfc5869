"""JSON Schema profiles: those of the standard, from dplib-py, and what the project asks beyond them."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError, best_match

from ..problems import one_per_location
from .fixes import similar_name, write_one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..json_files import JsonFile
    from ..problems import Problem

# In Python's reading of JSON Schema, $ would also match before a line feed at the end.
_NO_LINE_FEED = r"(?!\n)"
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
    "not": ("this property does not belong here", "Remove it: it goes with another type or provenance."),
}


@lru_cache(maxsize=64)  # most schemas stay as they are from one validation to the next
def profile_problems(json_file: JsonFile, profile: str) -> list[Problem]:
    """Where a file breaks the profile `datapackage` or `tableschema`.

    The project's own profile comes first: it is narrower than the standard's, and its messages are plainer.
    """
    for validator in (
        _validator(__package__, f"profiles/{profile}.json"),
        _validator("dplib", f"profiles/2.0/{profile}.json"),
    ):
        errors = [
            best_match([error]) or error for error in islice(validator.iter_errors(json_file.value), _MOST_ERRORS)
        ]
        if errors:
            return one_per_location(_problems(json_file, errors))
    return []


@cache
def _validator(package: str, path: str) -> Draft7Validator:
    return Draft7Validator(json.loads(files(package).joinpath(path).read_text(encoding="utf-8")))


def _problems(json_file: JsonFile, errors: list[ValidationError]) -> Iterator[Problem]:
    """A problem for each error, at the property that is wrong, missing or unexpected."""
    with_unknown = [error.absolute_path for error in errors if error.validator == "additionalProperties"]
    for error in errors:
        schema: Any = error.schema
        given: Any = error.instance
        known = schema.get("properties", {})
        if error.validator == "required":
            # One that is missing may be the one that is unknown by its name.
            for name in set(schema["required"]) - given.keys() if error.absolute_path not in with_unknown else ():
                fix = known.get(name, {}).get("fix", "Add it.")
                yield json_file.problem([*error.absolute_path, name], f"the property {name!r} is missing", fix)
        elif error.validator == "additionalProperties":
            for name in given.keys() - known.keys():
                similar = similar_name(name, known.keys() - given.keys())
                fix = f"Write {similar}." if similar else "Remove it."
                yield json_file.problem([*error.absolute_path, name], f"the property {name!r} is unknown", fix)
        else:
            yield json_file.problem(list(error.absolute_path), *_words(error))


def _words(error: ValidationError) -> tuple[str, str]:
    """Message and fix: those beside the keyword in the profile, or else those for any use of the keyword."""
    schema: Any = error.schema
    shown, asked = json.dumps(error.instance, ensure_ascii=False)[:60], schema[error.validator]
    message, fix = _WORDS.get(str(error.validator), (error.message[:200], "See the Data Package standard, version 2."))
    if error.validator == "enum":
        fix = write_one_of(str(error.instance).replace(" ", "-"), asked)
    asked = (asked if isinstance(asked, str) else json.dumps(asked)).replace(_NO_LINE_FEED, "")
    message, fix = schema.get("message", message), schema.get("fix", fix)
    return message.format(shown=shown, asked=asked), fix.format(asked=asked)
