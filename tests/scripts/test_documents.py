"""README and questions: their examples run, on this package and on another, and what is generated in them is right."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from documents import make_document
from documents.readme_sections import PYTHON
from generate import GENERATED
from localized_package import open_localized
from support import ROOT, run_cli, swap
from website.localized_site import LANGUAGES, open_localized_site
from website.questions_page import questions

READMES = ("README.md", "README.zh-CN.md")
QUESTIONS = "docs/questions.md"
EACH_README = pytest.mark.parametrize("name", READMES)
EACH_DOCUMENT = pytest.mark.parametrize("name", [*READMES, QUESTIONS])


@pytest.fixture
def documents(home: Path) -> Path:
    """The frozen package, as the one that came with the code, with the documents in its folder."""
    (home / "docs").mkdir()
    for name in (*READMES, QUESTIONS):
        shutil.copy(ROOT / name, home / name)
    open_localized.cache_clear()
    return home


@EACH_DOCUMENT
def test_examples_run(name: str) -> None:
    """Catches an example that fails on the package of the repository."""
    text = make_document(ROOT, name)
    assert re.findall("^>>> ", text, re.MULTILINE)
    assert "Traceback" not in text


@EACH_DOCUMENT
def test_generated_parts_follow_the_package(name: str, documents: Path) -> None:
    """Catches a part that stays as it was for other tables, and one that grows each time it is written."""
    text = (documents / name).read_text(encoding="utf-8")
    written = make_document(documents, name)
    assert written != text
    (documents / name).write_text(written, encoding="utf-8")
    assert make_document(documents, name) == written


@EACH_README
def test_readme_has_sizes_and_samples(name: str, documents: Path) -> None:
    """Catches a table, a file of the release or a row of the sample that is missing, and a wrong number."""
    text = make_document(documents, name)
    for table, path in open_localized("en", documents).package.paths.items():
        rows = (documents / path).read_text(encoding="utf-8").count("\n") - 1
        assert re.search(rf"^\| \[`{table}`\]\({path}\) \| [^|]+ \| {rows} \|$", text, re.MULTILINE), table
    assert "<br>`duration_years` 3 | 2013年<br>3年 | " in text
    assert re.search(r"\| `value` .+ \| .+ \| \d+", text)
    assert "| `city-outsourcing-1.4.0.xlsx` |" in text
    assert "The city-outsourcing developers (2022)" in text


@EACH_README
def test_commands_run(name: str, package: Path, articles: dict[str, Path]) -> None:
    """Catches a command that fails or prints something else, and a target that the Makefile lacks."""
    text = make_document(ROOT, name)
    for block in re.findall(r"^```console\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        command, _, output = block.removeprefix("$ ").partition("\n")
        assert run_cli(*shlex.split(command)[1:], folder=ROOT).out == output
    shutil.copy(articles["yunchuan-2021"], package / "article.txt")
    for command in re.findall(r"`wuxi-outsourcing ([^`]+)`", text):
        assert run_cli(*shlex.split(command), folder=package).status == 0, command
    targets = re.findall("^make (\\w+)", text, re.MULTILINE)
    assert targets == ["validate", "test"]
    targets += re.findall(r"`make (\w+)`", text)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


@EACH_README
def test_readme_is_short(name: str) -> None:
    """Catches a README that nobody reads to its end, and code that a page cuts off."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count("\n") <= 120
    for block in re.findall(r"^```.*?^```", text, re.DOTALL | re.MULTILINE):
        assert max(map(len, block.splitlines())) <= 80, block


def test_readmes_have_the_same_parts() -> None:
    """Catches a Chinese README that was left behind, or that breaks a line inside a paragraph."""
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in READMES)
    for part in (r"^<!-- .*", r"^#+ ", r"^```\w+", r"^\| \[`.+?\)", r"^>>> [^#\n]+"):
        assert re.findall(part, english, re.MULTILINE) == re.findall(part, chinese, re.MULTILINE)
    prose = re.sub(r"^```.*?^```|^[|>#<!-].*$", "", chinese, flags=re.DOTALL | re.MULTILINE)
    assert not re.search(r"[一-鿿，。；：）].*\n.*[一-鿿]", prose)


def test_questions_on_another_package(documents: Path) -> None:
    """Catches an answer that was written for one set of rows, or leaves out rows of another."""
    swap(documents, "data/talent_schemes.csv", ",high_end,2015,,", ",high_end,2015,fund-2013,")
    text = make_document(documents, QUESTIONS)
    instruments, counted, grown, _ = text.split("\n## ")[1:]
    assert re.search(r"^\d+ +fund-2013 +measures +2013 +3$", instruments, re.MULTILINE)
    assert "far-sail" not in instruments
    assert re.search(r"^\d+ +executed-2020 +executed_value +unqualified +8,650,000,000 +CNY", counted, re.MULTILINE)
    assert "executed-2025" not in counted
    assert re.search(r"^\d+ +executed-2020 +value +8650000000 +\d+ +86.5亿元$", counted, re.MULTILINE)
    outside = r"^\d+ +executed-value +NaN +2020 +unqualified +8,710,000,000 +CNY +outside$"
    assert re.search(outside, counted, re.MULTILINE)
    assert re.search(r"^\d+ +contract-value +2020-01/2020-06 +unqualified +-5.6 +percent", grown, re.MULTILINE)


def test_questions_are_a_page_in_each_language() -> None:
    """Catches a heading or paragraph in one language only, and code or an output that the site leaves out."""
    english, chinese = (questions(open_localized_site(ROOT, language)) for language in LANGUAGES)
    assert [element for element, _ in english] == [element for element, _ in chinese]
    for (element, text), (_, other) in zip(english, chinese, strict=True):
        assert (text == other) == (element == "pre")
    text = (ROOT / QUESTIONS).read_text(encoding="utf-8")
    assert "".join(block for element, block in english if element == "pre") == "".join(PYTHON.findall(text))


def test_generated_files_are_in_the_repository() -> None:
    """Catches a generated file that was never written."""
    assert [name for name in GENERATED if not (ROOT / name).is_file()] == []
