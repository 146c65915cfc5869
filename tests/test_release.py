"""What is released: one command, the same bytes each time, and nothing that disagrees with itself."""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

import wuxi_outsourcing as wx
from archive import files_in
from conftest import ROOT, bash
from wuxi_outsourcing.exporting import FORMATS
from wuxi_outsourcing.package import installed

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not (ROOT / ".git").exists(), reason="a release is made from a clone, on Unix"
)
NAME = f"wuxi-outsourcing-{wx.__version__}"
WORKFLOW = ROOT / ".github/workflows/release.yml"
# All but what installs from the network, and tests that.
STEPS = {
    "build": [
        "Build, if the tag is the version's",
        "Build again elsewhere, and compare",
        "Checksums",
        "Release notes",
    ],
    "publish": ["Wheel and sdist alone"],
}


@pytest.fixture
def clone(tmp_path: Path, tools: None) -> Path:  # noqa: ARG001
    """The files of the repository as they are now, committed."""
    root = tmp_path / "clone"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
    subprocess.run(["git", "init", "--quiet", "--initial-branch", "main"], cwd=root, check=True)
    commit(root)
    return root


def commit(root: Path) -> None:
    subprocess.run(["git", "add", "--all"], cwd=root, check=True)
    subprocess.run(["git", "commit", "--quiet", "--message", "All"], cwd=root, check=True)


