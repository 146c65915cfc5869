"""The command line as a whole: help, exit status, streams, and the commands that read."""

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from support import FROZEN, ROOT, edit_json, run_cli, swap
from wuxi_outsourcing.engine.cli import commands
from wuxi_outsourcing.engine.cli.commands import COMMANDS
from wuxi_outsourcing.engine.opening import installed, open_package

COMMAND = [sys.executable, "-m", "wuxi_outsourcing"]


def test_help_lists_every_command() -> None:
    """Catches a command that is in no list, or one that is listed and does not exist."""
    modules = [path.stem for path in Path(commands.__path__[0]).glob("[!_]*.py")]
    assert sorted(modules) == sorted(command.replace("-", "_") for command in COMMANDS)
    bare, asked = run_cli(), run_cli("--help")
    assert (bare.status, bare.out, bare.err) == (0, asked.out, "")
    for command in COMMANDS:
        assert f"\n    {command} " in bare.out or f"\n    {command}\n" in bare.out
        assert f"usage: wuxi-outsourcing {command}" in run_cli(command, "--help").out
    assert run_cli("nothing").status == 2


def test_version_is_read_when_it_is_asked_for(home: Path) -> None:
    """Catches a version that is stated a second time, and a command that fails for want of it."""
    assert run_cli("--version").out == "wuxi-outsourcing 1.4.0\n"
    edit_json(home, "datapackage.json", lambda value: value.pop("version"))
    installed.cache_clear()
    assert run_cli("--version").status == 2
    assert run_cli("--help").status == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "park"], "wuxi-outsourcing: no table 'park': did you mean parks"),
        (["evidence", "parks", "chip"], "wuxi-outsourcing: no row of parks 'chip': did you mean chip-design"),
        (["evidence", "parks", "chip-design", "nam"], "wuxi-outsourcing: no field 'nam'"),
        (["corroborations", "parks", "chip"], "wuxi-outsourcing: no row of parks 'chip'"),
        (["tables", "--package", "no\x1bwhere"], "no\\x1bwhere: no such folder\n    Go to the folder"),
        (["verify", "nowhere.txt"], "nowhere.txt: no such file\n    Give the path"),
        (["verify", "data"], "data: cannot be read"),
        (["validate", "data"], "data: there is no datapackage.json in this folder"),
    ],
)
def test_could_not_run(package: Path, arguments: list[str], message: str) -> None:
    """Catches another status than 2, or output beside the reason, where there is nothing to work on."""
    run = run_cli(*arguments, folder=package)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(message)


def test_acts_on_the_nearest_package(package: Path) -> None:
    """Catches `valid` for a defective checkout, said in one of its folders of the installed package."""
    swap(package, "data/parks.csv", ",national,", ",nation,")
    for folder in (package / "data", package / "schemas"):
        run = run_cli("validate", folder=folder)
        assert (run.status, run.err) == (1, f"package: {package}\n")
        assert run.out.endswith(f"1 problem in {package}\n")
    assert run_cli("show", "parks", folder=package).err == ""


def test_another_data_package_is_passed_over(package: Path, tmp_path: Path) -> None:
    """Catches a command that stops at a data package without citations, and one that does not name what it read."""
    other = package / "data/other"
    other.mkdir()
    (other / "datapackage.json").write_text('{"name": "other", "resources": [{"name": "sources"}]}', encoding="utf-8")
    assert run_cli("tables", folder=other).err == f"package: {package}\n"
    elsewhere = run_cli("tables", folder=tmp_path)
    assert (elsewhere.status, elsewhere.err) == (0, f"package: {installed().root}\n")


@pytest.mark.parametrize("text", ["{", "[]", '{"resources": [{"name": "evidence"}]}'])
def test_a_broken_descriptor_is_not_passed_over(package: Path, text: str) -> None:
    """Catches `valid`, said of the installed package, in a checkout whose descriptor is damaged."""
    (package / "datapackage.json").write_text(text, encoding="utf-8")
    run = run_cli("validate", folder=package / "data")
    assert (run.status in (1, 2), "datapackage.json:" in run.out + run.err) == (True, True)


