"""Differences, written for a person on a terminal, for the summary of a pull request, or for a program.

What is compared may come from a stranger: a terminal gets no control characters, and Markdown no markup.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import groupby

from ..problems import markdown_code, visible
from .values import Change, Difference

_SIGNS = {"removed": "-", "added": "+", "changed": "~"}


def as_text(difference: Difference) -> str:
    """For a person: a line a change, by table and row, and the quote below it."""
    lines = [f"old: {difference.old}", f"new: {difference.new}"]
    for heading, changes in _sections(difference):
        lines += ["", heading]
        for (row, state), group in groupby(changes, key=lambda change: (_row(change), change.state)):
            lines.append(f"  {_SIGNS[state]} {row}")
            for field, old, new, quote in map(_cells, group):
                lines.append(f"      {field}: {' → '.join(filter(None, (old, new)))}")
                lines += [f"          {quote}"] * bool(quote)
    return "\n".join(map(visible, [*lines, "", _verdict(difference)]))


def as_markdown(difference: Difference) -> str:
    """For the summary of a pull request: headings and tables, a line a change."""
    old, new = map(markdown_code, (difference.old, difference.new))
    lines = ["### Changes to the data", "", f"From {old} to {new}."]
    for heading, changes in _sections(difference):
        lines += ["", f"#### {markdown_code(heading)}", ""]
        lines += ["| | row | field | old | new | quote |", "|---|---|---|---|---|---|"]
        for change in changes:
            cells = " | ".join(map(markdown_code, (_row(change), *_cells(change))))
            lines.append(f"| {change.state} | {cells} |")
    return "\n".join([*lines, "", markdown_code(_verdict(difference))])


def as_json(difference: Difference) -> str:
    """For a program: an object with the keys of `Difference` and `bump`, whose changes have the keys of `Change`."""
    return json.dumps(asdict(difference) | {"bump": difference.bump}, ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Difference], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}


def _verdict(difference: Difference) -> str:
    """The last line: the version bump that the changes call for."""
    return f"Version bump: {difference.bump}" if difference.bump else "No change."


def _sections(difference: Difference) -> Iterator[tuple[str, list[Change]]]:
    """The tables that differ, each as a heading that counts its rows, with its changes."""
    for table, group in groupby(difference.changes, key=lambda change: change.table):
        changes = list(group)
        counts = Counter({change.row: change.state for change in changes if change.row is not None}.values())
        parts = ", ".join(f"{counts[state]} {state}" for state in _SIGNS if counts[state])
        name = table or "the package as a whole"
        yield f"{name} (rows: {parts})" if parts else name, changes


def _row(change: Change) -> str:
    return f"{change.row or 'definition'}{f' (source {change.source_id})' if change.source_id else ''}"


def _cells(change: Change) -> tuple[str, str, str, str]:
    """Field, old and new content, and quote."""
    field = f"quote of {change.field}" if change.kind == "citation" else change.field
    old, new = ("(empty)" if content == "" else content or "" for content in (change.old, change.new))
    return field, old, new, change.quote or ""
