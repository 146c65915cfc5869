"""`quote --all`: evidence for every cell that an article prints in one location, or in one of its row's paragraphs."""

import csv
import shlex
from pathlib import Path

import wuxi_outsourcing as wx
from support import ARTICLES, FROZEN, Run, edit_rows, run_cli, swap

FIRST, SECOND = ARTICLES["yunchuan-2021"], ARTICLES["jiangling-2022"]
EVIDENCE, METRICS = "data/evidence.csv", "data/industry_metrics.csv"


def quote_all(package: Path, article: Path = FIRST) -> Run:
    return run_cli("quote", article, "--all", folder=package)


def evidence(package: Path) -> list[tuple[str, ...]]:
    with (package / EVIDENCE).open(encoding="utf-8", newline="") as stream:
        return list(map(tuple, csv.reader(stream)))


def remove(package: Path, *cell: str) -> None:
    """Remove the evidence of a row or cell."""
    edit_rows(package, EVIDENCE, lambda rows: [row for row in rows if row[: len(cell)] != list(cell)])


def test_cites_each_cell_that_is_printed_once(package: Path) -> None:
    """Catches evidence that is guessed, or missing where a cell is printed once, or once in its row's paragraph."""
    before = evidence(package)
    (package / EVIDENCE).write_text(",".join(before[0]) + "\n", encoding="utf-8")
    runs = [quote_all(package, article) for article in (FIRST, SECOND)]
    written = evidence(package)
    # The cell, the source, and the paragraph: the same figure may be quoted in more or fewer words.
    spans = {(*row[:5], row[5] if row[2].endswith("zh") else "") for row in before}
    other = [row for row in written if (*row[:5], row[5] if row[2].endswith("zh") else "") not in spans]
    # What both articles print of a row without source_id is cited from the one that is read first.
    assert {row[:2] for row in other} == {
        ("milestones", "first-firm"),
    }
    assert {row[:3] for row in written} >= {
        ("industry_metrics", "executed-2021", "year"),
        ("policies", "digital-plan", "year_issued"),
    }
    missing = {row[:3] for row in before} - {row[:3] for row in written}
    assert missing == {
        *(
            ("industry_metrics", f"contracts-{row}", field)
            for row in ("2020-h1", "growth-2020-h1")
            for field in ("name_zh", "year")
        ),
        *(("industry_metrics", "contracts-2020-q3", field) for field in ("name_zh", "year")),
        ("places", "yunchuan", "name_zh"),
        ("policies", "far-sail", "name_zh"),
        ("sources", "yunchuan-2021", "dateline_place_zh"),
    }
    for run in runs:
        cited = sum(line.startswith("cited: ") for line in run.out.splitlines())
        lack = run.out.count("has no evidence")
        assert run.out.endswith(f"cells now cited: {cited}; still without evidence: {lack}\n")
        assert run.status == 1
    again = (package / EVIDENCE).read_bytes()
    assert quote_all(package, SECOND).status == 1
    assert (package / EVIDENCE).read_bytes() == again


def test_is_finished_by_the_commands_it_prints(package: Path) -> None:
    """Catches a cell in several locations whose printed fix does not cite it."""
    remove(package, "industry_metrics", "contracts-2020-q3")
    run = quote_all(package)
    assert run.out.endswith("cells now cited: 2; still without evidence: 2\n")
    commands = [line.split("`")[1] for line in run.out.splitlines() if "`wuxi-outsourcing quote" in line]
    assert len(commands) == 2
    for command in commands:
        assert run_cli(*shlex.split(command)[1:], folder=package).status == 0
    assert quote_all(package).out == "cells now cited: 0; still without evidence: 0\n"
    assert [problem.column for problem in wx.validate(package)] == []


def test_suggests_the_location_beside_the_other_cells(package: Path) -> None:
    """Catches the first location of the article suggested for a cell whose row is cited from further down."""
    remove(package, "industry_metrics", "contracts-2020-q3", "year")
    out = quote_all(package).out
    assert "is in 3 locations" in out
    assert "--for industry_metrics contracts-2020-q3 year --at 4:62`" in out


def test_looks_in_the_source_of_the_row(package: Path) -> None:
    """Catches a figure of one source that is cited from another that prints the same, or that only another cites."""
    row = ("industry_metrics", "executed-2020-province")
    remove(package, *row)
    assert quote_all(package).out == "cells now cited: 0; still without evidence: 0\n"
    assert quote_all(package, SECOND).out.endswith("cells now cited: 3; still without evidence: 0\n")
    remove(package, "industry_metrics", "parks-provincial", "value", "yunchuan-2021")
    assert quote_all(package).out.endswith("cells now cited: 1; still without evidence: 0\n")
    assert (package / EVIDENCE).read_bytes() == (FROZEN / EVIDENCE).read_bytes()


def test_reports_what_is_not_printed(package: Path) -> None:
    """Catches a wrong value that is given the evidence of another."""
    remove(package, "industry_metrics", "growth-2020", "value")
    swap(package, METRICS, ",12.4,", ",12.5,")
    run = quote_all(package)
    assert run.status == 1
    assert f"{METRICS}:13:value: '12.5' has no evidence, and is not found in {FIRST}" in run.out


def test_suggests_the_nearest_passage(package: Path) -> None:
    """Catches a name that differs from the source by a character, without a word of what the source has."""
    remove(package, "parks", "chip-design", "name_zh")
    swap(package, "data/parks.csv", "云川芯片设计园", "云川芯片设计院")
    run = quote_all(package)
    assert f"is not found in {FIRST}; the nearest passage is paragraph 8, characters 36 to 43: " in run.out
    assert ": 云川芯片设计[-院-]{+园+}\n    Correct the cell, or cite it" in run.out


def test_cites_no_year_for_a_part_of_it(package: Path) -> None:
    """Catches a half-year that is cited as the year, where the months are not filled in."""
    row = ("industry_metrics", "contracts-2020-h1")
    remove(package, *row)
    swap(package, METRICS, "CNY,2020,01-06,", "CNY,2020,,")
    quote_all(package)
    assert [cited for cited in evidence(package) if cited[:3] == (*row, "year") and cited[5] == "62"] == []
    run = run_cli("quote", FIRST, "2020年", "--for", *row, "year", "--at", "4:62", folder=package)
    assert run.status == 2
    assert "“2020年” leaves out “上半年”, which is next to it in the source\n    Fill in months for a part" in run.err
