"""Every defect that a check is about, planted in a copy of the real package: found once, in its place, and in words."""

from pathlib import Path

import frictionless
import pytest
from pandera.errors import SchemaError

import defects
import wuxi_outsourcing as wx
from conftest import refresh
from defects import Defect
from wuxi_outsourcing.reading import read_frame

by_name = pytest.mark.parametrize("defect", defects.ALL, ids=lambda defect: defect.name)


def test_real_package_is_valid(package: Path) -> None:
    """Catches a defect in the package itself, or a check that rejects what is right."""
    assert wx.validate(package) == []


@by_name
def test_defect_is_found_once_in_its_place(package: Path, defect: Defect) -> None:
    """Catches a check that is missing, that points elsewhere, or that echoes another."""
    plant(package, defect)
    problems = wx.validate(package)
    assert [(p.file, p.line, p.column) for p in problems] == [place(package, defect)], "\n".join(map(str, problems))
    assert defect.message in problems[0].message
    assert problems[0].fix


@by_name
def test_frictionless_agrees_where_it_can_see(package: Path, defect: Defect) -> None:
    """Catches a defect on which the reference validator and ours differ without the list saying why."""
    plant(package, defect)
    refresh(package)
    report = frictionless.Package(str(package / "datapackage.json")).validate()
    types = {error for (error,) in report.flatten(["type"])}
    expected = set() if defect.frictionless.startswith("(") else {defect.frictionless}
    assert expected <= types
    assert bool(types) == bool(expected)


@pytest.mark.parametrize("defect", [*defects.SCHEMA, *defects.ROWS, *defects.KEYS], ids=lambda defect: defect.name)
def test_pandera_agrees_on_cells_rows_and_keys(package: Path, defect: Defect) -> None:
    """Catches a rule that `validate` knows and the Pandera schema for people's own frames does not.

    Pandera sees data frames: it can't see files, how a value is written, other tables, evidence or descriptors.
    """
    plant(package, defect)
    table = Path(defect.file).stem
    with pytest.raises(SchemaError):
        wx.schema(table).validate(read_frame(package / defect.file, wx.describe(table)))


def plant(package: Path, defect: Defect) -> None:
    path = package / defect.file
    text = path.read_text(encoding="utf-8")
    assert text.count(defect.old) == 1, f"{defect.old!r} must stand once in {defect.file}"
    path.write_text(text.replace(defect.old, defect.new), encoding="utf-8", newline="")


def place(package: Path, defect: Defect) -> tuple[str, int, str | None]:
    file = defect.found_in or defect.file
    lines = (package / file).read_text(encoding="utf-8").split("\n")
    line = next(n for n, text in enumerate(lines, 1) if (text.startswith(defect.at) if defect.at else not text))
    return file, line, defect.column


def test_citations_of_a_renamed_row_are_told_beside_one_that_is_broken(package: Path) -> None:
    """Catches citations of no row that go unmentioned because another line of the evidence can't be read."""
    for file, old, new in (
        ("projects", "hua-hong,华虹,", "hua,华虹,"),
        ("evidence", ",附加值高\n", ",附加值高,\n"),
    ):
        path = package / f"data/{file}.csv"
        path.write_bytes(path.read_bytes().replace(old.encode(), new.encode(), 1))
    problems = wx.validate(package)
    assert any(problem.message == "projects has no row 'hua-hong'; 1 citation(s) name it" for problem in problems)
