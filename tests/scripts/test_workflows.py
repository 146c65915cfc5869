"""What a contributor sees of the workflows, and which files the refresh after a merge may change."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import wuxi_outsourcing as wx
from support import ROOT, bash, edit_rows, run_script, swap

FOLDER = ROOT / ".github/workflows"
REFRESHED = ROOT / ".github/refreshed.txt"
PLACES = "data/places.csv"
HOSTILE = "n|</code><img src=x>::error::@octocat"
# In place of `scripts/generate.py --check`: one document is a copy of a table.
GENERATE = """
import sys
from pathlib import Path
sys.exit(Path("docs/codebook.md").read_bytes() != Path("data/places.csv").read_bytes())
"""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not FOLDER.exists(), reason="these steps run on Linux alone; an sdist lacks them"
)


@pytest.fixture
def clone(package: Path, tools: None, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001
    """A package in git, as `main` has it before a contribution."""
    monkeypatch.setenv("RUNNER_TEMP", str(package.parent))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(package.parent / "summary.md"))
    shutil.copytree(ROOT / ".github/summary", package / ".github/summary")
    shutil.copy(REFRESHED, package / ".github")
    for folder in ("scripts", "docs"):
        (package / folder).mkdir()
    (package / "scripts/generate.py").write_text(GENERATE, encoding="utf-8")
    shutil.copy(package / PLACES, package / "docs/codebook.md")
    bash("git init --quiet --initial-branch main && git add . && git commit --quiet --message Before", package)
    return package


def read_yaml(path: Path) -> Any:
    """A workflow or an issue form."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def scripts(workflow: str, job: str) -> dict[str, str]:
    """The scripts of a job, by the names of their steps."""
    steps = read_yaml(FOLDER / workflow)["jobs"][job]["steps"]
    return {step["name"]: step["run"] for step in steps if "run" in step}


def check(root: Path) -> tuple[list[subprocess.CompletedProcess[str]], str]:
    """Commit what is in the folder, check it as a pull request, and give the steps' results and the summary."""
    bash("git add --all && git commit --quiet --message After", root)
    steps = scripts("validate.yml", "data")
    del steps["Install"]
    results = [bash(step, root) for step in steps.values()]
    return results, (root.parent / "summary.md").read_text(encoding="utf-8")


def add_project(root: Path) -> None:
    """Add a row with its citation, in the CSVs alone."""
    quoted = ["projects", "z-new", "name_zh", "jiangling-2022", "6", "0", "4", "江岭微电"]
    edit_rows(root, "data/projects.csv", lambda rows: [*rows, ["z-new", quoted[-1], "Z", "Z", *rows[1][4:]]])
    swap(
        root,
        "data/evidence.csv",
        "\nprovisions,cloud-sail-fund,name_zh,",
        f"\n{','.join(quoted)}\nprovisions,cloud-sail-fund,name_zh,",
    )


def test_edits_of_csv_files_alone(clone: Path) -> None:
    """Catches a complete contribution that fails because something generated is stale, and a summary without it."""
    swap(clone, PLACES, ",Yunchuan,", ",Yunchuan City,")
    add_project(clone)
    results, summary = check(clone)
    assert [result.returncode for result in results] == [0, 0, 0, 0]
    assert results[0].stdout == ""
    assert summary.startswith((clone / ".github/summary/valid.md").read_text(encoding="utf-8"))
    assert (clone / ".github/summary/quotes.md").read_text(encoding="utf-8") in summary
    assert "### Problems: none" in summary
    assert "| <code>name_en</code> | <code>Yunchuan</code> | <code>Yunchuan City</code> |" in summary
    new_cell = "| added | <code>z-new</code> | <code>name_zh</code> |  | <code>江岭微电</code> | <code>“江岭微电” "
    assert new_cell in summary


