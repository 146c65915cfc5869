"""The workflows: what each may do, and the steps of that for pull requests, run as GitHub runs them."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT, bash

WORKFLOW = ROOT / ".github/workflows/validate.yml"
WORKFLOWS = sorted(WORKFLOW.parent.glob("*.yml"))
# The jobs that may do more than read the repository, which is public.
MAY = {
    ("release.yml", "attest"): {"attestations": "write", "id-token": "write"},
    ("release.yml", "publish"): {"id-token": "write"},
    ("release.yml", "github"): {"contents": "write"},
}
HOSTILE = "n|</code><img src=x>::error::@octocat"

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not WORKFLOW.exists(), reason="these steps run on Linux alone; an sdist lacks them"
)


@pytest.fixture
def clone(package: Path, tools: None, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001
    """A package in git, as the branch for which a pull request is made has it."""
    monkeypatch.setenv("RUNNER_TEMP", str(package.parent))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(package.parent / "summary.md"))
    bash("git init --quiet && git add . && git commit --quiet --message Before", package)
    return package


def run_steps(root: Path) -> dict[str, subprocess.CompletedProcess[str]]:
    """Every step of the job that checks the data, but for what is installed."""
    steps = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["data"]["steps"]
    return {step["name"]: bash(step["run"], root) for step in steps if "run" in step and step["name"] != "Install"}


def test_pull_request_with_problems(clone: Path) -> None:
    """Catches a pull request whose problems are not where GitHub shows them, or that speaks to GitHub itself."""
    path = clone / "data/parks.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("national,", f"{HOSTILE},", 1), encoding="utf-8")
    bash("git commit --quiet --all --message After", clone)
    validated, formatted, frictionless, summarised = run_steps(clone).values()
    message = f"'{HOSTILE}' is not in the vocabulary%0AWrite one of national."
    assert validated.returncode == 1
    assert validated.stdout == f"::error file=data/parks.csv,line=3,title=level::{message}\n"
    for done in (formatted, frictionless):
        assert done.returncode == 1
        assert done.stdout.startswith("::stop-commands::")
    assert (summarised.returncode, summarised.stdout, summarised.stderr) == (0, "", "")
    summary = (clone.parent / "summary.md").read_text(encoding="utf-8")
    assert "### Problems: 1\n" in summary
    assert (
        "| changed | <code>jiangyin-packaging-testing-base</code> | <code>level</code> | <code>national</code> |"
        in summary
    )
    assert "<img" not in summary
    assert "@octocat" not in summary


def test_pull_request_without_problems(clone: Path) -> None:
    """Catches a right change that a step refuses, and a summary that does not show it."""
    path = clone / "data/talent_tiers.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",General talent,", ",Ordinary talent,"), encoding="utf-8")
    bash("wuxi-outsourcing format && git commit --quiet --all --message After", clone)
    assert [done.returncode for done in run_steps(clone).values()] == [0, 0, 0, 0]
    summary = (clone.parent / "summary.md").read_text(encoding="utf-8")
    assert "### Problems: none\n" in summary
    assert "<code>Ordinary talent</code>" in summary


def test_pull_request_that_breaks_the_package(clone: Path) -> None:
    """Catches a summary that fails, and says nothing, where the files can't be read."""
    (clone / "datapackage.json").write_text("{", encoding="utf-8")
    bash("git commit --quiet --all --message After", clone)
    validated, *_, summarised = run_steps(clone).values()
    assert validated.stdout.startswith("::error file=datapackage.json,line=1::")
    assert summarised.returncode == 0
    summary = (clone.parent / "summary.md").read_text(encoding="utf-8")
    assert "### Problems: 1\n" in summary
    assert "What has changed can't be shown before the files can be read." in summary


def read_workflow(path: Path) -> tuple[str, dict[str, Any]]:
    """A workflow, as text and as what GitHub makes of it."""
    text = path.read_text(encoding="utf-8")
    return text, yaml.safe_load(text)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_jobs_may_do_no_more_than_they_must(path: Path) -> None:
    """Catches a job that can write, sign or publish and need not, and anything of GitHub's that reads a secret."""
    text, workflow = read_workflow(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["permissions"] == MAY.get((path.name, name), {"contents": "read"}), name
        assert ("environment" in job) == (name == "publish"), name
    assert not re.search(r"\$\{\{[^}]*secrets", text)
    assert "\n  pull_request_target" not in text


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_scripts_are_fixed(path: Path) -> None:
    """Catches an action that can be changed behind its tag, and a script that somebody's title can add a command to."""
    text, workflow = read_workflow(path)
    used = re.findall(r"uses: (.*)", text)
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each) for each in used)
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            assert not re.search(r"\bmake\b.*\$", step.get("run", "")), "make runs what a variable holds"
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
