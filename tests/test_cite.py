"""`cite`: where a quote stands, evidence rows written for it, and figures declared as left out."""

import csv
import json
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from conftest import ROOT
from mini import ARTICLE, CELLS, SOURCE, make_mini
from wuxi_outsourcing import cli
from wuxi_outsourcing.editing.citing import cite_all
from wuxi_outsourcing.editing.folder import editable_package
from wuxi_outsourcing.source_text import read_source

EVIDENCE = "data/evidence.csv"


@pytest.fixture
def mini(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_mini(tmp_path / "mini")
    monkeypatch.chdir(root)
    return root


def cite(*arguments: str) -> int:
    return cli.main(["cite", str(ARTICLE), *arguments])


def without(path: Path, part: str) -> None:
    """Remove the lines that hold a text."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if part not in line), encoding="utf-8")


def test_shows_each_place(mini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a place that is not found, or that can't be told from another; and a search that writes."""
    before = (mini / EVIDENCE).read_bytes()
    assert cite("１２家") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("paragraph 3, characters 49 to 52: …")
    assert first.endswith("其中»12家«在2019年落户。")
    assert second == "paragraph 4, characters 13 to 16: 园区面积不少于3万平方米,»12家«企业在此办公。"
    assert (mini / EVIDENCE).read_bytes() == before


def test_shows_places_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Catches a search that asks for a package, which it does not need, or a write without one."""
    monkeypatch.chdir(tmp_path)
    assert cite("14.4%") == 0
    assert "»14.4%«" in capsys.readouterr().out
    assert cite("14.4%", "--for", "industry_metrics", "growth", "value") == 2
    assert "there is no datapackage.json in this folder" in capsys.readouterr().err


def test_places_of_the_article(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a place that is not that of the evidence of the package itself."""
    assert cli.main(["cite", str(article), "1350亿元", "--package", str(ROOT)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("paragraph 18, characters 57 to 63: ")
    assert "»1350亿元«" in line


ONCE = [cell for cell in CELLS if cell[3] not in ("12家", "企业", "某市")]


@pytest.mark.parametrize("cell", ONCE, ids=lambda cell: cell[3])
def test_writes_the_row_where_it_belongs(mini: Path, cell: tuple[str, str, str, str, int]) -> None:
    """Catches a row in the wrong place or of another form, and a descriptor that is not true of it."""
    table, row, field, quote, _ = cell
    path = mini / EVIDENCE
    before = path.read_bytes()
    without(path, f"{table},{row},{field},")
    assert cite(quote, "--for", table, row, field) == 0
    assert path.read_bytes() == before
    assert wx.validate(mini, sources=[ARTICLE]) == []


FAULTS = {
    "absent": (["没有的话"], "“没有的话” does not stand in the article"),
    "cuts a figure": (["3.78亿美元"], "“3.78亿美元” cuts a figure in paragraph 3, characters 18 to 25"),
    "too long": (["高" * 41], "the quote has 41 characters, and 40 are allowed"),
    "empty": ([" "], "“” is empty or holds the end of a sentence"),
    "a sentence": (["企业在此办公。"], "“企业在此办公。” is empty or holds the end of a sentence"),
    "ambiguous": (["12家", "--for", "industry_metrics", "early-firms", "value"], "“12家” stands in 2 places"),
    "another value": (
        ["14.4%", "--for", "industry_metrics", "firms", "value"],
        "value is '800', but “14.4%” says 14.4",
    ),
    "another qualifier": (
        ["13.78亿美元", "--for", "industry_metrics", "output", "value"],
        "“13.78亿美元” leaves out “约”, which stands next to it",
    ),
    "another name": (
        ["园区", "--for", "industry_metrics", "firms", "name_zh"],
        "name_zh is '企业', but “园区” says 园区",
    ),
    "unreadable": (["落户", "--for", "industry_metrics", "firms", "value"], "“落户” is not read in full"),
    "an editorial field": (["落户", "--for", "industry_metrics", "firms", "sector"], "is editorial: it needs no"),
    "a field cited with another": (["14.4%", "--for", "industry_metrics", "growth", "unit"], "shares the evidence of"),
    "an empty cell": (["2019年", "--for", "industry_metrics", "growth", "year"], "the cell is empty"),
    "no such table": (["落户", "--for", "metrics", "growth", "year"], "no table 'metrics': did you mean"),
    "no such row": (["落户", "--for", "industry_metrics", "grow", "year"], "no row of industry_metrics 'grow'"),
    "no such field": (["落户", "--for", "industry_metrics", "growth", "yeer"], "no field 'yeer': did you mean year"),
    "an omission without reason": (["14.4%", "--omit", " "], "the reason must be one line"),
    "an omission without figure": (["落户", "--omit", "x"], "“落户” holds no figure"),
    "an ambiguous omission": (["12家", "--omit", "x"], "“12家” stands in 2 places: paragraph 3"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_refuses_in_words(mini: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Catches a citation of the wrong place, and a refusal that says nothing or changes something."""
    arguments, message = FAULTS[name]
    before = [path.read_bytes() for path in (mini / EVIDENCE, mini / "datapackage.json")]
    assert cite(*arguments) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""
    assert [path.read_bytes() for path in (mini / EVIDENCE, mini / "datapackage.json")] == before


def test_ambiguous_quote_offers_the_rows(mini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a contributor who has to count characters where a cell can be quoted in several places."""
    assert cite("12家", "--for", "industry_metrics", "early-firms", "value") == 2
    rows = [line.strip() for line in capsys.readouterr().err.splitlines()[2:]]
    assert len(rows) == 2
    assert set(rows) <= set((mini / EVIDENCE).read_text().splitlines())


@pytest.mark.parametrize("arguments", [[], ["12家", "--all"], ["12家", "--omit", "x", "--for", "a", "b", "c"]])
@pytest.mark.usefixtures("mini")
def test_contradictory_arguments(arguments: list[str]) -> None:
    """Catches a command that does one of two things it was asked for."""
    with pytest.raises(SystemExit) as exit_:
        cite(*arguments)
    assert exit_.value.code == 2


def test_evidence_that_is_there_is_not_written_twice(mini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a second row for one and the same place."""
    before = (mini / EVIDENCE).read_bytes()
    assert cite("14.4%", "--for", "industry_metrics", "growth", "value") == 0
    assert "is there already" in capsys.readouterr().out
    assert (mini / EVIDENCE).read_bytes() == before


def test_leaves_out_what_stands_next_to_it(mini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a figure cited without the word in front that changes what it means."""
    path = mini / "data/industry_metrics.csv"
    path.write_text(path.read_text().replace(",about,1378000000", ",exact,1378000000"))
    without(mini / EVIDENCE, ",output,value,")
    assert cite("13.78亿美元", "--for", "industry_metrics", "output", "value") == 2
    assert "leaves out “约”, which stands next to it" in capsys.readouterr().err


def test_all_writes_what_is_sure_and_lists_the_rest(mini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches evidence that is guessed where a cell is printed twice, or left out where it is printed once."""
    path = mini / EVIDENCE
    text = path.read_text()
    path.write_text(text.split("\n")[0] + "\n")
    assert cite("--all") == 1
    out = capsys.readouterr().out
    twice = (",12家", ",企业", ",某市")
    assert path.read_text().splitlines() == [line for line in text.splitlines() if not line.endswith(twice)]
    assert "industry_metrics.csv:2:value: '12' has no evidence, and is printed in 2 places" in out
    assert "industry_metrics.csv:3:name_zh: '企业' has no evidence, and is printed in 2 places" in out
    assert "places.csv:2:name_zh: '某市' has no evidence, and is printed in 2 places" in out
    assert out.endswith("12 cells are now cited; 3 lack evidence\n")
    again = path.read_bytes()
    assert cite("--all") == 1
    assert path.read_bytes() == again


def test_all_says_what_is_not_printed(mini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a wrong value that is given the evidence of another."""
    path = mini / "data/industry_metrics.csv"
    path.write_text(path.read_text().replace(",14.4,", ",14.5,"))
    without(mini / EVIDENCE, "14.4%")
    assert cite("--all") == 1
    assert "industry_metrics.csv:4:value: '14.5' has no evidence, and is not found in" in capsys.readouterr().out


def test_all_finds_what_the_package_cites(article: Path, package: Path) -> None:
    """Catches a reading of the article that differs from what people have cited."""
    with (package / EVIDENCE).open(encoding="utf-8", newline="") as stream:
        cited = [tuple(row.values()) for row in csv.DictReader(stream)]
    (package / EVIDENCE).write_text("table,row_id,field,source_id,paragraph,start,end,quote\n")
    rows, rest = cite_all(editable_package(package), read_source(article))
    # A record high is quoted with or without its verb.
    strangers = [row for row in rows if tuple(row.values()) not in cited and row["quote"] != "历史新高"]
    assert strangers == []
    assert len(rows) > len(cited) * 0.8
    assert len(rows) + len(rest) == len({row[:3] for row in cited})


def test_another_copy_is_refused(mini: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches places that are counted in a text other than the one on record."""
    copy = tmp_path / "copy.txt"
    copy.write_text(ARTICLE.read_text(encoding="utf-8").replace("全市有", "全市共有"), encoding="utf-8")
    assert cli.main(["cite", str(copy), "14.4%", "--for", "industry_metrics", "growth", "value"]) == 2
    assert "this is no copy, faithful to the character, of any source in data/sources.csv" in capsys.readouterr().err
    assert (mini / EVIDENCE).exists()


def test_full_width_copy_is_accepted(mini: Path, tmp_path: Path) -> None:
    """Catches a copy that differs in width forms and is taken for another text."""
    without(mini / EVIDENCE, "14.4%")
    copy = tmp_path / "copy.txt"
    copy.write_text(ARTICLE.read_text(encoding="utf-8").replace("14.4%", "１４.４％"), encoding="utf-8")
    assert cli.main(["cite", str(copy), "14.4％", "--for", "industry_metrics", "growth", "value"]) == 0
    assert wx.validate(mini, sources=[ARTICLE]) == []


def test_unreadable_evidence_is_not_overwritten(mini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches rows that are lost because a file could not be read in full."""
    path = mini / EVIDENCE
    path.write_bytes(path.read_bytes() + b"broken,row\n")
    before = path.read_bytes()
    assert cite("14.4%", "--for", "industry_metrics", "growth", "value") == 2
    assert "data/evidence.csv:18: the row has 2 cells, the header 8" in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.fixture
def omitting(mini: Path) -> Path:
    """The package without the area of the park, which is then in no citation."""
    without(mini / EVIDENCE, "park-area")
    without(mini / "data/industry_metrics.csv", "park-area")
    assert cli.main(["format"]) == 0
    (problem,) = wx.verify(ARTICLE, mini).problems
    assert "the figure 3 (paragraph 4" in problem.message
    return mini


def test_omission_accounts_for_a_figure(omitting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a figure left out on purpose that can't be declared, or a declaration that breaks the package."""
    text = (omitting / "datapackage.json").read_text()
    assert cite("不少于3万平方米", "--omit", "An area is no indicator of the industry.") == 0
    assert wx.validate(omitting, sources=[ARTICLE]) == []
    assert wx.verify(ARTICLE, omitting).figures_accounted == 13
    descriptor = json.loads((omitting / "datapackage.json").read_text())
    evidence = next(each for each in descriptor["resources"] if each["name"] == "evidence")
    assert evidence.pop("omissions") == [
        {
            "source_id": SOURCE,
            "paragraph": 4,
            "start": 4,
            "end": 12,
            "quote": "不少于3万平方米",
            "reason": "An area is no indicator of the industry.",
        }
    ]
    assert descriptor == json.loads(text)
    assert cite("不少于3万平方米", "--omit", "Once more.") == 0
    assert "is declared as left out already" in capsys.readouterr().out
    assert json.loads((omitting / "datapackage.json").read_text()) != json.loads(text)


# What is changed in the declaration, and the problem that verification finds in its place.
STALE = {
    "another place": ('"start": 4', '"start": 5', "is not what stands in paragraph 4, characters 5 to 12"),
    "another quote": ('"quote": "不少于3', '"quote": "不少于4', "is not what stands in"),
    "no paragraph": ('"paragraph": 4', '"paragraph": 9', "is not what stands in paragraph 9"),
    "no number": ('"start": 4', '"start": "4"', "this is no declaration of an omission"),
    "no reason": (',\n          "reason": "x"', "", "this is no declaration of an omission"),
}


@pytest.mark.parametrize("name", STALE)
def test_declaration_that_does_not_hold(omitting: Path, name: str) -> None:
    """Catches a declaration that excuses what it does not name, or a problem without its place."""
    assert cite("不少于3万平方米", "--omit", "x") == 0
    path = omitting / "datapackage.json"
    text = path.read_text()
    old, new, message = STALE[name]
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    problem = next(each for each in wx.verify(ARTICLE, omitting).problems if each.file == "datapackage.json")
    assert message in problem.message
    assert (problem.column or "").endswith("omissions[0]")
    assert path.read_text().split("\n")[(problem.line or 0) - 1].strip() == "{"
    # Without the article, a quote of the right length is as good as any other.
    assert [each.file for each in wx.validate(omitting)] == ["datapackage.json"] * (name != "another quote")


def test_declaration_of_what_is_cited(mini: Path) -> None:
    """Catches an excuse that has outlived its reason."""
    assert cite("14.4%", "--omit", "x") == 0
    (problem,) = wx.verify(ARTICLE, mini).problems
    assert problem.message == "“14.4%”, declared as left out, is cited"
