"""The files of the series, as the site offers them and a release has them."""

from hashlib import sha256
from pathlib import Path

import pandas as pd
import polars as pl
from pandas.testing import assert_frame_equal

from series_files import SERIES_FILES, write_series
from support import FROZEN, ROOT
from wuxi_outsourcing.engine.frames import read_text_frame, typed_frame
from wuxi_outsourcing.engine.json_files import read_json
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.package import Package
from wuxi_outsourcing.engine.schema_reading import table_schema
from wuxi_outsourcing.indicator_series import series_frame

PACKAGE = open_package(FROZEN)


def test_files_equal_the_frame(tmp_path: Path) -> None:
    """Catches a file of the release that lacks a figure, or has one that is read as another value or type."""
    assert write_series(PACKAGE, tmp_path) == SERIES_FILES
    schema = table_schema("series", read_json(tmp_path, "series.json"))
    read = read_text_frame((tmp_path / "series.csv").read_bytes(), "series.csv", schema.names)
    assert read.is_canonical
    assert read.frame is not None
    typed = typed_frame(read.frame, schema)
    assert typed.faults == []
    series = series_frame(PACKAGE)
    assert_frame_equal(typed.frame, series)
    parquet = pl.read_parquet(tmp_path / "series.parquet")
    assert parquet.columns == schema.names
    assert parquet.schema["period_end"] == pl.Date
    assert parquet["value"].to_list() == [None if pd.isna(value) else value for value in series["value"]]


def test_files_are_the_same_each_time(tmp_path: Path) -> None:
    """Catches a file that differs between two builds of one package."""
    digests = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        write_series(Package(FROZEN), tmp_path / name)
        digests.append([sha256((tmp_path / name / file).read_bytes()).digest() for file in SERIES_FILES])
    assert digests[0] == digests[1]


def test_no_files_without_the_tables(tmp_path: Path) -> None:
    """Catches a site that cannot be built for a package about another subject."""
    assert write_series(open_package(ROOT / "tests/data/bridges"), tmp_path) == {}
    assert list(tmp_path.iterdir()) == []
