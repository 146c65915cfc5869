"""Patterns of table schemas, said for SQLite and for DuckDB: each must fit what Python's own expressions fit."""

import re
import sqlite3
from collections.abc import Callable

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wuxi_outsourcing as wx
from wuxi_outsourcing.exporting.globs import glob
from wuxi_outsourcing.exporting.patterns import re2
from wuxi_outsourcing.exporting.sql import literal

OURS = sorted(
    {
        field.constraints["pattern"]
        for table in wx.tables()
        for field in wx.describe(table).fields
        if "pattern" in field.constraints
    }
)
# What others may write, up to the characters that a GLOB gives a meaning of its own.
OTHERS = [
    r"a", r"", r"a?", r"ab|c|", r"[]^-]+", r"[^]^-]*", r"\*\?\[x", r"[*?]+\]", r"[!-/]{2}", r"[*-.]{3,}", r"[Z-a]+",
    r"[\^]", r"[^^]", r"x[ab]*y", r"x[a-y]*y", r"(ab){2}c*", r"a*ba*", r"ab*ab*a?", r"[ab]+c[ab]{2,}",
    r"a+-a+-a+", r"[a-z]+(_[a-z]+)*", r"[^a]*a[^a]*", r".*[ab].*", r".*a\n.*", r"(a|b)*", r"a+b+",
    r"a+?", r"(?:a|bc){1,3}", r".{5}", r".{0,3}", r"a{3,}",
    r"[一-龥]{2}", r"[\U00020000-\U0002ffff]+a?", r"'+\"?;",
]  # fmt: skip
NO_GLOB = {r".*a\n.*", r"[^a]*a[^a]*", r"a+-a+-a+", r"a+b+"}
# Anchors, sets that differ between languages, and what repeats too often.
NEITHER = [r"^", r"a$", r"\s", r"[\s-]*", r"\S+", r"\d+", r"\w", r"a{2000}", r"((a{20}){20}){20}"]
database = sqlite3.connect(":memory:")
other_database = duckdb.connect()


def texts(pattern: str) -> st.SearchStrategy[str]:
    """Texts that fit the pattern, that nearly do, and that are made from its own characters."""
    letters = st.sampled_from("ab-_:^][*?!/+ .\n\t\u00a0\u3000\u1c80A1z锡一龥𠀀é'\"\\;,")
    fitting = st.from_regex(pattern, fullmatch=True)
    near = st.tuples(fitting, st.integers(0, 80), st.text(letters, max_size=2)).map(
        lambda each: each[0][: each[1]] + each[2] + each[0][each[1] + 1 :]
    )
    return st.one_of(fitting, near, st.text(letters, max_size=8)).filter(_storable)


def _storable(text: str) -> bool:
    """Whether a database could hold it: NUL, which ends a text in SQLite, is refused before any export."""
    return "\0" not in text and not any("\ud800" <= each <= "\udfff" for each in text)


def fits_glob(condition: str, text: str) -> bool:
    return bool(database.execute(f"SELECT {condition} FROM (SELECT ? AS c)", [text]).fetchone()[0])


def fits_re2(pattern: str, text: str) -> bool:
    row = other_database.execute(f"SELECT regexp_full_match(?, {literal(pattern)})", [text]).fetchone()
    assert row
    return bool(row[0])


@pytest.mark.parametrize("say", [lambda pattern: glob("c", pattern), re2], ids=["glob", "re2"])
@pytest.mark.parametrize("pattern", OURS)
def test_ours_can_be_said(pattern: str, say: Callable[[str], str | None]) -> None:
    """Catches a pattern of the package that a database would not check."""
    assert say(pattern) is not None


@pytest.mark.parametrize("pattern", [*OURS, *OTHERS])
def test_patterns_mean_the_same(pattern: str) -> None:
    """Catches a text that fits in one language and not in the other."""
    condition, expression = glob("c", pattern), re2(pattern)

    @settings(max_examples=60, deadline=None, database=None)
    @given(text=texts(pattern))
    def compare(text: str) -> None:
        fits = bool(re.fullmatch(pattern, text))
        if condition is not None:
            assert fits_glob(condition, text) == fits, (condition, text)
        if expression is not None:
            assert fits_re2(expression, text) == fits, (expression, text)

    compare()


def test_what_is_said() -> None:
    """Catches patterns that could be said and no longer are, and ones that are said though they can't be."""
    assert all(re2(each) is not None for each in OTHERS)
    assert {each for each in OTHERS if glob("c", each) is None} == NO_GLOB
    assert not [each for each in NEITHER if re2(each) or glob("c", each)]
