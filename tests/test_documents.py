"""What the documents say: examples that run, tables that are up to date, nothing of the article."""

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from conftest import ROOT
from generate import GENERATED

READMES = ("README.md", "README.zh-CN.md")
each_readme = pytest.mark.parametrize("name", READMES)
LONGEST_QUOTE = 40


@each_readme
def test_python_examples(name: str) -> None:
    """Catches an example that a reader types and that then shows something else."""
    failed, tried = doctest.testfile(str(ROOT / name), module_relative=False, encoding="utf-8")
    assert tried >= 3
    assert failed == 0


@each_readme
def test_console_examples(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Catches a command that prints something else than the README shows."""
    blocks = re.findall(r"```console\n\$ (.+)\n((?:.*\n)*?)```", (ROOT / name).read_text(encoding="utf-8"))
    assert len(blocks) == 2
    for command, output in blocks:
        _, *arguments = shlex.split(command)
        if "article.txt" in arguments:
            shutil.copy(request.getfixturevalue("article"), tmp_path / "article.txt")
        run = [sys.executable, "-m", "wuxi_outsourcing", *arguments]
        done = subprocess.run(run, cwd=tmp_path, env=os.environ, check=True, capture_output=True, encoding="utf-8")
        assert done.stdout == output


@pytest.mark.parametrize("name", GENERATED)
def test_generated_files_are_up_to_date(name: str) -> None:
    """Catches a file that was made from the package and has not followed it; mend it with `make docs`."""
    assert (ROOT / name).read_text(encoding="utf-8") == GENERATED[name]()


def test_readmes_have_the_same_tables() -> None:
    """Catches a Chinese README that was left behind."""
    rows = [
        re.findall(r"^\| (\[`.+?\)) \| (\d+) \|", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        for name in READMES
    ]
    assert len(rows[0]) == len(wx.tables())
    assert rows[0] == rows[1]


@each_readme
def test_links_lead_somewhere(name: str) -> None:
    """Catches a link to a file that is not there."""
    for link in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8")):
        assert (ROOT / link).exists(), link


def test_version_is_the_same_everywhere() -> None:
    """Catches a citation of another version than the package's."""
    for name in (*READMES, "CITATION.cff", "CHANGELOG.md"):
        assert wx.__version__ in (ROOT / name).read_text(encoding="utf-8"), name


def test_nothing_of_the_article_is_published(article: Path) -> None:
    """Catches a sentence of the article in any file: it is not ours to publish."""
    text = unicodedata.normalize("NFKC", article.read_text(encoding="utf-8"))
    width = LONGEST_QUOTE + 1
    windows = {line[i : i + width] for line in map(str.strip, text.splitlines()) for i in range(len(line) - width + 1)}
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, files.split("\0")):
        content = unicodedata.normalize("NFKC", (ROOT / name).read_text(encoding="utf-8"))
        assert not any(content[i : i + width] in windows for i in range(len(content) - width + 1)), name
