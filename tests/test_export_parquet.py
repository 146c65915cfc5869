"""The export to Parquet, read back with polars, DuckDB and pandas, none of which wrote it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

import wuxi_outsourcing as wx
from conftest import ROOT
from exports import expected, make_hostile, typed
from wuxi_outsourcing.exporting.content import citation_line
from wuxi_outsourcing.package import installed
from wuxi_outsourcing.reading import DTYPES

POLARS = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date}
DUCKDB = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
# How the Parquet format itself has the types: physical, and logical.
PARQUET = {
    "string": ("BYTE_ARRAY", "STRING"),
    "integer": ("INT64", "NONE"),
    "number": ("DOUBLE", "NONE"),
    "boolean": ("BOOLEAN", "NONE"),
    "date": ("INT32", "DATE"),
}


@pytest.fixture
def folder(package: Path, tmp_path: Path) -> Path:
    """The export of a hostile package."""
    return wx.export("parquet", tmp_path / "made", directory=make_hostile(package))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the real package."""
    return wx.export("parquet", tmp_path_factory.mktemp("real") / "made")


def test_every_cell_in_polars(folder: Path, package: Path) -> None:
    """Catches a cell, a type, a row, a table or an order that is lost on the way; the citations are a table too."""
    tables = expected(package)
    assert {path.name for path in folder.iterdir()} == {f"{name}.parquet" for name in tables}
    for name, rows in tables.items():
        frame = pl.read_parquet(folder / f"{name}.parquet")
        assert dict(frame.schema) == {field.name: POLARS[field.type] for field in wx.describe(name).fields}
        assert typed(frame.to_dicts()) == typed(rows)


def test_every_cell_in_duckdb(folder: Path, package: Path) -> None:
    """Catches a file that polars reads and a database does not, or reads as other types."""
    for name, rows in expected(package).items():
        found = duckdb.read_parquet(str(folder / f"{name}.parquet"))
        fields = wx.describe(name).fields
        assert dict(zip(found.columns, map(str, found.types), strict=True)) == {
            field.name: DUCKDB[field.type] for field in fields
        }
        assert typed([dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]) == typed(rows)


@pytest.mark.parametrize("name", wx.tables())
def test_pandas_reads_what_load_gives(name: str, real: Path) -> None:
    """Catches integers that come back as floats, and true and false as objects; only days must be asked for."""
    loaded = wx.load(name)
    days = [field.name for field in wx.describe(name).fields if field.type == "date"]
    frame = pd.read_parquet(real / f"{name}.parquet")
    assert all(isinstance(day, date) for column in days for day in frame[column].dropna())
    pd.testing.assert_frame_equal(frame.astype(dict.fromkeys(days, DTYPES["date"])), loaded)


@pytest.mark.parametrize("name", wx.tables())
def test_the_format_itself(name: str, real: Path) -> None:
    """Catches types that only Arrow's own note in the file can tell, an optional key, and a codec few readers have."""
    file = pq.ParquetFile(real / f"{name}.parquet")
    schema = wx.describe(name)
    for index, field in enumerate(schema.fields):
        column = file.schema.column(index)
        assert (column.physical_type, column.logical_type.type) == PARQUET[field.type]
        assert column.max_definition_level == (0 if field.required else 1), field.name
        assert file.metadata.row_group(0).column(index).compression == "SNAPPY"


@pytest.mark.parametrize("name", wx.tables())
def test_codebook(name: str, real: Path) -> None:
    """Catches a title, a description, a key, a vocabulary or a provenance that the file does not carry along."""
    raw = json.loads((ROOT / f"schemas/{name}.json").read_text(encoding="utf-8"))
    schema = pq.read_schema(real / f"{name}.parquet")
    metadata = _texts(schema.metadata)
    assert all(_value(metadata[key]) == raw[key] for key in raw.keys() - {"$schema", "fields"})
    assert metadata["citation"] == citation_line(installed())
    assert _value(metadata["package"])["licenses"] == installed().descriptor["licenses"]
    for field in raw["fields"]:
        found = {key: _value(text) for key, text in _texts(schema.field(field["name"]).metadata).items()}
        assert found | {"name": field["name"]} == field


def test_duckdb_finds_the_citation(real: Path) -> None:
    """Catches metadata that only Arrow can read."""
    query = "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'citation'"
    assert duckdb.execute(query, [str(real / "parks.parquet")]).fetchall() == [(citation_line(installed()),)]


def test_left_out_figures(package: Path, tmp_path: Path) -> None:
    """Catches a figure that was left out on purpose and is nowhere to be read of."""
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    omissions = [
        {"source_id": "gzoutsourcing-42081", "paragraph": 2, "start": 0, "end": 4, "quote": "2023", "reason": "x"}
    ]
    descriptor["resources"][-1]["omissions"] = omissions
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    folder = wx.export("parquet", tmp_path / "made", directory=package)
    assert json.loads(pq.read_schema(folder / "evidence.parquet").metadata[b"package"])["omissions"] == omissions


def test_table_without_rows(package: Path, tmp_path: Path) -> None:
    """Catches a table that is left out, or loses its types, where it is empty."""
    path = package / "data/claims.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    _uncite(package, "claims")
    folder = wx.export("parquet", tmp_path / "made", directory=package)
    frame = pl.read_parquet(folder / "claims.parquet")
    assert frame.height == 0
    assert frame.columns == wx.describe("claims").names


def test_table_named_to_lead_out_of_the_folder(package: Path, tmp_path: Path) -> None:
    """Catches a package of a stranger that writes where it pleases."""
    _uncite(package, "parks")
    for path in (package / "datapackage.json", package / "schemas/parks.json"):
        path.write_text(path.read_text(encoding="utf-8").replace('"name": "parks"', '"name": "../parks"'))
    with pytest.raises(wx.Unusable, match=r"a table called '\.\./parks' can't be a file"):
        wx.export("parquet", tmp_path / "made", directory=package)
    assert list(tmp_path.iterdir()) == [package]


def _uncite(package: Path, table: str) -> None:
    path = package / "data/evidence.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(f"{table},")), encoding="utf-8")


def _texts(metadata: dict[bytes, bytes]) -> dict[str, str]:
    return {key.decode(): value.decode() for key, value in metadata.items()}


def _value(text: str) -> Any:
    return json.loads(text) if text.startswith(("{", "[")) else text
