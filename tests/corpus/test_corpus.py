"""The corpus of broken packages: a sample of it, and, nightly and before a release, each EVERYth of it."""

import os
from pathlib import Path

import pytest
from mutations import Mutation, mutations, rewrites

from wuxi_outsourcing.engine.package import Package

SAMPLE, EVERY = 200, int(os.environ.get("EVERY") or 5)
CORPUS = [
    pytest.param(mutation, id=f"{mutation.kind}, {mutation.name}", marks=[pytest.mark.slow] * bool(number % SAMPLE))
    for number, mutation in enumerate([*mutations(), *rewrites()])
    if number % EVERY == 0 or number % SAMPLE == 0
]


@pytest.mark.parametrize("mutation", CORPUS)
def test_found_in_its_place(mutation: Mutation, package: Path) -> None:
    """Catches a check that works for one table and not for another, and one that rejects a valid change."""
    mutation.apply(package)
    problems = Package(package).validate().problems
    found = [(problem.file, problem.line, problem.column) for problem in problems]
    report = "\n".join(map(str, problems))
    if mutation.location is None:
        assert found == [], report
        return
    if mutation.location[1] is None:
        found = [(file, None, column) for file, _, column in found]
    assert mutation.location in found, report
    # What a citation no longer names, or a row is no longer called, is missing on the other side.
    assert len(found) <= (2 if mutation.of_a_name else 1), report
