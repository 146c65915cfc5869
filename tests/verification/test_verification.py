"""Citations against a copy of an article: what may differ between copies, what may not, and what is reported."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from support import ARTICLES, FROZEN, edit_json, edit_rows, named, raw_lines, run_cli, swap
from wuxi_outsourcing.engine.copies.article import read_copy
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.verification import verify

FIRST = ARTICLES["yunchuan-2021"]
EVIDENCE, PARAGRAPHS, SOURCES = "data/evidence.csv", "data/paragraphs.csv", "data/sources.csv"

FAITHFUL: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "full width": lambda text: text.translate({ord(char): ord(char) + 0xFEE0 for char in ",:()%0123456789-"}),
    "half width": lambda text: text.translate({ord(char) + 0xFEE0: ord(char) for char in ",:;!?()%0123456789-"}),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: "\ufeff" + text,
    "no indent": lambda text: re.sub("(?m)^[ \u3000]+", "", text),
    "ideographic indent": lambda text: re.sub("(?m)^", "\u3000\u3000", text),
    "no empty lines": lambda text: re.sub("\n+", "\n", text),
    "more empty lines": lambda text: text.replace("\n", "\n \n\u3000\n"),
    "no line feed at the end": lambda text: text.rstrip("\n"),
}


@pytest.mark.parametrize("name", FAITHFUL)
@pytest.mark.parametrize("source_id", ARTICLES)
def test_faithful_copy_holds(tmp_path: Path, source_id: str, name: str) -> None:
    """Catches a citation that depends on how a copy happens to be written."""
    copy = write(tmp_path, FAITHFUL[name](ARTICLES[source_id].read_text(encoding="utf-8")))
    result = wx.verify(copy, FROZEN)
    assert result.problems == []
    assert result.source_id == source_id
    assert 0 < result.citations == result.citations_held
    assert 0 < result.paragraphs == result.paragraphs_held
    assert 0 < result.figures == result.figures_accounted


@pytest.mark.parametrize(("source_id", "step"), [("jiangling-2022", 1), ("yunchuan-2021", 7)])
def test_each_single_change_is_noticed(source_id: str, step: int) -> None:
    """Catches a character of the article that may change without any check failing: each, or every seventh."""
    package, source = open_package(FROZEN), read_copy(ARTICLES[source_id])
    characters = [(number, at) for number, line in enumerate(source.lines) for at in range(len(line.text))]
    for number, at in characters[::step]:
        lines = list(source.lines)
        text = lines[number].text
        changed_text = f"{text[:at]}{'口' if text[at] != '口' else '日'}{text[at + 1 :]}"
        lines[number] = replace(lines[number], text=changed_text)
        changed = replace(source, lines=tuple(lines))
        assert verify(changed, package).problems, f"paragraph {number + 1}, character {at}, {text[at]}"


# What is changed in the first article, and each problem: its file and line, and a part of its message.
CHANGED = {
    "a digit": (
        "12.4%",
        "12.5%",
        [(EVIDENCE, "“12.4%”, cited for industry_metrics growth-2020 value, is changed: line 7 of ")],
    ),
    "a qualifier in front": ("人，企业", "人，家约", [(EVIDENCE, "“企业”, cited for"), (EVIDENCE, "leaves out “约”")]),
    "a sign in front": ("同比增长", "同比下降", [(EVIDENCE, "leaves out “下降”, which is next to it")]),
    "text in front of figures": (
        "　　市商务局",
        "　　另据市商务局",
        [(PARAGRAPHS, "paragraph 4 of yunchuan-2021 is changed in ")],
    ),
    "a word in no citation": ("挡", "档", [(PARAGRAPHS, "paragraph 3 of yunchuan-2021 is changed in ")]),
    "a new figure": (
        "做封装测试",
        "做封装测试7",
        [("article.txt:15", "the figure 7 (paragraph 8, characters 74 to 75)")],
    ),
    "an omitted figure": ("96111", "96112", [("datapackage.json", "“96111”, an omission, is not in")]),
    "a paragraph less": ("　　政策引路\n", "", [(PARAGRAPHS, "paragraph 5 of yunchuan-2021 is not in")]),
}


IN_CHANGED_PARAGRAPHS = {
    "a new figure": ("做封装测试", "做封装测试7", "the figure 7 (paragraph 8, "),
    "an omitted figure": ("96111", "96112", "“96111”, an omission, "),
}


@pytest.mark.parametrize("name", IN_CHANGED_PARAGRAPHS)
def test_fix_of_a_changed_paragraph_is_another_copy(tmp_path: Path, name: str) -> None:
    """Catches a fix by which the package would follow a copy that is changed."""
    old, new, message = IN_CHANGED_PARAGRAPHS[name]
    text = FIRST.read_text(encoding="utf-8").replace(old, new)
    (problem,) = wx.verify(write(tmp_path, text), FROZEN).problems
    assert problem.message.startswith(message)
    assert problem.fix == "Verify against a faithful copy: the paragraph is changed in this one."


@pytest.mark.parametrize("name", CHANGED)
def test_changed_article_fails(tmp_path: Path, name: str) -> None:
    """Catches a change of the article that goes unnoticed, or that is reported many times over."""
    old, new, expected = CHANGED[name]
    text = FIRST.read_text(encoding="utf-8")
    assert text.count(old) == 1
    problems = wx.verify(write(tmp_path, text.replace(old, new)), FROZEN).problems
    assert len(problems) == len(expected), "\n".join(map(str, problems))
    for problem, (file, message) in zip(problems, expected, strict=True):
        assert f"{problem.file}:{problem.line}".removeprefix(f"{tmp_path}/").startswith(file)
        assert message in problem.message


# What is changed in a file of the package, and the column and fix of the one problem.
GROWTH = "growth-2020,value,yunchuan-2021,4,36,41,12.4%"
METRICS = "data/industry_metrics.csv"
PLANTED = {
    "a location": (EVIDENCE, GROWTH, ("36,41", "35,40"), "quote", "Write paragraph 4, start 36 and end 41."),
    "a paragraph": (EVIDENCE, GROWTH, ("4,36", "8,36"), "quote", "Write paragraph 4, start 36 and end 41."),
    "no such paragraph": (EVIDENCE, GROWTH, ("4,36", "44,36"), "quote", "Write paragraph 4, start 36 and end 41."),
    "before the text": (EVIDENCE, GROWTH, ("36,41", "-68,-63"), "quote", "Write paragraph 4, start 36 and end 41."),
    "a cut figure": (EVIDENCE, GROWTH, ("36,41,12.4%", "38,41,.4%"), "quote", "Quote the figure whole."),
    "a cut qualifier": (EVIDENCE, "54,61,约3.2亿美元", ("54,61,约", "55,61,"), "quote", "Quote it too."),
    "a cut rank": (EVIDENCE, "46,49,第3位", ("46,49,第", "47,49,"), "quote", "Quote it too."),
    "another quote": (EVIDENCE, GROWTH, ("12.4%", "13.4%"), "quote", "Correct the quote and the cell that it"),
    "an uncited field": (EVIDENCE, GROWTH, ("value", "unit"), "field", "Cite value instead."),
    "an unknown table": (EVIDENCE, "parks,chip-design", ("parks", "park"), "table", "Write one of policies, "),
    "an unknown field": (EVIDENCE, GROWTH, ("value", "valeu"), "field", "Write one of metric_id, "),
    "no months": (METRICS, "CNY,2020,01-06,", ("01-06", ""), "quote", "Fill in months for a part of the year"),
    "a length": (PARAGRAPHS, "yunchuan-2021,4,body,104", ("104", "105"), "characters", "Write 104."),
    "a length of all": (SOURCES, "outsourcing.html,,737", ("737", "738"), "characters", "Write 737."),
    "a hash": (PARAGRAPHS, "heading,4,6d71", ("6d71", "7d71"), "sha256", "Write 6d71d45a1e9d8372"),
    "a hash of all": (SOURCES, "737,fc8d", ("fc8d", "fc8e"), "sha256", "Write fc8d5c8a1375dfb1"),
    "a number": (PARAGRAPHS, "yunchuan-2021,13,", (",13,", ",14,"), "paragraph", "Write 13."),
}


@pytest.mark.parametrize("name", PLANTED)
def test_defect_of_the_package_is_located(package: Path, name: str) -> None:
    """Catches a defect that the article shows, if it is not reported once, in its cell, with the fix."""
    file, line, (old, new), column, fix = PLANTED[name]
    swap(package, file, line, line.replace(old, new, 1))
    (problem,) = wx.verify(FIRST, package).problems
    text = (package / problem.file).read_text(encoding="utf-8").split("\n")[(problem.line or 0) - 1]
    assert problem.column == column
    assert problem.fix.startswith(fix)
    assert (problem.file, line.replace(old, new, 1) in text) == ((file, True) if file != METRICS else (EVIDENCE, False))


def test_wrong_length_is_reported_beside_other_text(tmp_path: Path, package: Path) -> None:
    """Catches a wrong length on record that a copy with other text in it does not show."""
    line = "yunchuan-2021,4,body,104"
    swap(package, PARAGRAPHS, line, line.replace("104", "105"))
    copy = write(tmp_path, "首页\n" + FIRST.read_text(encoding="utf-8"))
    (problem,) = wx.verify(copy, package).problems
    assert (problem.column, problem.fix) == ("characters", "Write 104.")


# What is put before or behind a paragraph of the first article, in its line, and whether that changes the paragraph.
BESIDE = {
    "a character before": (8, "7", "", True),
    "a character behind": (8, "", "。", True),
    "a qualifier before": (8, "据不完全统计", "", True),
    "words behind a heading": (7, "", "之路", True),
    "a sentence before": (8, "另据报道。", "", False),
    "a sentence behind": (8, "", "责任编辑:张三", False),
    "a menu before": (8, "首页 > ", "", False),
    "the name of the site behind a heading": (7, "", "_云川商报", False),
    "a note behind": (8, "", "(记者李四)", False),
}


@pytest.mark.parametrize("name", BESIDE)
def test_text_beside_a_paragraph(tmp_path: Path, name: str) -> None:
    """Catches words added to a paragraph that are taken for other text, and other text that is taken for a change."""
    number, before, after, is_changed = BESIDE[name]
    lines = raw_lines(FIRST)
    lines[number - 1] = before + lines[number - 1].strip("\u3000") + after
    result = wx.verify(write(tmp_path, "\n".join(lines)), FROZEN)
    assert result.citations_held == result.citations
    assert (result.paragraphs_held, result.other_lines) == ((12, 0) if is_changed else (13, 1))
    assert len(result.problems) == int(is_changed)


def test_removed_paragraph_is_to_be_restored(package: Path) -> None:
    """Catches a paragraph that nobody recorded, in a copy that is right."""
    edit_rows(package, PARAGRAPHS, lambda rows: [row for row in rows if row[:2] != ["yunchuan-2021", "8"]])
    (problem,) = wx.verify(FIRST, package).problems
    assert (problem.file, problem.line) == (str(FIRST), 15)
    assert problem.fix.startswith("Add paragraph 8 to data/paragraphs.csv, with 75 characters and the SHA-256 a6c1ee3a")


def test_extra_paragraph_is_to_be_removed(package: Path) -> None:
    """Catches a recorded paragraph that a copy which is right does not have."""
    extra = ["yunchuan-2021", "14", "body", "3", "0" * 64, "A gist.", "大意。"]
    edit_rows(package, PARAGRAPHS, lambda rows: [*rows, extra])
    (problem,) = wx.verify(FIRST, package).problems
    assert (problem.file, problem.line, problem.fix) == (PARAGRAPHS, 26, "Remove the row.")


HEADERS = {file: (FROZEN / file).read_text(encoding="utf-8").split("\n")[0] for file in (SOURCES, PARAGRAPHS)}
# What makes a package unusable for verification: a change, and the file and a part of the message of the one problem.
UNUSABLE: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "no table of evidence": (
        lambda root: edit_json(root, "datapackage.json", lambda value: value["resources"].pop()),
        "datapackage.json",
        "there is no table evidence",
    ),
    "a renamed field": (lambda root: rename(root, "quote"), "schemas/evidence.json", "evidence lacks the field quote"),
    "an empty cell": (lambda root: swap(root, EVIDENCE, "places,linxi", ",linxi"), EVIDENCE, "the cell is empty"),
    "no day": (
        lambda root: swap(root, SOURCES, "2021-03-18", "in March"),
        SOURCES,
        "'in March' is not a date",
    ),
    "no number": (lambda root: swap(root, EVIDENCE, "8,53,56", "8,x,56"), EVIDENCE, "'x' is not an integer"),
    "no length": (
        lambda root: swap(root, PARAGRAPHS, "heading,4,6d71", "heading,,6d71"),
        PARAGRAPHS,
        "the cell is empty",
    ),
    "no source": (lambda root: edit_rows(root, SOURCES, lambda rows: rows[:2]), str(FIRST), "not a copy of a source"),
    "text for numbers": (
        lambda root: edit_json(
            root, "schemas/evidence.json", lambda schema: named(schema["fields"], "start").update(type="string")
        ),
        EVIDENCE,
        "is not of type int",
    ),
    "nothing on record": (
        lambda root: [(root / file).write_text(HEADERS[file]) for file in HEADERS],
        str(FIRST),
        "this is not a copy of a source",
    ),
    "another omission": (
        lambda root: edit_json(
            root, "datapackage.json", lambda value: named(value["resources"], "evidence")["omissions"][0].pop("reason")
        ),
        "datapackage.json",
        "this does not declare an omission",
    ),
    "no descriptor": (lambda root: (root / "datapackage.json").unlink(), "", "there is no datapackage.json"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_unusable_package_is_a_problem(package: Path, name: str) -> None:
    """Catches a traceback on a defective package, by the function and by the command."""
    change, file, message = UNUSABLE[name]
    change(package)
    (problem,) = wx.verify(FIRST, package).problems
    assert problem.file == (file or str(package))
    assert message in problem.message
    run = run_cli("verify", FIRST, "--package", package)
    assert (run.status, run.out) == (2, "")
    assert run.err == f"{problem}\n"


def test_table_removed_is_reported_for_its_citations(package: Path) -> None:
    """Catches a traceback where the evidence speaks of a table that was removed."""
    edit_json(
        package,
        "datapackage.json",
        lambda value: value["resources"].remove(named(value["resources"], "milestones")),
    )
    problems = wx.verify(FIRST, package).problems
    assert {(problem.file, problem.column, problem.message) for problem in problems} == {
        (EVIDENCE, "table", "there is no table 'milestones'")
    }


def test_renamed_field_is_reported_for_its_citations(package: Path) -> None:
    """Catches a traceback where a field was renamed in schema and CSV, and its evidence was not."""
    rename(package, "authority_zh", "milestones")
    problems = wx.verify(FIRST, package).problems
    assert {problem.message for problem in problems} == {"milestones has no field 'authority_zh'"}


def test_other_text_is_not_a_copy(tmp_path: Path) -> None:
    """Catches a message for every citation where the file is another text."""
    (problem,) = wx.verify(write(tmp_path, "Something else\n"), FROZEN).problems
    assert problem.message == "this is not a copy of a source: it has no paragraph of jiangling-2022, yunchuan-2021"


def rename(root: Path, field: str, table: str = "evidence") -> None:
    """Rename a field in schema and CSV."""
    edit_json(root, f"schemas/{table}.json", lambda schema: named(schema["fields"], field).update(name="renamed"))
    edit_json(root, f"schemas/{table}.json", lambda schema: schema.pop("rules", None))
    swap(root, f"data/{table}.csv", field, "renamed")


def write(tmp_path: Path, text: str) -> Path:
    """Write a copy of an article."""
    path = tmp_path / "article.txt"
    path.write_bytes(text.encode())
    return path
