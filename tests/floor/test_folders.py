"""Folders that several processes change, and what a killed one leaves."""

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from support import ARTICLES, FROZEN, ROOT, edit_rows, refresh, run_cli
from wuxi_outsourcing.engine.editing.editable_tables import editable_table, write_tables
from wuxi_outsourcing.engine.folders import TEMPORARY, locked, temporary_folder
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.package import EVIDENCE

ARTICLE, CSV = ARTICLES["yunchuan-2021"], "data/evidence.csv"
COMMAND = [sys.executable, "-m", "wuxi_outsourcing"]
# As many cells as writers: table, row, field, and the quote that is cited again.
CELLS = [
    ("parks", "chip-design", "name_zh", "云川芯片设计园"),
    ("policies", "matching-2011", "match_ratio", "1:1"),
    ("policies", "fund-2013", "duration_years", "3年"),
    ("policies", "fund-2013", "year_issued", "2013年"),
    ("sources", "yunchuan-2021", "dateline_month_day", "3月17日"),
    ("industry_metrics", "certified-2020", "value", "20-30家"),
]
# Makes a temporary folder, says so, and then waits to be killed.
KILLED = """
import sys, time
from pathlib import Path
from wuxi_outsourcing.engine.folders import temporary_folder
with temporary_folder(Path(sys.argv[1])) as folder:
    (folder / "half").write_text("half")
    print("ready", flush=True)
    time.sleep(600)
"""
needs_locks = pytest.mark.skipif(os.name == "nt", reason="Windows does not lock folders")


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(f"{TEMPORARY}*")]


@needs_locks
def test_writers_at_once_lose_nothing(package: Path) -> None:
    """Catches a citation that another command, which had read the file before, overwrites."""
    keys = [list(cell[:3]) for cell in CELLS]
    edit_rows(package, CSV, lambda rows: [row for row in rows if row[:3] not in keys])
    refresh(package)
    commands = [[*COMMAND, "quote", str(ARTICLE), quote, "--for", *cell] for *cell, quote in CELLS]
    writers = [subprocess.Popen(command, cwd=package, stdout=subprocess.DEVNULL) for command in commands]
    assert [writer.wait() for writer in writers] == [0] * len(CELLS)
    for file in (CSV, "datapackage.json"):
        assert (package / file).read_bytes() == (FROZEN / file).read_bytes()
    assert leftovers(package) == []


def test_an_editor_that_holds_nothing_is_noticed(package: Path) -> None:
    """Catches a row that somebody saves in a spreadsheet while a command runs, and that the command overwrites."""
    opened = open_package(package)
    table = editable_table(opened, EVIDENCE)
    edit_rows(package, CSV, lambda rows: rows[:-1])
    with (package / CSV).open(encoding="utf-8", newline="") as stream:
        saved = list(csv.reader(stream))
    with pytest.raises(wx.Unusable, match=f"{CSV}: the file has changed since it was read"):
        write_tables(opened, [table])
    with (package / CSV).open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == saved


@needs_locks
def test_a_folder_that_is_held_is_waited_for(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a command that waits for another without end, or that writes beside it."""
    monkeypatch.setattr("wuxi_outsourcing.engine.folders._LONGEST_WAIT", 0)
    with locked(package):
        run = run_cli("quote", ARTICLE, "--all", folder=package)
    assert run.status == 2
    assert "another process is changing this folder\n    Wait until it has ended" in run.err
    assert run_cli("quote", ARTICLE, "--all", folder=package).status == 0


@needs_locks
def test_what_a_killed_process_leaves_is_removed(package: Path) -> None:
    """Catches leftovers that pile up, and a running process whose files are taken for leftovers."""
    with subprocess.Popen([sys.executable, "-c", KILLED, package], stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        assert run_cli("format", folder=package).status == 0
        wx.export("json", package / "it.json")
        (live,) = leftovers(package)
        assert (package / live / "half").exists()
        process.send_signal(signal.SIGKILL)
    assert leftovers(package) == [live]
    assert run_cli("format", folder=package).status == 0
    assert leftovers(package) == []


@needs_locks
def test_a_folder_is_not_a_leftover_before_it_is_held(tmp_path: Path) -> None:
    """Catches a process that removes the folder which another has just made; and a link that is followed."""
    (tmp_path / f"{TEMPORARY}new").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other/file").touch()
    (tmp_path / f"{TEMPORARY}link").symlink_to(tmp_path / "other")
    with temporary_folder(tmp_path):
        pass
    assert sorted(leftovers(tmp_path)) == [f"{TEMPORARY}link", f"{TEMPORARY}new"]
    assert (tmp_path / "other/file").exists()


def test_git_ignores_temporary_folders() -> None:
    """Catches a leftover that a contributor commits."""
    names = [f"{TEMPORARY}x/half", f"data/{TEMPORARY}x/half"]
    run = subprocess.run(["git", "check-ignore", "--no-index", *names], cwd=ROOT, check=False, capture_output=True)
    assert run.stdout.decode().split() == names
