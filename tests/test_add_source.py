"""`add-source`: a second article, from nothing to a valid package, and what is refused."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from wuxi_outsourcing import cli
from wuxi_outsourcing.source_text import canonical, digest

TITLE = "服务外包年度小结"
ARTICLE = f"""{TITLE}
来源:测试 时间:2024-03-05

一、总体情况

  2023年,无锡离岸外包执行额13.78亿美元,同比增速14.4%。名录内企业有800多家。

  另据统计,2020年集成电路产业产值1400亿元。
"""
URL = "https://example.org/second"
# The article gives another value than the first source for an indicator that the package has already.
METRICS = """\
ic-output-second,集成电路产业产值,Output value,integrated_circuits,wuxi,exact,140000000000,CNY,2020,,,
offshore-2023,离岸外包执行额,Offshore outsourcing,service_outsourcing,wuxi,exact,1378000000,USD,2023,,,
offshore-growth-2023,同比增速,Growth,service_outsourcing,wuxi,exact,14.4,percent,2023,,offshore-2023,
listed-firms,名录内企业,Enterprises on the list,service_outsourcing,wuxi,more_than,800,count,,,,
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "second.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def add(package: Path, copy: Path, **options: str) -> int:
    given = {"id": "second", "title": TITLE, "url": URL} | {name.replace("_", "-"): x for name, x in options.items()}
    arguments = [part for name, value in given.items() for part in (f"--{name}", value)]
    return cli.main(["add-source", str(copy), "--package", str(package), *arguments])


def rows(package: Path, table: str) -> list[dict[str, str]]:
    with (package / f"data/{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def contribute(package: Path, table: str, lines: str = "", **columns: str) -> None:
    """Do what a contributor does in a spreadsheet: append rows, fill in what is empty."""
    path = package / f"data/{table}.csv"
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")
    found = rows(package, table)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, found[0].keys())
        writer.writeheader()
        writer.writerows(row | {name: row[name] or text for name, text in columns.items()} for row in found)


def run(package: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wuxi_outsourcing", *map(str, arguments)]
    return subprocess.run(
        command, cwd=package, env=os.environ, capture_output=True, check=False, encoding="utf-8", timeout=120
    )


def test_from_nothing_to_valid(package: Path, copy: Path) -> None:
    """Catches a second article that can't be added by the commands and CSV rows alone."""
    done = run(
        package, "add-source", copy, "--id", "second", "--title", TITLE, "--url", URL, "--published-on", "2024-03-05"
    )
    assert (done.returncode, done.stderr) == (0, "")
    done = run(package, "validate")
    assert done.returncode == 1
    empty = [line.split(" ")[0] for line in done.stdout.splitlines() if "the cell is empty" in line]
    assert empty == [f"data/paragraphs.csv:{line}:gist_en:" for line in range(22, 27)] + [
        "data/sources.csv:3:title_en:"
    ]
    assert len(empty) * 2 + 1 == len(done.stdout.splitlines())
    contribute(package, "sources", title_en="Summary of the year in service outsourcing")
    contribute(package, "paragraphs", gist_en="One sentence of our own.")
    contribute(package, "industry_metrics", METRICS)
    assert run(package, "format").returncode == 0
    done = run(package, "validate")
    assert done.stdout.count("the row has no evidence at all") == 4
    done = run(package, "cite", copy, "--all")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "11 cells are now cited; 0 lack evidence")
    done = run(package, "validate", "--source", copy)
    assert done.stdout.splitlines()[0] == (
        "second: 13 of 13 citations hold, 5 of 5 paragraphs are as transcribed, 11 of 11 figures are accounted for"
    )
    assert done.returncode == 0
    values = {
        row["value"]: row["metric_id"] for row in rows(package, "industry_metrics") if "ic-output" in row["metric_id"]
    }
    assert values == {"135000000000": "ic-output-2020", "140000000000": "ic-output-second"}


def test_what_is_written(package: Path, copy: Path) -> None:
    """Catches a row that lacks what the copy itself says, or a file that changes for nothing."""
    before = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    assert add(package, copy) == 0
    changed = {path.name for path, data in before.items() if path.read_bytes() != data}
    assert changed == {"sources.csv", "paragraphs.csv", "evidence.csv", "datapackage.json"}
    assert {path for path in package.rglob("*") if path.is_file()} == before.keys()
    paragraphs = [text for _, text in canonical(ARTICLE)]
    _, source = rows(package, "sources")
    assert source == {
        "source_id": "second",
        "title_zh": TITLE,
        "title_en": "",
        "published_on": "2024-03-05",
        "dateline_place_zh": "",
        "dateline_month_day": "",
        "language": "zh",
        "url": URL,
        "characters": str(len("\n".join(paragraphs))),
        "sha256": digest("\n".join(paragraphs)),
        "note": "",
    }
    added = [row for row in rows(package, "paragraphs") if row["source_id"] == "second"]
    assert [row["kind"] for row in added] == ["title", "byline", "heading", "body", "body"]
    assert [row["sha256"] for row in added] == list(map(digest, paragraphs))
    assert [row["characters"] for row in added] == [str(len(text)) for text in paragraphs]
    assert [list(row.values()) for row in rows(package, "evidence") if row["source_id"] == "second"] == [
        ["sources", "second", "published_on", "second", "2", "9", "19", "2024-03-05"],
        ["sources", "second", "title_zh", "second", "1", "0", "8", TITLE],
    ]
    descriptor = json.loads((package / "datapackage.json").read_text())
    assert descriptor["sources"][1] == {"title": TITLE, "path": URL, "version": "2024-03-05"}


