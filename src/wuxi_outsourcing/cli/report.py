"""Problems, written for whoever reads them: a person, GitHub or a program.

What a problem quotes may come from a stranger's pull request: what GitHub shows is escaped for where it shows it.
Stale problems are sizes and hashes that are out of date, where those are allowed: they are notices, to be refreshed.
"""

import json
from collections.abc import Callable, Sequence

from ..problems import Problem, markdown_code, visible

# A summary holds 1 MiB, and a person reads no more than this anyway.
_MOST_LISTED = 500
_REFRESHED = "will be refreshed after the merge"


def as_text(problems: Sequence[Problem], stale: Sequence[Problem] = ()) -> str:
    """For a person: two lines a problem, and one a notice."""
    return "\n".join(
        [*map(str, problems), *(f"{problem.location}: {problem.message}; {_REFRESHED}" for problem in stale)]
    )


def as_github(problems: Sequence[Problem], stale: Sequence[Problem] = ()) -> str:
    """GitHub workflow commands: each becomes an annotation on its line of the changed file."""
    errors = [_annotation("error", problem, problem.fix) for problem in problems]
    return "\n".join(errors + [_annotation("notice", problem, _REFRESHED) for problem in stale])


def as_json(problems: Sequence[Problem], stale: Sequence[Problem] = ()) -> str:
    """An array of objects with the keys file, line, column, message, fix and stale."""
    entries = [vars(problem) | {"stale": False} for problem in problems]
    entries += [vars(problem) | {"stale": True} for problem in stale]
    return json.dumps(entries, ensure_ascii=False, indent=2)


def as_markdown(problems: Sequence[Problem], stale: Sequence[Problem] = ()) -> str:
    """For the summary of a workflow run: a heading that counts the problems, and a table.

    What is stale has a table without fixes: nobody has to do anything about it.
    """
    text = _section("Problems", problems, "location", "column", "problem", "fix")
    return f"{text}\n\n{_section(_REFRESHED.capitalize(), stale, 'location', 'column', 'problem')}" if stale else text


FORMATS: dict[str, Callable[..., str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
    "markdown": as_markdown,
}


def _annotation(level: str, problem: Problem, fix: str) -> str:
    location = {"file": problem.file, "line": problem.line, "title": problem.column}
    properties = ",".join(f"{key}={_escaped(str(value), ',:')}" for key, value in location.items() if value is not None)
    return f"::{level} {properties}::{_escaped(problem.message)}%0A{_escaped(fix)}"


def _escaped(text: str, more: str = "") -> str:
    """Percent signs and, inside a property, its separators, as the workflow commands ask for; no line breaks."""
    return "".join(f"%{ord(char):02X}" if char in "%" + more else char for char in visible(text))


def _section(title: str, problems: Sequence[Problem], *parts: str) -> str:
    """A heading, and a table of these parts of each problem."""
    lines = [f"### {title}: {len(problems) or 'none'}"]
    if problems:
        lines += ["", f"| {' | '.join(parts)} |", "|---" * len(parts) + "|"]
        lines += [_table_row(problem, parts) for problem in problems[:_MOST_LISTED]]
    if len(problems) > _MOST_LISTED:
        lines += ["", f"The first {_MOST_LISTED} are listed."]
    return "\n".join(lines)


def _table_row(problem: Problem, parts: Sequence[str]) -> str:
    location = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    cells = {"location": location, "column": problem.column or "", "problem": problem.message, "fix": problem.fix}
    return f"| {' | '.join(markdown_code(cells[part]) for part in parts)} |"
