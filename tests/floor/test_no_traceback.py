"""Every command and every public function, on defective packages: problems, never a traceback."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial, reduce
from operator import getitem
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from defects import FILES, plant
from support import ARTICLES, DESCRIPTOR, FROZEN, ROOT, Rows, edit_json, edit_rows, named, run_cli, swap
from wuxi_outsourcing.engine.json_files import json_text

ARTICLE = ARTICLES["yunchuan-2021"]
SCHEMA, CSV = "schemas/parks.json", "data/parks.csv"
Plant = Callable[[Path], object]
# Validation has its own tests of every defect, and exports validate first: a few are enough here.
SLOW = ("a comma too few", "parks.json: title is missing", "parks removed", "a cell too few", "evidence: table is ''")
MISSING = object()
# What a part of a JSON file can be in place of what it must be.
VALUES: dict[str, list[tuple[str, list[object]]]] = {
    DESCRIPTOR: [
        ("", [[], 5]),
        ("version", [MISSING, 5]),
        ("title", [MISSING]),
        ("sources", [MISSING, "x"]),
        ("licenses", ["MIT"]),
        ("resources", [MISSING, "x"]),
        ("resources.0", [None]),
        ("resources.0.name", [5, ["x"]]),
        ("resources.0.schema", [{"fields": []}]),
        ("resources.0.path", ["../x.csv", "data/\0.csv"]),
    ],
    SCHEMA: [
        ("", [None]),
        ("title", [MISSING]),
        ("fields", [MISSING, {}]),
        ("primaryKey", [MISSING, "nothing"]),
        ("fields.1.provenance", [MISSING]),
        ("fields.1.name", [5]),
        ("fields.1.type", ["array"]),
        ("fields.1.constraints", [[], {"pattern": "("}, {"minimum": "x"}]),
        ("fields.3.categories", [["x"]]),
        ("fields.1.cited_with", ["nothing"]),
        ("fields.1.rule", ["nothing"]),
    ],
}
CELLS = [
    ("evidence", "table", ""),
    ("evidence", "quote", ""),
    ("evidence", "start", ""),
    ("evidence", "paragraph", "x"),
    ("evidence", "paragraph", "9" * 5000),
    ("sources", "published_on", "2021-13-45"),
    ("industry_metrics", "value", "many"),
    ("parks", "park_id", ""),
]
RENAMED = [("parks", "name_zh"), ("parks", "park_id"), ("evidence", "quote"), ("sources", "published_on")]
INSTEAD: dict[str, Plant] = {
    "nothing": lambda _: None,
    "a folder": Path.mkdir,
    "a link out of the folder": lambda path: path.symlink_to("/etc/hostname"),
    "a link in a circle": lambda path: path.symlink_to(path.name),
    "an empty file": Path.touch,
    "a header": lambda path: path.write_text("park_id,name_zh,name_en,function,level,place_id,note_en,note_zh\n"),
}


def with_value(file: str, at: str, value: object) -> Plant:
    """A defect: a part of a JSON file is missing or has this value."""
    *parents, last = [int(step) if step.isdigit() else step for step in at.split(".")]

    def change(root: Path) -> None:
        whole = json.loads((root / file).read_text(encoding="utf-8"))
        parent = reduce(getitem, parents, whole)
        if value is MISSING:
            del parent[last]
        elif at:
            parent[last] = value
        (root / file).write_text(json_text(whole if at else value), encoding="utf-8")

    return change


def replaced(make: Plant) -> Plant:
    """A defect: instead of a table there is something else."""

    def replace(root: Path) -> None:
        (root / CSV).unlink()
        make(root / CSV)

    return replace


def cell(table: str, field: str, text: str) -> Plant:
    """A defect: the first cell of a column holds this."""

    def change(records: Rows) -> Rows:
        records[1][records[0].index(field)] = text
        return records

    return lambda root: edit_rows(root, f"data/{table}.csv", change)


def removed(table: str) -> Plant:
    """A defect: a table is gone from the descriptor and the folders."""

    def remove(root: Path) -> None:
        edit_json(root, DESCRIPTOR, lambda value: value["resources"].remove(named(value["resources"], table)))
        (root / f"data/{table}.csv").unlink()
        (root / f"schemas/{table}.json").unlink()

    return remove


def renamed(table: str, field: str) -> Plant:
    """A defect: a field has another name, in the schema and in the CSV."""

    def rename(root: Path) -> None:
        edit_json(root, f"schemas/{table}.json", lambda schema: named(schema["fields"], field).update(name="renamed"))
        path = root / f"data/{table}.csv"
        header, _, rows = path.read_text(encoding="utf-8").partition("\n")
        path.write_text(f"{header.replace(field, 'renamed')}\n{rows}", encoding="utf-8")

    return rename


DEFECTS: dict[str, Plant] = {
    "a comma too few": lambda root: swap(root, DESCRIPTOR, ',\n  "version"', '\n  "version"'),
    "a conflict marker": lambda root: swap(root, DESCRIPTOR, '\n  "version"', '\n<<<<<<< HEAD\n  "version"'),
    "an empty descriptor": lambda root: (root / DESCRIPTOR).write_bytes(b""),
    "a descriptor in GBK": lambda root: (root / DESCRIPTOR).write_bytes('{"title": "无锡"}'.encode("gbk")),
    **{
        f"{Path(file).name}: {at} is {'missing' if value is MISSING else value}": with_value(file, at, value)
        for file, parts in VALUES.items()
        for at, values in parts
        for value in values
    },
    **{f"{table}: {field} is {text[:9]!r}": cell(table, field, text) for table, field, text in CELLS},
    **{f"{table} removed": removed(table) for table in ("parks", "evidence", "corroborations", "sources")},
    **{f"{table}: {field} renamed": renamed(table, field) for table, field in RENAMED},
    **{f"{made} for a table": replaced(make) for made, make in INSTEAD.items()},
    **{defect.name: partial(plant, defect=defect) for defect in FILES[3::6]},
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_commands(home: Path, tmp_path: Path, defect: str) -> None:
    """Catches a command that fails with anything but a line that says why, and below it the fix."""
    DEFECTS[defect](home)
    commands: list[list[str | Path]] = [["--version"], ["--help"], []]
    commands += [["tables"], ["show", "parks"], ["describe", "parks"]]
    commands += [["evidence", "parks", "chip-design"], ["cite"], ["corroborations", "parks", "chip-design"]]
    commands += [["verify", ARTICLE], ["quote", ARTICLE, "云川"], ["quote", ARTICLE, "--all"], ["format", "--check"]]
    commands += [
        ["diff", FROZEN],
        ["add-source", ARTICLE, "--id", "x", "--title", "云川", "--url", "http://x.example/"],
    ]
    if defect in SLOW:
        commands += [["validate", "--source", ARTICLE, "--format", "markdown"], ["format"]]
        commands += [["export", "--to", "json", tmp_path / "json"]]
    for command in commands:
        run = run_cli(*command, folder=home)
        assert run.status in (0, 1, 2), command
        assert run.status != 2 or re.fullmatch(r"[^\n]+\n( {4}[^\n]+\n)?", run.err), (command, run.err)


@pytest.mark.parametrize("defect", DEFECTS)
def test_functions(home: Path, tmp_path: Path, defect: str) -> None:
    """Catches a public function that raises anything but what it documents."""
    DEFECTS[defect](home)
    calls: list[Callable[[], object]] = [
        wx.tables,
        lambda: wx.rows("parks"),
        lambda: wx.load("parks", labels="zh"),
        lambda: wx.cells("parks"),
        lambda: wx.series("executed-value", labels="en"),
        lambda: wx.path("parks"),
        lambda: str(wx.describe("parks")),
        lambda: wx.evidence("parks", "chip-design", "name_zh"),
        lambda: wx.corroborations("parks", "chip-design"),
        wx.cite,
        lambda: wx.cite("bibtex"),
        lambda: wx.schema("parks"),
        lambda: wx.verify(ARTICLE),
    ]
    if defect in SLOW:
        calls += [wx.validate, lambda: wx.export("json", tmp_path / "json")]
    for call in calls:
        try:
            call()
        except wx.Unusable as unusable:
            assert unusable.problem.message  # noqa: PT017  (whether it fails depends on the defect)
        except wx.UnknownName:
            pass
    assert {"Citation", "__version__"} <= set(dir(wx))
    getattr(wx, "__version__", None)


@pytest.mark.parametrize("defect", ["a comma too few", "parks.json: title is missing", "a conflict marker"])
def test_checkout(tmp_path: Path, defect: str) -> None:
    """Catches a command that dies before it runs, where the code runs from a checkout with a defective package."""
    shutil.copytree(FROZEN, tmp_path, dirs_exist_ok=True)
    shutil.copytree(ROOT / "src", tmp_path / "src")
    DEFECTS[defect](tmp_path)
    for command in (["--version"], ["tables"], ["validate", "--format", "github"]):
        run = subprocess.run(
            [sys.executable, "-m", "wuxi_outsourcing", *command],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path / "src")},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert run.returncode in (0, 1, 2), command
        assert "Traceback" not in run.stderr, command
        if command[0] == "validate":
            assert re.match(r"::error file=\S+,line=\d+", run.stdout)
