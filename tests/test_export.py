"""What holds for an export to any format: whole or not at all, never over something, never of unsound data."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
import yaml

import wuxi_outsourcing as wx
from conftest import ROOT, refresh
from wuxi_outsourcing import cli
from wuxi_outsourcing.exporting import FORMATS
from wuxi_outsourcing.exporting.content import citation_line
from wuxi_outsourcing.package import installed, read_package

each_format = pytest.mark.parametrize("to", FORMATS)


def files(path: Path) -> dict[str, bytes]:
    """The bytes of a file, or of each file in a folder."""
    each = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {str(file.relative_to(path)): file.read_bytes() for file in each if file.is_file()}


@each_format
def test_same_bytes_whatever_the_day(to: str, package: Path, tmp_path: Path) -> None:
    """Catches a clock, an order by hashing, a path or a user's settings that find their way into an export."""
    made = []
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "UTC")):
        path = tmp_path / seed / f"export-{seed}"
        path.parent.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-m", "wuxi_outsourcing", "export", "--to", to, str(path), "--package", str(package)]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, encoding="utf-8")
        size = sum(map(len, files(path).values()))
        assert re.fullmatch(rf"wrote {re.escape(str(path))}: {to}, \d+ files?, {size:,} bytes\n", done.stdout)
        assert [each.name for each in path.parent.iterdir()] == [path.name]
        made.append(files(path))
    assert made[0] == made[1]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_commands_of_the_readme(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a command or a query that a reader copies and that then fails, and a database that refuses less."""
    text = (ROOT / name).read_text(encoding="utf-8")
    commands = re.findall(r"^wuxi-outsourcing (export --to (\S+) \S+)", text, flags=re.MULTILINE)
    assert [to for _, to in commands] == list(FORMATS)
    monkeypatch.chdir(tmp_path)
    for command, _ in commands:
        assert cli.main(command.split()) == 0
    (query,) = re.findall(r"^SELECT .* FROM \w+_cited .*;$", text, flags=re.MULTILINE)
    (switch,) = re.findall(r"PRAGMA \w+ = ON", text)
    with closing(sqlite3.connect("wuxi.sqlite")) as database:
        rows = sorted(database.execute(query).fetchall())
        database.execute(switch)
        database.execute("UPDATE industry_metrics SET place_id = 'nowhere'")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            database.commit()
    assert rows == sorted(duckdb.connect().execute(Path("wuxi.sql").read_text(encoding="utf-8") + query).fetchall())
    assert ("Output value of the integrated-circuit industry", 135000000000, "CNY", 18, "1350亿元") in rows


def test_installed_package_by_default(tmp_path: Path) -> None:
    """Catches an export from Python that needs a checkout, and one that does not return its path."""
    assert wx.export("json", str(tmp_path / "a.json")) == tmp_path / "a.json"
    assert f'"version": "{wx.__version__}"' in (tmp_path / "a.json").read_text(encoding="utf-8")


def test_unknown_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a traceback, or a guess, where the format is none."""
    with pytest.raises(wx.UnknownName, match="no format 'sqlit': did you mean sqlite"):
        wx.export("sqlit", tmp_path / "a")
    assert cli.main(["export", "--to", "csv", str(tmp_path / "a")]) == 2
    assert "no format 'csv': there are sqlite, duckdb, parquet, xlsx, json" in capsys.readouterr().err


@each_format
@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_nothing_is_overwritten(to: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches an export that replaces what is there, be it an empty folder or a link that leads nowhere."""
    path = tmp_path / "there"
    if kind == "file":
        path.write_text("mine")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("nowhere")
    assert cli.main(["export", "--to", to, str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"{path}: there is something here already")
    assert list(tmp_path.iterdir()) == [path]
    assert kind != "file" or path.read_text() == "mine"


@each_format
@pytest.mark.parametrize("parent", ["nowhere", "file", "shut"])
def test_no_place_to_write_to(to: str, parent: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a traceback where the folder is not there, is a file, or is write-protected, and a mend that is none."""
    (tmp_path / "file").touch()
    (tmp_path / "shut").mkdir(mode=0o500)
    if parent == "shut" and os.access(tmp_path / "shut", os.W_OK):
        pytest.skip("nothing is write-protected for this user")
    assert cli.main(["export", "--to", to, str(tmp_path / parent / "made")]) == 2
    error = capsys.readouterr().err
    assert re.match(r".*made: can't be written: .+; nothing was left behind\n    ", error)
    assert (f"Make the folder {tmp_path / 'nowhere'} first" in error) == (parent == "nowhere")


FULL = """
import resource, sys
from wuxi_outsourcing import cli
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
sys.exit(cli.main(sys.argv[1:]))
"""


@each_format
@pytest.mark.skipif(os.name == "nt", reason="Windows sets no limit to a file's size")
def test_full_disk(to: str, tmp_path: Path) -> None:
    """Catches half an export, or a traceback, where there is no more room."""
    command = [sys.executable, "-c", FULL, "export", "--to", to, str(tmp_path / "made")]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=os.environ)
    assert re.match(r".*made: can't be written: .+; nothing was left behind\n    .*\n\Z", done.stderr), done.stderr
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


@each_format
def test_interrupted(to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a rest that is left lying when the user has had enough."""

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        wx.export(to, tmp_path / "made")
    assert list(tmp_path.iterdir()) == []


@each_format
def test_overtaken(to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches an export that replaces what another program has put in its place while it was being written."""
    monkeypatch.setattr(os, "fsync", lambda _: (tmp_path / "made").write_text("theirs"))
    with pytest.raises(wx.Unusable):
        wx.export(to, tmp_path / "made")
    assert files(tmp_path) == {"made": b"theirs"}


def test_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches an export that fails on a memory stick."""

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    assert wx.export("json", tmp_path / "made").stat().st_size > 10_000
    monkeypatch.setattr(os, "fsync", lambda _: (tmp_path / "other").write_text("theirs"))
    with pytest.raises(wx.Unusable):
        wx.export("json", tmp_path / "other")
    assert files(tmp_path).keys() == {"made", "other"}


def test_without_the_extra(tmp_path: Path) -> None:
    """Catches a traceback where only the light installation is there."""
    (tmp_path / "pyarrow.py").write_text("raise ModuleNotFoundError('No module named pyarrow', name='pyarrow')\n")
    command = [sys.executable, "-m", "wuxi_outsourcing", "export", "--to", "parquet", "made"]
    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    environment = os.environ | {"PYTHONPATH": path}
    done = subprocess.run(command, cwd=tmp_path, env=environment, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    assert "export to parquet needs more than reading does: pip install 'wuxi-outsourcing[export]'" in done.stderr
    assert not (tmp_path / "made").exists()


# A file, what is in it, what it is changed to, and the place and message of the problem.
UNSOUND = [
    ("data/parks.csv", ",national,wuxi,", ",national,wuxi,,", "data/parks.csv:4: the row has 8 cells"),
    ("data/parks.csv", "park_id,", "id,", "data/parks.csv:1: the header lacks park_id"),
    ("data/parks.csv", "Wuxi", "Wu\x00xi", "data/parks.csv:2: the text holds U+0000"),
    ("data/parks.csv", "Wuxi", "Wu\u202exi", "data/parks.csv:2: the text holds U+202E"),
    ("data/parks.csv", "\n", "\r\n", "data/parks.csv:1: the text holds U+000D"),
    ("data/parks.csv", "national,", "nation,", "data/parks.csv:3:level: 'nation' does not keep to the enum"),
    ("data/parks.csv", "national-ic-design-base,", ",", "data/parks.csv:4:park_id: the cell is empty, but"),
    ("data/parks.csv", ",wuxi,", ",nowhere,", "data/parks.csv:4:place_id: 'nowhere' is not in places"),
    ("data/parks.csv", "-centre,", "-base,", "data/parks.csv:5:park_id: 'national-ic-design-base' stands in an"),
    ("data/policies.csv", ",2007,", ",2_007,", "data/policies.csv:8:year_issued: '2_007' is not an integer"),
    ("data/policies.csv", ",2007,", ",1007,", "data/policies.csv:8:year_issued: '1007' does not keep to the minimum"),
    ("data/policies.csv", ",true,", ",yes,", "data/policies.csv:2:formal_title: 'yes' is not a boolean"),
    ("data/sources.csv", "2023-01-09", "2023-02-30", "data/sources.csv:2:published_on: '2023-02-30' is not a date"),
    ("data/industry_metrics.csv", ",135000000000,", ",nan,", "data/industry_metrics.csv:5:value: 'nan' is not a"),
    ("data/places.csv", ",320200,", ",32020x,", "data/places.csv:5:gb2260: '32020x' does not keep to the pattern"),
    (
        "data/evidence.csv",
        "policies,plan-123,name_zh",
        "policies,plan-124,name_zh",
        "there is no cell policies plan-124",
    ),
    (
        "data/evidence.csv",
        "policies,plan-123,name_zh",
        "policies,plan-123,name",
        "there is no cell policies plan-123 name",
    ),
    ("data/evidence.csv", "ic-output-2020,value", "ic-output-2020,unit", "there is no cell industry_metrics ic-output"),
    ("datapackage.json", "data/parks.csv", "../parks.csv", "../parks.csv leads out of the folder"),
    ("datapackage.json", "data/parks.csv", "data/park.csv", "data/park.csv: no such file"),
    ("datapackage.json", '"created"', '"made"', "there is no package here that can be read ('created')"),
    ("schemas/parks.json", "[a-z0-9]+(-[a-z0-9]+)*", "([a-z0-9]*)*", "the pattern of parks.park_id can't be relied on"),
    ("schemas/parks.json", '"string"', '"geojson"', "there is no package here that can be read ('geojson')"),
    ("schemas/parks.json", '"resource": "places"', '"resource": "cities"', "can be read ('cities')"),
    (
        "schemas/parks.json",
        '"title": "Parks"',
        '"title": "Par\u200bks"',
        "schemas/parks.json:4:title: the text holds U+200B",
    ),
]


@pytest.mark.parametrize("case", UNSOUND)
def test_unsound_package(
    case: tuple[str, str, str, str], package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Catches wrong data that are passed on in another format, and a traceback where they can't be."""
    file, old, new, message = case
    path = package / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")
    assert cli.main(["export", "--to", "sqlite", str(tmp_path / "made"), "--package", str(package)]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert len(error.splitlines()) == 2
    assert list(tmp_path.iterdir()) == [package]


@each_format
def test_table_without_rows(to: str, package: Path, tmp_path: Path) -> None:
    """Catches a format that needs a first row to know a table by."""
    for file, begins in (("talent_benefits", ""), ("evidence", "talent_benefits,")):
        path = package / f"data/{file}.csv"
        header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [] if not begins else [line for line in lines if not line.startswith(begins)]
        path.write_text("".join([header, *kept]), encoding="utf-8")
    assert files(wx.export(to, tmp_path / "made", directory=package))


def test_too_long_for_its_pattern(package: Path, tmp_path: Path) -> None:
    """Catches a cell that is far too long and is matched for hours before that is noticed."""
    path = package / "data/parks.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("national-ic-design-base,", "a-" * 50_000 + "_,", 1))
    with pytest.raises(wx.Unusable, match="does not keep to the maxLength"):
        wx.export("json", tmp_path / "made", directory=package)


def test_citation_line_is_what_the_documents_say() -> None:
    """Catches a README or a citation file that cites the package differently than the exports do."""
    line = citation_line(installed())
    for name in ("README.md", "README.zh-CN.md"):
        quoted = re.sub(r"\n> ?|\n", " ", (ROOT / name).read_text(encoding="utf-8")).replace("*", "")
        assert line in quoted, name
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    source, released = cff["references"][0], cff["date-released"]
    published = f"{source['date-published']:%d %B %Y}".lstrip("0")
    assert line == (
        f"{cff['authors'][0]['name']} ({released.year}). {cff['title']}, version {cff['version']}. Data package. "
        f"Transcribed from {source['title']}, {published}."
    )


def test_citation_of_other_people(package: Path) -> None:
    """Catches a person whose name is in two pieces, and a source without a day, that break the line."""
    path = package / "datapackage.json"
    text = path.read_text(encoding="utf-8").replace('"version": "2023-01-09"', '"version": "3rd edition"')
    path.write_text(
        text.replace('"title": "The wuxi-outsourcing developers"', '"givenName": "Mei", "familyName": "Li"'),
        encoding="utf-8",
    )
    refresh(package)
    line = citation_line(read_package(package))
    assert line.startswith("Mei Li (2026). ")
    assert line.endswith("Transcribed from 江苏无锡打造服务外包高质量发展新样板.")
