"""JSON Schema profiles: those of the standard, from dplib-py, and what the project asks on top."""

import json
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError, best_match

from ..json_file import JsonFile
from ..problem import Problem

# In Python's reading of JSON Schema, $ would also match before a line feed at the end.
_NO_LINE_FEED = r"(?!\n)"
# A file that is wrong in more places than this is wrong as a whole.
MOST_TOLD = 50


@lru_cache(maxsize=64)
def profile_problems(json_file: JsonFile, profile: str) -> tuple[Problem, ...]:
    """Where a file breaks the profile `datapackage` or `tableschema`; remembered, as most schemas stay as they are.

    The project's own profile is asked first: it is narrower than the standard's, and speaks more plainly.
    """
    for validator in (
        _validator(__package__, f"profiles/{profile}.json"),
        _validator("dplib", f"profiles/2.0/{profile}.json"),
    ):
        errors = [best_match([error]) or error for error in islice(validator.iter_errors(json_file.value), MOST_TOLD)]
        flooded = [error for error in errors if error.validator == "maxItems"]
        errors = flooded or errors  # What is in a list that should not be that long is not worth a word each.
        if errors:
            return tuple(_problem(json_file, error) for error in errors)
    return ()


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
    form = str(asked).replace(_NO_LINE_FEED, "")
    words = {
        "required": (error.message, "Add it."),
        "additionalProperties": (error.message, "Correct the spelling, or remove it."),
        "const": (f"{shown} is not what must stand here", f"Write {json.dumps(asked)}."),
        "enum": (f"{shown} is not allowed here", f"Write one of {asked}."),
        "pattern": (f"{shown} does not have the form {form}", "Write it in that form."),
        "type": (f"{shown} is of the wrong type", f"Write a value of type {asked}."),
        "maxLength": (f"{shown} is longer than {asked} characters", "Shorten it."),
        "minimum": (f"{shown} is less than {asked}", "Correct it."),
        "not": ("this property has no place here", "Remove it: it goes with another type or provenance."),
    }
    schema: Any = error.schema
    if error.validator == "pattern" and "description" in schema:  # plainer than a regular expression
        return f"{shown} is not {schema['description']}", f"Write {schema['description']}."
    return words.get(str(error.validator), (error.message[:200], "See the Data Package standard, version 2."))
