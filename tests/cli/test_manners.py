"""What every command has: an example in its help, output for programs, a language, and lines that fit the terminal."""

import json
import re
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from support import ARTICLES, FROZEN, run_cli
from wuxi_outsourcing.engine.cli import PROGRAM
from wuxi_outsourcing.engine.cli.commands import COMMANDS
from wuxi_outsourcing.engine.cli.parser import make_parser
from wuxi_outsourcing.engine.cli.terminal import text_width, wrapped
from wuxi_outsourcing.engine.opening import open_package

ARTICLE = ARTICLES["yunchuan-2021"]
CHIP = ("parks", "chip-design")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches help that breaks a word, is wider than the terminal, or names the subject of one package."""
    arguments = [*filter(None, [command]), "--help"]
    monkeypatch.setenv("COLUMNS", "1000")
    wide = run_cli(*arguments).out
    monkeypatch.setenv("COLUMNS", "50")
    narrow = run_cli(*arguments).out
    _, _, wide_text = wide.partition("\n\n")
    usage, _, text = narrow.partition("\n\n")
    assert text.split() == wide_text.split()
    description, _, example = text.partition("\nexample:\n")
    assert max(map(len, description.splitlines())) <= 50
    assert "Wuxi" not in (usage + text)
    assert "wuxi" not in (usage + text).replace(PROGRAM, "")
    if command:
        assert example.startswith(f"  {PROGRAM} {command}")
        make_parser(command).parse_args(shlex.split(example)[1:])


def _json(*arguments: str | Path) -> Any:
    """What a command gives a program; the values of dates are text."""
    run = run_cli(*arguments, "--json", "--package", FROZEN)
    assert run.err == ""
    return json.loads(run.out)


def test_json() -> None:
    """Catches a command whose JSON says other than the package does."""
    package = open_package(FROZEN)
    parks = package.schema("parks")
    listed = {table["name"]: table for table in _json("tables")}
    assert list(listed) == list(package.paths)
    assert listed["parks"] == {"name": "parks", "rows": 2, "title": parks.title, "title_zh": parks.title_zh}
    assert _json("describe", "parks") == package.schema_file("parks").value
    assert _json("evidence", *CHIP) == [asdict(citation) for citation in package.evidence(*CHIP)]
    assert _json("evidence", *CHIP, "note_en") == []
    (row,) = _json("corroborations", *CHIP)
    assert row == package.corroborations(*CHIP)[0] | {"accessed_on": "2022-07-02"}
    assert _json("verify", ARTICLE) == asdict(package.verify(ARTICLE))
    assert json.loads(run_cli("validate", FROZEN, "--json").out) == []
    for command in ("validate", "diff"):
        run = run_cli(command, "--json", "--format", "markdown", folder=FROZEN)
        assert (run.status, "not allowed with argument" in run.err) == (2, True)


def test_json_does_not_steer_the_terminal(package: Path) -> None:
    """Catches a cell with what a terminal would obey, which JSON allows as it is, and one that is changed by that."""
    path = package / "data/parks.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("云川芯片", "云川\x9b31m\u202e芯片"), encoding="utf-8")
    out = run_cli("show", "parks", "--json", folder=package).out
    assert out.replace("\n", "").isprintable()
    assert "云川\x9b31m\u202e芯片" in json.loads(out)[0]["name_zh"]


LANGUAGES = [
    (("tables",), "\nparks                  2 rows  {}\n", "Parks", "园区"),
    (("describe", "parks"), "parks: {}\n", "Parks", "园区"),
    (("describe", "parks"), "\n{}: park_id\n", "Primary key", "主键"),
    (("describe", "parks"), "\nlevel (string, {}; editorial)\n", "optional", "可为空"),
    (
        ("describe", "parks"),
        "\n    national: {}\n",
        "National. The name of the park has the word 国家.",
        "国家级。园区名称含“国家”二字。",
    ),
    (("corroborations", *CHIP), "{}", "row, Adds a date", "整行，补充时间："),
    (("corroborations", *CHIP), "{}", ": The park opened", "该园区于 2016 年 5 月"),
    (("corroborations", *CHIP), "2022-07-02", "read on", "查阅日期"),
]


@pytest.mark.parametrize(("arguments", "form", "english", "chinese"), LANGUAGES)
def test_language(arguments: tuple[str, ...], form: str, english: str, chinese: str) -> None:
    """Catches titles, descriptions, labels or statements in the other language."""
    for lang, words in {"en": english, "zh": chinese}.items():
        assert form.replace("{}", words) in run_cli(*arguments, "--lang", lang, folder=FROZEN).out


def test_prose_fits_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches prose that is wider than the terminal, and prose that is cut where there is none."""
    commands = [["describe", "parks", "--lang", "zh"], ["evidence", *CHIP], ["corroborations", *CHIP], ["cite"]]
    whole = [run_cli(*command, folder=FROZEN).out for command in commands]
    monkeypatch.setenv("COLUMNS", "40")
    for command, text in zip(commands, whole, strict=True):
        narrow = run_cli(*command, folder=FROZEN).out
        assert re.sub(r"\s", "", narrow) == re.sub(r"\s", "", text)
        assert max(map(text_width, narrow.splitlines())) <= 40
    assert max(map(text_width, whole[-1].splitlines())) > 80


def test_a_problem_is_one_line_in_any_terminal(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a problem that is wrapped, which no editor or script could follow to its line."""
    copy = tmp_path / "copy.txt"
    copy.write_text(ARTICLE.read_text(encoding="utf-8").replace("12.4%", "12.5%"), encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "40")
    out = run_cli("verify", copy, folder=package).out
    problems = open_package(package).verify(copy).problems
    assert out.startswith("\n".join(map(str, problems)) + "\n")


def test_words_and_figures_stay_whole() -> None:
    """Catches a word or a figure that is broken, a line that begins with a closing mark, and a text that is changed."""
    text = "云川市（江苏）服务外包执行额,达1,350.5亿元，见《Software-Park 2021》。It's 12.4% of “all”…完"
    for width in range(1, 60):
        lines = wrapped(text, width)
        assert "".join("".join(lines).split()) == "".join(text.split())
        for word in ("1,350.5", "Software-Park", "2021", "It's", "12.4%", "of", "“all”"):
            assert any(word in line for line in lines), (width, word)
        assert not any(re.match("[，。）》”…]", line) for line in lines), width
        assert not any(re.search("[（《“]$", line) for line in lines), width
        assert max(map(text_width, lines)) <= max(width, text_width("《Software-Park")), width
