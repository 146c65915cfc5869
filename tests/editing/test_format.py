"""`format`: what it converts, what it refuses, and that it never changes a value."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from support import DESCRIPTOR, FROZEN, ROOT, Rows, edit_rows, run_cli, swap

PLACES, PROJECTS, EVIDENCE = "data/places.csv", "data/projects.csv", "data/evidence.csv"


def content(package: Path) -> dict[str, bytes]:
    return {str(path.relative_to(package)): path.read_bytes() for path in package.rglob("*") if path.is_file()}


def backwards(rows: Rows) -> Rows:
    return [rows[0], *rows[:0:-1]]


def rewritten(change: Callable[[str], bytes]) -> Callable[[Path, str], object]:
    return lambda root, file: (root / file).write_bytes(change((root / file).read_text(encoding="utf-8")))


FORMS: dict[str, Callable[[Path, str], object]] = {
    "rows in another order": lambda root, file: edit_rows(root, file, backwards),
    "columns in another order": lambda root, file: edit_rows(root, file, lambda rows: [row[::-1] for row in rows]),
    "all cells quoted": lambda root, file: edit_rows(root, file, list, quoting=csv.QUOTE_ALL),
    "semicolons": lambda root, file: edit_rows(root, file, list, delimiter=";"),
    "tabs": lambda root, file: edit_rows(root, file, list, delimiter="\t"),
    "semicolons, all quoted": lambda root, file: edit_rows(root, file, list, delimiter=";", quoting=csv.QUOTE_ALL),
    "CRLF": rewritten(lambda text: text.replace("\n", "\r\n").encode()),
    "CR": rewritten(lambda text: text.replace("\n", "\r").encode()),
    "no line feed at the end": rewritten(lambda text: text.removesuffix("\n").encode()),
    "byte order mark": rewritten(lambda text: text.encode("utf-8-sig")),
    "as a spreadsheet": rewritten(lambda text: text.replace("\n", "\r\n").encode("utf-8-sig")),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_comes_back(package: Path, name: str) -> None:
    """Catches a form that programs save a CSV in and that a contributor would have to convert by hand."""
    for file in (PLACES, EVIDENCE):
        FORMS[name](package, file)
    assert content(package) != content(FROZEN)
    assert run_cli("format", folder=package).status == 0
    assert content(package) == content(FROZEN)


@pytest.mark.parametrize(("file", "indent"), [(DESCRIPTOR, None), ("schemas/parks.json", "\t")])
def test_json_comes_back(package: Path, file: str, indent: str | None) -> None:
    """Catches a descriptor or schema saved by another program that is left as it is, or that changes in content."""
    value = json.loads((package / file).read_bytes())
    (package / file).write_bytes(json.dumps(value, indent=indent).replace("\n", "\r\n").encode())
    run = run_cli("format", folder=package)
    assert (run.status, run.out) == (0, f"{file}: rewritten\n")
    assert content(package) == content(FROZEN)


def test_canonical_files_are_left(package: Path) -> None:
    """Catches files that are written although nothing changes, and files of this repository that `format` changes."""
    times = {path: path.stat().st_mtime_ns for path in package.rglob("*")}
    run = run_cli("format", folder=package)
    assert (run.status, run.out) == (0, "all files are in canonical form\n")
    assert {path: path.stat().st_mtime_ns for path in times} == times
    run = run_cli("format", "--check", "--package", ROOT)
    assert set(run.out.splitlines()) <= {f"{DESCRIPTOR}: would be rewritten", "all files are in canonical form"}


def test_check_lists_the_files_and_changes_nothing(package: Path) -> None:
    """Catches a check that writes, that says nothing of what it would write, or that a CI cannot tell from success."""
    edit_rows(package, PROJECTS, backwards, delimiter=";", lineterminator="\r\n")
    with (package / "schemas/parks.json").open("a") as stream:
        stream.write("\n")
    before = content(package)
    run = run_cli("format", "--check", folder=package)
    assert run.status == 1
    files = (PROJECTS, "schemas/parks.json")
    assert run.out == "".join(f"{file}: would be rewritten\n" for file in files)
    assert content(package) == before


def test_sizes_and_hashes_are_refreshed(package: Path) -> None:
    """Catches a contributor of a value or a table who has to work out a SHA-256, or other changes of the descriptor."""
    descriptor = json.loads((package / DESCRIPTOR).read_bytes())
    for resource in descriptor["resources"]:
        del resource["bytes"], resource["hash"]
    (package / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    swap(package, PROJECTS, "Head office", "New head office")
    assert run_cli("format", folder=package).status == 0
    assert wx.validate(package) == []
    written = json.loads((package / DESCRIPTOR).read_bytes())
    for resource in written["resources"]:
        del resource["bytes"], resource["hash"]
    assert written == descriptor


def replaced(file: str, old: bytes, new: bytes, count: int = 1) -> Callable[[Path], object]:
    return lambda root: (root / file).write_bytes((root / file).read_bytes().replace(old, new, count))


# What is done to a package, and where and why a file is left as it is.
REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a cell too few": (replaced(PLACES, b",Linxi", b"Linxi"), f"{PLACES}:3: the row has 8 cells, the header 9"),
    "a cell too many": (replaced(PLACES, b",Linxi", b",,Linxi"), f"{PLACES}:3: the row has 10 cells, the header 9"),
    "an open quote": (replaced(PLACES, b",Linxi", b',"Linxi'), f"{PLACES}:3: malformed CSV"),
    "an open quote at the end": (lambda root: (root / PLACES).open("a").write('"'), f"{PLACES}:7: a cell with an open"),
    "a line break in a cell": (replaced(PLACES, b",Linxi District", b',"Lin\nxi"'), f"{PLACES}:3: a cell with"),
    "an empty line": (lambda root: (root / PLACES).open("a").write("\n"), f"{PLACES}:7: the line is empty"),
    "another header": (replaced(PLACES, b"name_en", b"name"), f"{PLACES}:1: the header lacks name_en"),
    "a field twice": (replaced(PLACES, b"name_en", b"name_zh"), f"{PLACES}:1: the header lacks name_en"),
    "bars": (replaced(PLACES, b",", b"|", -1), f"{PLACES}:1: the header lacks"),
    "GBK": (
        lambda root: (root / PLACES).write_bytes((root / PLACES).read_text(encoding="utf-8").encode("gb18030")),
        f"{PLACES}:2: the file is not UTF-8; it reads as GBK (GB18030)",
    ),
    "UTF-16": (
        lambda root: (root / PLACES).write_bytes((root / PLACES).read_text(encoding="utf-8").encode("utf-16")),
        f"{PLACES}:1: the file is UTF-16",
    ),
    "nothing": (lambda root: (root / PLACES).write_bytes(b""), f"{PLACES}: the file is empty"),
    "no file": (lambda root: (root / PLACES).unlink(), f"{PLACES}: no such file"),
    "many marks": (replaced(PLACES, b",Linxi", b",Linxi" + b"\xcc\x81" * 31), f"{PLACES}: the text has more"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_uncertain_rows_are_left(package: Path, name: str) -> None:
    """Catches a row that is dropped or guessed at, and a refusal that spoils the files or does not say where."""
    change, message = REFUSED[name]
    change(package)
    edit_rows(package, PROJECTS, backwards)
    before = content(package) | {PROJECTS: (FROZEN / PROJECTS).read_bytes()}
    run = run_cli("format", folder=package)
    assert run.status == 1
    assert run.out.startswith(message)
    assert content(package) == before


def test_excel_file_in_gbk_with_a_wrong_digit(package: Path) -> None:
    """Catches an Excel user's file that cannot be converted, or a wrong digit that is lost on the way."""
    file = "data/industry_metrics.csv"
    swap(package, file, ",8650000000,", ",6850000000,")
    text = (package / file).read_text(encoding="utf-8")
    (package / file).write_bytes(text.replace("\n", "\r\n").encode("gb18030"))
    assert run_cli("format", folder=package).status == 1
    run = run_cli("format", "--from-encoding", "gb18030", folder=package)
    assert run.status == 0
    assert f"{file}: rewritten\n" in run.out
    (problem,) = wx.validate(package)
    assert (problem.file, problem.line, problem.column) == (file, 8, "value")
    swap(package, file, ",6850000000,", ",8650000000,")
    # An edited file in UTF-8 is not read as GB18030, which these bytes are by chance too.
    assert run_cli("format", "--from-encoding", "gb18030", folder=package).status == 0
    assert content(package) == content(FROZEN)


