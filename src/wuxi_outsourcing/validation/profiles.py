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
from .fixes import FORMAT_FIX, similar_name, write_one_of

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
    misspelt = {(*error.absolute_path, name) for error in errors for name in _misspelt(error).values()}
    for error in errors:
        steps = list(error.absolute_path)
        if error.validator == "required":
            for name in error.validator_value:
                if name not in error.instance and (*steps, name) not in misspelt:
                    fix = FORMAT_FIX if name in ("bytes", "hash") else "Add it."
                    yield json_file.problem([*steps, name], f"the property {name!r} is missing", fix)
        elif error.validator == "additionalProperties":
            similar = _misspelt(error)
            for name in error.instance.keys() - error.schema["properties"].keys():
                fix = f"Write {similar[name]}." if name in similar else "Remove it."
                yield json_file.problem([*steps, name], f"the property {name!r} is unknown", fix)
        else:
            message, fix = _words(error)
            yield json_file.problem(steps, message, FORMAT_FIX if steps[-1:] in (["bytes"], ["hash"]) else fix)


def _misspelt(error: ValidationError) -> dict[str, str]:
    """Unknown properties with the missing ones that they are similar to."""
    if error.validator != "additionalProperties":
        return {}
    known: Any = error.schema
    missing = known["properties"].keys() - error.instance.keys()
    unknown = error.instance.keys() - known["properties"].keys()
    return {name: similar for name in unknown if (similar := similar_name(name, missing))}


def _words(error: ValidationError) -> tuple[str, str]:
    """Message and fix: those beside the keyword in the profile, or else those for any use of the keyword."""
    schema: Any = error.schema
    shown, asked = json.dumps(error.instance, ensure_ascii=False)[:60], error.validator_value
    message, fix = _WORDS.get(str(error.validator), (error.message[:200], "See the Data Package standard, version 2."))
    if error.validator == "enum":
        fix = write_one_of(str(error.instance).replace(" ", "-"), asked)
    asked = (asked if isinstance(asked, str) else json.dumps(asked)).replace(_NO_LINE_FEED, "")
    message, fix = schema.get("message", message), schema.get("fix", fix)
    return message.format(shown=shown, asked=asked), fix.format(asked=asked)
