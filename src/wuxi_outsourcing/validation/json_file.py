"""A JSON file, read strictly, and the line on which a part of it stands."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..problem import Problem, Unusable
from .characters import FORBIDDEN, described

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
# Possessive, and content with a string left open: no text, however hostile, is read twice.
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_TOKEN = re.compile(_STRING.pattern + r'|[][{}:,]|[^][{}:,"\s]+', re.DOTALL)
Steps = Sequence[str | int]


class _Twice(ValueError):
    """A key that stands twice in one object: most readers would silently take the last."""


@dataclass(frozen=True, slots=True)
class JsonFile:
    """What a JSON file holds, with its text to look lines up in."""

    file: str
    text: str
    value: Any = field(compare=False)  # follows from the text

    def problem(self, steps: Steps, message: str, fix: str) -> Problem:
        """A problem with the part of the file that keys and indexes lead to."""
        return Problem(self.file, _line(self.text, steps), json_path(steps) or None, message, fix)


def read_json(root: Path, file: str) -> JsonFile:
    """What the file holds. Raises Unusable."""
    text = _read(root / file, file)
    if _depth(text) > MAX_DEPTH:
        raise Unusable(Problem(file, None, None, "this JSON is nested too deeply", "Write plain, flat JSON."))
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        message = f"this is no JSON: {error.msg[0].lower()}{error.msg[1:]} (character {error.colno} of the line)"
        problem = Problem(file, error.lineno, None, message, "Correct the JSON at or just before this place.")
    except _Twice as error:
        line = _second(text, str(error))
        problem = Problem(file, line, str(error), "the key stands twice in one object", "Remove one of the two.")
    except ValueError as error:
        problem = Problem(file, None, None, f"this is no JSON: {error}", "Write plain JSON.")
    else:
        json_file = JsonFile(file, text, value)
        unseen = next(_unseen(value), None)
        if unseen is None:
            return json_file
        steps, character = unseen
        problem = json_file.problem(steps, f"the text holds {described(character)}", "Remove the character.")
    raise Unusable(problem)


def json_path(steps: Steps) -> str:
    """Keys and indexes as a path to read.

    >>> json_path(["resources", 3, "hash"])
    'resources[3].hash'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def _read(path: Path, file: str) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        text = data.decode("utf-8")
    except FileNotFoundError:
        problem = Problem(file, None, None, "no such file", "Add it, or correct the path that names it.")
    except OSError as error:
        problem = Problem(file, None, None, f"can't be read: {error.strerror}", "Put a readable JSON file there.")
    except UnicodeDecodeError:
        problem = Problem(file, None, None, "the file is not UTF-8", "Save it as UTF-8.")
    else:
        if len(data) <= MAX_BYTES and not text.startswith("\ufeff"):
            return text
        if text.startswith("\ufeff"):
            problem = Problem(file, 1, None, "the file begins with a byte order mark", "Save it without.")
        else:
            problem = Problem(file, None, None, "the file is over 1 MiB", "Cut it: these files are a few kilobytes.")
    raise Unusable(problem)


def _depth(text: str) -> int:
    """How deep objects and arrays are nested, counted without descending into them."""
    depth = deepest = 0
    for bracket in re.findall(r"[][{}]", _STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys: set[str] = set()
    for key, _ in pairs:
        if key in keys:
            raise _Twice(key)
        keys.add(key)
    return dict(pairs)


def _unseen(value: Any, *steps: str | int) -> Iterator[tuple[Steps, str]]:  # noqa: ANN401  (it is JSON)
    """Characters in keys and texts that no reader would see, or no program could write."""
    if isinstance(value, str):
        yield from ((steps, found.group()) for found in FORBIDDEN.finditer(value))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _unseen(each, *steps, index)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _unseen(key, *steps, key)
            yield from _unseen(each, *steps, key)


def _constant(name: str) -> None:
    raise ValueError(f"{name} is no value")


def _parts(text: str) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """The path of every key and every element of what is known to be JSON, and where in the text it begins."""
    path: list[str | int | None] = []  # for each open container the index, or the key, None until it is read
    for found in _TOKEN.finditer(text):
        mark, inner = found.group(), path[-1] if path else ""
        if mark in "}]":
            path.pop()
        elif mark == ",":
            path[-1] = inner + 1 if isinstance(inner, int) else None
        elif mark != ":":
            is_key = inner is None
            if is_key:
                path[-1] = json.loads(mark)
            if is_key or isinstance(inner, int):
                yield tuple(step for step in path if step is not None), found.start()
            if mark in "[{":
                path.append(None if mark == "{" else 0)


@lru_cache(maxsize=4)
def _places(text: str) -> dict[tuple[str | int, ...], list[int]]:
    """The lines of every key and every element; more than one where a key stands twice."""
    places: dict[tuple[str | int, ...], list[int]] = {}
    line, counted = 1, 0
    for path, start in _parts(text):
        line += text.count("\n", counted, start)
        counted = start
        places.setdefault(path, []).append(line)
    return places


def _line(text: str, steps: Steps) -> int:
    """The line of the key, or of the deepest part of the path that is there."""
    places = _places(text)
    return next((places[path][0] for n in range(len(steps), 0, -1) if (path := tuple(steps[:n])) in places), 1)


def _second(text: str, key: str) -> int | None:
    return next((lines[1] for path, lines in _places(text).items() if path[-1] == key and len(lines) > 1), None)
