"""An article that says 去年: recorded, checked and verified by the day of its publication."""

import csv
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from support import Rows, Run, edit_json, edit_rows, refresh, run_cli, swap

SOURCE, DAY = "linxi-2014", "2014-05-20"
SOURCES, METRICS, EVIDENCE = "data/sources.csv", "data/industry_metrics.csv", "data/evidence.csv"
TITLE = "临溪区服务外包简况"
ARTICLE = f"""{TITLE}
时间：{DAY}
去年，临溪区服务外包执行额8.2亿美元，目前年均增长一成。
今年前两月，临溪区服务外包执行额1.4亿美元，与去年同期持平。
截至去年底，临溪区服务外包企业120家。
截至今年4月底，临溪区服务外包企业150家。今年以来，新园区开工。
"""
INDICATOR = ["executed-value-usd", "Executed value", "执行额", "Executed value.", "执行额。"]
INDICATOR += ["service_outsourcing", "executed_value", "money", "flow", ""]
# ID, indicator, name, value, unit, year, months and as_of.
FLOWS = [
    ("linxi-executed-2013", "执行额", "820000000", "2013", ""),
    ("linxi-executed-2014", "执行额", "140000000", "2014", "01-02"),
]
STOCKS = [
    ("linxi-firms-2013", "企业", "120", "2013-12-31"),
    ("linxi-firms-2014", "企业", "150", "2014-04-30"),
]
YEAR = ("industry_metrics", "linxi-executed-2013", "year")
YEAR_OF_MONTHS = ("industry_metrics", "linxi-executed-2014", "year")


def metrics() -> Rows:
    """The rows of the table, in the order of its columns."""
    place = ["linxi", SOURCE, "actual", "", "", "", "", "", "unqualified"]
    rows = []
    for row_id, name, value, year, months in FLOWS:
        labels = [row_id, "executed-value-usd", "Executed value", "执行额", name]
        rows.append([*labels, *place, value, "", "USD", year, months, "", "", "", "", ""])
    for row_id, name, value, as_of in STOCKS:
        labels = [row_id, "enterprises", "Service outsourcing enterprises", "服务外包企业数", name]
        rows.append([*labels, *place, value, "", "count", "", "", as_of, "", "", "", ""])
    return rows


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def relative(package: Path, copy: Path) -> Path:
    """The frozen package with the article and its rows, not yet cited."""
    options = ("--id", SOURCE, "--title", TITLE, "--title-en", "Linxi", "--url", "https://example.org/linxi")
    assert run_cli("add-source", copy, *options, "--published-on", DAY, folder=package).status == 0
    edit_rows(package, "data/paragraphs.csv", _with_gists)
    edit_rows(package, "data/indicators.csv", lambda rows: [*rows, INDICATOR])
    edit_rows(package, METRICS, lambda rows: [*rows, *metrics()])
    assert run_cli("format", folder=package).status == 0
    return package


@pytest.fixture
def recorded(relative: Path, copy: Path) -> Path:
    """The same with its evidence."""
    assert quote(relative, copy, "--all").status == 0
    return relative


def _with_gists(rows: Rows) -> Rows:
    for row in rows:
        row[-2:] = [text or gist for text, gist in zip(row[-2:], ("A sentence.", "一句话。"), strict=True)]
    return rows


def quote(package: Path, copy: Path, *arguments: str) -> Run:
    return run_cli("quote", copy, *arguments, folder=package)


def quotes(package: Path) -> dict[tuple[str, str], str]:
    """The quote of each cell that the article is cited for, by row and field."""
    with (package / EVIDENCE).open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["source_id"] == SOURCE]
    return {(row["row_id"], row["field"]): row["quote"] for row in rows}


def without_evidence(package: Path, *cell: str) -> None:
    edit_rows(package, EVIDENCE, lambda rows: [row for row in rows if row[: len(cell)] != list(cell)])


def requote(package: Path, cell: tuple[str, str, str], words: str) -> None:
    """Write other words as the quote of a cell."""

    def change(rows: Rows) -> Rows:
        for row in rows:
            if tuple(row[:3]) == cell:
                start = int(row[5])
                row[6:] = [str(start + len(words)), words]
        return rows

    edit_rows(package, EVIDENCE, change)


