"""Labels of terms, alone and inside a sentence."""

import pytest

from localized_package import open_localized
from support import FROZEN

METRICS = "industry_metrics"


@pytest.mark.parametrize(
    ("language", "field", "term", "label", "in_sentence"),
    [
        ("en", "qualifier", "more_than", "More than", "more than"),
        ("en", "unit", "m2", "Square metres", "square metres"),
        ("en", "unit", "HKD", "Hong Kong dollars", "Hong Kong dollars"),
        ("en", "value", "120", "120", "120"),
        ("zh", "qualifier", "more_than", "超过", "超过"),
    ],
)
def test_label_inside_a_sentence(language: str, field: str, term: str, label: str, in_sentence: str) -> None:
    """Catches a capital in the middle of a sentence, a name without its capital, and a term in place of its label."""
    localized = open_localized(language, FROZEN)
    assert localized.label(METRICS, field, term) == label
    assert localized.label_in_sentence(METRICS, field, term) == in_sentence


def test_abbreviation_inside_a_sentence() -> None:
    """Catches an abbreviation whose first letter is made small."""
    localized = open_localized("en", FROZEN)
    field = localized.package.schema("parks")["function"]
    assert localized.label_in_sentence("parks", "function", "ic_design") == field.vocabulary["ic_design"] == "IC design"