@pytest.mark.parametrize(
    "byline",
    ["来源:测试", "来源:测试 2024-03-05 2024-03-06", "截至2023年底"],
    ids=["no day", "two days", "an end of year"],
)
def test_day_of_publication_is_not_guessed(package: Path, copy: Path, byline: str) -> None:
    """Catches a day of publication that the article does not give beyond doubt."""
    copy.write_text(ARTICLE.replace("来源:测试 时间:2024-03-05", byline), encoding="utf-8")
    assert add(package, copy) == 0
    assert rows(package, "sources")[1]["published_on"] == ""
    assert ("data/sources.csv", 3, "published_on") in [(p.file, p.line, p.column) for p in wx.validate(package)]


@pytest.mark.parametrize("given", ["2024-03-06", "2024年3月6日"])
def test_day_of_publication_is_cited_as_printed(package: Path, copy: Path, given: str) -> None:
    """Catches a given day whose evidence is another day's, or another form's."""
    copy.write_text(ARTICLE.replace("2024-03-05", "2024-03-05 更新:2024年3月6日"), encoding="utf-8")
    assert add(package, copy, published_on=given) == 0
    assert rows(package, "sources")[1]["published_on"] == "2024-03-06"
    assert [row["quote"] for row in rows(package, "evidence") if row["row_id"] == "second"] == ["2024年3月6日", TITLE]


# The options, what is changed in the article, and the message.
REFUSED: dict[str, tuple[dict[str, str], tuple[str, str], str]] = {
    "an ID of another form": (
        {"id": "Second One"},
        ("", ""),
        "second.txt:source_id: 'Second One' does not have the form",
    ),
    "an ID that leads out": ({"id": "../x"}, ("", ""), "second.txt:source_id: '../x' does not have the form"),
    "an ID too long": ({"id": "x" * 41}, ("", ""), "is longer than 40 characters"),
    "an ID on record": ({"id": "gzoutsourcing-42081"}, ("", ""), "the ID is on record already"),
    "an address on record": (
        {"url": "http://ccm.gzoutsourcing.cn/Article/20230109/42081.html"},
        ("", ""),
        "the address is on record already",
    ),
    "no address": ({"url": "second.html"}, ("", ""), "second.txt:url: 'second.html' does not have the form"),
    "a title that is not printed": ({"title": "别的题目"}, ("", ""), "“别的题目” does not stand in the article"),
    "a title without Chinese": ({"title": "2024-03-05"}, ("", ""), "second.txt:title_zh: '2024-03-05' does not have"),
    "a title too long": ({"title": "题" * 41}, ("", ""), "second.txt:title_zh: "),
    "a title printed twice": ({}, ("一、总体情况", TITLE), f"the title “{TITLE}” stands in 2 places"),
    "a day that is not printed": (
        {"published_on": "2024-03-07"},
        ("", ""),
        "2024-03-07, the day of publication, is not",
    ),
    "a day printed twice": (
        {"published_on": "2024-03-05"},
        ("2024-03-05", "2024-03-05 2024-03-05"),
        "is printed in 2 places: paragraph 2, characters 9 to 19",
    ),
    "no day": ({"published_on": "yesterday"}, ("", ""), "second.txt:published_on: “yesterday” names no day"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_in_words(package: Path, copy: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Catches a source that is put on record although it can't be right, or put there in part."""
    options, (old, new), message = REFUSED[name]
    copy.write_text(ARTICLE.replace(old, new) if old else ARTICLE, encoding="utf-8")
    before = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    assert add(package, copy, **options) == 2
    assert message in capsys.readouterr().err
    assert {path: path.read_bytes() for path in package.rglob("*") if path.is_file()} == before


def test_article_on_record_is_refused(package: Path, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches one article that is put on record twice, as by a second command in doubt about the first."""
    assert add(package, copy) == 0
    copy.write_text(ARTICLE.replace(":", "："), encoding="utf-8")
    assert add(package, copy, id="third", url=f"{URL}/3") == 2
    assert "this article is on record already, as second" in capsys.readouterr().err


def test_kinds_of_the_real_article(article: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches kinds that a contributor would have to correct one by one."""
    for table in ("sources", "paragraphs", "evidence"):
        path = package / f"data/{table}.csv"
        (path.parent / f"{table}.old").write_text(path.read_text())
        path.write_text(path.read_text().split("\n")[0] + "\n")
    title, day = "江苏无锡打造服务外包高质量发展新样板", "2023-01-09"
    assert add(package, article, id="gzoutsourcing-42081", title=title, published_on=day) == 0
    capsys.readouterr()
    with (package / "data/paragraphs.old").open(encoding="utf-8", newline="") as stream:
        recorded = [row | {"gist_en": ""} for row in csv.DictReader(stream)]
    assert rows(package, "paragraphs") == recorded
