"""Follow the fix of a problem to the letter, as a contributor would; what only a person knows is in the original."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support import ARTICLES, run_cli
from wuxi_outsourcing.engine.canonical_csv import csv_text
from wuxi_outsourcing.engine.characters import forbidden_characters, right_to_left
from wuxi_outsourcing.engine.csv_files import parse_csv
from wuxi_outsourcing.engine.problems import Problem

_WRITE = re.compile(r"Write (?P<value>.+?)(?:, or (?:correct|add|cite|give) .+|, if that is what is meant.+|\.)?$")


def follow(root: Path, problem: Problem, original: Path) -> None:
    """Do what the fix of a problem says; where its text is not enough, put the original file back."""
    path = root / problem.file
    if "`wuxi-outsourcing format`" in problem.fix:
        run_cli("format", folder=root)
    elif other := _other_side(problem):
        # Only a person knows which of the two is wrong.
        for file in (problem.file, other):
            shutil.copy(original / file, root / file)
    elif "`wuxi-outsourcing quote FILE QUOTE" in problem.fix:
        _cite(root, problem, original)
    elif path.suffix == ".json":
        _follow_json(path, problem, original)
    else:
        changed = _changed(path.read_text(encoding="utf-8"), problem) if problem.line else None
        path.write_bytes((original / problem.file).read_bytes() if changed is None else changed.encode())


def _other_side(problem: Problem) -> str | None:
    """The other file, for a problem that may be in either of two."""
    if "is not the length of the paragraphs" in problem.message:
        return "data/paragraphs.csv"
    if "`wuxi-outsourcing quote FILE --all`" in problem.fix or "(data/evidence.csv:" in problem.message:
        return "data/evidence.csv"
    missing_row = re.match(r"Write one that exists, or add the row to (data/\w+\.csv)", problem.fix)
    return missing_row[1] if missing_row else None


def _cite(root: Path, problem: Problem, original: Path) -> None:
    """Run the printed command with the article and the quote that a person knows."""
    (command,) = re.findall(r"`wuxi-outsourcing (quote FILE QUOTE .+?)`", problem.fix)
    _, _, _, _, *key = command.split()
    evidence = parse_csv((original / "data/evidence.csv").read_text(encoding="utf-8"), "evidence")
    cited = next((row[3:] for row in evidence if row[:3] == key), None)
    if cited:
        source, paragraph, start, _, quote = cited
        run_cli("quote", ARTICLES[source], quote, "--for", *key, "--at", f"{paragraph}:{start}", folder=root)
    else:
        shutil.copy(original / problem.file, root / problem.file)


def _changed(text: str, problem: Problem) -> str | None:  # noqa: PLR0911  (a return a fix)
    """The text with what the fix says done, None for a fix that leaves it to a person."""
    lines, at, fix = text.split("\n"), (problem.line or 0) - 1, problem.fix
    if fix.startswith("Write: "):
        return "\n".join([*lines[:at], fix.removeprefix("Write: "), *lines[at + 1 :]])
    if match := re.match(r"Write lines \d+ and \d+ as one: (.*)", fix):
        return "\n".join([*lines[:at], match[1], *lines[at + 2 :]])
    if fix == "Remove the empty lines.":
        return "\n".join(filter(None, lines)) + "\n"
    if fix.startswith("Remove the row") or fix == "Remove it.":
        return "\n".join(lines[:at] + lines[at + 1 :])
    if problem.file.endswith(".csv") and problem.column:
        return _with_cell(text, problem, lambda cell: _cell(cell, fix))
    if match := _WRITE.match(fix):  # the version in a heading of the changelog
        new = re.sub(r"(?<=^## )\S+", match["value"], lines[at], count=1)
        return "\n".join([*lines[:at], new, *lines[at + 1 :]])
    return None


def _with_cell(text: str, problem: Problem, change: Callable[[str], str | None]) -> str | None:
    records = parse_csv(text, problem.file)
    row, column = (problem.line or 0) - 1, records[0].index(str(problem.column))
    cell = change(records[row][column])
    if cell is None:
        return None
    records[row][column] = cell
    return csv_text(records)


def _cell(cell: str, fix: str) -> str | None:  # noqa: PLR0911  (a return a fix)
    """A cell with what the fix says done."""
    if fix.startswith("Empty the cell"):
        return ""
    if fix == "Remove the character.":
        return "".join(char for char in cell if not forbidden_characters(char) and not right_to_left(char))
    if fix.startswith("Write a space (U+0020) in its place"):
        return re.sub(r"\s", " ", cell)
    if fix == "Remove the whitespace at both ends.":
        return cell.strip()
    if match := re.match(r"Remove the (.)\.$", fix):
        return cell.removeprefix(match[1])
    if match := re.match(r"Write (\S+) in place of U\+([0-9A-F]+)", fix):
        return cell.replace(chr(int(match[2], 16)), match[1])
    vague = re.match("Write (one |the |it |a |what |both |digits |plain |true or false)", fix)
    match = _WRITE.match(fix)
    return match["value"] if match and not vague else None


def _follow_json(path: Path, problem: Problem, original: Path) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    right = json.loads((original / problem.file).read_text(encoding="utf-8"))
    steps = [int(step) if step.isdigit() else step for step in re.findall(r"[^.[\]]+", problem.column or "")]
    match = re.match("Write (.+?)(?:, or correct .+)?$", problem.fix, re.DOTALL)
    vague = re.match("Write (one of|a |it |as |text in )", problem.fix)
    *parents, last = steps
    parent = _at(value, parents)
    if problem.fix.startswith("Remove it") or problem.fix.endswith("or remove the property."):
        del parent[last]
    elif match and "unknown" in problem.message:
        renamed = {match[1].rstrip(".") if key == last else key: member for key, member in parent.items()}
        parent.clear()
        parent.update(renamed)
        _reorder(parent, _at(right, parents))
    elif match and not vague:
        parent[last] = _literal(match[1], _at(right, steps))
    else:
        value = right
    path.write_bytes((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())


def _literal(text: str, right: Any) -> Any:
    """What is to be written; a full stop at the end may be the sentence's or the text's."""
    for form in (text, text.removesuffix(".")):
        try:
            parsed = json.loads(form)
        except ValueError:
            parsed = form
        if parsed == right:
            return parsed
    return text.removesuffix(".")


def _at(value: Any, steps: list[str | int]) -> Any:
    for step in steps:
        value = value[step]
    return value


def _reorder(value: Any, right: Any) -> None:
    """Give the keys of an object the order that they had: an editor puts back a line where it was."""
    if isinstance(value, dict):
        members = dict(value)
        value.clear()
        value.update({key: members[key] for key in (*(k for k in right if k in members), *members) if key in members})
