"""The recipes of CONTRIBUTING.md, run as they are written."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import ROOT

DOCUMENTS = ("CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# What differs from one checkout to another, and stands in the document for all: the abbreviated hash of a commit.
COMMIT = re.compile(r"\([0-9a-f]{7}\)")


def sections(name: str) -> dict[str, list[str]]:
    """The blocks of each section that has any: its recipes go on from one another in a fresh checkout."""
    titles_and_texts = re.split(r"^## (.+)$", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = dict(zip(titles_and_texts[::2], map(BLOCK.findall, titles_and_texts[1::2]), strict=True))
    return {title: blocks for title, blocks in found.items() if blocks}


RECIPES = sections(DOCUMENTS[0])


@pytest.fixture
def checkout(package: Path, tools: None) -> Path:  # noqa: ARG001
    """A copy of the package, as a clone of the repository has it."""
    root = package.rename(package.with_name("wuxi-outsourcing"))
    shutil.copytree(ROOT / "tests/data/contributing", root / "tests/data/contributing")
    for name in (".gitignore", ".gitattributes"):
        shutil.copy(ROOT / name, root / name)
    for command in ("git init --quiet --initial-branch main", "git add .", "git commit --quiet --message Clone"):
        assert output(command, root) == ""
    return root


@pytest.mark.skipif(sys.platform != "linux", reason="the recipes edit files by GNU sed")
@pytest.mark.parametrize("title", RECIPES)
def test_recipes_run_as_written(checkout: Path, title: str) -> None:
    """Catches a recipe that a newcomer types and that then does, or prints, something else."""
    for block in RECIPES[title]:
        commands = re.findall(r"^\$ (.+)\n", block, re.MULTILINE)
        assert block.startswith("$ ")
        shown = "".join(f"$ {command}\n{output(command, checkout)}" for command in commands)
        assert COMMIT.sub("(commit)", shown) == COMMIT.sub("(commit)", block)


@pytest.mark.skipif(sys.platform != "linux", reason="the environment is linked to as Unix lays it out")
def test_hook_holds_back_what_is_wrong(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches hooks that don't run in a fresh clone, or let a wrong value into a commit."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(checkout.parent / "pre-commit"))
    for name in (".pre-commit-config.yaml", "scripts/in_venv"):
        (checkout / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, checkout / name)
    (checkout / ".venv").symlink_to(sys.prefix)
    assert "pre-commit installed" in output("pre-commit install", checkout)
    path = checkout / "data/industry_metrics.csv"
    right = path.read_text(encoding="utf-8")
    path.write_text(right.replace(",135000000000,", ",153000000000,"), encoding="utf-8")
    refused = output("git commit --all --message Wrong", checkout)
    assert "data/industry_metrics.csv:5:value: '153000000000' does not follow" in refused
    assert re.search(r"canonical form of the data\.+Failed", refused)
    path.write_text(right, encoding="utf-8")
    passed = output("pre-commit run --all-files", checkout)
    assert re.search(r"canonical form of the data\.+Passed\nvalidate the package\.+Passed", passed)
    assert output("git log --oneline | wc -l", checkout) == "1\n"


@pytest.mark.parametrize(
    "path", sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml")), ids=lambda path: path.stem
)
def test_issue_forms(path: Path) -> None:
    """Catches a form that GitHub would not show, or that only one of the two languages can read."""
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(form) == {"name", "description", "title", "labels", "body"}
    texts = [form["name"], form["description"], form["title"]]
    for field in form["body"]:
        assert field["type"] in ("input", "textarea")
        assert set(field) <= {"type", "id", "attributes", "validations"}
        assert set(field["attributes"]) <= {"label", "description", "placeholder"}
        texts += [text for key, text in field["attributes"].items() if key != "placeholder"]
    assert len({field["id"] for field in form["body"]}) == len(form["body"])
    assert all(re.search("[A-Za-z].* / .*[一-鿿]", text) for text in texts)


def output(command: str, root: Path) -> str:
    """What a command prints, with the folder that holds the checkout left out."""
    done = subprocess.run(  # noqa: S602  (the command is a document's of ours)
        command,
        shell=True,
        cwd=root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
    )
    return done.stdout.replace(f"{root.resolve().parent}{os.sep}", "…/")


def test_recipes_are_the_same_in_both_languages() -> None:
    """Catches a recipe of the Chinese document that no test runs."""
    first, second = (list(sections(name).values()) for name in DOCUMENTS)
    assert first == second
    text = (ROOT / DOCUMENTS[0]).read_text(encoding="utf-8")
    assert sum(map(len, first)) == text.count("\n```console\n")


def test_every_kind_of_contribution_has_a_recipe() -> None:
    """Catches a command for contributors that no recipe shows."""
    text = "\n".join(block for blocks in RECIPES.values() for block in blocks)
    for command in ("validate", "format", "format --from-encoding", "add-source", "cite", "diff"):
        assert f"$ wuxi-outsourcing {command} " in text + " ", command
    for option in ("--for", "--all", "--omit"):
        assert re.search(rf"^\$ wuxi-outsourcing cite article\.txt .*{option}", text, re.MULTILINE), option


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    """Catches a link to a file, or to a heading of the document itself, that is not there."""
    text = (ROOT / name).read_text(encoding="utf-8")
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    for link in re.findall(r"\]\(([^):]+)\)", text):
        file, _, anchor = link.partition("#")
        assert not file or (ROOT / file).exists(), link
        assert not anchor or anchor in headings, link
