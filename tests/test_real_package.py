"""What must hold of the real data package, whatever its tables say. Start reading the tests here.

No test names an ID, a value, a count or a line of the data: a contribution that keeps the package valid needs no
change of a test. What the code does with defects, and every printed output, is tested on the frozen package in
`tests/data/package`.
"""

import json
import sqlite3
import subprocess
import unicodedata
import warnings
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pyarrow.parquet as pq
import pytest

import wuxi_outsourcing as wx
from support import ROOT
from wuxi_outsourcing.package import installed
from wuxi_outsourcing.table_types import TableName
from wuxi_outsourcing.validation import check_package

Table = list[list[str]]
MAX_QUOTE = 40  # characters: the article is not published, a name or a short phrase of it may be


def test_valid() -> None:
    """Catches every defect that `wuxi-outsourcing validate` knows; sizes and hashes are refreshed after a merge."""
    result = check_package(ROOT)
    assert result.problems == []
    for notice in result.stale:
        warnings.warn(f"will be refreshed after the merge: {notice.file}, {notice.column}", stacklevel=1)


def test_frictionless_agrees() -> None:
    """Catches a package that the reference validator of Data Packages rejects."""
    of_stale_files = frictionless.Checklist(skip_errors=["byte-count", "hash-count"])
    report = frictionless.Package(str(ROOT / "datapackage.json")).validate(of_stale_files)
    assert report.valid, report.to_summary()


def test_verified(article: Path) -> None:
    """Catches a citation that is not printed where it says, an altered copy, and a figure in no citation."""
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


@pytest.mark.parametrize("to", ["sqlite", "duckdb", "parquet", "xlsx", "json"])
def test_exports_agree(to: str, tmp_path: Path) -> None:
    """Catches a format that cannot be read back, and a cell that is not what the table says."""
    read = _READERS[to](wx.export(to, tmp_path / f"made.{to}"))
    for table in wx.tables():
        if to == "json" and table == "evidence":
            continue  # nested in the rows that it is about
        assert _text(read(table)) == _text(row.values() for row in wx.rows(table)), table


def test_generated_files() -> None:
    """Catches data that a generated file cannot be made from. One that is stale is refreshed after the merge."""
    from generate import stale  # noqa: PLC0415  (scripts/ is not installed)

    for name in stale(ROOT):
        warnings.warn(f"will be refreshed after the merge: {name} (or run `make docs`)", stacklevel=1)


def _files() -> list[str]:
    """The files of the repository, by their path in it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    return [name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def _text(records: Iterable[Iterable[object]]) -> Table:
    """Cells in one form, whatever types a format has, in one order."""
    return sorted([_cell(value) for value in record] for record in records)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float():
            return repr(value).removesuffix(".0")
    return str(value)


Reader = Callable[[str], Iterable[Iterable[object]]]


def _sqlite(path: Path) -> Reader:
    def read(table: str) -> Table:
        with closing(sqlite3.connect(path)) as database:
            return database.execute(_query(table)).fetchall()

    return read


def _duckdb(path: Path) -> Reader:
    database = duckdb.connect()
    database.execute(path.read_text(encoding="utf-8"))
    return lambda table: database.execute(_query(table)).fetchall()


def _query(table: str) -> str:
    fields = ", ".join(f'"{name}"' for name in installed().schema(table).names)
    return f'SELECT {fields} FROM "{table}"'


def _parquet(path: Path) -> Reader:
    return lambda table: (row.values() for row in pq.read_table(path / f"{table}.parquet").to_pylist())


def _xlsx(path: Path) -> Reader:
    book = openpyxl.load_workbook(path)
    return lambda table: list(book[table].values)[4:]  # below the head of the sheet


def _json(path: Path) -> Reader:
    tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
    return lambda table: ([row[name] for name in installed().schema(table).names] for row in tables[table]["rows"])


_READERS: dict[str, Callable[[Path], Reader]] = {
    "sqlite": _sqlite,
    "duckdb": _duckdb,
    "parquet": _parquet,
    "xlsx": _xlsx,
    "json": _json,
}
