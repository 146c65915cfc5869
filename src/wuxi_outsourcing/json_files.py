"""JSON files, read strictly and written in one canonical form; problems give the line of the part they are about."""

from __future__ import annotations

import json
import re

from .characters import described, forbidden_characters, is_stream_safe
from .files import BOM, decode, read_bytes
from .problems import Problem, Unusable

# Type checkers take this name for true; importing the module `typing` would slow down every command.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Any

    Steps = Sequence[str | int]

_MAX_BYTES = 1024 * 1024
_MAX_DEPTH = 32
# Possessive: no text, however hostile, is read twice.
_LEXEME = r'(?s)"[^"\\]*+(?:\\.[^"\\]*+)*+"|[][{},:]|[^][{},:\s"]++'


class JsonFile:
    """The value in a JSON file, with its text to look up lines in."""

    def __init__(self, file: str, text: str, value: Any) -> None:  # noqa: ANN401  (it is JSON)
        self.file, self.text, self.value = file, text, value

    def problem(self, steps: Steps, message: str, fix: str) -> Problem:
        """A problem with the part of the file that the keys and indexes lead to, or as far as they lead."""
        lines = dict(_locations(self.text))
        known = next((lines[path] for n in range(len(steps), 0, -1) if (path := tuple(steps[:n])) in lines), 1)
        return Problem(self.file, known, json_path(steps) or None, message, fix)


def read_json(root: Path, file: str) -> JsonFile:
    """The value in a file of the package's folder. Raises Unusable with the line."""
    fix = "Add it, or correct the path that names it."
    text = decode(read_bytes(root / file, file, limit=_MAX_BYTES, missing=fix), file)
    if text.startswith(BOM):
        raise Unusable(Problem(file, 1, None, "the file begins with a byte order mark", "Save it without."))
    json_file = JsonFile(file, text, _parse(text, file))
    for steps, words in _texts(json_file.value):
        if len(steps) > _MAX_DEPTH:
            raise Unusable(_too_deep(file))
        for character in forbidden_characters(words.replace("\n", "")):
            raise Unusable(json_file.problem(steps, f"the text holds {described(character)}", "Remove the character."))
        if not is_stream_safe(words):
            message = "the text holds more than 30 combining marks in a row"
            raise Unusable(json_file.problem(steps, message, "Remove them."))
    return json_file


def json_text(value: object) -> str:
    r"""A value in the canonical form of the package's JSON files: indent 2, characters as they are, a final newline.

    >>> json_text({"title_zh": "园区"})
    '{\n  "title_zh": "园区"\n}\n'
    """
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def json_path(steps: Steps) -> str:
    """Keys and indexes as a path to read.

    >>> json_path(["resources", 3, "hash"])
    'resources[3].hash'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


class _DuplicateKeyError(ValueError):
    """A key that an object has twice: most readers silently take the last."""


def _parse(text: str, file: str) -> Any:  # noqa: ANN401  (it is JSON)
    try:
        return json.loads(
            text, object_pairs_hook=_unique_keys, parse_constant=_refuse_constant, parse_float=_finite_number
        )
    except json.JSONDecodeError as error:
        message = f"invalid JSON: {error.msg[0].lower()}{error.msg[1:]} (character {error.colno} of the line)"
        fix = "Correct the JSON at or just before this location."
        if text.split("\n")[error.lineno - 1].startswith(("<<<<<<<", "=======", ">>>>>>>")):
            message, fix = "invalid JSON: a conflict marker of git", "Resolve the merge conflict."
        raise Unusable(Problem(file, error.lineno, None, message, fix)) from None
    except _DuplicateKeyError as error:
        key = str(error)
        line = _duplicate_line(text, key)
        raise Unusable(Problem(file, line, key, "duplicate key in one object", "Remove one of the two.")) from None
    except RecursionError:
        raise Unusable(_too_deep(file)) from None
    except ValueError as error:
        raise Unusable(Problem(file, None, None, f"invalid JSON: {error}", "Write plain JSON.")) from None


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for key, member in pairs:
        if key in value:
            raise _DuplicateKeyError(key)
        value[key] = member
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")


def _finite_number(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text[:40]} is too large a number")
    return number


def _too_deep(file: str) -> Problem:
    return Problem(file, None, None, "the JSON is nested too deeply", "Write plain, flat JSON.")


def _texts(value: Any, *steps: str | int) -> Iterator[tuple[Steps, str]]:  # noqa: ANN401  (it is JSON)
    """Every key and text with the path to it; where the nesting is too deep, an empty text."""
    if len(steps) > _MAX_DEPTH:
        yield steps, ""
    elif isinstance(value, str):
        yield steps, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, *steps, index)
    elif isinstance(value, dict):
        for key, member in value.items():
            yield (*steps, key), key
            yield from _texts(member, *steps, key)


def _locations(text: str) -> Iterator[tuple[tuple[str | int | None, ...], int]]:
    """The path and the line of every member, at its key, and of every item of valid JSON."""
    steps: list[str | int | None] = []  # None: in an object, before a key
    line, counted = 1, 0
    for token in re.finditer(_LEXEME, text):
        symbol, start = token[0], token.start()
        line, counted = line + text.count("\n", counted, start), start
        if symbol in "}]":
            steps.pop()
        elif symbol == ",":
            last = steps[-1]
            steps[-1] = last + 1 if isinstance(last, int) else None
        elif steps and steps[-1] is None:
            steps[-1] = json.loads(symbol)
            yield tuple(steps), line
        elif symbol != ":":
            if steps and isinstance(steps[-1], int):
                yield tuple(steps), line
            if symbol in "{[":
                steps.append(None if symbol == "{" else 0)


def _duplicate_line(text: str, key: str) -> int | None:
    """The line on which an object has the key for the second time."""
    paths = set()
    for path, line in _locations(text):
        if path in paths and path[-1] == key:
            return line
        paths.add(path)
    return None
