"""Differences, written for a person on a terminal, for the summary of a pull request, or for a program.

What is compared may come from a stranger: a terminal gets no control characters, and Markdown no markup.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import groupby

from ..problems import markdown_code, visible
from .changes import Change, Difference

_SIGNS = {"removed": "-", "added": "+", "changed": "~"}
_NOTHING = "No row differs."


def as_text(difference: Difference) -> str:
    """For a person: a line a change, by table and row, and the quote below it."""
    lines = [f"old: {difference.old}", f"new: {difference.new}"]
    for heading, changes in _sections(difference):
        lines += ["", heading]
        for row, changes_of_row in groupby(changes, key=_sign_and_row):
            lines.append(f"  {row}")
            for change in changes_of_row:
                lines += _lines_of_change(change)
    if not difference.changes:
        lines += ["", _NOTHING]
    return "\n".join(map(visible, lines))


def as_markdown(difference: Difference) -> str:
    """For the summary of a pull request: headings and tables, a line a change."""
    old = markdown_code(difference.old)
    new = markdown_code(difference.new)
    lines = ["### Changes to the data", "", f"From {old} to {new}."]
    for heading, changes in _sections(difference):
        lines += ["", f"#### {markdown_code(heading)}", ""]
        lines += ["| | row | field | old | new | quote |", "|---|---|---|---|---|---|"]
        for change in changes:
            cells = [_row(change), _field(change), _content(change.old), _content(change.new), change.quote or ""]
            written = " | ".join(map(markdown_code, cells))
            lines.append(f"| {change.state} | {written} |")
    if not difference.changes:
        lines += ["", _NOTHING]
    return "\n".join(lines)


def as_json(difference: Difference) -> str:
    """For a program: an object with the keys of `Difference`, whose changes have the keys of `Change`."""
    return json.dumps(asdict(difference), ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Difference], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}


def _sections(difference: Difference) -> Iterator[tuple[str, list[Change]]]:
    """The tables that differ, each as a heading that counts its rows, with its changes."""
    for table, group in groupby(difference.changes, key=lambda change: change.table):
        changes = list(group)
        states = {change.row: change.state for change in changes}
        counts = Counter(states.values())
        parts = ", ".join(f"{counts[state]} {state}" for state in _SIGNS if state in counts)
        yield f"{table} (rows: {parts})", changes


def _lines_of_change(change: Change) -> list[str]:
    contents = filter(None, [_content(change.old), _content(change.new)])
    lines = [f"      {_field(change)}: {' → '.join(contents)}"]
    if change.quote:
        lines.append(f"          {change.quote}")
    return lines


def _sign_and_row(change: Change) -> str:
    return f"{_SIGNS[change.state]} {_row(change)}"


def _row(change: Change) -> str:
    return f"{change.row} (source {change.source_id})" if change.source_id else change.row


def _field(change: Change) -> str:
    return f"quote of {change.field}" if change.kind == "citation" else change.field


def _content(content: str | None) -> str:
    """What one version has; nothing where it has no such row."""
    if content is None:
        return ""
    return content or "(empty)"
