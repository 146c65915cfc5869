"""`diff`: changes planted in copies of the real package and in a git repository, and what must be said of each."""

import csv
import html
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wuxi_outsourcing as wx
from conftest import PRODUCT, ROOT
from planted import CHANGES, METRICS, PLACES, POLICIES, SOURCE, Plant, edit, everywhere, replace_by, rewrite, swap

HOSTILE = (
    "|a\\|`b`<img src=x>@team #12 https://evil.example www.evil.example *x* _y_ [z](q) ~~s~~ &amp; "
    "\r\n\n| \x1b[31m\u202e"
)


@pytest.mark.parametrize("name", CHANGES)
def test_one_change(package: Path, name: str) -> None:
    """Catches a change that is not seen, is seen as another or as several, or calls for another version step."""
    plant, expected, step = CHANGES[name]
    plant(package)
    difference = wx.diff(ROOT, package)
    _, section, *others, verdict = str(difference).split("\n\n")
    assert section.startswith(expected)
    assert not others
    assert difference.step == step
    assert verdict.startswith(f"Version step: {step} (")


def test_added_table(package: Path) -> None:
    """Catches a new table of which every row and citation is told as a change of its own."""
    edit("datapackage.json", lambda d: d["resources"].pop(8))(package)
    (change,) = wx.diff(package, ROOT).changes
    assert (change.kind, change.table, change.new, change.step) == ("table_added", "projects", "3", "minor")


def test_no_change() -> None:
    """Catches a package that differs from itself."""
    difference = wx.diff(ROOT, ROOT)
    assert (difference.changes, difference.step, difference.version) == ((), None, wx.__version__)
    assert str(difference).endswith("\n\nNo change.\n\nVersion step: none")
    assert "\n\nNo change.\n\n**Version step: none**\n" in run("diff", ROOT, ROOT, "--format", "markdown").stdout


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(wx.tables()), st.randoms(use_true_random=False), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_order_and_quoting_are_no_change(table: str, dice: random.Random, end: str, quote_all: bool) -> None:  # noqa: FBT001
    """Catches a comparison by line or by position."""
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_NONNUMERIC
    form = {"quoting": quoting, "lineterminator": end}
    with tempfile.TemporaryDirectory() as folder:
        root = copied(Path(folder))
        rewrite(f"data/{table}.csv", lambda rows: [rows[0], *dice.sample(rows[1:], len(rows) - 1)], **form)(root)
        assert wx.diff(ROOT, root).changes == ()


