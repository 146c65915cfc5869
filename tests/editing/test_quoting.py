"""`quote`: where a quote is, evidence rows written for it, and figures declared as omitted."""

import csv
import json
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from support import ARTICLES, DESCRIPTOR, FROZEN, Run, edit_json, edit_rows, named, run_cli

FIRST, SECOND = ARTICLES["yunchuan-2021"], ARTICLES["jiangling-2022"]
EVIDENCE, METRICS = "data/evidence.csv", "data/industry_metrics.csv"


def quote(package: Path, *arguments: str | Path, article: Path = FIRST) -> Run:
    return run_cli("quote", article, *arguments, folder=package)


def evidence(package: Path) -> list[tuple[str, ...]]:
    with (package / EVIDENCE).open(encoding="utf-8", newline="") as stream:
        return list(map(tuple, csv.reader(stream)))


def remove(package: Path, *cell: str) -> None:
    """Remove the evidence of a row or cell, and bring the descriptor up to date."""
    edit_rows(package, EVIDENCE, lambda rows: [row for row in rows if row[: len(cell)] != list(cell)])
    assert run_cli("format", folder=package).status == 0


def test_shows_each_location(package: Path) -> None:
    """Catches a location that is not found, or that cannot be reported from another; and a search that writes."""
    before = (package / EVIDENCE).read_bytes()
    run = quote(package, "５个")
    assert (run.status, run.err) == (0, "")
    before_it, after_it = "全市已建成15个服务外包园区,其中", "为省级示范园区。坐落在云川高新区的云川芯…"
    assert run.out == f"paragraph 8, characters 17 to 19: {before_it}»5个«{after_it}\n"
    assert len(quote(package, "云川市").out.splitlines()) == 7
    assert quote(package, "云川市", "--at", "6").out.splitlines() == quote(package, "云川市").out.splitlines()[3:5]
    assert quote(package, "云川市", "--at", "6:63").out.startswith("paragraph 6, characters 63 to 66: …")
    assert (package / EVIDENCE).read_bytes() == before


def test_shows_locations_anywhere(home: Path, tmp_path: Path) -> None:
    """Catches a search that asks for a package in the folder, which it does not need."""
    run = run_cli("quote", FIRST, "12.4%", folder=tmp_path)
    assert (run.status, run.err) == (0, f"package: {home}\n")
    assert "»12.4%«" in run.out


# One cell for each rule and class: table, row, field, quote.
CELLS = [
    ("parks", "chip-design", "name_zh", "云川芯片设计园"),
    ("policies", "matching-2011", "match_ratio", "1:1"),
    ("policies", "fund-2013", "duration_years", "3年"),
    ("policies", "fund-2013", "year_issued", "2013年"),
    ("sources", "yunchuan-2021", "published_on", "2021-03-18"),
    ("sources", "yunchuan-2021", "dateline_month_day", "3月17日"),
    ("provisions", "cloud-sail-training", "value", "每人每月1500元"),
    ("provisions", "cloud-sail-homes", "value", "多套"),
    ("industry_metrics", "certified-2020", "value", "20-30家"),
    ("industry_metrics", "contracts-2020-h1", "months", "上半年"),
    ("industry_metrics", "contracts-growth-2020-h1", "value", "下降5.6%"),
    ("industry_metrics", "suppliers-2020", "value", "上千家"),
]


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell[3])
def test_writes_the_row_where_it_belongs(package: Path, cell: tuple[str, str, str, str]) -> None:
    """Catches a row in the wrong order or of another form, and a descriptor that is not true of it."""
    remove(package, *cell[:3])
    run = quote(package, cell[3], "--for", *cell[:3])
    assert (run.status, run.err) == (0, "")
    for path in FROZEN.rglob("*.*"):
        assert (package / path.relative_to(FROZEN)).read_bytes() == path.read_bytes()


