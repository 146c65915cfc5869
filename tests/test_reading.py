"""The tables as people read them: rows, frames, paths, codebooks and citations."""

import csv
import subprocess
import sys
from datetime import date
from typing import Any

import pandas as pd
import pytest

import wuxi_outsourcing as wx
from conftest import ROOT

DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[us]"}
TYPES = {"string": str, "integer": int, "number": float, "boolean": bool, "date": date}
each_table = pytest.mark.parametrize("table", wx.tables())


@each_table
def test_frame_has_the_types_of_the_schema(table: str) -> None:
    """Catches a column of another dtype, such as one of empty cells alone, that is read as numbers."""
    frame = wx.load(table)
    assert dict(frame.dtypes.astype(str)) == {field.name: DTYPES[field.type] for field in wx.describe(table).fields}


@each_table
def test_rows_and_frame_agree_with_the_file(table: str) -> None:
    """Catches a cell lost or altered on the way from the file to the frame or the rows."""
    with wx.path(table).open(encoding="utf-8", newline="") as stream:
        cells = list(csv.DictReader(stream))
    rows = wx.rows(table)
    frame = wx.load(table)
    assert len(rows) == len(frame) == len(cells)
    for index, (row, texts) in enumerate(zip(rows, cells, strict=True)):
        for field in wx.describe(table).fields:
            value, text = row[field.name], texts[field.name]
            framed: Any = frame.loc[index, field.name]
            if not text:
                assert value is None
                assert pd.isna(framed)
                continue
            assert type(value) is TYPES[field.type]
            assert framed == (pd.Timestamp(value) if isinstance(value, date) else value)
            written = str(value).lower() if field.type == "boolean" else str(value).removesuffix(".0")
            assert written == text


def test_names_stand_for_functions_in_any_order() -> None:
    """Catches a module that takes the place of the function of its name once it is imported."""
    code = "import wuxi_outsourcing as wx; wx.verify; wx.load; wx.Citation; wx.validate; [f() for f in (wx.tables,)]; "
    code += "assert all(callable(getattr(wx, name)) for name in wx.__all__); assert set(wx.__all__) < set(dir(wx))"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_unknown_names_list_the_near_ones() -> None:
    """Catches a bare KeyError for a misspelt table, row or field."""
    with pytest.raises(LookupError, match="no table 'policy': did you mean policies"):
        wx.load("policy")
    with pytest.raises(LookupError, match="no table 'zzz': there are policies, policy_provisions"):
        wx.path("zzz")
    with pytest.raises(LookupError, match="no row of policies 'plan-132': did you mean plan-123"):
        wx.evidence("policies", "plan-132")
    with pytest.raises(LookupError, match="no field 'year': did you mean year_issued"):
        wx.evidence("policies", "plan-123", "year")
    with pytest.raises(AttributeError, match="has no attribute 'lode'"):
        getattr(wx, "lode")  # noqa: B009  (for the type checker it is not there)


def test_evidence_of_a_cell() -> None:
    """Catches evidence that is mixed up between cells, and a unit that is said to have none."""
    (value,) = wx.evidence("industry_metrics", "ic-output-2020", "value")
    assert (value.paragraph, value.start, value.end, value.quote) == (18, 57, 63, "1350亿元")
    assert value.cell == ("industry_metrics", "ic-output-2020", "value")
    assert wx.evidence("industry_metrics", "ic-output-2020", "unit") == [value]
    assert wx.evidence("industry_metrics", "ic-output-2020", "note") == []
    assert [one.start for one in wx.evidence("policies", "plan-123", "name_zh")] == [36, 266]
    assert len(wx.evidence("industry_metrics", "ic-output-2020")) == 3


def test_evidence_is_all_there() -> None:
    """Catches a citation that no cell leads to."""
    found = [
        one
        for table in wx.tables()
        for row in wx.rows(table)
        for one in wx.evidence(table, wx.describe(table).row_id(row))
        if table != "evidence"
    ]
    assert len(found) == len(wx.rows("evidence"))


def test_codebook_names_everything() -> None:
    """Catches a codebook without a field, a unit, a term of a vocabulary, a key or a rule."""
    text = str(wx.describe("industry_metrics"))
    assert "Foreign key: part_of -> industry_metrics (metric_id)" in text
    assert "value (number, optional; derived, rule quantity)" in text
    assert "qualifier (string, required; cited_with value, rule qualifier)" in text
    assert "year (integer, optional, unit calendar year; derived, rule year)" in text
    assert "record_high: A record high, printed without a number" in text


def test_schema_accepts_and_rejects_frames() -> None:
    """Catches a Pandera schema that only knows the package's own files."""
    frame = wx.load("policies")
    wx.schema("policies").validate(frame)
    frame.loc[0, "year_issued"] = 2107
    with pytest.raises(Exception, match="year_issued not later than publication"):
        wx.schema("policies").validate(frame)


def test_version_is_that_of_the_descriptor() -> None:
    """Catches a version that is stated a second time."""
    assert f'"version": "{wx.__version__}"' in (ROOT / "datapackage.json").read_text()


def test_import_takes_nothing_but_the_standard_library() -> None:
    """Catches an import that makes `import wuxi_outsourcing` slow or dependent on what only some users have."""
    code = "import sys; before = set(sys.modules); import wuxi_outsourcing; print(*set(sys.modules) - before)"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    modules = {module.partition(".")[0] for module in run.stdout.split()}
    assert modules - set(sys.stdlib_module_names) == {"wuxi_outsourcing"}


@pytest.mark.parametrize(
    "call", ["tables()", "rows('policies')", "evidence('parks', 'hi-tech-zone-ic-park')", "verify('x')"]
)
def test_reading_needs_no_pandas(call: str) -> None:
    """Catches an import of pandas where rows or citations are read."""
    code = (
        f"import sys, wuxi_outsourcing as wx; wx.{call}; sys.exit('pandas' in sys.modules or 'pandera' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
