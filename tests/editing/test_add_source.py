"""`add-source`: a new article, from nothing to a valid package, and what is refused."""

import csv
import json
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from support import Run, run_cli
from wuxi_outsourcing.engine.copies.article import canonical, text_digest

TITLE, URL = "临溪区服务外包年度小结", "https://example.org/linxi"
# It prints cells once, or once in the paragraph of their row, and one cell twice in that paragraph.
ARTICLE = f"""{TITLE}
来源：测试　时间：2024-03-05

一、总体情况

　　2023年，临溪区服务外包执行额13.78亿美元，同比增长14.4%；企业800多家。

　　2022年，临溪区服务外包执行额12亿美元，企业700余家，其中离岸企业约200家。

二、展望

　　2024年上半年，临溪区新增企业30-40家；到2026年，全区执行额力争突破20亿美元。
"""
INDICATORS = """\
executed-value-usd,Executed value,执行额,Executed value.,执行额。,service_outsourcing,executed_value,money,flow,
new-enterprises,New enterprises,新增企业数,New enterprises.,新增企业数。,service_outsourcing,enterprises,count,flow,
offshore-enterprises,Offshore enterprises,离岸企业数,Offshore enterprises.,离岸企业数。,service_outsourcing,enterprises,count,stock,offshore
"""  # noqa: E501
METRICS = """\
linxi-executed-2022,executed-value-usd,Executed value,执行额,执行额,linxi,linxi-2024,actual,,,,,,unqualified,1200000000,,USD,2022,,,,,,
linxi-executed-2023,executed-value-usd,Executed value,执行额,执行额,linxi,linxi-2024,actual,,,,,,unqualified,1378000000,,USD,2023,,,,,,
linxi-executed-2026,executed-value-usd,Executed value,执行额,执行额,linxi,linxi-2024,target,,,,,,more_than,2000000000,,USD,2026,,,,,,
linxi-firms-2022,enterprises,Service outsourcing enterprises,服务外包企业数,企业,linxi,linxi-2024,actual,,,,,,more_than,700,,count,2022,,,,,,
linxi-firms-2023,enterprises,Service outsourcing enterprises,服务外包企业数,企业,linxi,linxi-2024,actual,,,,,,more_than,800,,count,2023,,,,,,
linxi-growth-2023,executed-value-usd,Growth,同比增长率,同比增长,linxi,linxi-2024,actual,growth,,,,,unqualified,14.4,,percent,2023,,,,,,
linxi-new-2024,new-enterprises,New enterprises,新增企业数,新增企业,linxi,linxi-2024,actual,,,,,,unqualified,30,40,count,2024,01-06,,,,,
linxi-offshore-2022,offshore-enterprises,Offshore enterprises,离岸企业数,离岸企业,linxi,linxi-2024,actual,,,,,,about,200,,count,2022,,,,,,
"""  # noqa: E501


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def add(package: Path, copy: Path, **options: str) -> Run:
    given = {"id": "linxi-2024", "title": TITLE, "url": URL, "published_on": "2024-03-05"} | options
    named = [part for name, value in given.items() if value for part in (f"--{name.replace('_', '-')}", value)]
    return run_cli("add-source", copy, *named, folder=package)


def rows(package: Path, table: str) -> list[dict[str, str]]:
    with (package / f"data/{table}.csv").open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row.get("source_id", "linxi-2024") == "linxi-2024"]


def content(package: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}


def fill_in(package: Path, table: str, **columns: str) -> None:
    """Do what a contributor does in a spreadsheet: fill in what is empty."""
    path = package / f"data/{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        records = list(csv.DictReader(stream))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, records[0].keys())
        writer.writeheader()
        writer.writerows(row | {name: row[name] or text for name, text in columns.items()} for row in records)