def test_neither_encoding_is_refused(package: Path) -> None:
    """Catches characters that are replaced where bytes are text in no encoding."""
    replaced(PLACES, b"Linxi", b"Lin\xff\xffxi")(package)
    run = run_cli("format", "--from-encoding", "gb18030", folder=package)
    assert run.status == 1
    assert run.out.startswith(f"{PLACES}:3: the file is not UTF-8")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_full_disk_leaves_all_as_it_was(package: Path) -> None:
    """Catches a file half written, or a traceback, where there is no room."""
    for file in (PROJECTS, EVIDENCE):
        edit_rows(package, file, backwards)
    before = content(package)
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048));"
        "from wuxi_outsourcing.engine.cli import main; sys.exit(main(['format']))"
    )
    # The limit would affect the file of a coverage measurement too.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    command = [sys.executable, "-B", "-c", limited]
    run = subprocess.run(command, cwd=package, env=environment, capture_output=True, check=False, encoding="utf-8")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"{EVIDENCE}: cannot be written: File too large\n")
    assert content(package) == before


def test_never_writes_outside_the_folder(package: Path, tmp_path: Path) -> None:
    """Catches a contributed package by which files elsewhere on the machine are rewritten."""
    outside = tmp_path / "outside.csv"
    (package / PLACES).rename(outside)
    (package / PLACES).symlink_to(outside)
    edit_rows(package, PLACES, backwards)
    before = outside.read_bytes()
    for new in ("", "../outside.csv", str(outside)):
        if new:
            swap(package, DESCRIPTOR, '"data/parks.csv"', f'"{new}"')
        run = run_cli("format", folder=package)
        assert (run.status, run.out) == (2, "")
        assert "points outside the package" in run.err
        (package / DESCRIPTOR).write_bytes((FROZEN / DESCRIPTOR).read_bytes())
    assert outside.read_bytes() == before
