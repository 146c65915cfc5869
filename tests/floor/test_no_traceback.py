"""Every command and every public function, on defective packages: problems, never a traceback."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from support import ARTICLES, FROZEN, ROOT, Rows, edit_json, edit_rows, named, run_cli, swap

ARTICLE = ARTICLES["yunchuan-2021"]
SCHEMA, CSV = "schemas/parks.json", "data/parks.csv"
# Validation has its own tests of every defect, and exports validate first: a few are enough here.
SLOW = (
    "a comma too few",
    "a schema without a title",
    "a table removed",
    "a ragged row",
    "an empty table in the evidence",
)


def without(key: str, file: str = SCHEMA) -> Callable[[Path], object]:
    """A defect: a property of a JSON file is missing."""
    return lambda root: edit_json(root, file, lambda value: value.pop(key))


def with_field(index: int, key: str, value: object) -> Callable[[Path], object]:
    """A defect: a property of a field has this value."""
    return lambda root: edit_json(root, SCHEMA, lambda schema: schema["fields"][index].update({key: value}))


def with_resource(key: str, value: object) -> Callable[[Path], object]:
    """A defect: a property of the first resource has this value."""
    return lambda root: edit_json(root, "datapackage.json", lambda value_: value_["resources"][0].update({key: value}))


def content(file: str, data: bytes) -> Callable[[Path], object]:
    """A defect: a file holds these bytes."""
    return lambda root: (root / file).write_bytes(data)


def cell(table: str, field: str, text: str) -> Callable[[Path], object]:
    """A defect: the first cell of a column holds this."""

    def change(records: Rows) -> Rows:
        records[1][records[0].index(field)] = text
        return records

    return lambda root: edit_rows(root, f"data/{table}.csv", change)


def removed(table: str) -> Callable[[Path], object]:
    """A defect: a table is gone from the descriptor and the folders."""

    def remove(root: Path) -> None:
        edit_json(root, "datapackage.json", lambda value: value["resources"].remove(named(value["resources"], table)))
        (root / f"data/{table}.csv").unlink()
        (root / f"schemas/{table}.json").unlink()

    return remove


def renamed(table: str, old: str, new: str) -> Callable[[Path], object]:
    """A defect: a field has another name, in the schema and in the CSV."""

    def rename(root: Path) -> None:
        edit_json(root, f"schemas/{table}.json", lambda schema: named(schema["fields"], old).update(name=new))
        names = lambda records: [[new if name == old else name for name in records[0]], *records[1:]]  # noqa: E731
        edit_rows(root, f"data/{table}.csv", names)

    return rename


def replaced(file: str, make: Callable[[Path], object]) -> Callable[[Path], object]:
    """A defect: instead of a file there is something else."""

    def replace(root: Path) -> None:
        (root / file).unlink()
        make(root / file)

    return replace


DEFECTS: dict[str, Callable[[Path], object]] = {
    "a comma too few": lambda root: swap(root, "datapackage.json", ',\n  "version"', '\n  "version"'),
    "a conflict marker": lambda root: swap(root, "datapackage.json", '\n  "version"', '\n<<<<<<< HEAD\n  "version"'),
    "a conflict marker in a schema": lambda root: swap(root, SCHEMA, '\n  "name"', '\n=======\n  "name"'),
    "a descriptor that is a list": content("datapackage.json", b"[]\n"),
    "a descriptor that is a number": content("datapackage.json", b"5\n"),
    "an empty descriptor": content("datapackage.json", b""),
    "a descriptor in GBK": content("datapackage.json", '{"title": "无锡"}'.encode("gbk")),
    "no version": without("version", "datapackage.json"),
    "no title of the package": without("title", "datapackage.json"),
    "no sources": without("sources", "datapackage.json"),
    "no resources": without("resources", "datapackage.json"),
    "licenses that are a text": lambda root: edit_json(root, "datapackage.json", lambda v: v.update(licenses="MIT")),
    "resources that are a text": lambda root: edit_json(root, "datapackage.json", lambda v: v.update(resources="x")),
    "a resource's name that is a number": with_resource("name", 5),
    "a resource's name that is a list": with_resource("name", ["x"]),
    "a schema inside the descriptor": with_resource("schema", {"fields": []}),
    "a path outside": with_resource("path", "../x.csv"),
    "a path with a NUL": with_resource("path", "data/\u0000.csv"),
    "a schema without a title": without("title"),
    "a schema without fields": without("fields"),
    "a schema without a primary key": without("primaryKey"),
    "a schema that is null": content(SCHEMA, b"null\n"),
    "a primary key of no field": lambda root: edit_json(root, SCHEMA, lambda v: v.update(primaryKey="nothing")),
    "a field without a provenance": lambda root: edit_json(root, SCHEMA, lambda v: v["fields"][1].pop("provenance")),
    "a field's name that is a number": with_field(1, "name", 5),
    "a field of an unknown type": with_field(1, "type", "array"),
    "constraints that are a list": with_field(1, "constraints", []),
    "categories of texts": with_field(3, "categories", ["x"]),
    "a field cited with no field": with_field(1, "cited_with", "nothing"),
    "an unknown rule": with_field(1, "rule", "nothing"),
    "a pattern that is none": with_field(1, "constraints", {"pattern": "("}),
    "a minimum that is a text": with_field(1, "constraints", {"minimum": "x"}),
    "a table removed": removed("parks"),
    "the table evidence removed": removed("evidence"),
    "the table corroborations removed": removed("corroborations"),
    "the table sources removed": removed("sources"),
    "a field renamed": renamed("parks", "name_zh", "name_cn"),
    "a key renamed": renamed("parks", "park_id", "id"),
    "a field of the evidence renamed": renamed("evidence", "quote", "text"),
    "a field of the sources renamed": renamed("sources", "published_on", "day"),
    "a field of the corroborations renamed": renamed("corroborations", "url", "address"),
    "an empty table in the evidence": cell("evidence", "table", ""),
    "an empty quote": cell("evidence", "quote", ""),
    "an empty start": cell("evidence", "start", ""),
    "a paragraph that is not a number": cell("evidence", "paragraph", "x"),
    "a huge paragraph": cell("evidence", "paragraph", "9" * 5000),
    "a day that is none": cell("sources", "published_on", "2021-13-45"),
    "a value that is none": cell("industry_metrics", "value", "many"),
    "an empty key": cell("parks", "park_id", ""),
    "a table that is not UTF-8": content(CSV, "园区,级别\n无锡,国家\n".encode("gbk")),
    "an empty table": content(CSV, b""),
    "a header alone": lambda root: edit_rows(root, CSV, lambda records: records[:1]),
    "a ragged row": lambda root: edit_rows(root, CSV, lambda records: [*records[:2], records[2][:-1], *records[3:]]),
    "columns in another order": lambda root: edit_rows(root, CSV, lambda records: [row[::-1] for row in records]),
    "an open quote": lambda root: (root / CSV).write_bytes((root / CSV).read_bytes() + b'"x,y\n'),
    "a NUL": lambda root: (root / CSV).write_bytes((root / CSV).read_bytes().replace(b"a", b"\0", 1)),
    "semicolons": lambda root: edit_rows(root, CSV, list, delimiter=";"),
    "CR": lambda root: (root / CSV).write_bytes((root / CSV).read_bytes().replace(b"\n", b"\r")),
    "a table missing": replaced(CSV, lambda _: None),
    "a folder for a table": replaced(CSV, Path.mkdir),
    "a folder for a schema": replaced(SCHEMA, Path.mkdir),
    "a link out of the folder": replaced(CSV, lambda path: path.symlink_to("/etc/hostname")),
    "a link in a circle": replaced(CSV, lambda path: path.symlink_to("parks.csv")),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_commands(home: Path, tmp_path: Path, defect: str) -> None:
    """Catches a command that fails with anything but a line that says why, and below it the fix."""
    DEFECTS[defect](home)
    commands: list[list[str | Path]] = [["--version"], ["--help"], []]
    commands += [["tables"], ["show", "parks"], ["describe", "parks"]]
    commands += [["evidence", "parks", "chip-design"], ["corroborations", "parks", "chip-design"]]
    commands += [["verify", ARTICLE], ["cite", ARTICLE, "云川"], ["cite", ARTICLE, "--all"], ["format", "--check"]]
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
        lambda: wx.load("parks", cited=True),
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


@pytest.mark.parametrize("defect", ["a comma too few", "a schema without a title", "a conflict marker"])
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