def test_from_nothing_to_valid(package: Path, copy: Path) -> None:
    """Catches an article that cannot be added by the commands and CSV rows alone, with nothing pasted by hand."""
    assert add(package, copy).status == 0
    fill_in(package, "sources", title_en="Summary of the year in Linxi")
    fill_in(package, "paragraphs", gist_en="One sentence of our own.", gist_zh="我们自己的一句话。")
    with (package / "data/industry_metrics.csv").open("a", encoding="utf-8") as stream:
        stream.write(METRICS)
    with (package / "data/indicators.csv").open("a", encoding="utf-8") as stream:
        stream.write(INDICATORS)
    assert run_cli("format", folder=package).status == 0
    assert wx.validate(package)
    run = run_cli("quote", copy, "--all", folder=package)
    assert run.status == 1
    assert run.out.endswith("cells now cited: 26; still without evidence: 1\n")
    # The paragraph prints 企业 twice: of all firms, and of those offshore.
    cell = ("industry_metrics", "linxi-firms-2022", "name_zh")
    start = ARTICLE_PARAGRAPHS[4].index("企业700余家")
    assert run_cli("quote", copy, "企业", "--for", *cell, "--at", f"5:{start}", folder=package).status == 0
    run = run_cli("verify", copy, folder=package)
    assert run.status == 0
    assert run.out.startswith("linxi-2024: ")
    assert run.out.count("18 of 18 figures are accounted for") == 1
    assert wx.validate(package, sources=[copy]) == []


ARTICLE_PARAGRAPHS = [line.text for line in canonical(ARTICLE)]


def test_what_is_written(package: Path, copy: Path) -> None:
    """Catches a row that lacks what the copy itself says, or a file that changes for nothing."""
    before = content(package)
    run = add(package, copy)
    assert (run.status, run.err) == (0, "")
    assert run.out.splitlines() == [
        "linxi-2024: added to data/sources.csv and data/paragraphs.csv",
        "7 paragraphs, from “临溪区服务外包年度小结” to “2024年上半年,临溪区…行额力争突破20亿美元。”",
        "still to fill in: title_en in data/sources.csv",
        "still to fill in: gist_en, gist_zh in data/paragraphs.csv",
        f"cite what it says: wuxi-outsourcing quote {copy} --all",
    ]
    changed = {path.name for path, data in before.items() if content(package)[path] != data}
    assert changed == {"sources.csv", "paragraphs.csv", "datapackage.json"}
    assert content(package).keys() == before.keys()
    (source,) = rows(package, "sources")
    assert {name: cell for name, cell in source.items() if cell} == {
        "source_id": "linxi-2024",
        "title_zh": TITLE,
        "published_on": "2024-03-05",
        "language": "zh-Hans",
        "url": URL,
        "characters": str(len("\n".join(ARTICLE_PARAGRAPHS))),
        "sha256": text_digest("\n".join(ARTICLE_PARAGRAPHS)),
    }
    added = rows(package, "paragraphs")
    assert [row["kind"] for row in added] == ["title", "byline", "heading", "body", "body", "heading", "body"]
    assert [row["sha256"] for row in added] == list(map(text_digest, ARTICLE_PARAGRAPHS))
    assert [row["characters"] for row in added] == [str(len(text)) for text in ARTICLE_PARAGRAPHS]
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["sources"][2:] == [{"title": TITLE, "path": URL, "version": "2024-03-05"}]


# The options, and the message.
# fmt: off
REFUSED: dict[str, tuple[dict[str, str], str]] = {
    "an ID of another form": ({"id": "Second One"}, "source_id: 'Second One' is empty, too long or of another form"),
    "an ID that is a path": ({"id": "../x"}, "article.txt:source_id: '../x' is empty, too long or"),
    "an ID too long": ({"id": "x" * 41}, "source_id: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' is empty, too long"),
    "an ID of another article": ({"id": "yunchuan-2021"}, "this ID is on record already, as yunchuan-2021"),
    "an address on record": ({"url": "https://daily.example.org/a/20220620"}, "on record already, as jiangling-2022"),
    "no address": ({"url": ""}, "the following arguments are required: --url"),
    "no title": ({"title": " "}, "article.txt:title_zh: '' is empty"),
    "another address": ({"url": "second.html"}, "article.txt:url: 'second.html' is empty, too long or of another"),
    "a title not in the source": ({"title": "别的题目"}, "article.txt:title_zh: “别的题目” is not in the article\n"),
    "a title with another character": ({"title": "临溪区服务外包年度总结"}, "年度[-总-]{+小+}结\n    Give"),
    "words in no line": ({"from": "首页"}, "article.txt:--from: no line from line 1 on has “首页”"),
    "words that begin several lines": ({"to": "202"}, "article.txt:--to: “202” is in 3 lines: 6, 8, 12"),
    "words in several lines": ({"from": "服务外包"}, "article.txt:--from: “服务外包” is in 3 lines: 1, 6, 8"),
    "no words": ({"from": " "}, "article.txt:--from: “” is in 7 lines: 1, 2, 4"),
    "the last above the first": ({"from": "一、", "to": "来源"}, "--to: no line from line 4 on has “来源”"),
    "a title without Chinese": ({"title": "2024-03-05"}, "title_zh: '2024-03-05' is empty, too long or of another"),
    "a title too long": ({"title": "题" * 41}, "article.txt:title_zh: '题题"),
    "no day": ({"published_on": "yesterday"}, "argument --published-on: invalid"),
    "a title with an escape": ({"title_en": "A\x1b[31m"}, "title_en: 'A\\x1b[31m' is empty, too long or of another"),
}
# fmt: on