YEAR = ("--for", "industry_metrics", "contracts-2020-q3", "year")
FAULTS: dict[str, tuple[tuple[str, ...], str]] = {
    "absent": (("没有的话",), "“没有的话” is not in this copy of yunchuan-2021\n    Copy it from the article.\n"),
    "absent there": (("12.4%", "--at", "4:35"), "“12.4%” is not there, but in paragraph 4, characters 36 to 41"),
    "cuts a figure": (("6.5亿元",), "“6.5亿元” cuts a figure in paragraph 4, characters 26 to 31"),
    "too long": (("高" * 41,), "is empty, too long (41 characters) or has the end of a sentence"),
    "empty": ((" ",), "“” is empty, too long (0 characters) or has the end"),
    "a sentence": (("受到企业好评。",), "“受到企业好评。” is empty, too long (7 characters) or has"),
    "ambiguous": (("2020年", *YEAR), "“2020年” is in 3 locations: paragraph 4, characters 10 to 15; "),
    "ambiguous there": (("2020年", *YEAR, "--at", "4"), "“2020年” is in 2 locations: "),
    "another value": (
        ("41亿元", "--for", "industry_metrics", "executed-2020", "value"),
        "data/industry_metrics.csv:8:value: value is '8650000000', but “41亿元” says 4100000000",
    ),
    "without its qualifier": (
        ("3.2亿美元", "--for", "industry_metrics", "offshore-2020", "value"),
        "“3.2亿美元” leaves out “约”, which is next to it in the source",
    ),
    "without its sign": (
        ("5.6%", "--for", "industry_metrics", "contracts-growth-2020-h1", "value"),
        "“5.6%” leaves out “下降”, which is next to it in the source",
    ),
    "another name": (
        ("园区", "--for", "industry_metrics", "parks", "name_zh", "--at", "8:12"),
        "name_zh is '服务外包园区', but “园区” says 园区",
    ),
    "unreadable": (("接单", "--for", "industry_metrics", "parks", "value"), "value: “接单” "),
    "an editorial field": (("接单", "--for", "industry_metrics", "parks", "place_id"), "is editorial: it needs no"),
    "cited with another": (
        ("12.4%", "--for", "industry_metrics", "growth-2020", "unit"),
        "shares the evidence of value",
    ),
    "an empty cell": (
        ("2019年", "--for", "industry_metrics", "parks", "year"),
        "year: year is '', but “2019年” says 2019",
    ),
    "no such table": (("接单", "--for", "metrics", "parks", "year"), "no table 'metrics': did you mean"),
    "no such row": (("接单", "--for", "industry_metrics", "park", "year"), "no row of industry_metrics 'park'"),
    "no such field": (("接单", "--for", "industry_metrics", "parks", "yeer"), "no field 'yeer': did you mean year"),
    "an omission without figure": (("接单", "--omit", "x"), "“接单”, an omission, has no figure"),
    "an omission of two": (("5个", "--omit", "x", "--at", "9"), "“5个” is not there, but in paragraph 8"),
    "an omission of what is cited": (("12.4%", "--omit", "x"), "“12.4%”, an omission, is cited"),
    "an omission of a part of it": (("5.6%", "--omit", "x"), "“5.6%”, an omission, is cited"),
    "an omission in another": (("热线:96111", "--omit", "x"), "“热线:96111”, an omission, lies in another omission"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_refusal_changes_nothing(package: Path, name: str) -> None:
    """Catches a citation of the wrong location, and a refusal that says nothing or changes something."""
    arguments, message = FAULTS[name]
    before = [(package / file).read_bytes() for file in (EVIDENCE, DESCRIPTOR)]
    run = quote(package, *arguments)
    assert (run.status, run.out) == (2, "")
    assert message in run.err
    assert [(package / file).read_bytes() for file in (EVIDENCE, DESCRIPTOR)] == before


# A quote that is not in the copy; what is reported, and the fix.
SUGGESTED = {
    "another figure": (
        "14亿元",
        "the nearest passage is paragraph 4, characters 75 to 79: [-14-]{+41+}亿元",
        "If that is what you mean, quote “41亿元”. [-…-] is in the quote alone, {+…+} in the source alone.",
    ),
    "over the end of a sentence": (
        "约3.2亿美元2020年上半年",
        "the nearest passage is paragraph 4, characters 54 to 70: 约3.2亿美元{+。+}2020年上半年",
        "If that is what you mean, quote a part of it: a figure, a name or a phrase. [-…-] is in the quote alone",
    ),
    "a quote of another source": (
        "江岭微电二期",
        "in this copy of yunchuan-2021; jiangling-2022 has “江岭微电二期” in paragraph 6, characters 0 to 6, as cited",
        "Give a copy of jiangling-2022, or quote what yunchuan-2021 has.",
    ),
    "a part of one": (
        "培训规",
        "jiangling-2022 has “培训规” in paragraph 7, characters 30 to 33, as cited for industry_metrics training-times",
        "Give a copy of jiangling-2022, or quote",
    ),
    "nearly one": (
        "江岭微电2期",
        "in paragraph 6, characters 0 to 6: 江岭微电[-2-]{+二+}期, as cited for projects jiangling-micro name_zh",
        "Give a copy of jiangling-2022, or quote",
    ),
}


@pytest.mark.parametrize("name", SUGGESTED)
def test_suggests_what_to_quote(package: Path, name: str) -> None:
    """Catches a quote that fails without the nearest passage, and a suggestion that is no quote or is accepted."""
    text, message, fix = SUGGESTED[name]
    before = (package / EVIDENCE).read_bytes()
    for arguments in ((text,), (text, "--for", "industry_metrics", "contracts-2020-h1", "value")):
        run = quote(package, *arguments)
        assert (run.status, run.out) == (2, "")
        assert message in run.err
        assert f"\n    {fix}" in run.err
    assert (package / EVIDENCE).read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["5个", "--all"],
        ["--all", "--at", "3"],
        ["5个", "--omit", "x", "--for", "a", "b", "c"],
        ["5个", "--at", "0"],
        ["5个", "--at", "3:"],
        ["5个", "--at", "３"],
    ],
)
def test_contradictory_arguments(package: Path, arguments: list[str]) -> None:
    """Catches a command that does one of two things it was asked for."""
    run = quote(package, *arguments)
    assert (run.status, run.out) == (2, "")
    assert "usage: " in run.err


