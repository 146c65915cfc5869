"""What is released: one command, the same bytes each time, and nothing stale, invalid or contradictory."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

import wuxi_outsourcing as wx
from metadata.asset_names import ENDS
from series_files import SERIES_FILES
from support import FROZEN, ROOT, bash, copy_repository, dead_links, run_script, swap
from wuxi_outsourcing.engine.opening import open_package

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not (ROOT / ".git").exists(), reason="a release is made from a clone, on Unix"
)
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
DESCRIPTOR = open_package(FROZEN).descriptor
VERSION, NAME = DESCRIPTOR["version"], f"{DESCRIPTOR['name']}-{DESCRIPTOR['version']}"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the repository with the frozen package in place of the real one, and what is generated from it."""
    root = tmp_path_factory.mktemp("files")
    copy_repository(root)
    run_script(root, "generate.py").check_returncode()
    return root


@pytest.fixture
def clone(files: Path, tmp_path: Path, tools: None) -> Path:  # noqa: ARG001
    """These files, committed."""
    root = shutil.copytree(files, tmp_path / "clone")
    done = bash("git init --quiet --initial-branch main && git add --all && git commit --quiet --message All", root)
    assert done.returncode == 0, done.stderr
    return root


@pytest.mark.slow
def test_the_workflow_builds_twice_the_same(clone: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Catches an asset that is missing or depends on who builds it, when or where, or that the site has otherwise."""
    lay_out_as_on_github(clone, monkeypatch, tmp_path)
    (clone / "dist").mkdir()
    (clone / "dist/SHA256SUMS").write_text("of an earlier release", encoding="utf-8")
    (clone / "article.txt").write_text("ignored by git, and not for release", encoding="utf-8")
    jobs = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    for job, names in STEPS.items():
        steps = {step.get("name"): step for step in jobs[job]["steps"]}
        for name in names:
            done = bash(steps[name]["run"], clone)
            assert done.returncode == 0, done.stderr
        if job == "build":
            check_assets({path.name: path.read_bytes() for path in (clone / "dist").iterdir()})
    assert {path.suffix for path in (clone / "packages").iterdir()} == {".whl", ".gz"}
    notes = (tmp_path / "notes.md").read_text(encoding="utf-8")
    assert notes.strip()
    assert "\n## " not in notes
    assert not list(clone.glob(".wuxi-outsourcing-*"))
    shutil.unpack_archive(clone / "dist" / f"{NAME}-data-package.zip", tmp_path)
    assert wx.validate(tmp_path / NAME) == []
    assert list(dead_links(tmp_path / NAME)) == []
    shutil.unpack_archive(clone / "dist" / f"{NAME}-site.zip", tmp_path / "site")
    for name in (*SERIES_FILES, *(f"{NAME}{end}" for end in ENDS.values() if end != "-site.zip")):
        offered = tmp_path / "site" / NAME / "downloads" / name
        assert offered.read_bytes() == (clone / "dist" / name).read_bytes()
    shutil.unpack_archive(clone / "dist" / f"{NAME}-spreadsheet.zip", tmp_path / "spreadsheet")
    for name, path in open_package(FROZEN).paths.items():
        marked = (tmp_path / "spreadsheet" / NAME / f"{name}.csv").read_bytes()
        assert marked == b"\xef\xbb\xbf" + (FROZEN / path).read_bytes()
    for asset in [*clone.glob("*/*.whl"), *clone.glob("dist/*.zip")]:
        with zipfile.ZipFile(asset) as archive:
            times = {datetime(*entry.date_time, tzinfo=UTC) for entry in archive.infolist()}
        assert times == {datetime.fromisoformat(DESCRIPTOR["created"])}
    with tarfile.open(next((clone / "packages").glob("*.tar.gz"))) as sdist:
        assert not [name for name in sdist.getnames() if name.endswith("/article.txt")]


def test_what_disagrees_is_not_released(clone: Path) -> None:
    """Catches a release that gives two days or versions, or has files that do not follow from the tables."""
    day = DESCRIPTOR["created"][:10]
    swap(clone, "CHANGELOG.md", f"({day})", "(1999-01-01)")
    swap(clone, "CITATION.cff", f'date-released: "{day}"', 'date-released: "1999-01-01"')
    bash("git commit --quiet --all --message Changed", clone)
    refused(
        run_script(clone, "build_release.py", "--tag", "v99.0.0"),
        1,
        "CHANGELOG.md: the newest heading lacks the day",
        "CITATION.cff: out of date",
        "datapackage.json:version: the tag is v99.0.0, which is not that of the version",
    )


def test_what_is_invalid_is_not_released(clone: Path) -> None:
    """Catches a release of an invalid package: here one whose sizes and hashes are stale."""
    swap(clone, "data/places.csv", ",Shiqiao,", ",Shiqiao Town,")
    bash("git commit --quiet --all --message Changed", clone)
    refused(run_script(clone, "build_release.py"), 1, ".bytes: bytes of data/places.csv is ")


def test_what_is_not_committed_is_not_released(clone: Path) -> None:
    """Catches a release that nobody could build again, since it is of no commit."""
    (clone / "README.md").write_text("Changed", encoding="utf-8")
    (clone / "data/new file.csv").touch()
    refused(
        run_script(clone, "build_release.py"), 1, "README.md: not as committed\n", "data/new file.csv: not as committed"
    )
    shutil.rmtree(clone / ".git")
    refused(run_script(clone, "build_release.py"), 2, "not a git repository")
    assert not (clone / "dist").exists()
    assert not list(clone.glob(".wuxi-outsourcing-*"))


def lay_out_as_on_github(clone: Path, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Lay a clone out as the runner has it: a tag, no branch, and the environment that `make` would make."""
    python = clone / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (clone / ".venv/ready").touch()
    tag = f"v{VERSION}"
    done = bash(
        f"git tag {tag} && git checkout --quiet --detach {tag} && git branch --quiet --delete --force main", clone
    )
    assert done.returncode == 0, done.stderr
    variables = {"GITHUB_REF_NAME": tag, "RUNNER_TEMP": str(folder), "PYTHONPATH": str(clone / "src")}
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def check_assets(assets: dict[str, bytes]) -> None:
    """Check that each asset is there, with its checksum."""
    sums = assets.pop("SHA256SUMS").decode()
    assert sums == "".join(f"{sha256(assets[name]).hexdigest()}  {name}\n" for name in sorted(assets))
    python = {f"wuxi_outsourcing-{VERSION}{end}" for end in ("-py3-none-any.whl", ".tar.gz")}
    metadata = {"croissant.json", "datasette.json", "schema-org.jsonld"}
    assert assets.keys() == python | metadata | {*SERIES_FILES} | {f"{NAME}{end}" for end in ENDS.values()}


def refused(done: subprocess.CompletedProcess[str], status: int, *messages: str) -> None:
    """Check the status and each message, and that there is no traceback."""
    assert (done.returncode, done.stdout) == (status, "")
    assert all(message in done.stderr for message in messages), done.stderr
    assert "Traceback" not in done.stderr
