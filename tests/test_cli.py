"""The command line, run as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from conftest import ROOT
from mini import ARTICLE, make_mini

Run = subprocess.CompletedProcess[str]


def run(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> Run:
    command = [sys.executable, "-m", "wuxi_outsourcing", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, check=False, encoding="utf-8"
    )


def test_tables() -> None:
    """Catches a list without a table, or a wrong number of rows."""
    done = run("tables")
    assert done.returncode == 0
    assert f"evidence             {len(wx.rows('evidence'))} rows  Evidence" in done.stdout
    assert len(done.stdout.splitlines()) == 16


def test_show() -> None:
    """Catches a codebook or rows that are missing from `show`."""
    done = run("show", "parks")
    assert done.returncode == 0
    assert "name_zh (string, required; quoted)" in done.stdout
    assert "national-ic-design-centre  无锡国家集成电路设计中心  Wuxi National" in done.stdout


def test_evidence() -> None:
    """Catches evidence of another cell, and silence where there is none."""
    assert run("evidence", "industry_metrics", "ic-output-2020", "unit").stdout == (
        "value: gzoutsourcing-42081, paragraph 18, characters 57 to 63: 1350亿元\n"
    )
    assert len(run("evidence", "industry_metrics", "ic-output-2020").stdout.splitlines()) == 3
    assert "has no evidence: it is editorial" in run("evidence", "parks", "hi-tech-zone-ic-park", "note").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "policy"], "wuxi-outsourcing: no table 'policy': did you mean policies"),
        (["evidence", "policies", "plan"], "wuxi-outsourcing: no row of policies 'plan': did you mean plan-123"),
        (["evidence", "policies", "plan-123", "yeer"], "wuxi-outsourcing: no field 'yeer'"),
        (["verify", "nowhere.txt"], "nowhere.txt: no such file"),
        (["verify", "data"], "data: this is a folder"),
        (["validate", "nowhere"], "nowhere: no such folder"),
        (["validate", "data"], "data: there is no datapackage.json in this folder"),
        (["validate", "--source", "nowhere.txt"], "nowhere.txt: no such file"),
    ],
)
def test_could_not_run(arguments: list[str], message: str) -> None:
    """Catches a traceback, or another status than 2, where there is nothing to work on."""
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)


def test_validate_valid() -> None:
    """Catches a verdict that leaves open what was checked."""
    done = run("validate")
    assert (done.returncode, done.stdout) == (0, f"valid: {ROOT}\n")


def test_validate_formats(package: Path) -> None:
    """Catches a format that loses a part of a problem, or breaks on the characters that it must escape."""
    path = package / "data/policies.csv"
    path.write_text(path.read_text().replace(",2007,", ",2107,"))
    text = run("validate", package)
    assert (text.returncode, text.stderr) == (1, "")
    assert text.stdout == (
        "data/policies.csv:8:year_issued: 2107 is later than 2023, when the source was published\n"
        f"    Write what the source prints.\n1 problem(s) in {package}\n"
    )
    assert run("validate", package, "--format", "github").stdout == (
        "::error file=data/policies.csv,line=8,title=year_issued"
        "::2107 is later than 2023, when the source was published%0AWrite what the source prints.\n"
    )
    assert json.loads(run("validate", package, "--format", "json").stdout) == [
        {
            "file": "data/policies.csv",
            "line": 8,
            "column": "year_issued",
            "message": "2107 is later than 2023, when the source was published",
            "fix": "Write what the source prints.",
        }
    ]


def test_validate_json_of_nothing(package: Path) -> None:
    """Catches a program that is told nothing where it expects an array."""
    assert json.loads(run("validate", package, "--format", "json").stdout) == []


def test_validate_could_not_run_on_github(package: Path) -> None:
    """Catches a pull request that breaks the descriptor and gets no annotation for it."""
    (package / "datapackage.json").unlink()
    done = run("validate", package, "--format", "github")
    assert done.returncode == 2
    assert done.stdout.startswith(f"::error file={package}::there is no datapackage.json in this folder%0A")
    assert run("validate", package, "--format", "markdown").stdout.startswith("### Problems: 1\n")


def test_validate_with_source(tmp_path: Path) -> None:
    """Catches an article that is given and then forgotten."""
    package = make_mini(tmp_path / "package")
    done = run("validate", package, "--source", ARTICLE)
    assert done.returncode == 0
    assert done.stdout.startswith("mini: 16 of 16 citations hold")
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE.read_text(encoding="utf-8").replace("800多家", "900多家"), encoding="utf-8")
    done = run("validate", package, "--source", other)
    assert done.returncode == 1
    assert "“800多家”, cited for industry_metrics firms value" in done.stdout


def test_verify_failing(article: Path, tmp_path: Path) -> None:
    """Catches a changed article that verifies, and a failure that does not name the citation."""
    copy = tmp_path / "article.txt"
    copy.write_text(article.read_text(encoding="utf-8").replace("1350亿元", "1360亿元"), encoding="utf-8")
    done = run("verify", copy)
    assert done.returncode == 1
    assert "“1350亿元”, cited for industry_metrics ic-output-2020 value" in done.stdout
    total = len(wx.rows("evidence"))
    assert f"{total - 1} of {total} citations hold" in done.stdout


def test_output_is_utf8_whatever_the_terminal(package: Path) -> None:
    """Catches a UnicodeEncodeError on a console that knows no Chinese."""
    done = run("show", "parks", cwd=package, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0
    assert "无锡国家集成电路设计中心" in done.stdout


def test_broken_pipe() -> None:
    """Catches a traceback where the reader has seen enough, as with `| head -1`."""
    command = [sys.executable, "-m", "wuxi_outsourcing", "show", "evidence"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_validation_without_its_extra(tmp_path: Path) -> None:
    """Catches a traceback where only the light installation is there."""
    (tmp_path / "pandera.py").write_text("raise ModuleNotFoundError('No module named pandera', name='pandera')\n")
    done = run("validate", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("wuxi-outsourcing: validation needs more than reading does: pip install")
