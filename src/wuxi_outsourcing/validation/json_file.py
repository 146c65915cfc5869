"""A JSON file, read strictly, and the line on which a part of it stands."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ..problem import Problem, Unusable

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 32
Steps = Sequence[str | int]


class _Twice(ValueError):
    """A key that stands twice in one object: most readers would silently take the last."""


@dataclass(frozen=True, slots=True)
class JsonFile:
    """What a JSON file holds, with its text to look lines up in."""

    file: str
    text: str
    value: Any

    def problem(self, steps: Steps, message: str, fix: str) -> Problem:
        """A problem with the part of the file that keys and indexes lead to."""
        return Problem(self.file, _line(self.text, steps), json_path(steps) or None, message, fix)


def read_json(root: Path, file: str) -> JsonFile:
    """What the file holds. Raises Unusable."""
    text = _read(root / file, file)
    if _depth(text) > MAX_DEPTH:
        raise Unusable(Problem(file, None, None, "this JSON is nested too deeply", "Write plain, flat JSON."))
    try:
        return JsonFile(file, text, json.loads(text, object_pairs_hook=_object, parse_constant=_constant))
    except json.JSONDecodeError as error:
        message = f"this is no JSON: {error.msg[0].lower()}{error.msg[1:]} (character {error.colno} of the line)"
        problem = Problem(file, error.lineno, None, message, "Correct the JSON at or just before this place.")
    except _Twice as error:
        line = _second(text, str(error))
        problem = Problem(file, line, str(error), "the key stands twice in one object", "Remove one of the two.")
    except ValueError as error:
        problem = Problem(file, None, None, f"this is no JSON: {error}", "Write plain JSON.")
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
            problem = Problem(file, None, None, "the file is over 4 MiB", "Cut it: these files are a few kilobytes.")
    raise Unusable(problem)


def _depth(text: str) -> int:
    """How deep objects and arrays are nested, counted without descending into them."""
    depth = deepest = 0
    for bracket in re.findall(r"[][{}]", re.sub(r'"(?:[^"\\]|\\.)*"', "", text)):
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


def _constant(name: str) -> None:
    raise ValueError(f"{name} is no value")


def _compose(text: str) -> yaml.Node | None:
    """JSON is YAML, and YAML's nodes know their lines."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.compose(text, Loader=loader)
    except yaml.YAMLError:
        return None


def _line(text: str, steps: Steps) -> int:
    """The line of the key, or of the deepest part of the path that is there."""
    node = _compose(text)
    line = 1
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = (node.value[step],) * 2
        else:
            found = None
        if found is None:
            break
        line, node = int(found[0].start_mark.line) + 1, found[1]
    return line


def _second(text: str, key: str) -> int | None:
    for mapping in _mappings(_compose(text)):
        lines = [int(each.start_mark.line) + 1 for each, _ in mapping.value if each.value == key]
        if len(lines) > 1:
            return lines[1]
    return None


def _mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value)
