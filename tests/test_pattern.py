"""Which patterns a contributed schema may hold: those that are fast on every cell."""

import time

import pytest

from mutations.original import tables
from wuxi_outsourcing.pattern import hazard

SAFE = [
    ("[a-z0-9]+(-[a-z0-9]+)*", 40),
    (".*[\u4e00-\u9fff].*", 160),
    ("[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", None),
    ("https?://[!-~]+", None),
    ("([0-9]{4})*", 40),
    ("(ab?){3}", 40),
    ("^a+$", None),
]
REFUSED = [
    ("(a+)+$", 40, "too many ways"),
    ("(a|aa)*", 40, "too many ways"),
    ("(a|a)*b", 40, "too many ways"),
    (".*x.*", None, "too many ways"),
    ("(-a*a*)*", 40, "too many ways"),
    ("a?" * 30 + "a" * 30, 40, "too many ways"),
    ("([^-]a*)*", 40, "too many ways"),
    ("((){65535}){65535}", 40, "too many ways"),
    ("(a?){4000000000}", 40, "too many ways"),
    ("(?=a)a", 40, "which Table Schema does not have"),
    ("(a)\\1", 40, "not all take alike"),
    ("\\d+", 40, "not all take alike"),
    ("[^\\s]+", 40, "not all take alike"),
    ("a{,5}", 40, "not all take alike"),
    ("[[:alpha:]]", 40, "not all take alike"),
    ("(?i)a", 40, "which Table Schema does not have"),
    ("(", 40, "no regular expression"),
    ("a{99999999999}", 40, "no regular expression"),
]


@pytest.mark.parametrize(("pattern", "length"), SAFE)
def test_safe(pattern: str, length: int | None) -> None:
    """Catches a bound that refuses plain patterns."""
    assert hazard(pattern, length) is None


@pytest.mark.parametrize(("pattern", "length", "message"), REFUSED)
def test_refused(pattern: str, length: int | None, message: str) -> None:
    """Catches a pattern that could take for ever on one cell, and a bound that itself takes long to work out."""
    begin = time.monotonic()
    found = hazard(pattern, length)
    assert time.monotonic() - begin < 5
    assert found is not None
    assert message in found[0]


def test_all_of_the_package_are_safe() -> None:
    """Catches a pattern of our own that the bound would refuse."""
    limits = [field.get("constraints", {}) for table in tables().values() for field in table.fields]
    assert not [each for each in limits if hazard(each.get("pattern", ""), each.get("maxLength"))]
