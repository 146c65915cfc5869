"""JSON Schema profiles: those of the standard, from dplib-py, and what the project asks on top."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError, best_match

from ..json_file import JsonFile
from ..problem import Problem


def profile_problems(json_file: JsonFile, profile: str) -> Iterator[Problem]:
    """Where a file breaks the profile `datapackage` or `tableschema`.

    The project's own profile is asked first: it is narrower than the standard's, and speaks more plainly.
    """
    for validator in (
        _validator(__package__, f"profiles/{profile}.json"),
        _validator("dplib", f"profiles/2.0/{profile}.json"),
    ):
        errors = [best_match([error]) or error for error in validator.iter_errors(json_file.value)]
        if errors:
            yield from (_problem(json_file, error) for error in errors)
            return


@cache
def _validator(package: str, path: str) -> Draft7Validator:
    return Draft7Validator(json.loads(files(package).joinpath(path).read_text(encoding="utf-8")))


def _problem(json_file: JsonFile, error: ValidationError) -> Problem:
    message, fix = _words(error)
    return json_file.problem(list(error.absolute_path), message, fix)


def _words(error: ValidationError) -> tuple[str, str]:
    """Message and mend in our words, for what the project's own profile asks."""
    shown = json.dumps(error.instance, ensure_ascii=False)[:60]
    asked: Any = error.validator_value
    words = {
        "required": (error.message, "Add it."),
        "additionalProperties": (error.message, "Correct the spelling, or remove it."),
        "const": (f"{shown} is not what must stand here", f"Write {json.dumps(asked)}."),
        "enum": (f"{shown} is not allowed here", f"Write one of {asked}."),
        "pattern": (f"{shown} does not have the form {asked}", "Write it in that form."),
        "type": (f"{shown} is of the wrong type", f"Write a value of type {asked}."),
        "maxLength": (f"{shown} is longer than {asked} characters", "Shorten it."),
        "minimum": (f"{shown} is less than {asked}", "Correct it."),
        "not": ("this property has no place here", "Remove it: it goes with another type or provenance."),
    }
    return words.get(str(error.validator), (error.message[:200], "See the Data Package standard, version 2."))
