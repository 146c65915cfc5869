"""A contribution that the data invite leaves the tests green; every kind is tried by `make contributions`, nightly."""

from pathlib import Path

import pytest
from run_contributions import ALLOWED, contribute, run_tests, touched


@pytest.mark.slow
def test_corrected_cell(tmp_path: Path) -> None:
    """Catches tests of the real package that hang on a cell: one CSV is a complete contribution."""
    clone = contribute("cell", tmp_path)
    (file,) = touched(clone)
    assert file.startswith(ALLOWED)
    accepted, output = run_tests(clone, "-n0", "tests/test_real_package.py")
    assert accepted, output
