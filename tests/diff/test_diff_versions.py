"""What `diff` reads: folders, git revisions, and packages too defective to be compared."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from support import edit_json, named, swap
from wuxi_outsourcing.engine.opening import installed, is_installed_copy

DESCRIPTOR, PLACES, SCHEMA = "datapackage.json", "data/places.csv", "schemas/places.json"

Plant = Callable[[Path], object]


def in_resource(**changes: object) -> Plant:
    return lambda root: edit_json(root, DESCRIPTOR, lambda value: value["resources"][0].update(changes))


def text(file: str, old: str, new: str) -> Plant:
    return lambda root: swap(root, file, old, new)


def written(file: str, content: bytes) -> Plant:
    return lambda root: (root / file).write_bytes(content)


def outward_link(root: Path) -> None:
    (root / PLACES).rename(root.parent / "outside.csv")
    (root / PLACES).symlink_to(root.parent / "outside.csv")


def without_quotes(root: Path) -> None:
    swap(root, "data/evidence.csv", ",end,quote\n", ",end,printed\n")
    edit_json(root, "schemas/evidence.json", lambda value: named(value["fields"], "quote").update(name="printed"))
    edit_json(root, "schemas/evidence.json", lambda value: value["rules"][0].update(text="printed"))


DEFECTIVE: dict[str, tuple[Plant, str]] = {
    "no descriptor": (lambda root: (root / DESCRIPTOR).unlink(), "no datapackage.json"),
    "invalid JSON": (written(SCHEMA, b"{"), "schemas/places.json:1: invalid JSON"),
    "no such key": (
        lambda root: edit_json(root, SCHEMA, lambda value: value.update(primaryKey="id")),
        "schemas/places.json:1: ",
    ),
    "no quotes": (without_quotes, "schemas/evidence.json:quote: the table evidence lacks the field quote"),
    "no file": (lambda root: (root / PLACES).unlink(), "data/places.csv: no such file"),
    "header": (text(PLACES, "place_id,name_zh", "id,name_zh"), "data/places.csv:1: the header lacks place_id"),
    "ragged row": (text(PLACES, "jiangling,江岭省,", "jiangling,"), "data/places.csv:2: the row has 8 cells"),
    "duplicate key": (text(PLACES, "\nlinxi,", "\njiangling,"), "data/places.csv:3: duplicate key 'jiangling'"),
    "open quote": (text(PLACES, ",Yunchuan,", ',"Yunchuan,'), "data/places.csv:5: malformed CSV"),
    "link outside": (outward_link, "a link that points outside the package"),
}  # fmt: skip


@pytest.mark.parametrize("name", DEFECTIVE)
def test_defective_package(frozen: Path, package: Path, name: str) -> None:
    """Catches a traceback, or a report, where one of the two cannot be read."""
    plant, message = DEFECTIVE[name]
    plant(package)
    for arguments in ((frozen, package), (package, frozen)):
        with pytest.raises(wx.Unusable, match=re.escape(message)) as raised:
            wx.diff(*arguments)
        assert str(package) in raised.value.problem.file


@pytest.fixture
def repository(package: Path, tools: None) -> Path:  # noqa: ARG001
    """A package in a git repository with two commits, the first tagged, and a change that is not committed."""
    git(package, "init", "--quiet", "--initial-branch=main")
    commit(package, "one")
    git(package, "tag", "one")
    swap(package, PLACES, ",Yunchuan,", ",Yunchuan City,")
    commit(package, "two")
    swap(package, "data/industry_metrics.csv", ",8650000000,", ",8560000000,")
    return package


def test_head_and_the_working_files(repository: Path) -> None:
    """Catches a contributor's question (what have I changed?) that needs arguments, or touches the checkout."""
    before = state(repository)
    # Without a checkout of the code, the installed release is what the folder is compared with.
    arguments = ["HEAD"] if is_installed_copy(installed().root) else []
    done = run("diff", *arguments, folder=repository)
    assert (done.returncode, done.stderr) == (0, "")
    head = git(repository, "rev-parse", "HEAD")[:7]
    assert done.stdout.startswith(
        f"old: HEAD ({head}), version 1.4.0\nnew: this folder, version 1.4.0\n\nindustry_metrics"
    )
    assert "value: 8650000000 → 8560000000" in done.stdout
    assert "name_en" not in done.stdout
    assert state(repository) == before


