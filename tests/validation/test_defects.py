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
    assert [(p.file, p.line, p.column) for p in problems] == [location(package, defect)], "\n".join(map(str, problems))
    assert defect.message in problems[0].message
    if ALL.index(defect) % SAMPLE == 0:
        assert_fixed(package, problems)


@pytest.mark.slow
@pytest.mark.parametrize("defect", ALL, ids=lambda defect: defect.name)
def test_fix_gives_the_original(package: Path, defect: Defect | JsonDefect) -> None:
    """Catches a fix that leads to something else."""
    plant(package, defect)
    assert_fixed(package, wx.validate(package))


def assert_fixed(package: Path, problems: list[wx.Problem]) -> None:
    """Follow the fix of the first problem until there is none, and compare the package with the original."""
    for _ in range(_MOST_ROUNDS):
        follow(package, problems[0], FROZEN)
        problems = wx.validate(package)
        if not problems:
            break
    assert not problems, "\n".join(map(str, problems))
    for path in package.rglob("*.*"):
        assert path.read_bytes() == (FROZEN / path.relative_to(package)).read_bytes(), path.name


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
