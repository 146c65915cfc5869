"""The mutated corpus: a sample of it in every run (all of it: python scripts/corpus.py), and its score."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import mutations
from conftest import ROOT
from corpus import Score, faults, report
from mutations.original import DESCRIPTOR, Case, Table, tables, written
from mutations.run import Verdict, frictionless_rejects, judge, make_copy, planted

ARTICLE = os.environ.get("ARTICLE")
# Every so many cases of each kind; the rest differ in table and column alone.
EACH, LEAST = 8, 300
MEGABYTES = 400


@cache
def defects() -> dict[str, Case]:
    """The sampled defective packages by name. Those that need the article have that in their name."""
    cases = mutations.sample(mutations.defects(with_article=True), EACH)
    return {f"{case.kind}: {case.name}{' (article)' * (case.article is not None)}": case for case in cases}


@cache
def rewrites() -> dict[str, Case]:
    """The sampled valid rewrites by name."""
    return {f"{case.kind}: {case.name}": case for case in mutations.sample(mutations.valid(), EACH)}


@cache
def kinds() -> dict[str, Case]:
    """One case of each kind, to ask Frictionless about."""
    return {case.kind: case for case in mutations.sample(mutations.defects(with_article=False), sys.maxsize)}


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the package for all cases, which put back what they change."""
    return make_copy(tmp_path_factory.mktemp("corpus") / "package")


@pytest.mark.parametrize("name", list(map(ascii, defects())))
def test_defect_is_rejected_in_its_place(copy: Path, name: str) -> None:
    """Catches a defect that is missed, told elsewhere, told twice, ends in a traceback, or takes for ever to find."""
    case = {ascii(each): case for each, case in defects().items()}[name]
    if case.article is not None and not ARTICLE:
        pytest.skip("needs a copy of the article")
    assert judge(copy, case, Path(ARTICLE) if ARTICLE else None).wrong == ""


@pytest.mark.parametrize("name", rewrites())
def test_valid_rewrite_is_accepted(copy: Path, name: str) -> None:
    """Catches a check that asks for more than is meant: one form of JSON, one version, notes as they are."""
    assert judge(copy, rewrites()[name], Path(ARTICLE) if ARTICLE else None).wrong == ""


@pytest.mark.parametrize("kind", list(map(ascii, kinds())))
def test_frictionless_rejects_nothing_that_is_accepted(copy: Path, kind: str) -> None:
    """Catches a kind of defect that the reference validator knows and ours does not."""
    case = {ascii(each): case for each, case in kinds().items()}[kind]
    if frictionless_rejects(copy, case):
        assert judge(copy, case, None).rejected


def test_corpus_is_over_every_table_and_column() -> None:
    """Catches a table or a column that no defect is planted in, and a corpus that has shrunk."""
    whole = mutations.defects(with_article=False)
    names = {case.name.partition(",")[0] for case in whole}
    assert {f"{table.name}.{field['name']}" for table in tables().values() for field in table.fields} <= names
    assert {file for case in whole for file, _, _ in case.places} >= {
        DESCRIPTOR,
        *(file for table in tables().values() for file in (table.file, table.schema_file)),
    }
    assert len(defects()) >= LEAST
    assert len({(case.kind, case.name) for case in whole}) == len(whole)


def test_score_counts_what_is_wrong() -> None:
    """Catches a score that calls a defect rejected, in place, or known to Frictionless when it is not."""
    right = Verdict("wrong digit", "a", rejected=True, wrong="", by_frictionless=False)
    elsewhere = Verdict("wrong digit", "b", rejected=True, wrong="found elsewhere", by_frictionless=True)
    missed = Verdict("cell too few", "c", rejected=False, wrong="found nothing", by_frictionless=True)
    accepted = Verdict("one line", "d", rejected=False, wrong="", by_frictionless=False)
    assert faults([right], [accepted]) == []
    assert len(faults([right, elsewhere, missed], [accepted])) == 3
    lines = report([right, elsewhere, missed], [accepted]).split("\n")
    assert [line.split()[-4:] for line in lines[1:4]] == [
        ["2", "2", "1", "1"],
        ["1", "0", "0", "1"],
        ["3", "2", "1", "2"],
    ]
    assert Score().row("x").split() == ["x", "0", "0", "0", "0"]
    assert "1 of 1" in lines[4]


def _slow_pattern(table: Table) -> dict[str, bytes]:
    """A pattern that would take for ever, and the cell to show it."""
    schema = json.loads(json.dumps(table.schema))
    schema["fields"][2]["constraints"] = {"required": True, "pattern": "(a+)+b", "maxLength": 10_000}
    files = table.cell(0, table.header[2], "a" * 10_000)
    return {
        **{file: data for file, data in files.items() if isinstance(data, bytes)},
        table.schema_file: written(schema),
    }


BIG = {
    "ten megabytes in a cell": lambda table: table.cell(0, table.header[2], "a" * 10_000_000),
    "ten megabytes of quotes": lambda table: {table.file: b'"' * 10_000_000},
    "ten megabytes of line feeds": lambda table: {table.file: table.written(table.rows[:1]) + b"\n" * 200_000},
    "nested a hundred thousand deep": lambda table: {table.schema_file: b"[" * 100_000 + b"]" * 100_000},
    "ten megabytes of JSON": lambda table: {table.schema_file: b'{"a": "' + b"a" * 10_000_000 + b'"}'},
    "a pattern that takes for ever": _slow_pattern,
}
MEASURED = """
import re, sys
from pathlib import Path
import wuxi_outsourcing as wx
problems = wx.validate(sys.argv[1])
# Not getrusage: its peak is also that of the process which started this one.
print(len(problems), int(re.search(r"VmHWM:\\s*([0-9]+) kB", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="where Linux tells the peak of a process")
@pytest.mark.parametrize("name", BIG)
def test_big_input_is_bounded(copy: Path, name: str) -> None:
    """Catches a check that needs much memory, or for ever, for what a contributor can send in one file."""
    with planted(copy, BIG[name](tables()["policies"])):
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, copy], capture_output=True, text=True, check=True, timeout=60, cwd=ROOT
        )
    problems, megabytes = map(int, done.stdout.split())
    assert problems
    assert megabytes < MEGABYTES
