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

# Longer than this, the old and the new content take a line each.
_WIDTH = 90
_HOW = {"row_removed": "removed", "row_added": "added"}
_SIGNS = {"removed": "-", "added": "+", "changed": "~"}
_OF = {"citation_moved": "location of the quote of ", "quote_changed": "quote of "}
_OF |= {"citation_added": "quote of ", "citation_removed": "quote of "}


def as_text(difference: Difference) -> str:
    """For a person: a line a change, by table and row, and the quote below it."""
    lines = [f"{name}: {visible(title)}" for name, title in _titles(difference).items()]
    for heading, changes in _sections(difference):
        lines += ["", visible(heading)]
        for (row, how), group in groupby(
            changes, key=lambda change: (_row(change), _how(change) if change.row else "")
        ):
            lines += [f"  {_SIGNS[how]} {visible(row)}"] if row else []
            for change in group:
                lines.append(_line(change, "      " if row else f"  {_SIGNS[_how(change)]} "))
                lines += [f"          {visible(change.quote)}"] if change.quote else []
    return "\n".join([*lines, "", *_verdict(difference)])


def as_markdown(difference: Difference) -> str:
    """For the summary of a pull request: headings and tables, a line a change."""
    old, new = map(markdown_code, _titles(difference).values())
    lines = ["### Changes to the data", "", f"From {old} to {new}."]
    for heading, changes in _sections(difference):
        lines += ["", f"#### {markdown_code(heading)}", ""]
        lines += ["| | row | field | old | new | quote |", "|---|---|---|---|---|---|"]
        for change in changes:
            cells = (_row(change), _field(change), _shown(change.old), _shown(change.new), change.quote or "")
            lines.append(f"| {_how(change)} | {' | '.join(map(markdown_code, cells))} |")
    return "\n\n".join(["\n".join(lines), *map(markdown_code, _verdict(difference))])


def as_json(difference: Difference) -> str:
    """For a program: an object with the keys of `Difference`, whose changes have the keys of `Change` and `bump`."""
    changes = [asdict(change) | {"bump": change.bump} for change in difference.changes]
    report = asdict(difference) | {"bump": difference.bump, "version": difference.version, "changes": changes}
    return json.dumps(report, ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Difference], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}


def _titles(difference: Difference) -> dict[str, str]:
    return {
        "old": f"{difference.old}, version {difference.old_version}",
        "new": f"{difference.new}, version {difference.new_version}",
    }


def _verdict(difference: Difference) -> list[str]:
    """The last lines: the version bump that the changes call for."""
    bump, version = difference.bump, difference.version
    if bump is None:
        return ["No change."]
    return [f"Version bump: {bump} ({difference.old_version} → {version})" if version else f"Version bump: {bump}"]


def _sections(difference: Difference) -> Iterator[tuple[str, list[Change]]]:
    """The tables that differ, each as a heading that counts its rows, with its changes."""
    for table, group in groupby(difference.changes, key=lambda change: change.table):
        changes = list(group)
        counts = Counter({change.row: _how(change) for change in changes if change.row is not None}.values())
        parts = [f"{counts[how]} {how}" for how in ("removed", "added", "changed") if counts[how]]
        name = table or "the package as a whole"
        yield f"{name} (rows: {', '.join(parts)})" if parts else name, changes


def _how(change: Change) -> str:
    """What became of a row, or of a part of a definition."""
    if change.row is not None:
        return _HOW.get(change.kind, "changed")
    return "added" if change.old is None else "removed" if change.new is None else "changed"


def _row(change: Change) -> str:
    return f"{change.row} (source {change.source_id})" if change.source_id else change.row or ""


def _field(change: Change) -> str:
    """The field or the part of a definition; for citations, with the content of the cell that they back."""
    field = change.field or "description"
    return f"{_OF.get(change.kind, '')}{field}" + (f" ({change.cell})" if change.cell else "")


def _shown(content: str | None) -> str:
    """A cell's content, with a word for an empty one."""
    return visible("(empty)" if content == "" else content or "")


def _line(change: Change, indent: str) -> str:
    old, new = _shown(change.old), _shown(change.new)
    if _how(change) != "changed":
        return f"{indent}{visible(_field(change))}: {old or new}"
    arrow = " → " if len(old) + len(new) <= _WIDTH else f"\n{' ' * len(indent)}    → "
    return f"{indent}{visible(_field(change))}: {old or '(none)'}{arrow}{new or '(none)'}"
