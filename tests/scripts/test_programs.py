"""The examples for other programs, run on the frozen package. Those that the set-up lacks run with `make programs`."""

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import duckdb
import polars as pl
import pytest
import yaml

import wuxi_outsourcing as wx
from documents import make_document
from localized_package import open_localized
from metadata import PUBLISHED, make_metadata
from support import FROZEN, ROOT

CARD = "docs/dataset-card.md"
# What a type of the schema is in the data set of the Hub, where some versions say `large_string`.
DTYPES = {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool", "date": "date32"}


def examples(language: str) -> list[str]:
    """The code of docs/programs.md in a language."""
    text = (ROOT / "docs/programs.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def needs(program: str) -> pytest.MarkDecorator:
    """Skip a test where a program is not installed."""
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"without {program}; `make programs` has it")


@pytest.fixture
def folder(package: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The frozen package with what a release has beside it, under the names of the documents."""
    open_localized.cache_clear()
    wx.export("sqlite", package / "wuxi-outsourcing-1.4.0.sqlite", directory=FROZEN)
    wx.export("parquet", package / "parquet", directory=FROZEN)
    for table in ("policies", "evidence"):
        shutil.copy(package / f"parquet/{table}.parquet", package)
    for name in PUBLISHED:
        text = make_metadata(open_localized("en", FROZEN), name)
        renamed = text.replace('"city-outsourcing": {', '"wuxi-outsourcing": {')
        (package / name).write_text(renamed, encoding="utf-8")
    monkeypatch.chdir(package)
    return package


@pytest.mark.usefixtures("folder")
def test_duckdb_reads_files() -> None:
    """Catches an example for DuckDB that fails, or that finds nothing in the CSV and Parquet files."""
    csv, parquet, _ = examples("sql")
    with duckdb.connect() as database:
        assert database.execute(csv).fetchall()
        assert database.execute(parquet).fetchall()


def test_the_query_of_the_attached_database(folder: Path) -> None:
    """Catches an example that asks for a view or column that the SQLite file does not have."""
    *_, query = filter(None, map(str.strip, examples("sql")[-1].split(";")))
    with closing(sqlite3.connect(folder / "wuxi-outsourcing-1.4.0.sqlite")) as database:
        assert database.execute(query).fetchall()


def test_duckdb_attaches_sqlite(folder: Path) -> None:
    """Catches an SQLite file that DuckDB cannot attach, or a view in it that DuckDB cannot read."""
    (folder / "wuxi-outsourcing-1.4.0.sqlite").rename("wuxi-outsourcing.sqlite")
    with duckdb.connect() as database:
        asked = "SELECT installed FROM duckdb_extensions() WHERE extension_name = 'sqlite_scanner'"
        if database.execute(asked).fetchall() != [(True,)]:
            pytest.skip("without DuckDB's extension sqlite; `make programs` downloads it")
        assert database.execute(examples("sql")[-1]).fetchall()


@pytest.mark.usefixtures("folder")
def test_python() -> None:
    """Catches an example for polars or mlcroissant that fails, or reads a column as another type than it says."""
    names: dict[str, pl.DataFrame] = {}
    typed, parquet, records = examples("python")
    exec(typed, names)  # noqa: S102  (the document's own)
    assert names["places"].schema["gb2260"] == pl.String
    exec(parquet, names)  # noqa: S102
    assert names["policies"].schema["year_issued"] == pl.Int64
    exec(records, names)  # noqa: S102
    assert len(names["policies"]) == len((FROZEN / "data/policies.csv").read_text(encoding="utf-8").splitlines()) - 1


@needs("Rscript")
def test_r(folder: Path) -> None:
    """Catches an example for R that fails, or a column that it reads as another type than the schema's."""
    (folder / "wuxi-outsourcing-1.4.0.sqlite").rename("wuxi-outsourcing.sqlite")
    shown = "cat(class(places$gb2260), class(policies$formal_title), class(metrics$value_to), class(metrics$months), "
    shown += "nrow(cited) > 0, class(cited$end))"
    command = ["Rscript", "-e", "".join(examples("r")) + shown]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert done.stdout == "character logical numeric character TRUE integer"


@needs("datasette")
@pytest.mark.usefixtures("folder")
def test_datasette() -> None:
    """Catches a page without title or licence, an internal table in the list, and a link without its label."""
    (command,) = examples("sh")

    def page(path: str) -> str:
        line = f"{command.rstrip()} --get {path}"
        return subprocess.run(["sh", "-ec", line], check=True, capture_output=True, encoding="utf-8").stdout

    listed = page("/wuxi-outsourcing")
    assert "CC-BY-4.0" in listed
    assert '<h3><a href="/wuxi-outsourcing/evidence">' in listed
    assert "_terms" not in listed
    shown = page("/wuxi-outsourcing/provisions")
    assert "<h1>Provisions</h1>" in shown
    assert re.search(">Far Sail Plan</a>.*<em>far-sail</em>", shown)


def test_dataset_card_is_of_this_package() -> None:
    """Catches front matter that the Hugging Face Hub cannot read, and a table that it would not show."""
    text, package = make_document(ROOT, CARD), open_localized("en", ROOT).package
    front = yaml.safe_load(text.split("---\n")[1])
    files = {config["config_name"]: config["data_files"] for config in front["configs"]}
    assert files == {table: f"{table}.parquet" for table in (*package.paths, "cells")}
    assert front["license"] == package.descriptor["licenses"][0]["name"].lower()
    assert package.version in text


def test_hub(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a card that the Hub's library refuses, and a column that it gives another type."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(folder / "cache"))
    hub, datasets = pytest.importorskip("huggingface_hub"), pytest.importorskip("datasets")
    localized = open_localized("en", FROZEN)
    card = make_document(ROOT, CARD)
    (folder / "parquet/README.md").write_text(card, encoding="utf-8")
    assert hub.DatasetCard.load(folder / "parquet/README.md").data.license == "cc-by-4.0"
    for schema in localized.schemas:
        table = datasets.load_dataset(str(folder / "parquet"), schema.name, split="train")
        assert table.num_rows == len(localized.rows[schema.name])
        assert {name: value.dtype.removeprefix("large_") for name, value in table.features.items()} == {
            field.name: DTYPES[field.type] for field in schema
        }
