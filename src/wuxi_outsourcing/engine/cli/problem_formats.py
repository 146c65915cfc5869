"""Problems, written for whoever reads them: a person, GitHub or a program.

What a problem quotes may come from a stranger's pull request. So a text for GitHub is escaped as its place there needs.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from ..problems import Problem, markdown_code, visible

# A summary holds 1 MiB, and a person reads no more than this anyway.
_MOST_LISTED = 500


def as_text(problems: Sequence[Problem]) -> str:
    """For a person: two lines a problem."""
    return "\n".join(map(str, problems))


def as_github(problems: Sequence[Problem]) -> str:
    """GitHub workflow commands: each becomes an annotation on its line of the changed file."""
    return "\n".join(map(_annotation, problems))


def as_json(problems: Sequence[Problem]) -> str:
    """An array of objects with the keys file, line, column, message and fix."""
    return json.dumps(list(map(asdict, problems)), ensure_ascii=False, indent=2)


def as_markdown(problems: Sequence[Problem]) -> str:
    """For the summary of a workflow run: a heading that counts the problems, and a table."""
    lines = [f"### Problems: {len(problems) or 'none'}"]
    if problems:
        lines += ["", "| location | column | problem | fix |", "|---|---|---|---|"]
    for problem in problems[:_MOST_LISTED]:
        location = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
        cells = (location, problem.column or "", problem.message, problem.fix)
        row = " | ".join(map(markdown_code, cells))
        lines.append(f"| {row} |")
    if len(problems) > _MOST_LISTED:
        lines += ["", f"The first {_MOST_LISTED} are listed."]
    return "\n".join(lines)


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
    "markdown": as_markdown,
}


def _annotation(problem: Problem) -> str:
    """The workflow command of a problem, which GitHub shows as an annotation."""
    location = {"file": problem.file, "line": problem.line, "title": problem.column}
    properties = []
    for key, value in location.items():
        if value is not None:
            properties.append(f"{key}={_escaped(str(value), separators=',:')}")
    return f"::error {','.join(properties)}::{_escaped(problem.message)}%0A{_escaped(problem.fix)}"


def _escaped(text: str, *, separators: str = "") -> str:
    """A text without line breaks, in which percent signs and separators are escaped as workflow commands ask for."""
    escaped = ""
    for character in visible(text):
        must_be_escaped = character == "%" or character in separators
        escaped += f"%{ord(character):02X}" if must_be_escaped else character
    return escaped
