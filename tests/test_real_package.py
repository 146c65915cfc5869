"""What must hold of the real data package, whatever its tables say. Start reading the tests here.

No test names an ID, a value, a count or a line of the data: a contribution that keeps the package valid needs no
change of a test. What the code does with defects, and every printed output, is tested on the frozen package in
`tests/data/package`.
"""

import subprocess
import unicodedata
import warnings
from pathlib import Path

import frictionless
import pytest

import wuxi_outsourcing as wx
from support import ROOT
from wuxi_outsourcing.engine.package import Package
from wuxi_outsourcing.table_types import TableName

MAX_QUOTE = 40  # characters: the article is not published, a name or a short phrase of it may be


def test_valid() -> None:
    """Catches every defect that `wuxi-outsourcing validate` knows; sizes and hashes are refreshed after a merge."""
    result = Package(ROOT).validate()
    assert result.problems == []
    for notice in result.stale:
        warnings.warn(f"will be refreshed after the merge: {notice.file}, {notice.column}", stacklevel=1)


def test_frictionless_agrees() -> None:
    """Catches a package that the reference validator of Data Packages rejects."""
    of_stale_files = frictionless.Checklist(skip_errors=["byte-count", "hash-count"])
    report = frictionless.Package(str(ROOT / "datapackage.json")).validate(of_stale_files)
    assert report.valid, report.to_summary()


def test_verified(article: Path) -> None:
    """Catches a citation whose quote is not at its location, an altered copy, and a figure in no citation."""
    result = wx.verify(article, ROOT)
    assert result.problems == []
    assert result.citations_held == result.citations > 0
    assert result.paragraphs_held == result.paragraphs > 0
    assert result.figures_accounted == result.figures > 0


def test_article_is_not_published(article: Path) -> None:
    """Catches a sentence of the article in any file of the repository."""
    text = unicodedata.normalize("NFKC", article.read_text(encoding="utf-8"))
    width = MAX_QUOTE + 1
    windows = {line[i : i + width] for line in map(str.strip, text.splitlines()) for i in range(len(line) - width + 1)}
    for name in _files():
        content = unicodedata.normalize("NFKC", (ROOT / name).read_bytes().decode("utf-8", errors="ignore"))
        assert not any(content[i : i + width] in windows for i in range(len(content) - width + 1)), name


@pytest.mark.parametrize("table", wx.tables())
def test_tables_load(table: TableName) -> None:
    """Catches a table that one of the two readers cannot read, or its own Pandera schema rejects."""
    frame = wx.schema(table).validate(wx.load(table))
    assert list(frame.columns) == wx.describe(table).names
    assert len(frame) == len(wx.rows(table)) > 0


def test_generated_files() -> None:
    """Catches data that a generated file cannot be made from. One that is stale is refreshed after the merge."""
    from generate import stale  # noqa: PLC0415  (scripts/ is not installed)

    for name in stale(ROOT):
        warnings.warn(f"will be refreshed after the merge: {name} (or run `make docs`)", stacklevel=1)


def _files() -> list[str]:
    """The files of the repository, by their path in it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    return [name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]