def test_recorded_by_quote_all(recorded: Path, copy: Path) -> None:
    """Catches an article that cannot be transcribed because it says 去年, and evidence for other words than those."""
    found = quotes(recorded)
    assert found["linxi-executed-2013", "year"] == "去年"
    assert found["linxi-executed-2014", "year"] == "今年"
    assert found["linxi-executed-2014", "months"] == "今年前两月"
    assert found["linxi-firms-2013", "as_of"] == "截至去年底"
    assert found["linxi-firms-2014", "as_of"] == "截至今年4月底"
    assert wx.validate(recorded) == []
    run = run_cli("verify", copy, folder=recorded)
    assert (run.status, run.err) == (0, "")
    printed = run_cli("evidence", *YEAR, folder=recorded).out
    assert printed == f"year: {SOURCE}, paragraph 3, characters 0 to 2: 去年 (published on {DAY})\n"


def test_one_quote_for_year_and_months(recorded: Path, copy: Path) -> None:
    """Catches 今年前两月 refused as the quote of a year whose months it gives too."""
    without_evidence(recorded, *YEAR_OF_MONTHS)
    assert quote(recorded, copy, "今年前两月", "--for", *YEAR_OF_MONTHS).status == 0
    assert run_cli("format", folder=recorded).status == 0
    assert wx.validate(recorded, sources=[copy]) == wx.validate(recorded)
    assert quotes(recorded)["linxi-executed-2014", "year"] == "今年前两月"


def test_a_part_of_the_year_is_no_year(recorded: Path) -> None:
    """Catches two months published as a year, where the year is quoted together with the months."""
    requote(recorded, YEAR_OF_MONTHS, "今年前两月")
    refresh(recorded)
    assert wx.validate(recorded) == []
    swap(recorded, METRICS, ",2014,01-02,", ",2014,,")
    without_evidence(recorded, "industry_metrics", "linxi-executed-2014", "months")
    (problem,) = wx.validate(recorded)
    assert problem.column == "year"
    assert problem.message == "“今年前两月” is about the months 01-02, but months is empty"
    assert problem.fix.startswith("Write 01-02 in months, and cite it too")


def test_a_wrong_year_is_found(recorded: Path) -> None:
    """Catches a year that is counted from another day than that of the publication."""
    swap(recorded, METRICS, ",820000000,,USD,2013,", ",820000000,,USD,2012,")
    (problem,) = wx.validate(recorded)
    assert problem.location == f"{METRICS}:{_line(recorded, 'linxi-executed-2013')}:year"
    assert "'2012' does not follow from its quote “去年” (data/evidence.csv:" in problem.message
    assert problem.message.endswith(f", published on {DAY}), which gives 2013")
    assert problem.fix.startswith("Write 2013 in the cell, or quote")


def test_another_day_of_publication_makes_other_periods(recorded: Path) -> None:
    """Catches contents that are remembered by quote and rule alone, whatever the source."""
    swap(recorded, SOURCES, f",{DAY},", ",2015-05-20,")
    columns = sorted(str(problem.column) for problem in wx.validate(recorded) if problem.file == METRICS)
    assert columns == ["as_of", "as_of", "year", "year"]


def test_a_source_without_a_day(recorded: Path, copy: Path) -> None:
    """Catches a relative period that is read by no day, and a problem that does not say what to do about it."""
    swap(recorded, SOURCES, f",{DAY},", ",,")
    without_evidence(recorded, "sources", SOURCE, "published_on")
    edit_json(recorded, "datapackage.json", lambda descriptor: descriptor["sources"][-1].pop("version"))
    problems = wx.validate(recorded)
    assert {(problem.file, problem.column) for problem in problems} == {(EVIDENCE, "quote")}
    fix = "Fill in published_on of the source, or leave the cell empty and put the words in the note."
    assert {problem.fix for problem in problems} == {fix}
    assert len(problems) == 5
    assert all("is relative to the day of publication, which is not known" in problem.message for problem in problems)
    without_evidence(recorded, *YEAR)
    run = quote(recorded, copy, "去年", "--for", *YEAR, "--at", "3:0")
    assert (run.status, run.out) == (2, "")
    assert f"“去年” is relative to the day of publication, which is not known\n    {fix}" in run.err
    assert "linxi-executed-2013:year" not in quote(recorded, copy, "--all").out
    assert ("linxi-executed-2013", "year") not in quotes(recorded)


