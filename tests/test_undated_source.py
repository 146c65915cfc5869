"""A source without a day of publication: what checks, commands and exports make of it."""

import shutil
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from support import ARTICLES, DESCRIPTOR, FROZEN, Rows, edit_json, edit_rows, export_all, run_cli, swap
from wuxi_outsourcing.engine.package import Package

SOURCES = "data/sources.csv"
METRICS = "data/industry_metrics.csv"
EVIDENCE = "data/evidence.csv"
UNDATED = "jiangling-2022"
TARGET = "服务外包执行额,yunchuan,yunchuan-2021,target"


@pytest.fixture
def undated(package: Path) -> Path:
    """The frozen package, whose second source has no day."""
    swap(package, SOURCES, ",2022-06-20,", ",,")
    edit_rows(package, EVIDENCE, _without_its_day)
    edit_json(package, DESCRIPTOR, lambda descriptor: descriptor["sources"][1].pop("version"))
    assert run_cli("format", folder=package).status == 0
    return package


def _without_its_day(rows: Rows) -> Rows:
    return [row for row in rows if row[:3] != ["sources", UNDATED, "published_on"]]


def test_it_is_valid(undated: Path) -> None:
    """Catches an empty day that is refused, and years of such a source that are called later than it."""
    assert wx.validate(undated) == []
    assert Package(undated).rows("sources")[0]["published_on"] is None


def test_a_day_without_evidence_is_found(package: Path) -> None:
    """Catches a day that may lack its citation, now that it may be empty."""
    edit_rows(package, EVIDENCE, _without_its_day)
    (problem,) = wx.validate(package)
    assert problem.location == f"{SOURCES}:2:published_on"


def test_years_are_compared_with_dated_sources_alone(package: Path) -> None:
    """Catches a rule on the publication of a source that is lost for all sources, or kept for one without a day."""
    swap(package, METRICS, TARGET, TARGET.replace("target", "actual"))
    (problem,) = wx.validate(package)
    assert problem.column == "year"
    swap(package, SOURCES, ",2021-03-18,", ",,")
    edit_rows(package, EVIDENCE, lambda rows: [row for row in rows if row[2] != "published_on"])
    locations = [problem.location for problem in wx.validate(package)]
    assert locations == [f"{SOURCES}:2:published_on"]


def test_commands(undated: Path, tmp_path: Path) -> None:
    """Catches a command that needs the day of a source, or writes a word in its place."""
    before = tmp_path / "before"
    shutil.copytree(FROZEN, before)
    for arguments in (
        ("show", "sources"),
        ("cite",),
        ("cite", "--bibtex"),
        ("verify", ARTICLES[UNDATED]),
        ("diff", before),
    ):
        run = run_cli(*arguments, folder=undated)
        assert (run.err, "NaT" in run.out, "None" in run.out) == ("", False, False), arguments
    assert "published_on: 2022-06-20 → " in run_cli("diff", before, folder=undated).out


def test_add_source(package: Path, tmp_path: Path) -> None:
    """Catches a source that cannot be added without a day, and one whose day must be filled in later."""
    article = tmp_path / "new.txt"
    article.write_text("服务外包产业概况\n全市有软件园区。\n", encoding="utf-8")
    options = (
        "--id",
        "city-2024",
        "--title",
        "服务外包产业概况",
        "--title-en",
        "Overview",
        "--url",
        "https://example.org/a",
    )
    run = run_cli("add-source", article, *options, folder=package)
    assert run.status == 0
    assert "published_on" not in run.out
    (row,) = [row for row in Package(package).rows("sources") if row["source_id"] == "city-2024"]
    assert row["published_on"] is None
    assert "version" not in Package(package).descriptor["sources"][-1]


def test_exports(undated: Path, tmp_path: Path) -> None:
    """Catches an export that refuses an empty day, or writes another in its place."""
    exports = export_all(undated, tmp_path)
    assert all(path.exists() for path in exports.values())
    frame = Package(undated).frame("sources").set_index("source_id")
    assert frame["published_on"].isna().to_dict() == {UNDATED: True, "yunchuan-2021": False}
