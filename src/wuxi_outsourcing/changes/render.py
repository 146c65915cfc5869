"""Differences, written for a person on a terminal or for a program."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby

from ..problem import visible
from .change import Change, Content, Difference
from .step import parsed

# Longer than this, what stood and what stands there take a line each.
_WIDTH = 90
_ROWS = {"row_removed": "removed", "row_added": "added", "row_renamed": "renamed"}
_SIGNS = {"removed": "-", "added": "+"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a report. `row` is None for what is about the table as a whole."""

    row: str | None
    sign: str
    what: str
    old: str | None
    new: str | None


def as_text(difference: Difference) -> str:
    """For a person: a line a change, by table and row."""
    lines = [f"old: {visible(title(difference.old, difference.old_version))}"]
    lines += [f"new: {visible(title(difference.new, difference.new_version))}", ""]
    for heading, entries in sections(difference):
        lines.append(visible(heading))
        for row, group in groupby(entries, key=lambda entry: (entry.row, entry.sign) if entry.row else None):
            if row:
                lines.append(f"  {row[1]} {visible(row[0])}")
            lines += [_line(entry, "      " if row else f"  {entry.sign} ") for entry in group]
        lines.append("")
    if not difference.changes:
        lines += ["No change.", ""]
    return "\n".join([*lines, verdict(difference)])


def as_json(difference: Difference) -> str:
    """For a program: an object.

    `old` and `new` are objects with `name` and `version`; `changes` is an array of objects with the keys of `Change`
    (kind, table, row, field, part, old, new, cell) and `step`; `step` is patch, minor, major or null, `version` the old
    version and that step, or null.
    """
    report = {
        "old": {"name": difference.old, "version": difference.old_version},
        "new": {"name": difference.new, "version": difference.new_version},
        "changes": [{**asdict(change), "step": change.step} for change in difference.changes],
        "step": difference.step,
        "version": difference.version,
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def title(name: str, version: str) -> str:
    """A side's name and version."""
    return f"{name}, version {version}"


def verdict(difference: Difference) -> str:
    """The last line: the version step that the changes call for."""
    step, after = difference.step, difference.version
    if step is None:
        return "Version step: none"
    if after is None:
        return f"Version step: {step}"
    line = f"Version step: {step} ({difference.old_version} → {after})"
    now, least = parsed(difference.new_version), parsed(after)
    return line if now and least and now >= least else f"{line}; datapackage.json says {difference.new_version}"


def sections(difference: Difference) -> Iterator[tuple[str, list[Entry]]]:
    """The tables that differ, each as a heading that counts its rows, and the entries below it."""
    for table, group in groupby(difference.changes, key=lambda change: change.table):
        changes = list(group)
        rows = {change.row: "changed" for change in changes if change.row is not None}
        rows |= {
            change.row: _ROWS[change.kind] for change in changes if change.row is not None and change.kind in _ROWS
        }
        counts = Counter(rows.values())
        parts = [f"{counts[how]} {how}" for how in ("removed", "renamed", "added", "changed") if counts[how]]
        name = table or "the package as a whole"
        heading = f"{name} (rows: {', '.join(parts)})" if parts else name
        yield heading, [entry for change in changes for entry in _entries(change, rows.get(change.row or "", ""))]


def content(text: str | None) -> str | None:
    """A cell's content, with a word for an empty one."""
    return text and visible(text) if text != "" else "(empty)"


def _line(entry: Entry, indent: str) -> str:
    old, new = content(entry.old), content(entry.new)
    what = f"{indent}{visible(entry.what)}"
    if entry.sign in "+-":
        only = old if new is None else new
        return what if only is None else f"{what}: {only}"
    old, new = old or "(none)", new or "(none)"
    arrow = " → " if len(old) + len(new) <= _WIDTH else f"\n{' ' * len(indent)}    → "
    return f"{what}: {old}{arrow}{new}"


def _entries(change: Change, row_is: str) -> Iterator[Entry]:
    old, new = change.old, change.new
    if change.row is None:
        sign = "+" if old is None else "-" if new is None else "~"
        yield Entry(None, sign, _subject(change), _text(old), _text(new))
        return
    sign = _SIGNS.get(row_is, "~")
    if change.field is None and change.kind != "row_renamed":
        cells = {**(old if isinstance(old, Mapping) else {}), **(new if isinstance(new, Mapping) else {})}
        lone = {"new" if sign == "+" else "old": cells}
        for field, cell in cells.items():
            if cell == change.row:
                continue  # The heading has the ID.
            before, after = (cell if side in lone else None for side in ("old", "new"))
            yield Entry(change.row, sign, field, before, after)
        return
    what = change.field or "ID"
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        behind = change.field if sign != "~" or change.cell is None else f"{change.field} ({change.cell})"
        what = f"{'place of the ' if change.kind == 'citation_moved' else ''}quote behind {behind}"
    yield Entry(change.row, sign, what, _text(old), _text(new))


def _subject(change: Change) -> str:
    if change.kind in ("table_removed", "table_added"):
        return "table, rows"
    if change.part is None:
        words = {"term_removed": "term of column", "term_added": "term of column", "column_renamed": "name of column"}
        return f"{words.get(change.kind, 'column')} {change.field}"
    if change.field is not None:
        return f"{change.part} of column {change.field}"
    return f"{change.part} of the table" if change.table else change.part


def _text(side: Content) -> str | None:
    """What stood or stands there; for a citation the quote and its place."""
    if side is None or isinstance(side, str):
        return side
    place = f"{side['source_id']}, paragraph {side['paragraph']}, characters {side['start']} to {side.get('end', '?')}"
    return f"“{side['quote']}” ({place})"
