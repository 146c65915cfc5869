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
# A text, a mark of the structure, or a number or word such as true. The quantifiers are possessive, so that no text,
# however hostile, is read twice.
_TEXT = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_MARK = "[][{},:]"
_NUMBER_OR_WORD = r'[^][{},:\s"]++'
_TOKEN = f"(?s){_TEXT}|{_MARK}|{_NUMBER_OR_WORD}"
_CONFLICT_MARKERS = ("<<<<<<<", "=======", ">>>>>>>")


class JsonFile:
    """The value in a JSON file, with its text to look up lines in."""

    def __init__(self, file: str, text: str, value: Json) -> None:
        self.file, self.text, self.value = file, text, value

    def problem(self, steps: Steps, message: str, fix: str) -> Problem:
        """A problem with the part of the file that the keys and indexes lead to, or as far as they lead."""
        line = 1
        for length in range(1, len(steps) + 1):
            line = self._lines.get(tuple(steps[:length]), line)
        column = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
        return Problem(self.file, line, column.removeprefix(".") or None, message, fix)

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
        _check_texts(json_file)
    except json.JSONDecodeError as error:
        raise Unusable(_syntax_error(file, text, error)) from None
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


def _check_texts(json_file: JsonFile) -> None:
    """Raise Unusable for a key or text with a character that it may not hold."""
    for steps, text in _texts(json_file.value):
        line_feeds_apart = text.replace("\n", "")
        characters = [*forbidden_characters(line_feeds_apart), *right_to_left(text)]
        if characters:
            message = f"the text holds {described(characters[0])}"
            raise Unusable(json_file.problem(steps, message, "Remove the character."))
        if not is_stream_safe(text):
            message = "the text holds more than 30 combining marks in a row"
            raise Unusable(json_file.problem(steps, message, "Remove them."))


def _syntax_error(file: str, text: str, error: json.JSONDecodeError) -> Problem:
    line = text.split("\n")[error.lineno - 1]
    if line.startswith(_CONFLICT_MARKERS):
        message, fix = "invalid JSON: a conflict marker of git", "Resolve the merge conflict."
    else:
        message = f"invalid JSON: {error.msg[0].lower()}{error.msg[1:]} (character {error.colno} of the line)"
        fix = "Correct the JSON at or just before this location."
    return Problem(file, error.lineno, None, message, fix)


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
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, *steps, index)
    elif isinstance(value, dict):
        for key, member in value.items():
            yield (*steps, key), key
            yield from _texts(member, *steps, key)


# In an object the first key is still to be read.
_FIRST_STEP: Mapping[str, int | None] = {"{": None, "[": 0}


def _locations(text: str) -> Iterator[tuple[tuple[str | int | None, ...], int]]:
    """The path and the line of every member and item of valid JSON, as deep as a value may be.

    The line of a member is that of its key.
    """
    # The last step is a key or an index; in an object, it is None until the key has been read.
    steps: list[str | int | None] = []
    for symbol, line in _tokens(text):
        is_deep = len(steps) > _MAX_DEPTH
        last = steps[-1] if steps else ""
        if symbol in "}]":
            steps.pop()
        elif symbol == ",":
            steps[-1] = last + 1 if isinstance(last, int) else None
        elif last is None:
            steps[-1] = json.loads(symbol)
            if not is_deep:
                yield tuple(steps), line
        elif symbol != ":":
            if isinstance(last, int) and not is_deep:
                yield tuple(steps), line
            if symbol in _FIRST_STEP:
                steps.append(_FIRST_STEP[symbol])


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Each text, mark, number and word of valid JSON, with its line."""
    line = 1
    end = 0
    for token in re.finditer(_TOKEN, text):
        line += text.count("\n", end, token.start())
        end = token.start()
        yield token[0], line