@pytest.mark.parametrize(
    ("error", "status", "printed"),
    [
        (KeyboardInterrupt(), 130, ""),
        (ImportError("needs pip install 'wuxi-outsourcing[export]'"), 2, "wuxi-outsourcing: needs pip install"),
        (OSError(28, "No space left on device"), 2, "wuxi-outsourcing: [Errno 28] No space left on device"),
    ],
)
def test_failures_are_one_line(monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, printed: str) -> None:
    """Catches a traceback on Ctrl-C, without an extra, or on a full disk."""

    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr("wuxi_outsourcing.engine.cli.commands.tables.open_package", fail)
    run = run_cli("tables")
    assert (run.status, run.err.startswith(printed), run.err.count("\n")) == (status, True, int(bool(printed)))


def test_broken_pipe() -> None:
    """Catches a traceback where the reader has seen enough, as with `| head -1`."""
    command = [*COMMAND, "show", "evidence", "--package", str(FROZEN)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(os.name == "nt", reason="a shell of Windows cannot close a stream")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", "<&-"])
@pytest.mark.parametrize(("command", "status"), [("show parks", 0), ("validate", 0), ("show park", 2), ("--halp", 2)])
def test_closed_streams(closed: str, command: str, status: int) -> None:
    """Catches a command that fails, or that reports another status, since nobody listens."""
    script = f"{shlex.join(COMMAND)} {command} {closed}"
    run = subprocess.run(["sh", "-c", script], cwd=FROZEN, check=False, capture_output=True, encoding="utf-8")
    assert run.returncode == status
    assert "Traceback" not in run.stderr
    assert bool(run.stdout) == (status == 0 and ">&-" not in closed.replace("2>&-", ""))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_full_disk_behind_the_output() -> None:
    """Catches output that is lost without a word, or a complaint of Python beside our own."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [*COMMAND, "show", "parks", "--package", str(FROZEN)]
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, encoding="utf-8")
    assert (run.returncode, run.stderr) == (2, "wuxi-outsourcing: [Errno 28] No space left on device\n")


@pytest.mark.parametrize("module", ["parser", "commands.show"])
def test_interrupt_while_starting(module: str) -> None:
    """Catches a traceback where Ctrl-C comes while the command line is still being imported."""
    code = f"""
import sys
from wuxi_outsourcing.engine.cli import main
class Interrupted:
    def find_spec(name, path=None, target=None):
        if name == "wuxi_outsourcing.engine.cli.{module}":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted)
sys.exit(main(["show", "parks"]))
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=FROZEN, check=False, capture_output=True, encoding="utf-8")
    assert (run.returncode, run.stdout, run.stderr) == (130, "", "")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["validate"], 0),
        (["validate", "."], 0),
        (["export", "--to", "json", "../\x1b[31m.json"], 0),
        (["export", "--to", "json", "../no\x1b[31m/x"], 2),
        (["show", "parks", "\x1b[31m"], 2),
        (["show", "\x1b[31m"], 2),
        (["\x1b[31m"], 2),
        (["verify", "\x1b[31m"], 2),
        (["evidence", "parks", "chip-design", "\x1b[31m"], 2),
        (["diff", "\x1b[31m"], 2),
    ],
)
def test_no_name_steers_the_terminal(package: Path, arguments: list[str], status: int) -> None:
    """Catches a name of a folder or file, or an argument, that is printed with what a terminal would obey."""
    folder = package.rename(package.with_name("a\x1b[31m\x9bb"))
    run = run_cli(*arguments, folder=folder)
    assert run.status == status
    assert (run.out + run.err).replace("\n", "").isprintable()


