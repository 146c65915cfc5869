"""Fixes that several checks name."""

import pytest

from wuxi_outsourcing.engine.checks.fixes import choose_term, write_one_of

KINDS = ("country", "province", "city", "district", "town", "zone")
EVENTS = ("first", "designation", "exposition", "anniversary")


@pytest.mark.parametrize(
    ("cell", "terms", "fix"),
    [
        ("county", KINDS, "Write country, if that is what is meant, or another of province, city, "),
        ("visit", EVENTS, "Write one of first, designation, exposition, anniversary; "),
        ("distrct", KINDS, "Write district, if that is what is meant, or another of "),
    ],
)
def test_a_term_is_chosen_by_its_meaning(cell: str, terms: tuple[str, ...], fix: str) -> None:
    """Catches a county that is turned into a country because the words are spelled alike."""
    assert choose_term(cell, terms, "places").startswith(fix)
    assert choose_term(cell, terms, "places").endswith("`wuxi-outsourcing describe places` says what each means.")


def test_a_name_is_suggested_only_if_it_is_nearly_the_same() -> None:
    """Catches a suggestion of another thing, and a slip of a letter without one."""
    assert write_one_of("visit", ["first", "parks"]) == "Write one of first, parks."
    assert write_one_of("park", ["first", "parks"]) == "Write parks."