def test_the_day_of_publication_is_not_derived_from_itself(recorded: Path) -> None:
    """Catches a day of publication that is accepted because it was reckoned from itself."""
    requote(recorded, ("sources", SOURCE, "published_on"), "今年5月20日")
    problems = [problem for problem in wx.validate(recorded) if problem.column == "quote"]
    assert "cannot be read as date: it is relative to the day of publication" in problems[0].message
    assert problems[0].fix == "Quote a day with its year, or leave the cell empty."


def test_a_year_after_the_source_is_found(recorded: Path) -> None:
    """Catches 明年 accepted as the year of an observation that is no target."""
    requote(recorded, YEAR, "明年")
    swap(recorded, METRICS, ",820000000,,USD,2013,", ",820000000,,USD,2015,")
    (problem,) = wx.validate(recorded)
    assert "is later than 2014" in problem.message
    row = f"linxi,{SOURCE},actual,,,,,,unqualified,820"
    swap(recorded, METRICS, row, row.replace("actual", "target"))
    refresh(recorded)
    assert wx.validate(recorded) == []


# The words quoted for a year, a part of the reason, and of the fix.
REFUSED = {
    "去年同期": ("refers to the period that the source compares", "put the words in the note"),
    "今年以来": ("says when a period begins, but not when it ends", "put the words in the note"),
    "当年": ("refers to a year that the source names elsewhere", "put the words in the note"),
    "上年": ("is the year before one that the source names elsewhere", "put the words in the note"),
    "近3年": ("is a span of time up to a day of the source", "put the words in the note"),
    "本年度": ("refers to the year of a report or of a business", "put the words in the note"),
    "去年底": ("is no calendar year", "Quote the date alone"),
}


@pytest.mark.parametrize("words", REFUSED)
def test_refused_words_are_reported(recorded: Path, words: str) -> None:
    """Catches words that refer to something else than the day of publication, refused without saying why."""
    why, fix = REFUSED[words]
    requote(recorded, YEAR, words)
    problem = next(problem for problem in wx.validate(recorded) if problem.column == "quote")
    assert problem.file == EVIDENCE
    assert f"the quote “{words}” cannot be read as year: it {why}" in problem.message
    assert fix in problem.fix


# What is quoted for the year, where, and what is left out, with the fix.
OMITTED = {
    "去年 of 去年底": ("去年", "5:2", "底", "Fill in as_of from “去年底”, and leave the year empty."),
    "去年 of 去年同期": ("去年", "4:24", "同期", "Leave the cell empty and put the words in the note."),
    "今年 of 今年以来": ("今年", "6:22", "以来", "Leave the cell empty and put the words in the note."),
    "今年 of 今年前两月": ("今年", "4:0", "前两月", "Fill in months for a part of the year"),
    "前年 of 目前年均": ("前年", "3:21", "目", "Fill in months"),
}


@pytest.mark.parametrize("name", OMITTED)
def test_words_left_out_are_named(relative: Path, copy: Path, name: str) -> None:
    """Catches a year cited from the beginning of another period, or from parts of two words."""
    words, at, omitted, fix = OMITTED[name]
    year = {"去年": "2013", "今年": "2014", "前年": "2012"}[words]
    swap(relative, METRICS, ",820000000,,USD,2013,", f",820000000,,USD,{year},")
    run = quote(relative, copy, words, "--for", *YEAR, "--at", at)
    assert (run.status, run.out) == (2, "")
    assert f"“{words}” leaves out “{omitted}”, which is next to it in the source\n    {fix}" in run.err


def _line(package: Path, row_id: str) -> int:
    lines = (package / METRICS).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(f"{row_id},"))
