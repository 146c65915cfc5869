"""Every defect that a check is about, planted in the frozen package: found once, in its place, with its fix."""

import json
import re
from pathlib import Path

import pytest

import defects
import wuxi_outsourcing as wx
from defects import Defect, JsonDefect
from fixing import follow
from support import edit_json, swap

ALL: list[Defect | JsonDefect] = [*defects.CELLS, *defects.JSON]
by_name = pytest.mark.parametrize("defect", ALL, ids=lambda defect: defect.name)
_MOST_ROUNDS = 4


def test_frozen_package_is_valid(package: Path) -> None:
    """Catches a check that rejects what is right."""
    assert wx.validate(package) == []


@by_name
def test_found_once(package: Path, defect: Defect | JsonDefect) -> None:
    """Catches a check that is missing, points elsewhere or repeats another."""
    plant(package, defect)
    problems = wx.validate(package)
    assert [(p.file, p.line, p.column) for p in problems] == [location(package, defect)], "\n".join(map(str, problems))
    assert defect.message in problems[0].message


@pytest.mark.parametrize(
    "defect",
    [
        pytest.param(defect, id=defect.name, marks=[pytest.mark.slow] * bool(number % 4))
        for number, defect in enumerate(ALL)
    ],
)
def test_fix_gives_the_original(package: Path, frozen: Path, defect: Defect | JsonDefect) -> None:
    """Catches a fix that leads to something else; `make corpus` follows the other three quarters of the fixes."""
    plant(package, defect)
    problems = wx.validate(package)
    for _ in range(_MOST_ROUNDS):
        follow(package, problems[0], frozen)
        problems = wx.validate(package)
        if not problems:
            break
    assert not problems, "\n".join(map(str, problems))
    differing = [path.name for path in package.rglob("*.*") if path.read_bytes() != original(path, package, frozen)]
    assert not differing


def plant(package: Path, defect: Defect | JsonDefect) -> None:
    """Make the change of a defect."""
    if isinstance(defect, JsonDefect):
        edit_json(package, defect.file, defect.change)
    else:
        swap(package, defect.file, defect.old, defect.new)


def original(path: Path, package: Path, frozen: Path) -> bytes:
    return (frozen / path.relative_to(package)).read_bytes()


def location(package: Path, defect: Defect | JsonDefect) -> tuple[str, int | None, str | None]:
    """Where the problem must be."""
    if isinstance(defect, JsonDefect):
        value = json.loads((package / defect.file).read_text(encoding="utf-8"))
        steps = [int(step) if step.isdigit() else step for step in re.findall(r"[^.[\]]+", defect.column or "")]
        return defect.file, 1 + lines_before(value, steps), defect.column
    file = defect.found_in or defect.file
    if defect.at is None:
        return file, None, defect.column
    lines = (package / file).read_text(encoding="utf-8").split("\n")
    line = next(n for n, text in enumerate(lines, 1) if (text.startswith(defect.at) if defect.at else not text))
    return file, line, defect.column


def lines_before(value: object, steps: list[str | int]) -> int:
    """The line feeds in indented JSON between the start of a value and a part of it, or the deepest part there is."""
    if not steps or not isinstance(value, dict | list):
        return 0
    lines = 1
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if key == steps[0]:
            return lines + lines_before(item, steps[1:])
        lines += json.dumps(item, indent=2).count("\n") + 1
    return 0
