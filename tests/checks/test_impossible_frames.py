"""Values that no observation can have, in frames of one's own: what `wx.schema` refuses."""

from typing import Any, Literal

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

import wuxi_outsourcing as wx

Table = Literal["industry_metrics", "corroborations"]
METRICS: Table = "industry_metrics"
OUTSIDE: Table = "corroborations"
NOT_BELOW_ZERO = "value is at least 0 unless relation is growth or change"
# The table, what is changed in the row that is first sorted by the key, and the check that fails.
IMPOSSIBLE: dict[str, tuple[Table, dict[str, Any], str]] = {
    "year 3000": (METRICS, {"year": 3000}, "maximum: 2100"),
    "year 1800": (METRICS, {"year": 1800}, "minimum: 1900"),
    "a day in 1800": (METRICS, {"as_of": pd.Timestamp("1800-12-31")}, "minimum: 1900-01-01"),
    "a day in 2200": (METRICS, {"as_of": pd.Timestamp("2200-12-31")}, "maximum: 2100-12-31"),
    "money below zero": (METRICS, {"value": -5.0, "unit": "CNY"}, NOT_BELOW_ZERO),
    "a count below zero": (METRICS, {"value": -1.0, "unit": "count"}, NOT_BELOW_ZERO),
    "an area below zero": (METRICS, {"value": -1.0, "unit": "m2"}, NOT_BELOW_ZERO),
    "an outside amount below zero": (OUTSIDE, {"value": -1.0, "unit": "USD"}, NOT_BELOW_ZERO),
    "an upper end below the lower": (METRICS, {"value": 30.0, "value_to": 20.0}, "value_to is greater than value"),
    "an upper end that is the lower": (METRICS, {"value": 30.0, "value_to": 30.0}, "value_to is greater than value"),
    "months out of order": (
        METRICS,
        {"year": 2020, "months": "06-01", "as_of": pd.NaT},
        "the parts of months, separated by -, are in ascending order",
    ),
    "an outside year after it was read": (OUTSIDE, {"year": 2099}, "year is at most accessed_on"),
    "an outside year of 9999": (OUTSIDE, {"year": 9999}, "maximum: 2100"),
}


def failed_checks(table: Table, frame: pd.DataFrame) -> set[str]:
    with pytest.raises(SchemaErrors) as errors:
        wx.schema(table).validate(frame, lazy=True)
    return set(errors.value.failure_cases["check"])


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_impossible_values_are_refused(name: str) -> None:
    """Catches a value that no observation can have and that the schema accepts."""
    table, changes, check = IMPOSSIBLE[name]
    frame = wx.load(table)
    for field, value in changes.items():
        frame.loc[0, field] = value
    assert any(check in failed for failed in failed_checks(table, frame))


@pytest.mark.usefixtures("home")
def test_falls_in_percent_are_accepted() -> None:
    """Catches a fall that is refused for being below zero."""
    frame = wx.load(METRICS)
    assert (frame["value"] < 0).any()
    assert len(wx.schema(METRICS).validate(frame, lazy=True)) == len(frame)


@pytest.mark.usefixtures("home")
def test_equal_observations_are_refused() -> None:
    """Catches one observation that is recorded under two IDs, also where it has neither year nor day."""
    frame = wx.load(METRICS)
    undated = frame[frame["year"].isna() & frame["as_of"].isna()].iloc[[0]]
    again = pd.concat([frame, undated.assign(metric_id="again")], ignore_index=True)
    (check,) = failed_checks(METRICS, again)
    assert check.startswith(
        "no two rows have the same indicator_id, place_id, relation, partner_id, segment, coverage,"
    )
