"""Differences, written for a person on a terminal, for the summary of a pull request, or for a program.

What is compared may come from a stranger: a terminal gets no control characters, and Markdown no markup.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import groupby

from ..problems import markdown_code, visible
from .values import Change, Difference, how

# Longer than this, the old and the new content take a line each.
_WIDTH = 90
_SIGNS = {"removed": "-", "added": "+", "changed": "~"}
_OF = {"citation_moved": "location of the quote of ", "quote_changed": "quote of "}
_OF |= {"citation_added": "quote of ", "citation_removed": "quote of "}


def as_text(difference: Difference) -> str:
    """For a person: a line a change, by table and row, and the quote below it."""
    old, new = _titles(difference)
    lines = [f"old: {visible(old)}", f"new: {visible(new)}"]
    for heading, changes in _sections(difference):
        lines += ["", visible(heading)]
        for (row, state), group in groupby(changes, key=lambda change: (_row(change), _how(change))):
            lines += [f"  {_SIGNS[state]} {visible(row)}"] if row else []
            for change in group:
                lines.append(_line(change, "      " if row else f"  {_SIGNS[state]} "))
                lines += [f"          {visible(change.quote)}"] if change.quote else []
    return "\n".join([*lines, "", _verdict(difference)])


def as_markdown(difference: Difference) -> str:
    """For the summary of a pull request: headings and tables, a line a change."""
    old, new = map(markdown_code, _titles(difference))
    lines = ["### Changes to the data", "", f"From {old} to {new}."]
    for heading, changes in _sections(difference):
        lines += ["", f"#### {markdown_code(heading)}", ""]
        lines += ["| | row | field | old | new | quote |", "|---|---|---|---|---|---|"]
        for change in changes:
            cells = (_row(change), _field(change), _shown(change.old), _shown(change.new), change.quote or "")
            lines.append(f"| {_how(change)} | {' | '.join(map(markdown_code, cells))} |")
    return "\n".join([*lines, "", markdown_code(_verdict(difference))])


def as_json(difference: Difference) -> str:
    """For a program: an object with the keys of `Difference`, whose changes have the keys of `Change` and `bump`."""
    changes = [asdict(change) | {"bump": change.bump} for change in difference.changes]
    report = asdict(difference) | {"bump": difference.bump, "version": difference.version, "changes": changes}
    return json.dumps(report, ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Difference], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}


def _titles(difference: Difference) -> tuple[str, str]:
    old, new = difference.old_version, difference.new_version
    return f"{difference.old}, version {old}", f"{difference.new}, version {new}"


def _verdict(difference: Difference) -> str:
    """The last line: the version bump that the changes call for."""
    versions = f" ({difference.old_version} → {difference.version})" if difference.version else ""
    return f"Version bump: {difference.bump}{versions}" if difference.bump else "No change."


def _sections(difference: Difference) -> Iterator[tuple[str, list[Change]]]:
    """The tables that differ, each as a heading that counts its rows, with its changes."""
    for table, group in groupby(difference.changes, key=lambda change: change.table):
        changes = list(group)
        counts = Counter({change.row: _how(change) for change in changes if change.row is not None}.values())
        parts = ", ".join(f"{counts[state]} {state}" for state in _SIGNS if counts[state])
        name = table or "the package as a whole"
        yield f"{name} (rows: {parts})" if parts else name, changes


def _how(change: Change) -> str:
    """What became of a row, or of a part of a definition."""
    if change.row is not None:
        return change.kind.removeprefix("row_") if change.kind.startswith("row_") else "changed"
    return how(change.old, change.new)


def _row(change: Change) -> str:
    return f"{change.row} (source {change.source_id})" if change.source_id else change.row or ""


def _field(change: Change) -> str:
    """The field or the part of a definition; for citations, with the content of the cell that they back."""
    field = f"{_OF.get(change.kind, '')}{change.field or 'description'}"
    return f"{field} ({change.cell})" if change.cell else field


def _shown(content: str | None) -> str:
    """A cell's content, with a word for an empty one."""
    return visible("(empty)" if content == "" else content or "")


def _line(change: Change, indent: str) -> str:
    old, new = _shown(change.old), _shown(change.new)
    if _how(change) != "changed":
        return f"{indent}{visible(_field(change))}: {old or new}"
    arrow = " → " if len(old) + len(new) <= _WIDTH else f"\n{' ' * len(indent)}    → "
    return f"{indent}{visible(_field(change))}: {old or '(none)'}{arrow}{new or '(none)'}"
