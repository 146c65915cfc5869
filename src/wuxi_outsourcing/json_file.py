"""A JSON file, read strictly: the line on which a part of it stands, and the text with one part of it changed."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from .problem import Problem, Unusable

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 32
Steps = Sequence[str | int]
_DECODER = json.JSONDecoder()
_BLANKS = re.compile(r"[ \t\r\n]*")


class _Part(NamedTuple):
    """A member of an object or an item of an array: where it begins, key included, and where its value stands."""

    key: str | int
    place: int
    start: int
    end: int


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


def with_value(text: str, steps: Steps, value: object) -> str:
    r"""The JSON text with another value at the end of the path, and all else as it was, to the blank.

    What is not there yet becomes the last member of its object, or the last item of its array.

    >>> with_value('{"a": [1,  2], "b": 3}', ["b"], 4)
    '{"a": [1,  2], "b": 4}'
    >>> with_value('{\n  "a": 1\n}', ["b"], 2)
    '{\n  "a": 1,\n  "b": 2\n}'
    """
    part = _find(text, steps)
    if part is not None:
        return text[: part.start] + _dumped(value, text, part.place) + text[part.end :]
    *parents, key = steps
    parent = _find(text, parents)
    if parent is None:
        raise LookupError(json_path(steps))
    name = f"{json.dumps(key)}: " if isinstance(key, str) else ""
    *_, last = [None, *_parts(text, parent.start)]
    if last is None:
        margin = _margin(text, parent.place) + "  "
        dumped = json.dumps(value, ensure_ascii=False, indent=2).replace("\n", f"\n{margin}")
        inside = f"\n{margin}{name}{dumped}\n{margin[2:]}"
        return text[: parent.start + 1] + inside + text[parent.end - 1 :]
    blanks = text[len(text[: last.place].rstrip()) : last.place]
    return text[: last.end] + "," + blanks + name + _dumped(value, text, last.place) + text[last.end :]


def _margin(text: str, place: int) -> str:
    """The blanks at the beginning of the line."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return line[: len(line) - len(line.lstrip())]


def _dumped(value: object, text: str, place: int) -> str:
    """A value as JSON, indented like the line that it comes to stand on."""
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + _margin(text, place))


def _parts(text: str, start: int) -> Iterator[_Part]:
    """The members of the object, or the items of the array, that begins at `start`; none for any other value."""
    if text[start] not in "{[":
        return
    index, at = 0, _skip(text, start + 1)
    while text[at] not in "}]":
        key: str | int = index
        place = at
        if text[start] == "{":
            key, at = _DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        _, end = _DECODER.raw_decode(text, at)
        yield _Part(key, place, at, end)
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
        index += 1


def _skip(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _way(text: str, steps: Steps) -> Iterator[_Part]:
    """The parts that a path leads through, as far as it leads."""
    start = _skip(text, 0)
    for step in steps:
        # Of keys that stand twice, the last is what readers take.
        found = [part for part in _parts(text, start) if part.key == step and type(part.key) is type(step)]
        if not found:
            return
        yield found[-1]
        start = found[-1].start


def _find(text: str, steps: Steps) -> _Part | None:
    start = _skip(text, 0)
    way = [_Part("", start, start, len(text.rstrip())), *_way(text, steps)]
    return way[-1] if len(way) == len(steps) + 1 else None


def _line(text: str, steps: Steps) -> int:
    """The line of the key, or of the deepest part of the path that is there."""
    *_, place = [0, *(part.place for part in _way(text, steps))]
    return text.count("\n", 0, place) + 1


def _second(text: str, key: str) -> int | None:
    """The line on which the key stands for the second time in one object."""
    objects = [_skip(text, 0)]
    while objects:
        parts = list(_parts(text, objects.pop(0)))
        same = [part.place for part in parts if part.key == key]
        if len(same) > 1:
            return text.count("\n", 0, same[1]) + 1
        objects = [part.start for part in parts] + objects
    return None
