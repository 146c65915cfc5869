"""A sample of the corpus of broken packages; `make corpus` runs all of it, nightly and before a release."""

import pytest

from corpus import corpus, verdict

SAMPLE = range(0, len(corpus()), 200)


@pytest.mark.parametrize("number", SAMPLE, ids=lambda number: f"{corpus()[number].kind}, {corpus()[number].name}")
def test_found_in_its_place(number: int) -> None:
    """Catches a check that works for one table and not for another, and one that rejects a valid change."""
    assert verdict(number) == ""