def test_location_chooses_one_of_several(package: Path) -> None:
    """Catches a quote printed more than once that only an editor could cite, and evidence written twice."""
    before = evidence(package)
    cell = ("places", "yunchuan", "name_zh")
    for _ in range(2):
        run = quote(package, "云川市", "--for", *cell, "--at", "6:63")
        assert (run.status, run.err) == (0, "")
        row = (*cell, "yunchuan-2021", "6", "63", "66", "云川市")
        assert set(evidence(package)) - set(before) == {row}
        assert len(evidence(package)) == len(before) + 1
    assert "this evidence is on record already" in run.out
    assert wx.verify(FIRST, package).problems == []


def test_locations_are_those_on_record(package: Path, tmp_path: Path) -> None:
    """Catches a location that is counted in the file, and a quote that is taken from a changed paragraph."""
    text = FIRST.read_text(encoding="utf-8").replace("全市已", "全市共")
    page = "".join(f"<p>{line}</p>\n" for line in ("首页 新闻 12.4%", *text.split("\n"), "相关新闻"))
    copy = tmp_path / "page.html"
    copy.write_bytes(page.encode("gb18030"))
    run = quote(package, "12.4%", article=copy)
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("paragraph 4, characters 36 to 41: ")
    run = quote(package, "国家部委", article=copy)
    assert (run.status, run.out) == (2, "")
    assert "Paragraph 8 of yunchuan-2021 is missing or changed in this copy." in run.err


