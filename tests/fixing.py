"""Follow the fix of a problem to the letter, as a contributor would; what only a person knows is in the original."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support import ARTICLES, run_cli
from wuxi_outsourcing.characters import forbidden_characters
from wuxi_outsourcing.problems import Problem
from wuxi_outsourcing.tables import csv_text, parse_csv

_WRITE = re.compile(r"Write (?P<value>.+?)(?:, or (?:correct|add|cite|give) .+|\.)?$")


def follow(root: Path, problem: Problem, original: Path) -> bool:
    """Do what the fix of a problem says; whether its text was enough."""
    if "`wuxi-outsourcing format`" in problem.fix:
        run_cli("format", folder=root)
        return True
    if "`wuxi-outsourcing cite FILE QUOTE" in problem.fix:
        return _cite(root, problem, original)
    path = root / problem.file
    if path.suffix == ".json":
        return _follow_json(path, problem, original)
    text = path.read_text(encoding="utf-8") if problem.line else ""
    changed = _changed(text, problem) if text else None
    if changed is None:
        restored = _restored(text, problem, original)
        path.write_bytes((restored if restored != text else (original / problem.file).read_text("utf-8")).encode())
    else:
        path.write_bytes(changed.encode())
    return changed is not None


def _cite(root: Path, problem: Problem, original: Path) -> bool:
    """Run the printed command with the article and the quote that a person knows, or remove the row that has none."""
    (command,) = re.findall(r"`wuxi-outsourcing (cite FILE QUOTE .+?)`", problem.fix)
    _, _, _, _, *key = command.split()
    evidence = parse_csv((original / "data/evidence.csv").read_text(encoding="utf-8"), "evidence")
    for source, paragraph, start, _, quote in (row[3:] for row in evidence if row[:3] == key):
        run_cli("cite", ARTICLES[source], quote, "--for", *key, "--at", f"{paragraph}:{start}", folder=root)
        return True
    path = root / problem.file
    path.write_text(_restored(path.read_text(encoding="utf-8"), problem, original), encoding="utf-8")
    return False


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
    if match := _WRITE.match(fix):  # the citation file: a key, or the version behind it
        new = re.sub(r"[\w-]+(?=:)" if "key" in problem.message else r"(?<=: ).*", match["value"], lines[at], count=1)
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
        return "".join(char for char in cell if char not in forbidden_characters(cell))
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


def _restored(text: str, problem: Problem, original: Path) -> str:
    """The text with the cell, the row or the file that the problem is about as it was."""
    whole = (original / problem.file).read_text(encoding="utf-8")
    if problem.line is None or not text:
        return whole
    lines, right = text.split("\n"), whole.split("\n")
    at = problem.line - 1
    if problem.column and len(lines) == len(right):
        records, cells = parse_csv(text, problem.file), parse_csv(whole, problem.file)
        for column, name in enumerate(cells[0]):
            if name == problem.column or re.search(rf"\b{name}\b", problem.fix):
                records[at][column] = cells[at][column]
        return csv_text(records)
    if len(lines) < len(right):  # a row is missing before this one
        return "\n".join([*lines[:at], right[at], *lines[at:]])
    return "\n".join([*lines[:at], *right[at : at + 1 - len(lines) + len(right)], *lines[at + 1 :]])


def _follow_json(path: Path, problem: Problem, original: Path) -> bool:
    value = json.loads(path.read_text(encoding="utf-8"))
    right = json.loads((original / problem.file).read_text(encoding="utf-8"))
    steps = [int(step) if step.isdigit() else step for step in re.findall(r"[^.[\]]+", problem.column or "")]
    match = re.match("Write (.+?)(?:, or correct .+)?$", problem.fix, re.DOTALL)
    vague = re.match("Write (one of|a |it |as |text in )", problem.fix)
    done = True
    *parents, last = steps
    parent = _at(value, parents)
    if problem.fix.startswith("Remove it"):
        del parent[last]
    elif match and "unknown" in problem.message:
        renamed = {match[1].rstrip(".") if key == last else key: member for key, member in parent.items()}
        parent.clear()
        parent.update(renamed)
        _reorder(parent, _at(right, parents))
    elif match and not vague:
        parent[last] = _literal(match[1], _at(right, steps))
    else:
        done = False
        value = _restored_json(value, right, steps)
    path.write_bytes((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())
    return done


def _restored_json(value: Any, right: Any, steps: list[str | int]) -> Any:
    """The value with the part at `steps` as it was, or the smallest part around it that is another."""
    for depth in range(len(steps), 0, -1):
        try:
            correct, parent = _at(right, steps[:depth]), _at(value, steps[: depth - 1])
        except (LookupError, TypeError):
            continue
        last = steps[depth - 1]
        if not isinstance(parent, dict) or parent.get(last) != correct:
            parent[last] = correct
            _reorder(parent, _at(right, steps[: depth - 1]))
            return value
    return right


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