def release(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a clone."""
    command = [sys.executable, "scripts/release.py", *arguments]
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    return subprocess.run(command, cwd=root, env=environment, check=False, capture_output=True, encoding="utf-8")


def test_the_workflow_builds_twice_the_same(clone: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Catches an asset that depends on who builds it, when or where, or is missing, and a step that does not run."""
    as_on_github(clone, monkeypatch, tmp_path)
    (clone / "dist").mkdir()
    (clone / "dist/SHA256SUMS").write_text("of an earlier release", encoding="utf-8")
    (clone / "article.txt").write_text("ignored by git, and not for release", encoding="utf-8")
    for job, names in STEPS.items():
        steps = {step.get("name"): step for step in yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"][job]["steps"]}
        for name in names:
            done = bash(steps[name]["run"], clone)
            assert done.returncode == 0, done.stderr
        if job == "build":
            check_assets({path.name: path.read_bytes() for path in (clone / "dist").iterdir()})
            twice = [files_in(root / "dist") for root in (clone, tmp_path / "again")]
            assert {n: p.read_bytes() for n, p in twice[0].items()} == {n: p.read_bytes() for n, p in twice[1].items()}
    assert {path.suffix for path in (clone / "packages").iterdir()} == {".whl", ".gz"}
    notes = (tmp_path / "notes.md").read_text(encoding="utf-8")
    assert notes.strip()
    assert "\n## " not in notes
    assert not list(clone.glob(".release-*"))
    shutil.unpack_archive(clone / "dist" / f"{NAME}-data-package.zip", tmp_path)
    assert wx.validate(tmp_path / NAME) == []
    for path in [*clone.glob("*/*.whl"), *clone.glob("dist/*.zip")]:
        with zipfile.ZipFile(path) as archive:
            times = {dt.datetime(*entry.date_time, tzinfo=dt.UTC) for entry in archive.infolist()}
        assert times == {dt.datetime.fromisoformat(installed().descriptor["created"])}
    with tarfile.open(next((clone / "packages").glob("*.tar.gz"))) as sdist:
        assert not [name for name in sdist.getnames() if name.endswith("article.txt") and "tests/data" not in name]


def as_on_github(clone: Path, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Lay a clone out as the runner has it: a tag, no branch, and the environment that `make` would make."""
    python = clone / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (clone / ".venv/ready").touch()
    tag = f"v{wx.__version__}"
    done = bash(
        f"git tag {tag} && git checkout --quiet --detach {tag} && git branch --quiet --delete --force main", clone
    )
    assert done.returncode == 0, done.stderr
    variables = {"GITHUB_REF_NAME": tag, "RUNNER_TEMP": str(folder), "PYTHONPATH": str(clone / "src")}
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def check_assets(assets: dict[str, bytes]) -> None:
    """Look for each asset, and at its checksum."""
    sums = assets.pop("SHA256SUMS").decode()
    assert sums == "".join(f"{sha256(assets[name]).hexdigest()}  {name}\n" for name in sorted(assets))
    python = {f"wuxi_outsourcing-{wx.__version__}{end}" for end in ("-py3-none-any.whl", ".tar.gz")}
    metadata = {"annotations.jsonld", "croissant.json", "schema-org.jsonld"}
    expected = python | metadata | {f"{NAME}-data-package.zip"}
    assert expected <= assets.keys()
    assert len(assets) == len(expected) + len(FORMATS)
    assert all(name.startswith(f"{NAME}.") for name in assets.keys() - expected)


def test_version_and_day_are_the_same_everywhere() -> None:
    """Catches a version or a day that one of the files which name it was left with."""
    created = installed().descriptor["created"][:10]
    for name, version, day in (
        ("CITATION.cff", rf"^version: {wx.__version__}$", rf"^date-released: {created}$"),
        ("CHANGELOG.md", rf"^## {wx.__version__} ", rf"^## \S+ \({created}\)$"),
        ("croissant.json", rf'"version": "{wx.__version__}"', rf'"datePublished": "{created}"'),
        ("schema-org.jsonld", rf'"version": "{wx.__version__}"', rf'"datePublished": "{created}"'),
        (".zenodo.json", rf'"version": "{wx.__version__}"', rf'"publication_date": "{created}"'),
    ):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert re.search(version, text, re.MULTILINE), name
        assert re.search(day, text, re.MULTILINE), name


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ([("CHANGELOG.md", f"## {wx.__version__}", "## 99.0.0")], ["CHANGELOG.md:6:version: the version is 99.0.0"]),
        (
            [
                ("CHANGELOG.md", "(2", "(1"),
                ("CITATION.cff", "released: 2", "released: 1"),
                ("croissant.json", "1.1", "1"),
            ],
            [
                "CHANGELOG.md:6: the day is 1",
                "CITATION.cff:6: the day is 1",
                "croissant.json: has not followed what it is made from",
                "datapackage.json:version: the tag is v99.0.0, which is not the version's",
            ],
        ),
    ],
    ids=["version", "day, metadata and tag"],
)
def test_what_disagrees_is_not_released(clone: Path, changes: list[tuple[str, str, str]], messages: list[str]) -> None:
    """Catches a release that says two things of itself."""
    for file, old, new in changes:
        path = clone / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    commit(clone)
    refused(release(clone, "--tag", "v99.0.0"), 1, *messages)


def test_what_is_not_committed_is_not_released(clone: Path) -> None:
    """Catches a release that nobody could build again, since it is of no commit."""
    (clone / "README.md").write_text("Changed", encoding="utf-8")
    (clone / "data/new file.csv").touch()
    refused(release(clone), 1, "README.md: not as committed\n", "data/new file.csv: not as committed\n")
    assert not (clone / "dist").exists()
    assert not list(clone.glob(".release-*"))


def test_release_takes_no_other_folder(clone: Path) -> None:
    """Catches a release that puts itself in the place of a folder that is no release, or is made of no commit."""
    refused(release(clone, "--to", "data"), 2, "data: this is not an earlier release")
    assert (clone / "data/policies.csv").exists()
    shutil.rmtree(clone / ".git")
    refused(release(clone), 2, "there is no commit here to release")


def refused(done: subprocess.CompletedProcess[str], status: int, *messages: str) -> None:
    """Look for each message, and for nothing else that is left behind."""
    assert (done.returncode, done.stdout) == (status, "")
    assert all(message in done.stderr for message in messages), done.stderr
    assert "Traceback" not in done.stderr
