"""Series: the figures of an indicator over time, transcribed and outside ones together."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import wuxi_outsourcing as wx
from support import FROZEN, ROOT, Rows, edit_json, edit_rows, named
from wuxi_outsourcing.engine.frames import DTYPES, Language
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.package import Package
from wuxi_outsourcing.indicator_series import series_definition, series_frame, series_schema

PACKAGE = open_package(FROZEN)
SERIES = series_frame(PACKAGE)
METRICS, OUTSIDE = "data/industry_metrics.csv", "data/corroborations.csv"


def row(row_id: str, series: pd.DataFrame = SERIES) -> dict[Hashable, Any]:
    """The figure of a row of a table."""
    (figure,) = series[series["row_id"] == row_id].to_dict("records")
    return figure


def write_cells(root: Path, file: str, row_id: str, **cells: str) -> None:
    """Write cells of one row of a CSV."""

    def change(records: Rows) -> Rows:
        (record,) = [record for record in records if record[0] == row_id]
        for name, cell in cells.items():
            record[records[0].index(name)] = cell
        return records

    edit_rows(root, file, change)


@pytest.mark.parametrize(
    ("row_id", "period", "end"),
    [
        ("executed-2020", "2020", "2020-12-31"),
        ("contracts-2020-h1", "2020-01/2020-06", "2020-06-30"),
        ("contracts-2020-q3", "2020-07/2020-09", "2020-09-30"),
        ("exports-2021-09", "2021-09", "2021-09-30"),
        ("zone-employees-2021", "2021-06-30", "2021-06-30"),
        ("executed-2020-yearbook", "2020", "2020-12-31"),
    ],
)
def test_periods(row_id: str, period: str, end: str) -> None:
    """Catches a year, a part of one, a month or a day that is not written as ISO 8601 has it, or ends elsewhere."""
    figure = row(row_id)
    assert figure["period"] == period
    assert figure["period_end"] == pd.Timestamp(end)


def test_a_february_ends_by_its_year(package: Path) -> None:
    """Catches a month whose last day is taken from another year."""
    write_cells(package, METRICS, "contracts-2020-h1", months="01-02")
    assert row("contracts-2020-h1", series_frame(Package(package)))["period_end"] == pd.Timestamp("2020-02-29")


def test_without_a_period() -> None:
    """Catches a figure that is left out, or given a period, because its source gives no time."""
    assert SERIES.loc[SERIES["period"].isna(), "row_id"].tolist() == ["parks", "parks-provincial", "training-times"]
    assert (SERIES["period"].isna() == SERIES["period_end"].isna()).all()


def test_every_figure_is_there_once() -> None:
    """Catches a figure that is lost or doubled, and a finding without an indicator that is taken for a figure."""
    outside = [str(other["corroboration_id"]) for other in PACKAGE.rows("corroborations") if other["indicator_id"]]
    transcribed = [str(metric["metric_id"]) for metric in PACKAGE.rows("industry_metrics")]
    assert len(outside) < len(PACKAGE.rows("corroborations"))
    assert sorted(SERIES["row_id"]) == sorted([*transcribed, *outside])
    assert SERIES["indicator_id"].nunique() == len(PACKAGE.rows("indicators"))


def test_figures_are_as_in_their_tables() -> None:
    """Catches a cell that is altered on the way, or moved to another row."""
    for figure in SERIES.to_dict("records"):
        table = PACKAGE.frame(figure["table"])
        (of_table,) = table[table.iloc[:, 0] == figure["row_id"]].to_dict("records")
        shared = figure.keys() & of_table.keys() - {"table", "row_id", "label_en", "label_zh"}
        assert {"indicator_id", "place_id", "qualifier", "value", "value_to", "unit", "note_en"} <= shared
        for name in shared:
            assert figure[name] == of_table[name] or (pd.isna(figure[name]) and pd.isna(of_table[name])), name


def test_provenance() -> None:
    """Catches an outside figure that passes for a transcribed one, and a figure with the address of another source."""
    transcribed, outside = row("executed-2020-province"), row("executed-2020-yearbook")
    assert (transcribed["provenance"], outside["provenance"]) == ("transcribed", "outside")
    assert (transcribed["table"], outside["table"]) == ("industry_metrics", "corroborations")
    assert transcribed["url"] == "https://daily.example.org/a/20220620"
    assert outside["url"] == "https://stats.example.org/2021/outsourcing"
    assert transcribed["source_en"].startswith("From orders to exports")
    assert outside["source_zh"] == "云川统计局"
    assert SERIES["source_class"].notna().tolist() == (SERIES["provenance"] == "outside").tolist()


def test_order() -> None:
    """Catches periods out of order, figures mixed with their growth, and an outside one before a transcribed one."""
    executed = series_frame(PACKAGE, "executed-value")
    assert executed.loc[executed["relation"].isna(), "row_id"].tolist() == [
        "executed-2020",
        "executed-2020-province",
        "executed-2020-yearbook",
        "executed-2021",
        "executed-2025",
    ]
    assert executed["relation"].isna().tolist() == [True] * 5 + [False] * 4
    assert SERIES.index.tolist() == list(range(len(SERIES)))
    assert SERIES["indicator_id"].is_monotonic_increasing


def test_places_apart() -> None:
    """Catches figures of two places that run together to one series."""
    employees = series_frame(PACKAGE, "employees")
    assert employees["place_id"].tolist() == ["yunchuan", "yunchuan-hi-tech"]


def test_one_and_more_indicators() -> None:
    """Catches a figure of another indicator, and an indicator that is asked for and missing."""
    some = series_frame(PACKAGE, "parks", "exports")
    assert some["indicator_id"].tolist() == ["exports", "parks"]
    assert some[["label_en", "label_zh"]].notna().all(axis=None)
    labels = {indicator["indicator_id"]: indicator["label_zh"] for indicator in PACKAGE.rows("indicators")}
    assert some["label_zh"].tolist() == [labels["exports"], labels["parks"]]


def test_figures_without_a_number_stay(package: Path) -> None:
    """Catches an order of magnitude, or a figure that is only called several, that is left out."""
    write_cells(package, METRICS, "parks", qualifier="several", value="", unit="")
    parks = row("parks", series_frame(Package(package)))
    assert parks["qualifier"] == "several"
    assert pd.isna(parks["value"])
    assert row("suppliers-2020")["qualifier"] == "order_of_magnitude"


def test_unknown_names() -> None:
    """Catches a misspelt indicator or language that gives an empty series, and a package without these tables."""
    with pytest.raises(wx.UnknownName, match="no indicator 'exported': did you mean exports"):
        series_frame(PACKAGE, "parks", "exported")
    with pytest.raises(wx.UnknownName, match="no language 'fr'"):
        series_frame(PACKAGE, labels="fr")  # type: ignore[arg-type]
    with pytest.raises(wx.UnknownName, match="no table 'indicators'"):
        series_frame(open_package(ROOT / "tests/data/bridges"))


@pytest.mark.parametrize(("language", "growth", "outside"), [("en", "Growth", "Outside"), ("zh", "增长率", "外部")])
def test_labels(language: Language, growth: str, outside: str) -> None:
    """Catches a term without its label, labels out of the order of the schema, and a title in another language."""
    labelled = series_frame(PACKAGE, labels=language)
    for name in ("relation", "segment", "coverage", "qualifier", "unit", "status", "provenance", "source_class"):
        assert labelled[name].dtype.name == "category", name
        assert labelled[name].notna().tolist() == SERIES[name].notna().tolist(), name
    assert row("growth-2020", labelled)["relation"].startswith(growth)
    assert row("executed-2020-yearbook", labelled)["provenance"].startswith(outside)
    assert labelled["place_id"].dtype == SERIES["place_id"].dtype
    schema = series_schema(PACKAGE)
    assert labelled.attrs["title"] == (schema.title_zh if language == "zh" else schema.title)


def test_attributes() -> None:
    """Catches a series that does not say what it is and where it comes from, as a table does."""
    assert SERIES.attrs.keys() == PACKAGE.load("parks").attrs.keys()
    assert SERIES.attrs["version"] == PACKAGE.version


@pytest.mark.parametrize("rows", ["all", "none"])
def test_dtypes(package: Path, rows: str) -> None:
    """Catches a column whose type depends on whether a cell of it, or any row, is filled."""
    if rows == "none":
        for file in (METRICS, OUTSIDE):
            edit_rows(package, file, lambda records: records[:1])
    series = series_frame(Package(package))
    assert series.empty == (rows == "none")
    for field in series_schema(PACKAGE):
        assert series[field.name].dtype == pd.Series(dtype=DTYPES[field.type]).dtype, field.name


def test_a_source_without_day(package: Path) -> None:
    """Catches a series that needs to know when a source was published."""

    def make_optional(schema: dict[str, list[dict[str, object]]]) -> None:
        del named(schema["fields"], "published_on")["constraints"]

    edit_json(package, "schemas/sources.json", make_optional)
    write_cells(package, "data/sources.csv", "yunchuan-2021", published_on="", url="")
    figure = row("executed-2020", series_frame(Package(package)))
    assert figure["source_zh"] == "云川市服务外包产业迈上新台阶"
    assert pd.isna(figure["url"])


def test_months_that_are_none(package: Path) -> None:
    """Catches a traceback, or a period that is made up, where a row that is not valid gives no clear one."""
    write_cells(package, METRICS, "contracts-2020-h1", months="01-13")
    with pytest.raises(wx.Unusable, match=r"data/industry_metrics.csv:3: the row has no clear period"):
        series_frame(Package(package))


def test_public_function(home: Path) -> None:
    """Catches a public function that gives another frame than that of the installed package."""
    assert (home / "datapackage.json").is_file()
    assert_frame_equal(
        wx.series("executed-value", "parks", labels="zh"), series_frame(PACKAGE, "executed-value", "parks", labels="zh")
    )


def test_schema_is_that_of_the_tables() -> None:
    """Catches a field that is described otherwise than in its table, and one without words in a language."""
    schema, metrics = series_schema(PACKAGE), PACKAGE.schema("industry_metrics")
    for name in ("relation", "coverage", "qualifier", "value", "unit"):
        assert schema[name].description == metrics[name].description
        assert schema[name].title_zh == metrics[name].title_zh
        assert schema[name].vocabulary_zh == metrics[name].vocabulary_zh
    for field in schema:
        assert field.title, field.name
        assert field.title_zh, field.name
        assert field.description, field.name
        assert field.description_zh, field.name
    definition = series_definition(PACKAGE)
    assert not [field for field in definition["fields"] if "as_in" in field or "rule" in field or "cited_with" in field]
    required = [field.name for field in schema if field.required]
    assert SERIES[required].notna().all(axis=None)