@pytest.mark.parametrize("name", REFUSED)
def test_refusal_changes_nothing(package: Path, copy: Path, name: str) -> None:
    """Catches a source that is put on record although it cannot be right, or put there in part."""
    options, message = REFUSED[name]
    before = content(package)
    run = add(package, copy, **options)
    assert (run.status, run.out) == (2, "")
    assert message in run.err
    assert content(package) == before


# The page around the article, and the words of its first and last paragraph.
PAGES = {
    "menus and title": (f"首页 > 要闻\n{TITLE}_测试网\n", "\n上一篇\n版权所有", TITLE, "2024年上半年"),
    "a title in menus": (f"首页 > {TITLE}\n", "", TITLE, None),
    "text below alone": ("", "\n相关阅读：临溪区上半年服务外包", None, "年上半年,临溪区新增"),
}


@pytest.mark.parametrize("name", PAGES)
def test_article_in_a_page(package: Path, copy: Path, name: str) -> None:
    """Catches menus put on record as paragraphs of the article, or a cut through the article itself."""
    above, below, first, last = PAGES[name]
    copy.write_text(f"{above}{ARTICLE}{below}", encoding="utf-8")
    ends = {option: words for option, words in {"from": first, "to": last}.items() if words}
    run = add(package, copy, **ends)
    assert (run.status, run.err) == (0, "")
    assert [row["sha256"] for row in rows(package, "paragraphs")] == list(map(text_digest, ARTICLE_PARAGRAPHS))
    assert "\n7 paragraphs, from “临溪区服务外包年度小结” to “2024" in run.out


# Paragraphs of an article, each with its kind.
KINDS = {
    TITLE: "title",
    "2021-03-18 09:30 来源:云川商报 作者:张三": "byline",
    "发布时间:2021年3月18日 信息来源:云川市商务局 浏览次数:1,234 字号:[ 大 中 小 ] 打印 分享到微信朋友圈": "byline",
    "来源:云川商报": "byline",
    "记者 : 张三,李四": "byline",
    f"{TITLE} ": "heading",
    "三、人才来源": "heading",
    "从业人员的来源:高校毕业生最多,其次是海外归国人员。": "body",
}


def test_kinds_of_paragraphs(package: Path, copy: Path) -> None:
    """Catches a byline that is taken for a heading or a sentence for a byline, and a second title."""
    copy.write_text("\n".join(KINDS), encoding="utf-8")
    assert add(package, copy).status == 0
    assert [row["kind"] for row in rows(package, "paragraphs")] == list(KINDS.values())


def test_article_on_record_is_refused(package: Path, copy: Path) -> None:
    """Catches one article that is put on record twice, under two IDs."""
    assert add(package, copy).status == 0
    copy.write_text(ARTICLE.replace("：", ":"), encoding="utf-8")
    run = add(package, copy, id="third", url=f"{URL}/3")
    assert (run.status, run.out) == (2, "")
    assert "this article is on record already, as linxi-2024" in run.err


@pytest.mark.parametrize("sources", [None, "none", [], [3, {"path": 4}]])
def test_descriptor_with_other_sources(package: Path, copy: Path, sources: object) -> None:
    """Catches a traceback where the descriptor's own list of sources is not a list of sources."""
    path = package / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"sources": sources}), encoding="utf-8")
    assert add(package, copy).status == 0