def test_pull_request_with_problems(clone: Path) -> None:
    """Catches problems that are not shown where they are, or that write commands or markup of their own."""
    swap(clone, "data/parks.csv", ",national,", f",{HOSTILE},")
    results, summary = check(clone)
    assert [result.returncode for result in results] == [1, 1, 0, 0]
    assert results[0].stdout.startswith("::error file=data/parks.csv,line=2,title=level::")
    assert len(re.findall("^::error", results[0].stdout, re.MULTILINE)) == 1
    assert all(result.stdout.startswith("::stop-commands::") for result in results[1:-1])
    assert summary.startswith((clone / ".github/summary/problems.md").read_text(encoding="utf-8"))
    assert "### Problems: 1\n" in summary
    assert "<img" not in summary
    assert "@octocat" not in summary


def test_pull_request_that_cannot_be_read(clone: Path) -> None:
    """Catches a summary that fails, or says nothing, where the files cannot be read."""
    (clone / "datapackage.json").write_text("{", encoding="utf-8")
    results, summary = check(clone)
    assert results[0].returncode != 0
    assert results[-1].returncode == 0
    assert "### Problems: 1\n" in summary
    assert "What changed cannot be shown before the files can be read." in summary


# What a patch may do, and what it may not.
TAKEN = {
    "a table": "echo >> data/places.csv",
    "a binary file": r"printf '\0' > docs/codebook.md",
    "a file that was missing": "echo > .zenodo.json",
    "a file put in the place of another": "cp data/parks.csv data/places.csv",
}
REFUSED = {
    "another file": "echo >> README.txt",
    "code": "mkdir src && echo >> src/module.py",
    "a workflow": "mkdir .github/workflows && echo >> .github/workflows/other.yml",
    "the list itself": "echo src/module.py >> .github/refreshed.txt && mkdir src && echo > src/module.py",
    "a folder below": "mkdir data/more && echo > data/more/places.csv",
    "a name that a command begins": "echo > '::error::name'",
    "a file moved away": "git mv data/places.csv places.csv",
    "a file moved from elsewhere": "git mv CHANGELOG.md data/changes.csv",
    "a deletion": "rm data/places.csv",
    "a link": "ln --symbolic --force ../CHANGELOG.md data/places.csv",
    "a new link": "ln --symbolic /etc/passwd data/new.csv",
    "another mode": "chmod +x data/places.csv",
    "a new program": "echo > data/new.csv && chmod +x data/new.csv",
    "a module": "rm data/places.csv && git init --quiet data/places.csv && git -C data/places.csv commit --quiet"
    " --allow-empty --message Module",
    "the configuration of git": "echo '* filter=other' > .gitattributes",
}


