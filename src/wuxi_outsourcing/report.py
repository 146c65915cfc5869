"""Problems, written for whoever reads them: a person, GitHub or a program."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from .problem import Problem


def as_text(problems: Sequence[Problem]) -> str:
    """For a person: two lines a problem."""
    return "\n".join(map(str, problems))


def as_github(problems: Sequence[Problem]) -> str:
    """GitHub workflow commands: each becomes an annotation on its line of the changed file."""
    return "\n".join(map(_annotation, problems))


def as_json(problems: Sequence[Problem]) -> str:
    """An array of objects with the keys file, line, column, message and fix."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


def visible(text: str) -> str:
    r"""The text with what a terminal would obey, or not show, written as an escape.

    >>> visible("Wu\x1b[31mxi\u202e 无锡")
    'Wu\\x1b[31mxi\\u202e 无锡'
    """
    return "".join(char if char.isprintable() or char == "\u3000" else ascii(char)[1:-1] for char in text)


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "github": as_github, "json": as_json}


def _annotation(problem: Problem) -> str:
    place = {"file": problem.file, "line": problem.line, "title": problem.column}
    properties = ",".join(f"{key}={_escaped(str(value), ',:')}" for key, value in place.items() if value is not None)
    text = _escaped(f"{problem.message}\n{problem.fix}")
    return f"::error {properties}::{text}"


def _escaped(text: str, more: str = "") -> str:
    """Percent signs, line breaks and, inside a property, its separators, as the workflow commands ask for."""
    special = "%\r\n" + more
    return "".join(f"%{ord(char):02X}" if char in special else char for char in text)
