"""Citations against a copy of an article: what may differ between copies, and what may not."""

from collections.abc import Callable
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from mini import ARTICLE, make_mini


@pytest.fixture(scope="session")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_mini(tmp_path_factory.mktemp("mini"))


FAITHFUL: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "full-width": lambda text: text.translate({ord(c): ord(c) + 0xFEE0 for c in ",:()%0123456789"}),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: "\ufeff" + text,
    "no indent": lambda text: text.replace("\n  ", "\n"),
    "ideographic indent": lambda text: text.replace("\n  ", "\n\u3000\u3000"),
    "no blank lines": lambda text: text.replace("\n\n", "\n"),
    "more blank lines": lambda text: text.replace("\n", "\n \n\n"),
    "no line feed at the end": lambda text: text.rstrip("\n"),
}


@pytest.mark.parametrize("name", FAITHFUL)
def test_faithful_copy_holds(mini: Path, tmp_path: Path, name: str) -> None:
    """Catches a citation that depends on how a copy happens to be written."""
    result = wx.verify(_write(tmp_path, FAITHFUL[name](ARTICLE.read_text(encoding="utf-8"))), mini)
    assert result.problems == []
    assert (
        str(result)
        == "mini: 16 of 16 citations hold, 4 of 4 paragraphs are as transcribed, 13 of 13 figures are accounted for"
    )


@pytest.mark.parametrize("name", FAITHFUL)
def test_faithful_copy_of_the_article_holds(article: Path, tmp_path: Path, name: str) -> None:
    """Catches a citation of the package itself that is not what print says."""
    result = wx.verify(_write(tmp_path, FAITHFUL[name](article.read_text(encoding="utf-8"))))
    assert result.problems == []
    assert (result.citations_held, result.paragraphs_held, result.figures_accounted) == (result.citations, 20, 38)


# What is changed in the article, and each problem: its file, the start of its message.
CHANGED = {
    "a digit": (
        "13.78亿",
        "13.79亿",
        [("data/evidence.csv", "“约13.78亿美元”, cited for industry_metrics output value, is not")],
    ),
    "a qualifier in front": (
        "有800多家",
        "近800多家",
        [("data/evidence.csv", "“800多家”, cited for industry_metrics firms value, leaves out “近”")],
    ),
    "a sentence in front of figures": (
        "2023年",
        "据统计数字显示如下所述,2023年",
        [("data/paragraphs.csv", "paragraph 3")],
    ),
    "a word that no citation covers": ("全市有", "全市共", [("data/paragraphs.csv", "paragraph 3")]),
    "a longer word that none covers": ("全市有", "全市共有", [("data/paragraphs.csv", "paragraph 3")]),
    "a figure that is cited nowhere": ("概况", "概况7", [(":1:10", "the figure 7 (paragraph 1")]),
    "a paragraph more": ("来源:", "又一段\n来源:", [(":2", "this paragraph is not in mini at this place")]),
    "a paragraph less": (
        "来源:测试 时间:2024-03-05\n",
        "",
        [("data/paragraphs.csv", "paragraph 2 of mini is missing")],
    ),
}


@pytest.mark.parametrize("name", CHANGED)
def test_changed_article_fails(mini: Path, tmp_path: Path, name: str) -> None:
    """Catches a change of the article that goes unnoticed, or that is told many times over."""
    old, new, expected = CHANGED[name]
    copy = _write(tmp_path, ARTICLE.read_text(encoding="utf-8").replace(old, new))
    problems = wx.verify(copy, mini).problems
    assert len(problems) == len(expected), "\n".join(map(str, problems))
    for problem, (file, message) in zip(problems, expected, strict=True):
        assert str(problem).startswith(f"{copy}{file}" if file.startswith(":") else file)
        assert problem.message.startswith(message)


def test_each_single_change_is_noticed(mini: Path, tmp_path: Path) -> None:
    """Catches a character of the article that may change without any check failing."""
    text = ARTICLE.read_text(encoding="utf-8")
    for at, char in enumerate(text):
        if not char.isspace():
            copy = _write(tmp_path, text[:at] + ("囗" if char != "囗" else "口") + text[at + 1 :])
            assert wx.verify(copy, mini).problems, f"character {at}, {char}"


