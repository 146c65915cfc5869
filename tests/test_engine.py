"""The engine on a cited package about another subject, which shares only the tables of provenance."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from support import ROOT, edit_json, edit_rows, export_all, named, run_cli, swap
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.package import Package

BRIDGES = ROOT / "tests/data/bridges"
ARTICLE = ROOT / "tests/data/bridges-article.txt"
PROVENANCE = {"sources", "paragraphs", "evidence", "corroborations"}
EVIDENCE = "data/evidence.csv"


@pytest.fixture
def bridges(tmp_path: Path) -> Path:
    """A copy of the package, to change."""
    return shutil.copytree(BRIDGES, tmp_path / "bridges")


def test_another_subject() -> None:
    """Catches a package here that has come to share a table with this project's, and so proves nothing."""
    assert {*open_package(BRIDGES).paths} & {*wx.tables()} == PROVENANCE


def test_read() -> None:
    """Catches rows, a frame, citations or a citation text that need one of our tables."""
    package = open_package(BRIDGES)
    row = package.rows("works")[0]
    assert (row["work_id"], row["year"], row["value"], row["unit"]) == ("baishi-2018", 2018, 12_000_000, "CNY")
    assert package.frame("works")["year"].tolist()[0] == row["year"]
    assert list(package.load("works", labels="en")["kind"].cat.categories) == ["Construction", "Reinforcement"]
    assert [citation.quote for citation in package.evidence("works", "baishi-2018", "unit")] == ["1200万元"]
    assert [other["publisher_en"] for other in package.corroborations("bridges", "baishi")] == ["Bridge Office"]
    assert "Bridges over an invented river" in package.citation()
    assert len(package.pandera_schema("works").validate(package.frame("works"))) == len(package.rows("works"))


def test_validate_and_verify(bridges: Path) -> None:
    """Catches a check that needs one of our tables, or that passes over a wrong digit in theirs."""
    validation = Package(bridges).validate(sources=[ARTICLE])
    (verification,) = validation.verifications
    assert (validation.problems, validation.stale, verification.problems) == ([], [], [])
    assert verification.citations_held == verification.citations == len(Package(bridges).citations())
    swap(bridges, "data/works.csv", "450000000", "540000000")
    (problem,) = Package(bridges).validate().problems
    assert problem.location == "data/works.csv:4:value"
    assert "“约4.5亿元”" in problem.message


def test_quote(bridges: Path) -> None:
    """Catches a citation of theirs that cannot be found and recorded again."""
    edit_rows(bridges, EVIDENCE, lambda rows: [row for row in rows if row[1] != "luoxia"])
    for cell, quote in (("bridges luoxia name_zh", "落霞步行桥"), ("works luoxia value", "近3000万元")):
        run = run_cli("quote", ARTICLE, quote, "--for", *cell.split(), folder=bridges)
        assert run.status == 0, run.err
    assert "cells now cited: 1;" in run_cli("quote", ARTICLE, "--all", folder=bridges).out
    assert contents(bridges) == contents(BRIDGES)


def test_add_source(bridges: Path, tmp_path: Path) -> None:
    """Catches an article that cannot be put on record beside theirs."""
    article = tmp_path / "second.txt"
    article.write_text("白石桥封闭检修\n2021年3月2日\n白石桥自3月起封闭。\n", encoding="utf-8")
    options = ["--id", "second", "--title", "白石桥封闭检修", "--url", "https://daily.example.org/2021/closed"]
    run = run_cli("add-source", article, *options, "--published-on", "2021-03-02", folder=bridges)
    assert run.status == 0, run.err
    assert [source["source_id"] for source in Package(bridges).rows("sources")] == ["hewan-2019", "second"]


def test_format(bridges: Path) -> None:
    """Catches a file of theirs that is not brought back into canonical form."""
    edit_rows(bridges, "data/works.csv", lambda rows: [rows[0], *rows[:0:-1]], lineterminator="\r\n", quoting=1)
    edit_json(bridges, "datapackage.json", lambda value: named(value["resources"], "works").update(bytes=1))
    assert run_cli("format", folder=bridges).status == 0
    assert contents(bridges) == contents(BRIDGES)


def test_diff(bridges: Path) -> None:
    """Catches a change of theirs that is not shown with its quote."""
    swap(bridges, "data/works.csv", "450000000", "540000000")
    (change,) = wx.diff(BRIDGES, bridges).changes
    assert (change.table, change.row, change.field, change.new) == ("works", "qinglong", "value", "540000000")
    assert "约4.5亿元" in str(change.quote)


def test_export(tmp_path: Path) -> None:
    """Catches a format that cannot hold theirs."""
    for to, path in export_all(BRIDGES, tmp_path).items():
        assert path.exists(), to


def test_commands(bridges: Path) -> None:
    """Catches a command that reads only our package."""
    for command in (
        "tables",
        "show works",
        "describe bridges",
        "evidence works luoxia",
        "corroborations bridges baishi",
    ):
        run = run_cli(*command.split(), folder=bridges)
        assert (run.status, run.err) == (0, ""), command
        assert run.out, command


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a package."""
    return dict(_contents(folder))


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*.*"):
        yield path.relative_to(folder).as_posix(), path.read_bytes()
