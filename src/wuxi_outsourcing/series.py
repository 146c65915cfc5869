"""The figures of an indicator over time: observations of the sources and figures of other public sources, in one frame.

The tables that it reads are those of this data set: `indicators`, `industry_metrics` and `corroborations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .engine.package import CORROBORATIONS, SOURCES
from .engine.problems import UnknownName

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from .engine.package import Package

INDICATORS, OBSERVATIONS = "indicators", "industry_metrics"
TRANSCRIBED, OUTSIDE = "transcribed", "outside"
"""Whether a figure is transcribed from a source of the package, or is what another public source reports."""
COLUMNS = {
    "indicator_id": "str",
    "place_id": "str",
    "relation": "str",
    "partner_id": "str",
    "segment": "str",
    "coverage": "str",
    "within_id": "str",
    "period": "str",
    "period_end": "datetime64[us]",
    "qualifier": "str",
    "value": "float64",
    "value_to": "float64",
    "unit": "str",
    "status": "str",
    "base_year": "Int64",
    "provenance": "str",
    "publisher_en": "str",
    "publisher_zh": "str",
    "url": "str",
    "table": "str",
    "row_id": "str",
    "note_en": "str",
    "note_zh": "str",
}
"""The columns of a series, with their dtypes."""
_ORDER = [
    "indicator_id",
    "place_id",
    "relation",
    "partner_id",
    "segment",
    "within_id",
    "unit",
    "period",
    "provenance",
    "row_id",
]


def series_frame(package: Package, *indicators: str) -> pd.DataFrame:
    """The figures of some indicators, or of all: the columns of `COLUMNS`, sorted by series and period.

    Raises UnknownName for an indicator that is not in the table.
    """
    import pandas as pd  # noqa: PLC0415  (slow to import)

    known = [row["indicator_id"] for row in package.rows(INDICATORS)]
    for indicator in indicators:
        if indicator not in known:
            raise UnknownName("indicator", indicator, known)
    wanted = indicators or known
    figures = [*_observations(package), *_outside_figures(package)]
    figures = [figure for figure in figures if figure["indicator_id"] in wanted]
    frame = pd.DataFrame(figures, columns=list(COLUMNS))
    frame = frame.astype(COLUMNS)
    return frame.sort_values(_ORDER, key=_in_order, ignore_index=True)


def _in_order(cells: pd.Series[Any]) -> pd.Series[Any]:
    """What a column is sorted by: the figures of the indicator itself first, one without a period last."""
    return cells.fillna("~" if cells.name == "period" else "")


def _observations(package: Package) -> list[dict[str, Any]]:
    """The observations, each with the publication that it is transcribed from."""
    sources = {row["source_id"]: row for row in package.rows(SOURCES)}
    figures = []
    for row in package.rows(OBSERVATIONS):
        source = sources[row["source_id"]]
        figure = _figure(row)
        figure["provenance"] = TRANSCRIBED
        figure["publisher_en"] = source["title_en"]
        figure["publisher_zh"] = source["title_zh"]
        figure["url"] = source["url"]
        figure["table"] = OBSERVATIONS
        figure["row_id"] = row["metric_id"]
        figures.append(figure)
    return figures


def _outside_figures(package: Package) -> list[dict[str, Any]]:
    """What other public sources report of an indicator."""
    figures = []
    for row in package.rows(CORROBORATIONS):
        if row["indicator_id"] is None:
            continue
        figure = _figure(row)
        figure["provenance"] = OUTSIDE
        figure["table"] = CORROBORATIONS
        figure["row_id"] = row["corroboration_id"]
        figures.append(figure)
    return figures


def _figure(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a row of either table has in the columns of a series."""
    figure = {name: row.get(name) for name in COLUMNS}
    figure["period"], figure["period_end"] = _period(row)
    return figure


def _period(row: Mapping[str, Any]) -> tuple[str | None, Any]:
    """The period of a figure in ISO 8601, and its last day; both None where the source gives no time.

    A year is `2020`, a part of one `2020-01/2020-10`, a month `2021-09` and a day `2020-12-31`.
    """
    import pandas as pd  # noqa: PLC0415

    if row["as_of"] is not None:
        return row["as_of"].isoformat(), pd.Timestamp(row["as_of"])
    if row["year"] is None:
        return None, None
    year = f"{row['year']}"
    if row["months"] is None:
        return year, pd.Timestamp(f"{year}-12-31")
    first, last = row["months"].split("-")
    end = pd.Period(f"{year}-{last}", "M").end_time.normalize()
    if first == last:
        return f"{year}-{first}", end
    return f"{year}-{first}/{year}-{last}", end
