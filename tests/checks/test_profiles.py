"""Profiles: what a JSON Schema library says of a hostile descriptor, as problems."""

from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from support import DESCRIPTOR, edit_json
from wuxi_outsourcing.engine import json_files
from wuxi_outsourcing.engine.checks import profiles

BRACES = "{0} {x!r} {} } {"
MANY = {f"key_{number}": number for number in range(20_000)}


@pytest.mark.parametrize("keyword", [*profiles._MESSAGES_AND_FIXES, "minProperties", "anyOf"])
def test_what_is_given_is_no_format_string(keyword: str) -> None:
    """Catches a value, a limit or a reason of the library that is taken for a format string, braces and all."""
    asked = [BRACES] if keyword == "enum" else BRACES
    message, fix = profiles._message_and_fix(BRACES, keyword, {keyword: asked}, f"{BRACES} does not fit")
    assert "{shown}" not in message
    assert "{asked}" not in fix
    assert BRACES in message or keyword in ("minLength", "minItems", "maxItems", "uniqueItems", "not")


@pytest.mark.parametrize(
    ("file", "steps"),
    [
        (DESCRIPTOR, ["resources", 0]),
        (DESCRIPTOR, ["contributors", 0]),
        (DESCRIPTOR, []),
        ("schemas/parks.json", []),
        ("schemas/parks.json", ["fields", 0]),
        ("schemas/parks.json", ["fields", 0, "constraints"]),
    ],
)
def test_unknown_keys_are_bounded(
    package: Path, monkeypatch: pytest.MonkeyPatch, file: str, steps: list[str | int]
) -> None:
    """Catches tens of thousands of problems, and a file whose lines are counted again for each."""
    counted: list[str] = []
    real = json_files._locations

    def count(text: str) -> object:
        counted.append(text)
        return real(text)

    monkeypatch.setattr(json_files, "_locations", count)

    def add(value: object) -> None:
        for step in steps:
            value = value[step]  # type: ignore[index]
        value.update(MANY)  # type: ignore[attr-defined]

    edit_json(package, file, add)
    problems = wx.validate(package)
    expected = [] if file == DESCRIPTOR and steps != ["resources", 0] else sorted(MANY, key=lambda key: int(key[4:]))
    names = [str(problem.column).rpartition(".")[2] for problem in problems]
    assert names == expected[: profiles._MOST_ERRORS]
    assert len(counted) == len(set(counted))