@settings(max_examples=25, deadline=None)
@given(st.data(), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_cell_is_told_as_it_is(data: st.DataObject, text: str) -> None:
    """Catches a cell whose change is lost, altered or told of another, whatever it holds."""
    table = data.draw(st.sampled_from([name for name in wx.tables() if name != "evidence"]))
    schema = wx.describe(table)
    at = data.draw(st.integers(1, len(wx.rows(table))))
    column = data.draw(st.sampled_from([name for name in schema.names if name not in schema.primary_key]))
    told: dict[str, str] = {}

    def change(rows: list[list[str]]) -> list[list[str]]:
        index = rows[0].index(column)
        told.update(row=schema.row_id(dict(zip(rows[0], rows[at], strict=True))), old=rows[at][index])
        rows[at][index] = text
        return rows

    with tempfile.TemporaryDirectory() as folder:
        root = copied(Path(folder))
        rewrite(f"data/{table}.csv", change, quoting=csv.QUOTE_ALL)(root)
        changes = wx.diff(ROOT, root).changes
        expected = [] if told["old"] == text else [(table, told["row"], column, told["old"], text)]
        assert [(each.table, each.row, each.field, each.old, each.new) for each in changes] == expected


def test_most_important_first(package: Path) -> None:
    """Catches a vanished ID far below notes, in the report or in its table."""
    swap(PLACES, ",Wuxi,", ",Wuxi City,")(package)
    swap(POLICIES, ",plan,false,", ",policy,false,")(package)
    swap(METRICS, ",135000000000,", ",136000000000,")(package)
    swap(METRICS, "Cumulative (累计), undated.", "Undated.")(package)
    CHANGES["a row removed"][0](package)
    changes = wx.diff(ROOT, package).changes
    assert [(change.table, change.kind) for change in changes if change.table and not change.cell] == [
        ("projects", "row_removed"),
        ("industry_metrics", "value_changed"),
        ("industry_metrics", "note_changed"),
        ("policies", "classification_changed"),
        ("places", "translation_changed"),
    ]


def test_keys_with_nothing_in_common(package: Path) -> None:
    """Catches a traceback where no column tells rows apart on both sides, and their references change too."""

    def keyed_anew(schema: dict[str, Any]) -> None:
        schema["fields"][0] = {**schema["fields"][0], "name": "code"}
        schema["fields"].append({**schema["fields"][0], "name": "number"})
        schema["primaryKey"] = ["code", "number"]

    everywhere("wuxi", "wuxi-city")(package)
    edit("schemas/parks.json", keyed_anew)(package)
    rewrite(
        "data/parks.csv",
        lambda rows: [
            ["code", *rows[0][1:], "number"],
            *([f"c{n}", *row[1:], f"{n}"] for n, row in enumerate(rows[1:])),
        ],
    )(package)
    parks = [change for change in wx.diff(ROOT, package).changes if change.table == "parks" and change.field is None]
    assert [(change.kind, change.row) for change in parks if change.kind != "definition_changed"] == [
        ("key_changed", None),
        *(("row_renamed", f"c{n}/{n}") for n in range(4)),
    ]


def test_version_step_and_version(package: Path) -> None:
    """Catches a version that is said to be too low though it is enough, or enough though it is too low."""
    CHANGES["a classification"][0](package)
    assert str(wx.diff(ROOT, package)).endswith("Version step: minor (0.1.0 → 0.2.0); datapackage.json says 0.1.0")
    swap("datapackage.json", '"version": "0.1.0"', '"version": "1.0.0"')(package)
    assert str(wx.diff(ROOT, package)).endswith("Version step: minor (0.1.0 → 0.2.0)")
    swap("datapackage.json", '"version": "1.0.0"', '"version": "next"')(package)
    assert wx.diff(package, ROOT).version is None
    assert str(wx.diff(package, ROOT)).endswith("Version step: minor")


def test_markdown_of_hostile_cells(package: Path) -> None:
    """Catches a cell that breaks out of its table, pings somebody, links somewhere or is lost on the way."""

    def change(rows: list[list[str]]) -> list[list[str]]:
        return [rows[0], *([row[0], row[1], HOSTILE, *row[3:]] for row in rows[1:]), [HOSTILE, *rows[1][1:]]]

    rewrite(PLACES, change)(package)
    done = run("diff", ROOT, package, "--format", "markdown")
    assert done.returncode == 0
    table = [line for line in done.stdout.splitlines() if line.startswith("|")][2:]
    assert table
    for line in table:
        cells = re.fullmatch(
            r"\| (?:added|changed|removed) \|"
            + r"(?: (<code>[^<>|`@\\*#:&]*(?:&#\d+;[^<>|`@\\*#:&]*)*</code>)? \|)" * 4,
            line,
        )
        assert cells, line
        assert "www." not in line
    shown = HOSTILE.replace("\r\n\n", r"\r\n\n").replace("\x1b", r"\x1b").replace("\u202e", r"\u202e")
    assert sum(shown in html.unescape(line) for line in table) >= 6


def test_text_of_hostile_cells(package: Path) -> None:
    """Catches a cell that forges a line of the report or moves the cursor."""
    rewrite(PLACES, lambda rows: [rows[0], [*rows[1][:2], HOSTILE, *rows[1][3:]], *rows[2:]])(package)
    done = run("diff", ROOT, package)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", done.stdout)
    assert sum(line.strip().startswith("| ") for line in done.stdout.splitlines()) == 0


def test_json(package: Path) -> None:
    """Catches a shape other than the documented one."""
    CHANGES["a value with its quote"][0](package)
    assert json.loads(run("diff", ROOT, package, "--format", "json").stdout) == {
        "old": {"name": str(ROOT), "version": "0.1.0"},
        "new": {"name": str(package), "version": "0.1.0"},
        "changes": [
            {
                "kind": "value_changed",
                "table": "industry_metrics",
                "row": "ic-output-2020",
                "field": "value",
                "part": None,
                "old": "135000000000",
                "new": "136000000000",
                "cell": None,
                "step": "minor",
            },
            {
                "kind": "quote_changed",
                "table": "industry_metrics",
                "row": "ic-output-2020",
                "field": "value",
                "part": None,
                "old": {"source_id": SOURCE, "paragraph": "18", "start": "57", "end": "63", "quote": "1350亿元"},
                "new": {"source_id": SOURCE, "paragraph": "18", "start": "57", "end": "63", "quote": "1360亿元"},
                "cell": "136000000000",
                "step": "minor",
            },
        ],
        "step": "minor",
        "version": "0.2.0",
    }


UNSOUND: dict[str, tuple[Plant, str]] = {
    "no descriptor": (
        lambda root: (root / "datapackage.json").unlink(),
        ": there is no datapackage.json in this folder",
    ),
    "no JSON": (lambda root: (root / "schemas/places.json").write_text("{"), "schemas/places.json:1: this is no JSON"),
    "JSON without end": (lambda root: (root / "schemas/places.json").write_text("[" * 100_000), "this is no JSON"),
    "no object": (lambda root: (root / "datapackage.json").write_text("[]"), "this is no JSON object"),
    "no resources": (edit("datapackage.json", lambda d: d.pop("resources")), "the package can't be read: KeyError"),
    "no fields": (edit("schemas/places.json", lambda s: s.update(fields=7)), "the package can't be read: TypeError"),
    "no file": (lambda root: (root / PLACES).unlink(), "data/places.csv: there is no such file that can be read"),
    "a folder": (replace_by(PLACES, Path.mkdir), "places.csv: there is no such file"),
    "empty": (lambda root: (root / PLACES).write_bytes(b""), "data/places.csv: the file is empty"),
    "another header": (
        swap(PLACES, "place_id,name_zh", "id,name_zh"),
        "places.csv:1: the header is not what the table",
    ),
    "a cell too few": (swap(PLACES, "wuxi,无锡,", "wuxi,"), "places.csv:5: the row has 6 cells, the header 7"),
    "a key twice": (
        swap(PLACES, "\njiangyin,", "\nwuxi,"),
        "places.csv:5: the key 'wuxi' stands in an earlier row too",
    ),
    "a quote left open": (swap(PLACES, ",Wuxi,", ',"Wuxi,'), "data/places.csv:5: the row is no CSV"),
    "GBK": (lambda root: (root / PLACES).write_bytes("地点".encode("gbk")), "data/places.csv:1: the file is not UTF-8"),
    "a path that leaves": (
        edit("datapackage.json", lambda d: d["resources"][0].update(path="../x.csv")),
        "'../x.csv' is no path of a file in the package",
    ),
    "an absolute path": (
        edit("datapackage.json", lambda d: d["resources"][0].update(schema="/etc/passwd")),
        "'/etc/passwd' is no path of a file in the package",
    ),
    "a path that is none": (edit("datapackage.json", lambda d: d["resources"][0].update(path=7)), "7 is no path"),
    "a link that leaves": (
        replace_by(PLACES, lambda path: path.symlink_to(ROOT / PLACES)),
        "data/places.csv: there is no such file that can be read",
    ),
    "too large": (
        lambda root: os.truncate(root / "schemas/places.json", 5 << 20),
        "places.json: the file is over 4 MiB",
    ),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_unsound_package(package: Path, name: str) -> None:
    """Catches a traceback, or a report, where a side can't be read."""
    plant, message = UNSOUND[name]
    plant(package)
    with pytest.raises(wx.Unusable, match=re.escape(message)):
        wx.diff(ROOT, package)
    with pytest.raises(wx.Unusable, match=re.escape(message)):
        wx.diff(package, ROOT)


@pytest.fixture
def repository(package: Path) -> Path:
    """The package in a git repository with two commits, tagged, and a change that is not committed."""
    git(package, "init", "--quiet", "--initial-branch=main")
    git(package, "add", ".")
    git(package, "commit", "--quiet", "-m", "one")
    git(package, "tag", "one")
    swap(PLACES, ",Wuxi,", ",Wuxi City,")(package)
    git(package, "commit", "--quiet", "-a", "-m", "two")
    CHANGES["a derived value"][0](package)
    return package


def test_head_against_the_working_files(repository: Path) -> None:
    """Catches a contributor's question (what have I changed?) that needs arguments, or touches the checkout."""
    before = state(repository)
    done = run("diff", cwd=repository)
    assert (done.returncode, done.stderr) == (0, "")
    commit = git(repository, "rev-parse", "HEAD")[:7]
    assert done.stdout == (
        f"old: HEAD ({commit}), version 0.1.0\nnew: this folder, version 0.1.0\n\n"
        "industry_metrics (rows: 1 changed)\n  ~ ic-output-2020\n      value: 135000000000 → 136000000000\n\n"
        "Version step: minor (0.1.0 → 0.2.0); datapackage.json says 0.1.0\n"
    )
    assert state(repository) == before


@pytest.mark.parametrize(
    ("arguments", "fields"),
    [
        (["one"], {"value", "name_en"}),
        (["one", "main"], {"name_en"}),
        (["HEAD~1", "HEAD"], {"name_en"}),
        (["HEAD", "one"], {"name_en"}),
        (["main", "."], {"value"}),
        (["one", "one"], set()),
        (["data/..", "HEAD"], {"value"}),
    ],
)
def test_revisions(repository: Path, arguments: list[str], fields: set[str]) -> None:
    """Catches revisions that are mixed up with each other or with the working files."""
    done = run("diff", *arguments, "--format", "json", cwd=repository)
    assert {change["field"] for change in json.loads(done.stdout)["changes"]} == fields


def test_package_in_a_subfolder(package: Path) -> None:
    """Catches a revision that is read from the top of its repository, not from the current folder."""
    git(package.parent, "init", "--quiet")
    git(package.parent, "add", ".")
    git(package.parent, "commit", "--quiet", "-m", "one")
    swap(PLACES, ",Wuxi,", ",Wuxi City,")(package)
    assert "name_en: Wuxi → Wuxi City" in run("diff", cwd=package).stdout
    done = run("diff", "HEAD", package, cwd=package.parent)
    assert done.returncode == 2
    assert done.stderr.startswith("HEAD: this folder has no datapackage.json in that revision")


@pytest.mark.parametrize(
    "name",
    ["nope", "HEAD~9", "-x", "--all", "--output=x", "^HEAD", "one..main", "HEAD:data", "one --help", "", "$(touch x)"],
)
def test_no_such_revision(repository: Path, name: str) -> None:
    """Catches a name that git takes for an option, for several revisions or for what is no commit."""
    before = state(repository)
    done = run("diff", "--", name, cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no such folder, and no such revision in this git repository" in done.stderr
    assert state(repository) == before


def test_unsound_revision(repository: Path) -> None:
    """Catches a traceback on what was committed unsound, or a message that does not name the revision."""
    (repository / PLACES).unlink()
    git(repository, "commit", "--quiet", "-a", "-m", "three")
    done = run("diff", "HEAD", "one", cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("HEAD:data/places.csv: there is no such file that can be read")


def test_no_repository(package: Path) -> None:
    """Catches a traceback where there is no repository, no package, no folder, or no git."""
    elsewhere = {"GIT_CEILING_DIRECTORIES": str(package.parent)}
    done = run("diff", cwd=package, **elsewhere)
    assert done.returncode == 2
    assert done.stderr.startswith("HEAD: no such folder, and no revision either: not a git repository")
    done = run("diff", cwd=package / "data", **elsewhere)
    assert (done.returncode, done.stderr.partition("\n")[0]) == (2, ".: there is no datapackage.json in this folder")
    done = run("diff", "HEAD", cwd=package, PATH="")
    assert done.returncode == 2
    assert "git, which could know it as a revision, is not installed" in done.stderr
    with pytest.raises(wx.Unusable, match="nowhere: no such folder"):
        wx.diff(package / "nowhere")
    with pytest.raises(wx.Unusable, match="no such folder, and git can't be asked"):
        wx.diff("nul\0", package)


def test_needs_the_standard_library_alone(tmp_path: Path) -> None:
    """Catches a report that waits for pandas to be imported, or fails without it."""
    (tmp_path / "pandas.py").write_text("raise ModuleNotFoundError('No module named pandas', name='pandas')\n")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    assert run("diff", ROOT, ROOT, PYTHONPATH=path).returncode == 0


def run(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wuxi_outsourcing", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, check=False, encoding="utf-8"
    )


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout


def state(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def copied(folder: Path) -> Path:
    for name in PRODUCT:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, folder / name)
    return folder