# What is changed in evidence.csv, and the message.
MISPLACED = {
    "moved": (
        "output,value,mini,3,16,25,",
        "output,value,mini,3,17,26,",
        "The quote stands at 16 to 25: correct the place.",
    ),
    "another paragraph": (
        "park-area,name_zh,mini,4,0,4,",
        "park-area,name_zh,mini,1,0,4,",
        "Correct the quote and the cell",
    ),
    "cut inside a figure": ("value,mini,3,30,35,14.4%", "value,mini,3,33,35,4%", "Quote the figure whole."),
    "without its qualifier": ("value,mini,3,16,25,约13.78", "value,mini,3,17,25,13.78", "Quote it too."),
    "without its at least": ("value,mini,4,4,12,不少于3万", "value,mini,4,7,12,3万", "Quote it too."),
}


@pytest.mark.parametrize("name", MISPLACED)
def test_misplaced_citation_fails(tmp_path: Path, name: str) -> None:
    """Catches a citation whose quote is right and whose place is not, or that leaves out what changes its meaning."""
    package = make_mini(tmp_path / "package")
    old, new, fix = MISPLACED[name]
    path = package / "data/evidence.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    (problem,) = wx.verify(ARTICLE, package).problems
    line = path.read_text(encoding="utf-8").split(new, maxsplit=1)[0].count("\n") + 1
    assert (problem.file, problem.line, problem.column) == ("data/evidence.csv", line, "quote")
    assert problem.fix.startswith(fix)


@pytest.mark.parametrize(
    ("table", "old", "new", "column"),
    [
        ("paragraphs", "mini,3,body,61,", "mini,3,body,62,", "characters"),
        ("sources", "https://example.org/a,116,", "https://example.org/a,117,", "characters"),
    ],
)
def test_wrong_length_fails(tmp_path: Path, table: str, old: str, new: str, column: str) -> None:
    """Catches a length on record that is not that of the text."""
    package = make_mini(tmp_path / "package")
    path = package / f"data/{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    (problem,) = wx.verify(ARTICLE, package).problems
    assert (problem.file, problem.column) == (f"data/{table}.csv", column)


def test_validate_with_source_runs_both(tmp_path: Path) -> None:
    """Catches a validation that forgets the article it is given, or an echo of one defect by both."""
    package = make_mini(tmp_path / "package")
    assert wx.validate(package, sources=[ARTICLE]) == []
    path = package / "data/evidence.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",12家", ",13家", 1), encoding="utf-8")
    problems = wx.validate(package, sources=[ARTICLE])
    assert [(problem.file, problem.line, problem.column) for problem in problems] == [("data/evidence.csv", 3, "quote")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (" \n\u3000\n".encode(), "the file is empty"),
        ("无锡".encode("gbk"), "GBK (GB18030), which Chinese Excel writes"),
        ("无锡".encode("utf-16"), "UTF-16"),
        (b"\xff\x00\x81", "not UTF-8"),
        (b"something else\n", "this is no copy of a source"),
    ],
)
def test_no_copy(tmp_path: Path, content: bytes, message: str) -> None:
    """Catches a traceback, or 179 messages, on a file that is no copy of the article."""
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    (problem,) = wx.verify(path).problems
    assert problem.file == str(path)
    assert message in problem.message


@pytest.mark.parametrize("path", ["", "nowhere.txt"])
def test_no_file(tmp_path: Path, path: str) -> None:
    """Catches a traceback where there is no file, or a folder."""
    (problem,) = wx.verify(tmp_path / path).problems
    assert problem.message in ("no such file", "this is a folder")


def test_no_package(tmp_path: Path) -> None:
    """Catches a traceback on a folder that holds no package, or a broken one."""
    for content in (None, "{", "[]", "{}"):
        if content is not None:
            (tmp_path / "datapackage.json").write_text(content)
        (problem,) = wx.verify(ARTICLE, tmp_path).problems
        assert problem.message.startswith("there is no package here that can be read")


def test_huge_file_is_refused(tmp_path: Path) -> None:
    """Catches a wrong path that fills the memory."""
    with (tmp_path / "huge").open("wb") as stream:
        stream.truncate(1 << 34)
    (problem,) = wx.verify(tmp_path / "huge").problems
    assert "over 16 MiB" in problem.message


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "article.txt"
    path.write_bytes(text.encode())
    return path
