"""The workflows: what each job may do, and its steps, run as GitHub runs them on a clone with the frozen package."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import wuxi_outsourcing as wx
from support import ROOT, bash, edit_rows, swap

FOLDER = ROOT / ".github/workflows"
REFRESHED = ROOT / ".github/refreshed.txt"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
# The jobs that may do more than read the repository, which is public.
MAY = {
    ("refresh.yml", "push"): {"contents": "write"},
    ("release.yml", "attest"): {"attestations": "write", "id-token": "write"},
    ("release.yml", "publish"): {"id-token": "write"},
    ("release.yml", "github"): {"contents": "write"},
    ("site.yml", "publish"): {"pages": "write", "id-token": "write"},
}
PLACES = "data/places.csv"
HOSTILE = "n|</code><img src=x>::error::@octocat"
# In place of scripts/generate.py: a file that is made from a table.
GENERATE = """
import sys
from pathlib import Path
made, path = Path("data/places.csv").read_bytes(), Path("docs/codebook.md")
if "--check" in sys.argv:
    sys.exit(path.read_bytes() != made)
path.write_bytes(made)
"""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not FOLDER.exists(), reason="these steps run on Linux alone; an sdist lacks them"
)


@pytest.fixture
def clone(package: Path, tools: None, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001
    """A package in git, as `main` has it before a contribution."""
    for name in ("RUNNER_TEMP", "GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
        monkeypatch.setenv(name, str(package.parent / ("" if name == "RUNNER_TEMP" else name)))
    shutil.copytree(ROOT / ".github/summary", package / ".github/summary")
    shutil.copy(REFRESHED, package / ".github")
    for folder in ("scripts", "docs"):
        (package / folder).mkdir()
    for name in ("address.py", "book.py"):
        shutil.copy(ROOT / "scripts" / name, package / "scripts" / name)
    (package / "scripts/generate.py").write_text(GENERATE, encoding="utf-8")
    shutil.copy(package / PLACES, package / "docs/codebook.md")
    bash("git init --quiet --initial-branch main && git add . && git commit --quiet --message Before", package)
    return package


def run_steps(workflow: str, job: str, root: Path) -> dict[str, subprocess.CompletedProcess[str]]:
    """The steps of a job that are scripts, except what is installed, up to the first that stops it."""
    results: dict[str, subprocess.CompletedProcess[str]] = {}
    for step in yaml.safe_load((FOLDER / workflow).read_text(encoding="utf-8"))["jobs"][job]["steps"]:
        failed = any(result.returncode for result in results.values())
        if "run" in step and step["name"] != "Install" and ("if" in step or not failed):
            results[step["name"]] = bash(step["run"], root)
    return results


def check(root: Path) -> tuple[list[subprocess.CompletedProcess[str]], str]:
    """Commit what is in the folder, check it as a pull request, and give the steps' results and the summary."""
    bash("git add --all && git commit --quiet --message After", root)
    results = list(run_steps("validate.yml", "data", root).values())
    return results, (root.parent / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")


def add_project(root: Path) -> None:
    """Add a row with its citation, in the CSVs alone."""
    quoted = ["projects", "z-new", "name_zh", "jiangling-2022", "6", "0", "4", "江岭微电"]
    edit_rows(root, "data/projects.csv", lambda rows: [*rows, ["z-new", quoted[-1], "Z", "Z", *rows[1][4:]]])
    swap(
        root,
        "data/evidence.csv",
        "\nsources,jiangling-2022,published_on,",
        f"\n{','.join(quoted)}\nsources,jiangling-2022,published_on,",
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


@pytest.fixture
def merged(clone: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The clone after the merge of a CSV edit, with the repository that it is a clone of beside it."""
    swap(clone, PLACES, ",Yunchuan,", ",Yunchuan City,")
    bash("git commit --quiet --all --message Merged && git clone --quiet --bare . ../city/outsourcing", clone)
    monkeypatch.setenv("GITHUB_SERVER_URL", f"file://{clone.parent}")
    monkeypatch.setenv("GITHUB_REPOSITORY", "city/outsourcing")
    monkeypatch.setenv("GITHUB_SHA", bash("git rev-parse HEAD", clone).stdout.strip())
    return clone


def test_refresh_after_a_merge(merged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a merge after which something stays stale, a second run that commits, and a fork's own addresses."""
    assert [done.returncode for done in run_steps("refresh.yml", "make", merged).values()] == [0, 0, 0]
    assert (merged.parent / "GITHUB_OUTPUT").read_text() == "stale=true\n"
    bash("git clone --quiet city/outsourcing second", merged.parent)
    applied, pushed = run_steps("refresh.yml", "push", merged.parent / "second").values()
    assert (applied.returncode, pushed.returncode) == (0, 0), applied.stderr + pushed.stderr
    bash("git clone --quiet city/outsourcing third", merged.parent)
    third = merged.parent / "third"
    changed = bash("git diff --name-only HEAD~1", third).stdout.split()
    assert changed == ["datapackage.json", "docs/codebook.md"]
    descriptor = json.loads((third / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["repository"] == "https://github.com/city/outsourcing"
    monkeypatch.setenv("GITHUB_REPOSITORY", "fork/outsourcing")
    (merged.parent / "GITHUB_OUTPUT").unlink()
    assert [done.returncode for done in run_steps("refresh.yml", "make", third).values()] == [0, 0, 0]
    assert not (merged.parent / "GITHUB_OUTPUT").exists()


def test_refresh_when_main_has_moved_on(merged: Path) -> None:
    """Catches a refresh that fails, or overwrites what was merged meanwhile."""
    bash("touch .zenodo.json && git add . && git diff --cached --binary > ../refresh.patch", merged)
    bash("git clone --quiet city/outsourcing second && git clone --quiet city/outsourcing third", merged.parent)
    newer = bash("git commit --quiet --allow-empty --message Newer && git push --quiet", merged.parent / "third")
    assert newer.returncode == 0, newer.stderr
    *_, pushed = run_steps("refresh.yml", "push", merged.parent / "second").values()
    assert (pushed.returncode, pushed.stdout) == (0, "::notice::main has a newer commit, whose own run refreshes it.\n")
    assert bash("git log --format=%s -1 main", merged.parent / "city/outsourcing").stdout == "Newer\n"


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


def apply_patch(merged: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Make a patch by a command, as the job `make` does, and apply it to a clone, as the job `push` does."""
    made = bash(f"{command}\ngit add --all && git diff --cached --binary > ../refresh.patch", merged)
    assert made.returncode == 0, made.stderr
    bash("git clone --quiet city/outsourcing second", merged.parent)
    return next(iter(run_steps("refresh.yml", "push", merged.parent / "second").values()))


@pytest.mark.parametrize("change", TAKEN)
def test_refresh_takes_what_it_may_write(merged: Path, change: str) -> None:
    """Catches a refresh that is refused although it changes what is made alone."""
    applied = apply_patch(merged, TAKEN[change])
    assert applied.returncode == 0, applied.stdout + applied.stderr


@pytest.mark.parametrize("change", REFUSED)
def test_refresh_refuses_anything_else(merged: Path, change: str) -> None:
    """Catches a patch by which what ran in the job without rights writes code, links or modes to main."""
    applied = apply_patch(merged, REFUSED[change])
    assert applied.returncode == 1
    assert applied.stdout.startswith("::error::The patch changes what .github/refreshed.txt does not name")
    assert len(re.findall("^::", applied.stdout, re.MULTILINE)) == 1
    assert bash("git log --format=%s -1 main", merged.parent / "city/outsourcing").stdout == "Merged\n"


def test_list_of_what_is_refreshed() -> None:
    """Catches a file that generate.py writes and the refresh would refuse, and one that it takes and nothing makes."""
    from generate import GENERATED  # noqa: PLC0415  (an sdist lacks scripts)

    paths = REFRESHED.read_text(encoding="utf-8").splitlines()
    assert paths == sorted({"datapackage.json", "data/*.csv", "schemas/*.json", *GENERATED})


def test_site_after_a_merge(clone: Path) -> None:
    """Catches a site that offers a stale data package after the merge of a CSV alone, or that changes the checkout."""
    from book import open_book  # noqa: PLC0415  (an sdist lacks scripts)
    from generate import GENERATED  # noqa: PLC0415
    from metadata.files import metadata_files  # noqa: PLC0415
    from website.downloads import CITATION_FILE  # noqa: PLC0415

    (clone / ".venv").symlink_to(sys.prefix)
    shutil.copytree(ROOT / "scripts", clone / "scripts", dirs_exist_ok=True)
    (clone / "scripts/website/addresses.txt").write_text("", encoding="utf-8")
    (clone / ".gitignore").write_text("_site/\n.venv\n__pycache__/\n", encoding="utf-8")
    swap(clone, PLACES, ",Yunchuan,", ",Yunchuan City,")
    add_project(clone)
    bash("git add --all && git commit --quiet --message Merged", clone)
    steps = read_workflow(FOLDER / "site.yml")[1]["jobs"]["build"]["steps"]
    (script,) = [step["run"] for step in steps if step.get("name") == "Build"]
    built = bash(script, clone)
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
    for name, text in metadata_files(open_book("en", unpacked)).items():
        assert (downloads / name).read_text(encoding="utf-8") == text


def test_refresh_of_an_invalid_package(merged: Path) -> None:
    """Catches generated files that are pushed although the package is not valid."""
    swap(merged, "data/parks.csv", ",national,", ",nowhere,")
    results = run_steps("refresh.yml", "make", merged)
    assert "Compare" not in results
    assert not (merged.parent / "GITHUB_OUTPUT").exists()


def test_refresh_gives_git_its_token(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a push without credentials: the checkout keeps none."""
    monkeypatch.setenv("GH_TOKEN", "token-of-the-job")
    step = yaml.safe_load((FOLDER / "refresh.yml").read_text("utf-8"))["jobs"]["push"]["steps"][-1]["run"]
    (option,) = re.findall(r"-c (credential\.helper='.*')", step)
    filled = bash(f"printf 'protocol=https\\nhost=example.org\\n\\n' | git -c {option} credential fill", clone)
    assert "username=x-access-token\npassword=token-of-the-job\n" in filled.stdout


def read_workflow(path: Path) -> tuple[str, dict[Any, Any]]:
    """A workflow, as text and as what GitHub makes of it."""
    text = path.read_text(encoding="utf-8")
    return text, yaml.safe_load(text)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_jobs_may_do_no_more_than_they_must(path: Path) -> None:
    """Catches a job that can write, sign or publish and need not, and anything that reads a secret."""
    text, workflow = read_workflow(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["permissions"] == MAY.get((path.name, name), {"contents": "read"}), name
        assert ("environment" in job) == (name == "publish"), name
    assert not re.search(r"\$\{\{[^}]*secrets", text)
    # What make is given it runs; TARGET is from the workflow itself. `make lint` asks zizmor about the rest.
    assert not re.search(r'^(?!\s*#).*\bmake\b.*\$(?!TARGET")', text, re.MULTILINE)


def test_refresh_runs_on_main_alone() -> None:
    """Catches a token that can write in the run of a pull request, and project code run beside that token."""
    _, workflow = read_workflow(FOLDER / "refresh.yml")
    assert workflow[True] == {"push": {"branches": ["main"]}}  # YAML reads `on` as true
    scripts = [step["run"] for step in workflow["jobs"]["push"]["steps"] if "run" in step]
    assert not re.search("wuxi|python|pip|make", "".join(scripts))


def test_nightly_targets_exist() -> None:
    """Catches a target of the Makefile that was renamed, which nobody would notice before the next night."""
    _, workflow = read_workflow(FOLDER / "nightly.yml")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for job in workflow["jobs"]["nightly"]["strategy"]["matrix"]["include"]:
        assert re.search(rf"^{job['target']}:", makefile, re.MULTILINE), job["target"]


def test_generated_files_are_marked() -> None:
    """Catches a generated file that a reviewer has to scroll past, and a file written by hand that is collapsed."""
    from documents import document  # noqa: PLC0415  (an sdist lacks scripts)
    from generate import GENERATED  # noqa: PLC0415

    # Documents are written by hand, and generated in part.
    files = {name for name, make in GENERATED.items() if getattr(make, "func", None) is not document}
    written = {"datapackage.json", "README.md", "docs/releasing.md", "data/places.csv"}
    command = ["git", "check-attr", "linguist-generated", *sorted(files | written)]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout
    assert set(re.findall("^(.*): linguist-generated: set$", listed, re.MULTILINE)) == files


@pytest.mark.parametrize("path", sorted(FOLDER.parent.glob("ISSUE_TEMPLATE/[0-9]*.yml")), ids=lambda path: path.stem)
def test_issue_forms(path: Path) -> None:
    """Catches a form that GitHub would not show, or that only one of the two languages can read."""
    _, form = read_workflow(path)
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