def test_copy_of_no_source_is_refused(package: Path, tmp_path: Path) -> None:
    """Catches locations that are counted in a text that is not on record."""
    copy = tmp_path / "copy.txt"
    copy.write_text("同比增长12.4%。", encoding="utf-8")
    for arguments in (("12.4%",), ("12.4%", "--for", "industry_metrics", "growth-2020", "value")):
        run = quote(package, *arguments, article=copy)
        assert (run.status, run.out) == (2, "")
        assert "this is not a copy of a source" in run.err
        assert "register it with `wuxi-outsourcing add-source`" in run.err


def test_unreadable_evidence_is_not_overwritten(package: Path) -> None:
    """Catches rows that are lost because a file could not be read in full."""
    path = package / EVIDENCE
    path.write_bytes(path.read_bytes() + b"broken,row\n")
    before = path.read_bytes()
    for arguments in (
        ("--all",),
        ("12.4%", "--for", "industry_metrics", "growth-2020", "value"),
        ("12.4%", "--omit", "x"),
    ):
        run = quote(package, *arguments)
        assert (run.status, run.out) == (2, "")
        assert f"{EVIDENCE}:{before.count(10)}: the row has 2 cells, the header 8" in run.err
    assert path.read_bytes() == before


def test_omission_accounts_for_a_figure(package: Path) -> None:
    """Catches a figure that cannot be declared as omitted, or a declaration that changes something else."""
    before = (FROZEN / DESCRIPTOR).read_bytes()
    (omission,) = named(json.loads(before)["resources"], "evidence")["omissions"]
    edit_json(package, DESCRIPTOR, lambda value: named(value["resources"], "evidence").pop("omissions"))
    (problem,) = wx.verify(FIRST, package).problems
    assert "the figure 96111 (paragraph 13" in problem.message
    run = quote(package, "96111", "--omit", omission["reason"])
    assert (run.status, run.err) == (0, "")
    assert (package / DESCRIPTOR).read_bytes() == before
    assert "is declared as omitted already" in quote(package, "96111", "--omit", "Once more.").out
    assert (package / DESCRIPTOR).read_bytes() == before


def test_installed_package_is_not_edited(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches an edit that the next installation would overwrite."""
    monkeypatch.setattr(
        "wuxi_outsourcing.engine.editing.editable_tables.is_installed_copy", lambda root: root.resolve() == package
    )
    add_source = ("add-source", FIRST, "--id", "x", "--title", "y", "--url", "z")
    for arguments in (("format",), ("quote", FIRST, "--all"), add_source):
        run = run_cli(*arguments, "--package", package)
        assert (run.status, run.out) == (2, "")
        assert "this is an installed package, which the next installation overwrites" in run.err


PATTERNS = {
    "of RE2 alone": (r"[\p{Han}0-9.%]+", "12.4%", ""),
    "of RE2 alone, not matched": (r"\p{Han}+", "12.4%", "“12.4%” is empty, too long (5 characters) or has"),
    "of minutes elsewhere": ("(a+)+b", "a" * 40, "is empty, too long (40 characters) or has"),
    "of another engine": ("(?=1).*", "12.4%", "schemas/evidence.json:quote: a constraint is not what it must be"),
    "of another type": (5, "12.4%", "schemas/evidence.json:quote: a constraint is not what it must be"),
}


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_are_those_of_validation(package: Path, name: str) -> None:
    """Catches a pattern that another engine than RE2 matches: refused by one, or matched for minutes."""
    pattern, text, message = PATTERNS[name]
    edit_json(
        package,
        "schemas/evidence.json",
        lambda schema: named(schema["fields"], "quote")["constraints"].update(pattern=pattern),
    )
    run = quote(package, text)
    assert run.status == (2 if message else 0)
    assert message in run.err