@pytest.mark.parametrize(
    ("arguments", "fields"),
    [
        (["one"], {"value", "name_en"}),
        (["one", "main"], {"name_en"}),
        (["HEAD~1", "HEAD"], {"name_en"}),
        (["main", "."], {"value"}),
        (["one", "one"], set()),
        (["data/..", "HEAD"], {"value"}),
    ],
)
def test_revisions(repository: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], fields: set[str]) -> None:
    """Catches revisions that are mistaken for each other or for the working files."""
    monkeypatch.chdir(repository)
    assert {change.field for change in wx.diff(*arguments).changes} == fields


def test_package_in_a_subfolder(package: Path, tools: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    """Catches a revision that is read from the top of its repository, not from the current folder."""
    git(package.parent, "init", "--quiet")
    commit(package.parent, "one")
    swap(package, PLACES, ",Yunchuan,", ",Yunchuan City,")
    monkeypatch.chdir(package)
    assert [(change.old, change.new) for change in wx.diff("HEAD").changes] == [("Yunchuan", "Yunchuan City")]
    monkeypatch.chdir(package.parent)
    with pytest.raises(wx.Unusable, match=r"HEAD: .*datapackage.json"):
        wx.diff("HEAD", package)


@pytest.mark.parametrize(
    "name",
    ["nope", "HEAD~9", "-x", "--all", "--output=x", "^HEAD", "one..main", "HEAD:data", "one --help", "", "$(touch x)"],
)
def test_no_such_revision(repository: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Catches a name that git takes for an option, for several revisions or for what is no commit."""
    before = state(repository)
    monkeypatch.chdir(repository)
    with pytest.raises(wx.Unusable, match="no such folder, and no such revision"):
        wx.diff(name)
    assert state(repository) == before


@pytest.mark.parametrize(
    ("plant", "message"),
    [
        (lambda root: (root / PLACES).unlink(), r"^HEAD:data/places\.csv: no such file"),
        (outward_link, "HEAD: .*: 'data/places.csv' is a link"),
    ],
)
def test_defective_revision(repository: Path, monkeypatch: pytest.MonkeyPatch, plant: Plant, message: str) -> None:
    """Catches a problem in a revision that does not name it, and a link in it that is followed."""
    plant(repository)
    commit(repository, "three")
    monkeypatch.chdir(repository)
    with pytest.raises(wx.Unusable, match=message):
        wx.diff("HEAD", "one")


def test_no_repository(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a traceback where there is no repository, no package, no folder, or no git."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(package.parent))
    monkeypatch.chdir(package)
    with pytest.raises(
        wx.Unusable, match="HEAD: no such folder, and no such revision of the package: not a git repository"
    ):
        wx.diff("HEAD")
    with pytest.raises(wx.Unusable, match="nowhere: no such folder"):
        wx.diff(package / "nowhere", package)
    with pytest.raises(wx.Unusable, match="null byte"):
        wx.diff("nul\0", package)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(wx.Unusable, match="No such file or directory: 'git'"):
        wx.diff("HEAD")
    monkeypatch.chdir(package.parent)
    with pytest.raises(wx.Unusable, match=r"^\.: there is no datapackage.json in this folder"):
        wx.diff()


def test_needs_the_standard_library_alone(frozen: Path, tmp_path: Path) -> None:
    """Catches a report that waits for pandas to be imported, or fails without it."""
    (tmp_path / "pandas.py").write_text("raise ModuleNotFoundError('No module named pandas', name='pandas')\n")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    assert run("diff", frozen, frozen, folder=tmp_path, PYTHONPATH=path).returncode == 0


def run(*arguments: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wuxi_outsourcing", *map(str, arguments)]
    environment = os.environ | environment
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, encoding="utf-8")


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", message)


def state(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