def test_output_is_utf8_whatever_the_terminal() -> None:
    """Catches a UnicodeEncodeError on a console that knows no Chinese."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    command = [*COMMAND, "show", "parks", "--package", str(FROZEN)]
    run = subprocess.run(command, env=environment, check=True, capture_output=True)
    assert "云川芯片设计园" in run.stdout.decode("utf-8")


def test_the_nearest_package_is_read(home: Path, tmp_path: Path) -> None:
    """Catches a command that reads another package than the one named, else the folder's, else the installed one."""
    edit_json(home, "schemas/parks.json", lambda schema: schema.update(title="Installed"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert "parks: Installed" in run_cli("describe", "parks", folder=elsewhere).out
    assert "parks: Parks" in run_cli("describe", "parks", folder=FROZEN).out
    assert "parks: Parks" in run_cli("describe", "parks", "--package", FROZEN, folder=home).out


def test_tables_and_describe() -> None:
    """Catches a wrong number of rows, and a schema that is printed without a key, a rule or a term."""
    assert "\nparks                  2 rows  Parks\n" in run_cli("tables", folder=FROZEN).out
    text = run_cli("describe", "industry_metrics", folder=FROZEN).out
    assert "Foreign key: part_of -> industry_metrics (metric_id)" in text
    assert "value (number, optional; derived, rule quantity)" in text
    assert "qualifier (string, required; cited_with value, rule qualifier)" in text
    assert "    several: " in text


def test_evidence_and_corroborations() -> None:
    """Catches evidence of another cell, silence where there is none, and a corroboration without its address."""
    lines = run_cli("evidence", "parks", "chip-design", folder=FROZEN).out.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("name_zh: yunchuan-2021, paragraph ")
    assert lines[0].endswith(": 云川芯片设计园")
    empty = run_cli("evidence", "parks", "chip-design", "note_en", folder=FROZEN)
    assert "parks chip-design note_en has no evidence: it is editorial" in empty.out
    others = run_cli("corroborations", "parks", "chip-design", folder=FROZEN).out
    assert others.startswith("row, dates: The park opened in May 2016")
    assert "https://news.example.org/park?id=7, read on 2022-07-02" in others


def test_cite() -> None:
    """Catches a citation of another package than the one that is acted upon, or in another style."""
    package = open_package(FROZEN)
    for run in (run_cli("cite", folder=FROZEN), run_cli("cite", "--package", FROZEN)):
        assert (run.status, run.out) == (0, f"{package.citation()}\n")
    assert run_cli("cite", "--bibtex", folder=FROZEN).out == f"{package.citation('bibtex')}\n"


def test_show_fits_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches columns out of line where Chinese takes two places, and rows that are wider than the terminal."""
    monkeypatch.setenv("COLUMNS", "200")
    header, *rows = run_cli("show", "parks", folder=FROZEN).out.splitlines()
    assert header.split() == ["park_id", "name_zh", "name_en", "function", "level", "place_id"]
    start = header.index("name_en")
    assert {_columns_before(row, name) for row, name in zip(rows, ("Yunchuan", "Shiqiao"), strict=True)} == {start}
    monkeypatch.setenv("COLUMNS", "60")
    narrow = run_cli("show", "parks", folder=FROZEN).out
    assert "park_id   chip-design\nname_zh   云川芯片设计园\n" in narrow
    assert "note_en" not in narrow
    lines = run_cli("show", "industry_metrics", folder=FROZEN).out.splitlines()
    assert max(_columns_before(f"{line}\0", "\0") for line in lines) <= 60


def test_show_in_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches terms without their labels, the other language's columns, and a note that is lost."""
    monkeypatch.setenv("COLUMNS", "1000")
    chinese = run_cli("show", "sources", "--lang", "zh", folder=FROZEN).out
    assert "从接单到出海:云川服务外包十年观察" in chinese
    assert "From orders to exports" not in chinese
    assert "\nyunchuan-2021: 电头未印年份。\n" in chinese
    english = run_cli("show", "industry_metrics", "--lang", "en", folder=FROZEN).out
    assert "4,100,000,000" in english
    assert "Chinese yuan" in english
    assert "Label (Chinese)" not in english


def test_show_for_programs() -> None:
    """Catches a value, a column or a type that is lost in CSV or JSON."""
    records = list(csv.reader(io.StringIO(run_cli("show", "parks", "--csv", folder=FROZEN).out)))
    assert records == list(csv.reader((FROZEN / "data/parks.csv").open(encoding="utf-8", newline="")))
    (_, row) = json.loads(run_cli("show", "sources", "--json", folder=FROZEN).out)
    assert (row["published_on"], row["dateline_month_day"], row["characters"]) == ("2021-03-18", "03-17", 737)
    (park, _) = json.loads(run_cli("show", "parks", "--json", "--lang", "zh", folder=FROZEN).out)
    assert "国家" in park["level"]


def _columns_before(row: str, text: str) -> int:
    """The columns of a terminal in front of a text: a character outside Latin takes two."""
    return sum(2 if ord(char) > 0x2E80 else 1 for char in row[: row.index(text)])
