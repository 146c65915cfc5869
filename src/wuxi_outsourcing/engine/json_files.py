"""JSON files, read strictly and written in one canonical form; problems give the line of the part they are about."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from .characters import described, forbidden_characters, is_stream_safe, right_to_left
from .files import decode, read_bytes
from .problems import Problem, Unusable

Json = Any
Steps = Sequence[str | int]
"""Keys and indexes that lead to a part of a JSON value."""

_MAX_BYTES = 1024 * 1024
_MAX_DEPTH = 32
# Possessive: no text, however hostile, is read twice.
_LEXEME = r'(?s)"[^"\\]*+(?:\\.[^"\\]*+)*+"|[][{},:]|[^][{},:\s"]++'


class JsonFile:
    """The value in a JSON file, with its text to look up lines in."""

    def __init__(self, file: str, text: str, value: Json) -> None:
        self.file, self.text, self.value = file, text, value

    def problem(self, steps: Steps, message: str, fix: str) -> Problem:
        """A problem with the part of the file that the keys and indexes lead to, or as far as they lead."""
        paths = [tuple(steps[:length]) for length in range(len(steps), 0, -1)]
        known = next((self._lines[path] for path in paths if path in self._lines), 1)
        column = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
        return Problem(self.file, known, column.removeprefix(".") or None, message, fix)

    @cached_property
    def _lines(self) -> Mapping[tuple[str | int | None, ...], int]:
        """The line of each part by its path, looked up once: a file may have many problems."""
        return dict(_locations(self.text))


def read_json(root: Path, file: str) -> JsonFile:
    """The value in a file of the package's folder. Raises Unusable with the line."""
    fix = "Add it, or correct the path that names it."
    text = decode(read_bytes(root / file, file, limit=_MAX_BYTES, missing=fix), file)
    try:
        json_file = JsonFile(file, text, _value(text))
        for steps, words in _texts(json_file.value):
            for character in (*forbidden_characters(words.replace("\n", "")), *right_to_left(words)):
                message = f"the text holds {described(character)}"
                raise Unusable(json_file.problem(steps, message, "Remove the character."))
            if not is_stream_safe(words):
                message = "the text holds more than 30 combining marks in a row"
                raise Unusable(json_file.problem(steps, message, "Remove them."))
    except json.JSONDecodeError as error:
        message = f"invalid JSON: {error.msg[0].lower()}{error.msg[1:]} (character {error.colno} of the line)"
        fix = "Correct the JSON at or just before this location."
        if text.split("\n")[error.lineno - 1].startswith(("<<<<<<<", "=======", ">>>>>>>")):
            message, fix = "invalid JSON: a conflict marker of git", "Resolve the merge conflict."
        raise Unusable(Problem(file, error.lineno, None, message, fix)) from None
    except KeyError:
        raise Unusable(_duplicate_key(file, text)) from None
    except RecursionError:
        raise Unusable(_too_deep(file)) from None
    except ValueError as error:
        raise Unusable(Problem(file, None, None, f"invalid JSON: {error}", "Write plain JSON.")) from None
    return json_file


def json_text(value: object) -> str:
    r"""A value in the canonical form of the package's JSON files: indent 2, characters as they are, a final newline.

    >>> json_text({"title_zh": "园区"})
    '{\n  "title_zh": "园区"\n}\n'
    """
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _value(text: str) -> Json:
    return json.loads(text, object_pairs_hook=_unique_keys, parse_constant=_refuse, parse_float=_finite)


def _unique_keys(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise KeyError  # most readers silently take the last of two
    return value


def _duplicate_key(file: str, text: str) -> Problem:
    """The problem of the first key that an object has for the second time."""
    paths = set()
    for path, line in _locations(text):
        if path in paths:
            return Problem(file, line, str(path[-1]), "duplicate key in one object", "Remove one of the two.")
        paths.add(path)
    return _too_deep(file)


def _too_deep(file: str) -> Problem:
    return Problem(file, None, None, "the JSON is nested too deeply", "Write plain, flat JSON.")


def _finite(digits: str) -> float:
    """A number with a fraction or an exponent. Raises ValueError for one that no float can hold."""
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"{digits[:40]} is too large a number")
    return value


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")


def _texts(value: Json, *steps: str | int) -> Iterator[tuple[Steps, str]]:
    """Every key and text with the path to it. Raises RecursionError where the nesting is too deep."""
    if len(steps) > _MAX_DEPTH:
        raise RecursionError
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, list | dict):
        for step, member in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(step, str):
                yield (*steps, step), step
            yield from _texts(member, *steps, step)


def _locations(text: str) -> Iterator[tuple[tuple[str | int | None, ...], int]]:
    """The path and the line of every member, at its key, and of every item of valid JSON, as deep as a value may be."""
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
            if len(steps) <= _MAX_DEPTH:
                yield tuple(steps), line
        elif symbol != ":":
            if steps and isinstance(steps[-1], int) and len(steps) <= _MAX_DEPTH:
                yield tuple(steps), line
            if symbol in "{[":
                steps.append(None if symbol == "{" else 0)
