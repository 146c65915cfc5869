"""CONTRIBUTING: its recipes run as they are, in both languages, and its links lead somewhere."""

import re
import sys
from pathlib import Path

import pytest
from recipes import BLOCK, CHINESE, ENGLISH, run_section, sections

from support import ROOT

RECIPES = {section.partition("\n")[0]: section for section in sections(ENGLISH) if BLOCK.search(section)}


@pytest.mark.skipif(sys.platform != "linux", reason="the recipes edit files by GNU sed")
@pytest.mark.parametrize("title", RECIPES)
def test_recipes_run_as_they_are(title: str, tmp_path: Path) -> None:
    """Catches a recipe that prints something else; `python tests/scripts/recipes.py` writes the outputs anew."""
    assert run_section(RECIPES[title], tmp_path) == RECIPES[title]


def test_recipes_are_the_same_in_both_languages() -> None:
    """Catches a recipe of the Chinese document that no test runs."""
    english, chinese = ([BLOCK.findall(section) for section in sections(name)] for name in (ENGLISH, CHINESE))
    assert english == chinese


def test_every_command_for_contributors_has_a_recipe() -> None:
    """Catches a command or an option for contributors that no recipe shows."""
    commands = "".join(re.findall(r"^\$ .+\n", "".join(RECIPES.values()), re.MULTILINE))
    for command in ("validate", "format", "format --from-encoding", "add-source", "quote", "diff"):
        assert f"wuxi-outsourcing {command} " in commands.replace("\n", " \n"), command
    for option in ("--for", "--at", "--all", "--omit", "--source", "--allow-stale", "--title-en"):
        assert f" {option}" in commands, option


@pytest.mark.parametrize(
    "name", [ENGLISH, CHINESE, "README.md", "README.zh-CN.md", "docs/questions.md", "docs/releasing.md"]
)
def test_links_lead_somewhere(name: str) -> None:
    """Catches a link to a file, or to a heading of the document itself, that is not there."""
    text = (ROOT / name).read_text(encoding="utf-8")
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    for link in re.findall(r"\]\(([^):]+)\)", text):
        file, _, heading = link.partition("#")
        assert not file or ((ROOT / name).parent / file).exists(), link
        assert not heading or file or heading in headings, link
