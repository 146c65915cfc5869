"""`format`: what it mends, what it refuses, and that it never changes a value."""

import csv
import io
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wuxi_outsourcing as wx
from conftest import ROOT
from wuxi_outsourcing import cli
from wuxi_outsourcing.editing.canonical import format_package
from wuxi_outsourcing.editing.folder import editable_package

PLACES, TIERS, METRICS = "data/places.csv", "data/talent_tiers.csv", "data/industry_metrics.csv"


def bytes_of(package: Path) -> dict[str, bytes]:
    return {str(path.relative_to(package)): path.read_bytes() for path in package.rglob("*") if path.is_file()}


def shuffled(text: str) -> str:
    header, *rows = text.splitlines(keepends=True)
    return "".join([header, *reversed(rows)])


def columns_reversed(text: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(row[::-1] for row in csv.reader(io.StringIO(text)))
    return out.getvalue()


def all_quoted(text: str) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


FORMS: dict[str, Callable[[str], bytes]] = {
    "rows in another order": lambda text: shuffled(text).encode(),
    "columns in another order": lambda text: columns_reversed(text).encode(),
    "all cells quoted": lambda text: all_quoted(text).encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "no line feed at the end": lambda text: text.removesuffix("\n").encode(),
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "all at once": lambda text: all_quoted(shuffled(text)).replace("\n", "\r\n").encode("utf-8-sig"),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_comes_back(package: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Catches a form that programs save a CSV in and that a contributor would have to mend by hand."""
    before = bytes_of(package)
    for file in (PLACES, METRICS):
        (package / file).write_bytes(FORMS[name](before[file].decode()))
    monkeypatch.chdir(package)
    assert cli.main(["format"]) == 0
    assert bytes_of(package) == before


def test_real_package_is_canonical(capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a repository whose files `format` would change."""
    assert cli.main(["format", "--check", "--package", str(ROOT)]) == 0
    assert capsys.readouterr().out == "all files are in canonical form\n"


def test_check_prints_the_diff_and_changes_nothing(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a check that writes, that says nothing of what it would write, or that a CI can't tell from success."""
    path = package / TIERS
    path.write_bytes(shuffled(path.read_text().replace("General", "Ge\x1bneral")).replace("\n", "\r\n").encode())
    before = bytes_of(package)
    assert cli.main(["format", "--check", "--package", str(package)]) == 1
    out = capsys.readouterr().out
    assert f"{TIERS}: line ends LF\n" in out
    assert "+general,普通人才,Ge\\x1bneral talent,职训,Vocational training\n" in out
    assert '\n-      "bytes": 235,\n' in out
    assert '\n+      "bytes": 236,\n' in out
    assert "\x1b" not in out
    assert bytes_of(package) == before


def test_check_of_a_long_table(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a check that compares for hours where a long table is in another order."""
    path = package / TIERS
    rows = [f"row-{number},普通人才{number},General talent,职训,Vocational training\n" for number in range(30_000)]
    path.write_text(path.read_text().split("\n")[0] + "\n" + "".join(rows))
    assert cli.main(["format", "--check", "--package", str(package)]) == 1
    assert f"{TIERS}: the diff is too long to show\n" in capsys.readouterr().out


def test_descriptor_changes_in_bytes_and_hash_alone(package: Path) -> None:
    """Catches a descriptor that is written anew, with the contributor's own layout lost."""
    descriptor = package / "datapackage.json"
    text = descriptor.read_text().replace('"keywords": [\n    "Wuxi",', '"keywords": ["Wuxi",   ').replace("\n", "\r\n")
    descriptor.write_bytes(text.encode())
    path = package / TIERS
    path.write_text(path.read_text().replace("General", "Common"))
    assert cli.main(["format", "--package", str(package)]) == 0
    before, after = text.split("\r\n"), descriptor.read_bytes().decode().split("\r\n")
    changed = [line for line, new in zip(before, after, strict=True) if line != new]
    assert [line.split('"')[1] for line in changed] == ["bytes", "hash"]
    assert wx.validate(package) == []


def test_new_resource_gets_its_size_and_hash(package: Path) -> None:
    """Catches a contributor of a table who has to work out a SHA-256."""
    descriptor = package / "datapackage.json"
    text = descriptor.read_text()
    start = text.index(',\n      "bytes": 235')
    descriptor.write_text(text[:start] + text[text.index("\n    }", start) :])
    assert cli.main(["format", "--package", str(package)]) == 0
    assert descriptor.read_text() == text


# What is done to places.csv, and where and why it is refused.
REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a cell too few": (lambda data: data.replace(b",Wuxi,", b",", 1), f"{PLACES}:5: the row has 6 cells"),
    "a cell too many": (lambda data: data.replace(b",Wuxi,", b",Wuxi,,", 1), f"{PLACES}:5: the row has 8 cells"),
    "a quote left open": (lambda data: data.replace(b",Wuxi,", b',"Wuxi,', 1), f"{PLACES}:5: the row is no CSV"),
    "a blank line": (lambda data: data + b"\n", f"{PLACES}:8: the line is blank"),
    "another header": (lambda data: data.replace(b"name_en", b"name", 1), f"{PLACES}:1: the header lacks name_en"),
    "a header twice": (lambda data: data.replace(b"name_en", b"name_zh", 1), f"{PLACES}:1: the header lacks name_en"),
    "semicolons": (lambda data: data.replace(b",", b";"), f"{PLACES}:1: the header lacks"),
    "GBK": (lambda data: data.decode().replace("’", "'").encode("gbk"), f"{PLACES}:2: the file is not UTF-8"),
    "UTF-16": (lambda data: data.decode().encode("utf-16"), f"{PLACES}:1: the file is UTF-16"),
    "empty": (lambda _: b"", f"{PLACES}: the file is empty"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_what_it_cannot_read(package: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Catches a row that is dropped or guessed at, and a refusal that spoils the files or doesn't say where."""
    change, message = REFUSED[name]
    path = package / PLACES
    path.write_bytes(change(path.read_bytes()))
    before = bytes_of(package)
    assert cli.main(["format", "--package", str(package)]) == 1
    assert capsys.readouterr().out.startswith(message)
    assert bytes_of(package) == before


def test_key_that_is_no_integer_is_refused(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches an order that is made up for a row whose key can't be read."""
    path = package / "data/paragraphs.csv"
    path.write_text(path.read_text().replace("gzoutsourcing-42081,7,", "gzoutsourcing-42081,seven,"))
    assert cli.main(["format", "--package", str(package)]) == 1
    assert "data/paragraphs.csv:8:paragraph: 'seven' is not an integer" in capsys.readouterr().out


def test_excel_file_in_gbk_with_a_wrong_digit(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches an Excel user's file that can't be taken over, or a wrong digit that is lost on the way."""
    path = package / METRICS
    original = bytes_of(package)
    path.write_bytes(
        path.read_text().replace(",135000000000,", ",153000000000,").replace("\n", "\r\n").encode("gb18030")
    )
    assert cli.main(["format", "--package", str(package)]) == 1
    assert "Run `wuxi-outsourcing format --from-encoding gb18030`" in capsys.readouterr().out
    assert cli.main(["format", "--package", str(package), "--from-encoding", "gb18030"]) == 0
    capsys.readouterr()
    assert cli.main(["validate", str(package)]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{METRICS}:5:value: '153000000000' does not follow from its quote “1350亿元”")
    assert out.splitlines()[-1].startswith("1 problem(s)")
    path.write_text(path.read_text().replace(",153000000000,", ",135000000000,"))
    assert cli.main(["format", "--package", str(package)]) == 0
    assert cli.main(["validate", str(package)]) == 0
    assert bytes_of(package) == original


def test_utf8_is_not_taken_for_gb18030(package: Path) -> None:
    """Catches an edited UTF-8 file, valid GB18030 by chance, that is read as other characters."""
    path = package / TIERS
    path.write_text(path.read_text().replace("General talent", "Common talent"))
    before = path.read_bytes()
    assert cli.main(["format", "--package", str(package), "--from-encoding", "gb18030"]) == 0
    assert path.read_bytes() == before


def test_either_encoding_is_refused(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a guess where bytes are text in both encodings: 模母 in GBK is valid UTF-8."""
    path = package / TIERS
    header = path.read_text().split("\n")[0]
    path.write_bytes(f"{header}\na,模母,x,模母,x\n".encode("gbk"))
    before = bytes_of(package)
    assert cli.main(["format", "--package", str(package), "--from-encoding", "gb18030"]) == 1
    assert capsys.readouterr().out.startswith(f"{TIERS}:2: the line can be read as UTF-8 and as GB18030")
    assert bytes_of(package) == before


def test_neither_encoding_is_refused(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches characters that are replaced where bytes are text in no encoding."""
    path = package / TIERS
    path.write_bytes(path.read_bytes().replace(b"General", b"Ge\xff\xffneral"))
    assert cli.main(["format", "--package", str(package), "--from-encoding", "gb18030"]) == 1
    assert capsys.readouterr().out.startswith(f"{TIERS}:2: the file is neither UTF-8 nor GB18030")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_full_disk_leaves_all_as_it_was(package: Path) -> None:
    """Catches a file half written, or a traceback, where there is no room."""
    path = package / "data/claims.csv"
    path.write_text(shuffled(path.read_text()))
    before = bytes_of(package)
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048));"
        "from wuxi_outsourcing.cli import main; sys.exit(main(['format']))"
    )
    # The limit would strike the file of a coverage measurement too.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    command = [sys.executable, "-B", "-c", limited]
    done = subprocess.run(command, cwd=package, env=environment, capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("data/claims.csv: can't be written: File too large; nothing was changed\n")
    assert bytes_of(package) == before


def test_failing_in_the_middle_puts_all_back(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Catches a CSV that is new beside a descriptor that is old."""
    for file in (PLACES, TIERS):
        path = package / file
        path.write_bytes(FORMS["all at once"](path.read_text()))
    before = bytes_of(package)
    replace = Path.replace
    moved: list[Path] = []

    def failing(self: Path, target: Path) -> Path:
        if len(moved) == 1 and self.suffix == ".new":
            raise PermissionError(13, "Permission denied")
        moved.append(target)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    assert cli.main(["format", "--package", str(package)]) == 2
    assert "can't be written: Permission denied; nothing was changed" in capsys.readouterr().err
    assert bytes_of(package) == before


def test_never_writes_out_of_the_folder(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a contributed package by which files elsewhere on the machine are rewritten."""
    outside = tmp_path / "outside.csv"
    (package / PLACES).rename(outside)
    (package / PLACES).symlink_to(outside)
    assert cli.main(["format", "--package", str(package)]) == 2
    assert "data/places.csv leads out of the folder" in capsys.readouterr().err
    descriptor = package / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace("data/parks.csv", "../outside.csv"))
    assert cli.main(["format", "--package", str(package)]) == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda root: (root / "datapackage.json").unlink(), "there is no datapackage.json in this folder"),
        (lambda root: (root / "datapackage.json").write_text("{"), "this is no JSON"),
        (lambda root: (root / "datapackage.json").write_text("[]"), "there is no package here that can be read"),
        (lambda root: (root / "datapackage.json").write_text("[" * 10**5), "nested too deeply"),
        (lambda root: (root / "schemas/parks.json").write_text("[" * 10**6), "there is no package here"),
        (lambda root: (root / "schemas/parks.json").write_bytes(b" " * (5 << 20)), "over 1 MiB"),
    ],
)
def test_no_package(
    package: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], object], message: str
) -> None:
    """Catches a traceback on what is no package at all."""
    change(package)
    assert cli.main(["format", "--package", str(package)]) == 2
    assert message in capsys.readouterr().err


def test_installed_package_is_not_edited(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches an edit that the next installation would overwrite."""
    bundled = tmp_path / "wuxi_outsourcing" / "_package"
    bundled.parent.mkdir()
    package.rename(bundled)
    assert cli.main(["format", "--package", str(bundled)]) == 2
    assert "this is an installed package" in capsys.readouterr().err


# Any text that a CSV in UTF-8 can hold, with what matters to a CSV more often than by chance.
cells = st.text(
    st.one_of(st.sampled_from(',"\n\r \t=e\u0301ü锡\ufeff\u2028'), st.characters(codec="utf-8")), max_size=6
)
tables = st.lists(st.tuples(cells, cells, cells, cells, cells), max_size=6)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=tables, seed=st.integers(0, 2**32), eol=st.sampled_from(["\n", "\r\n", "\r"]), bom=st.booleans())
def test_format_is_idempotent_and_keeps_every_value(
    package: Path, rows: list[tuple[str, ...]], seed: int, eol: str, *, bom: bool
) -> None:
    """Catches a value that is lost, changed or moved, and a second run that changes something again."""
    path = package / TIERS
    header = wx.describe("talent_tiers").names
    wanted = sorted(tuple(_canonical(cell) for cell in row) for row in rows)
    results = set()
    for chance in (random.Random(seed), random.Random(seed + 1)):  # noqa: S311
        order = chance.sample(range(len(header)), len(header))
        shown = [[row[at] for at in order] for row in [tuple(header), *chance.sample(rows, len(rows))]]
        text = "".join(",".join(_cell(cell, chance) for cell in row) + eol for row in shown)
        path.write_bytes((b"\xef\xbb\xbf" if bom else b"") + text.encode())
        _, problems = format_package(editable_package(package))
        assert problems == []
        changes, _ = format_package(editable_package(package))
        assert changes == []
        with path.open(encoding="utf-8", newline="") as stream:
            found = list(csv.reader(stream, strict=True))
        assert found[0] == header
        assert sorted(map(tuple, found[1:])) == wanted
        results.add(path.read_bytes())
    assert len(results) == 1


def _canonical(cell: str) -> str:
    return normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n"))


def _cell(cell: str, chance: random.Random) -> str:
    cell = chance.choice([cell, normalize("NFC", cell)])
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if set(cell) & set(',"\r\n') or chance.random() < 0.3 else cell
