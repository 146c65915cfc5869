"""The package that the other tests plant defects in is itself without any, and has a case of everything there is."""

from pathlib import Path

import pytest

from support import ROOT
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.package import Package
from wuxi_outsourcing.engine.quantities import RULES


def test_valid_and_verified(frozen: Path, articles: dict[str, Path]) -> None:
    """Catches a defect of the package or its articles, which would be taken for one that a test has planted."""
    result = Package(frozen).validate(sources=articles.values())
    assert (result.problems, result.stale) == ([], [])
    assert {verification.source_id for verification in result.verifications} == set(articles)
    for verification in result.verifications:
        assert verification.citations_held == verification.citations > 0


@pytest.mark.parametrize("of", ["frozen", "real"])
def test_every_rule_and_class_has_a_case(frozen: Path, of: str) -> None:
    """Catches a rule or a provenance class that no cell of the package is an example of."""
    package = open_package(frozen)
    fields = [
        field for schema in open_package({"frozen": frozen, "real": ROOT}[of]).schemas.values() for field in schema
    ]
    filled = {
        (field.provenance, field.rule)
        for table, schema in package.schemas.items()
        for row in package.rows(table)
        for field in schema
        if row[field.name] is not None
    }
    assert {(field.provenance, field.rule) for field in fields} <= filled
    assert set(RULES) <= {rule for _, rule in filled}


def test_every_qualifier_has_a_case(frozen: Path) -> None:
    """Catches a qualifier, a status or a kind of key that only the real package has."""
    package = open_package(frozen)
    for name in ("qualifier", "status"):
        terms = set(package.schema("industry_metrics")[name].vocabulary)
        terms.discard("less_than")  # which no row of either package has; the tests of quantities read it
        used = {row.get(name) for table in package.paths for row in package.rows(table)}
        assert terms <= used
    schemas = package.schemas.values()
    assert any(len(schema.primary_key) > 1 for schema in schemas)
    assert any(schema.unique_keys for schema in schemas)
    assert any(key.resource == schema.name for schema in schemas for key in schema.foreign_keys)
