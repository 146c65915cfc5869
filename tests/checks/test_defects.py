"""Every defect that a check is about, planted in the frozen package: found once, in its place, with its fix."""

import json
import re
from pathlib import Path

import pytest

import defects
import wuxi_outsourcing as wx
from defects import Defect, JsonDefect, plant
from fixing import follow
from support import FROZEN

ALL: list[Defect | JsonDefect] = [*defects.CELLS, *defects.JSON]
SAMPLE = 10  # the fix of each so many is followed here, of all by `make corpus`
_MOST_ROUNDS = 4


def test_frozen_package_is_valid(package: Path) -> None:
    """Catches a check that rejects what is right."""
    assert wx.validate(package) == []


@pytest.mark.parametrize("defect", ALL, ids=lambda defect: defect.name)
def test_found_once(package: Path, defect: Defect | JsonDefect) -> None:
    """Catches a check that is missing, points elsewhere or repeats another, and, for a sample, a fix that is wrong."""
    plant(package, defect)
    problems = wx.validate(package)
    expected = locations(package, defect)
    assert sorted(problem.location for problem in problems) == sorted(expected), "\n".join(map(str, problems))
    assert [defect.message in problem.message for problem in problems if problem.location == expected[0]] == [True]
    if ALL.index(defect) % SAMPLE == 0:
        assert_fixed(package, problems, defect.file)


@pytest.mark.slow
@pytest.mark.parametrize("defect", ALL, ids=lambda defect: defect.name)
def test_fix_gives_the_original(package: Path, defect: Defect | JsonDefect) -> None:
    """Catches a fix that leads to something else."""
    plant(package, defect)
    assert_fixed(package, wx.validate(package), defect.file)


def assert_fixed(package: Path, problems: list[wx.Problem], file: str) -> None:
    """Follow the fix of the first problem until there is none, and compare the package with the original.

    Of two problems of a wrong ID, the first is that of the file with the ID.
    """
    for _ in range(_MOST_ROUNDS):
        in_file = [problem for problem in problems if problem.file == file]
        follow(package, (in_file or problems)[0], FROZEN)
        problems = wx.validate(package)
        if not problems:
            break
    assert not problems, "\n".join(map(str, problems))
    for path in package.rglob("*.*"):
        assert path.read_bytes() == (FROZEN / path.relative_to(package)).read_bytes(), path.name


def locations(package: Path, defect: Defect | JsonDefect) -> list[str]:
    """Where the problem must be, and then where a second one must be, if there is one."""
    if isinstance(defect, JsonDefect):
        value = json.loads((package / defect.file).read_text(encoding="utf-8"))
        steps = [int(step) if step.isdigit() else step for step in re.findall(r"[^.[\]]+", defect.column or "")]
        return [wx.Problem(defect.file, 1 + lines_before(value, steps), defect.column, "", "").location]
    file = defect.found_in or defect.file
    line = None if defect.at is None else line_that_begins_with(defect.at, package / file)
    first = wx.Problem(file, line, defect.column, "", "").location
    return [first, defect.also] if defect.also else [first]


def line_that_begins_with(start: str, path: Path) -> int:
    """The number of the first line with such a beginning, or of the first empty line if the beginning is empty."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        if line.startswith(start) if start else not line:
            return number
    raise AssertionError(f"no line of {path.name} begins with {start!r}")


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
