"""The export to JSON, read back with pandas' and the standard library's readers, and its schemas with frictionless."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pytest

import wuxi_outsourcing as wx
from conftest import ROOT
from exports import expected, make_hostile, typed
from wuxi_outsourcing.exporting.content import citation_line
from wuxi_outsourcing.package import installed


@pytest.fixture
def document(package: Path, tmp_path: Path) -> Any:
    """The export of a hostile package, read back."""
    wx.export("json", tmp_path / "made.json", directory=make_hostile(package))
    return json.loads((tmp_path / "made.json").read_text(encoding="utf-8"))


def test_every_cell(document: Any, package: Path) -> None:
    """Catches a cell, a type, a row, a table or an order that is lost on the way."""
    tables = expected(package)
    assert list(document["tables"]) == [name for name in tables if name != "evidence"]
    for name, table in document["tables"].items():
        for row in table["rows"]:
            del row["_evidence"]
            for field in table["schema"]["fields"]:
                if field["type"] == "date" and row[field["name"]]:
                    row[field["name"]] = date.fromisoformat(row[field["name"]])
        assert typed(table["rows"]) == typed(tables[name])


def test_every_citation(document: Any, package: Path) -> None:
    """Catches a citation that is lost, doubled, or nested in another cell than its own."""
    found = [
        {"table": name, "row_id": wx.describe(name).row_id(row), "field": field} | citation
        for name, table in document["tables"].items()
        for row in table["rows"]
        for field, citations in row["_evidence"].items()
        for citation in citations
        if not wx.describe(name)[field].cited_with
    ]
    assert sorted(map(str, found)) == sorted(map(str, expected(package)["evidence"]))
    rows = {row["metric_id"]: row for row in document["tables"]["industry_metrics"]["rows"]}
    cited = rows["ic-output-2020"]["_evidence"]
    assert list(cited) == ["name_zh", "qualifier", "value", "unit", "year"]
    assert (
        cited["unit"]
        == cited["value"]
        == [{"source_id": "gzoutsourcing-42081", "paragraph": 18, "start": 57, "end": 63, "quote": "1350亿元"}]
    )


def test_what_it_says_of_itself(document: Any) -> None:
    """Catches a table schema that is not the package's, and a document that does not say how to cite it."""
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    assert document["licenses"] == descriptor["licenses"]
    assert document["citation"] == citation_line(installed())
    for name, table in [*document["tables"].items(), ("evidence", document["evidence"])]:
        assert table["schema"] == json.loads((ROOT / f"schemas/{name}.json").read_text(encoding="utf-8"))
        assert frictionless.Schema.from_descriptor(table["schema"]).field_names == wx.describe(name).names


def test_left_out_figures(package: Path, tmp_path: Path) -> None:
    """Catches a figure that was left out on purpose and is nowhere to be read of."""
    omission = {
        "source_id": "gzoutsourcing-42081",
        "paragraph": 2,
        "start": 0,
        "end": 4,
        "quote": "2023",
        "reason": "x",
    }
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"][-1]["omissions"] = [omission]
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    path = wx.export("json", tmp_path / "made.json", directory=package)
    assert json.loads(path.read_text(encoding="utf-8"))["omissions"] == [omission]


def test_a_row_a_line(tmp_path: Path) -> None:
    """Catches rows that run together: two versions could not be compared line by line, nor read in pieces."""
    lines = wx.export("json", tmp_path / "made.json").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line.rstrip(",")) for line in lines if line.startswith("        {")]
    assert len(rows) == sum(len(wx.rows(name)) for name in wx.tables() if name != "evidence")


def test_pandas_takes_the_rows(document: Any) -> None:
    """Catches rows in a shape that a data frame can't be made from in one step."""
    frame = pd.DataFrame(document["tables"]["industry_metrics"]["rows"])
    assert frame["value"].sum() == wx.load("industry_metrics")["value"].sum()