def apply_patch(clone: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Make a patch by a command, and apply it to another clone by the step of the refresh that does."""
    made = bash(f"{command}\ngit add --all && git diff --cached --binary > ../refresh.patch", clone)
    assert made.returncode == 0, made.stderr
    bash("git clone --quiet . ../second", clone)
    step = scripts("refresh.yml", "push")["Apply, if it changes nothing else"]
    return bash(step, clone.parent / "second")


@pytest.mark.parametrize("change", TAKEN)
def test_refresh_takes_what_it_may_write(clone: Path, change: str) -> None:
    """Catches a refresh that is refused although it changes what is made alone."""
    applied = apply_patch(clone, TAKEN[change])
    assert applied.returncode == 0, applied.stdout + applied.stderr


@pytest.mark.parametrize("change", REFUSED)
def test_refresh_refuses_anything_else(clone: Path, change: str) -> None:
    """Catches a patch by which what ran in the job without rights writes code, links or modes to main."""
    applied = apply_patch(clone, REFUSED[change])
    assert applied.returncode == 1
    assert applied.stdout.startswith("::error::The patch changes what .github/refreshed.txt does not name")
    assert len(re.findall("^::", applied.stdout, re.MULTILINE)) == 1


def test_list_of_what_is_refreshed() -> None:
    """Catches a file that generate.py writes and the refresh would refuse, and one that it takes and nothing makes."""
    from generate import GENERATED  # noqa: PLC0415  (an sdist lacks scripts)

    paths = REFRESHED.read_text(encoding="utf-8").splitlines()
    assert paths == sorted({"datapackage.json", "data/*.csv", "schemas/*.json", *GENERATED})


def test_site_after_a_merge(clone: Path) -> None:
    """Catches a site that offers a stale data package after the merge of a CSV alone, or that changes the checkout."""
    from generate import GENERATED  # noqa: PLC0415
    from localized_package import open_localized  # noqa: PLC0415  (an sdist lacks scripts)
    from metadata import CITATION_FILE, PUBLISHED, make_metadata  # noqa: PLC0415

    shutil.copytree(ROOT / "scripts", clone / "scripts", dirs_exist_ok=True)
    (clone / "scripts/website/addresses.txt").write_text("", encoding="utf-8")
    (clone / ".gitignore").write_text("_site/\n__pycache__/\n", encoding="utf-8")
    swap(clone, PLACES, ",Yunchuan,", ",Yunchuan City,")
    add_project(clone)
    bash("git add --all && git commit --quiet --message Merged", clone)
    built = run_script(clone, "build_site.py")
    assert built.returncode == 0, built.stderr
    assert bash("git status --porcelain", clone).stdout == ""
    downloads = clone / "_site/downloads"
    (archive,) = downloads.glob("*-data-package.zip")
    shutil.unpack_archive(archive, clone.parent / "unpacked")
    (unpacked,) = (clone.parent / "unpacked").iterdir()
    assert "Yunchuan City" in (unpacked / PLACES).read_text(encoding="utf-8")
    for folder in (unpacked, downloads):
        assert wx.validate(folder) == []
        checked = bash("frictionless validate datapackage.json", folder)
        assert checked.returncode == 0, checked.stdout
        assert (folder / CITATION_FILE).read_text(encoding="utf-8") == GENERATED[CITATION_FILE](unpacked)
    for name in PUBLISHED:
        text = make_metadata(open_localized("en", unpacked), name)
        assert (downloads / name).read_text(encoding="utf-8") == text


def test_nightly_targets_exist() -> None:
    """Catches a target of the Makefile that was renamed, which nobody would notice before the next night."""
    workflow = read_yaml(FOLDER / "nightly.yml")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for job in workflow["jobs"]["nightly"]["strategy"]["matrix"]["include"]:
        assert re.search(rf"^{job['target']}:", makefile, re.MULTILINE), job["target"]


def test_generated_files_are_marked() -> None:
    """Catches a generated file that a reviewer has to scroll past, and a file written by hand that is collapsed."""
    from documents import WRITTEN_BY_HAND  # noqa: PLC0415  (an sdist lacks scripts)
    from generate import GENERATED  # noqa: PLC0415

    # Documents are written by hand, and generated in part.
    files = set(GENERATED) - set(WRITTEN_BY_HAND)
    written = {"datapackage.json", "README.md", "docs/releasing.md", "data/places.csv"}
    command = ["git", "check-attr", "linguist-generated", *sorted(files | written)]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout
    assert set(re.findall("^(.*): linguist-generated: set$", listed, re.MULTILINE)) == files


@pytest.mark.parametrize("path", sorted(FOLDER.parent.glob("ISSUE_TEMPLATE/[0-9]*.yml")), ids=lambda path: path.stem)
def test_issue_forms(path: Path) -> None:
    """Catches a form that GitHub would not show, or that only one of the two languages can read."""
    form = read_yaml(path)
    assert set(form) == {"name", "description", "title", "labels", "body"}
    texts = [form["name"], form["description"], form["title"]]
    for field in form["body"]:
        assert field["type"] in ("input", "textarea")
        assert set(field) <= {"type", "id", "attributes", "validations"}
        assert set(field["attributes"]) <= {"label", "description", "placeholder"}
        texts += [text for key, text in field["attributes"].items() if key != "placeholder"]
    assert len({field["id"] for field in form["body"]}) == len(form["body"])
    assert all(re.search("[A-Za-z].* / .*[一-鿿]", text) for text in texts)


@pytest.mark.parametrize("path", sorted((FOLDER.parent / "summary").glob("*.md")), ids=lambda path: path.stem)
def test_summaries_are_bilingual(path: Path) -> None:
    """Catches advice that a contributor who reads one language alone does not get."""
    *english, chinese = path.read_text(encoding="utf-8").strip().split("\n\n")
    assert len(english) > 1
    assert not re.search("[一-鿿]", "".join(english))
    assert len(re.findall("[一-鿿]", chinese)) > len(chinese) / 2
    assert "\n" not in chinese
