"""Cells that repeat those of the row that a foreign key refers to, by rules `sameAs` added to the frozen package."""

from pathlib import Path
from typing import Any

import pytest

import wuxi_outsourcing as wx
from support import edit_json, swap
from wuxi_outsourcing.engine.package import Package

METRICS = "data/industry_metrics.csv"
INDICATORS = "data/indicators.csv"
SCHEMA = "schemas/industry_metrics.json"
LABEL = {
    "rule": "sameAs",
    "field": "label_zh",
    "reference": "indicator_id",
    "target": "label_zh",
    "whereEmpty": ["relation"],
}
PARENT_NOTE = {
    "rule": "sameAs",
    "field": "note_en",
    "reference": "part_of",
    "target": "note_en",
    "unless": {"kind": ["development_zone"]},
}
EXPORTS = "exports,Exports of service outsourcing,服务外包出口额,"
OTHER = EXPORTS.replace("出口额", "出口")


@pytest.fixture
def package(package: Path) -> Path:
    """The frozen package without its own rules of this form."""

    def drop(definition: Any) -> None:
        definition["rules"] = [rule for rule in definition["rules"] if rule["rule"] != "sameAs"]

    edit_json(package, SCHEMA, drop)
    return package


def add_rule(package: Path, schema: str, rule: dict[str, Any]) -> None:
    """Give a table one more rule."""
    edit_json(package, schema, lambda definition: definition.setdefault("rules", []).append(rule))


def test_what_repeats_is_valid(package: Path) -> None:
    """Catches a rule that refuses rows that follow it, and rows that refer to nothing."""
    add_rule(package, SCHEMA, LABEL)
    add_rule(package, "schemas/places.json", PARENT_NOTE)
    assert Package(package).validate().problems == []


def test_a_cell_that_differs(package: Path) -> None:
    """Catches a cell that differs and is not found, or whose fix does not give the value to write."""
    add_rule(package, SCHEMA, LABEL)
    swap(package, METRICS, EXPORTS, OTHER)
    (problem,) = wx.validate(package)
    assert problem.location == f"{METRICS}:12:label_zh"
    referred = f"the label_zh of exports ({INDICATORS}:7)"
    assert problem.message == f"'服务外包出口' is not '服务外包出口额', {referred}"
    assert problem.fix == f"Write 服务外包出口额, or correct {referred}."
    swap(package, METRICS, OTHER, EXPORTS)
    assert Package(package).validate().problems == []


def test_an_empty_cell(package: Path) -> None:
    """Catches an empty cell that passes for the value it should repeat, and a value beside an empty one."""
    add_rule(package, "schemas/places.json", PARENT_NOTE)
    swap(package, "data/places.csv", ",linxi,,,,\n", ",linxi,,,A note.,说明。\n")
    (problem,) = wx.validate(package)
    assert problem.location == "data/places.csv:4:note_en"
    assert problem.message == "'A note.' is filled in, but the note_en of linxi (data/places.csv:3) is empty"
    assert problem.fix == "Empty the cell, or fill in the note_en of linxi (data/places.csv:3)."


@pytest.mark.parametrize(
    "condition",
    [
        {"where": {"qualifier": ["several"]}},
        {"unless": {"status": ["actual"]}},
        {"whereEmpty": ["part_of", "value"]},
    ],
)
def test_rows_that_are_exempt(package: Path, condition: dict[str, Any]) -> None:
    """Catches a condition that is not heeded where rows of two tables are compared."""
    add_rule(package, SCHEMA, {**LABEL, **condition})
    swap(package, METRICS, EXPORTS, OTHER)
    assert Package(package).validate().problems == []


def test_a_condition_that_a_row_meets(package: Path) -> None:
    """Catches `whereEmpty` that exempts a row whose cells are empty, and the words of a rule that are not used."""
    texts = {"message": "{label_zh} should be {EXPECTED}", "fix": "Take {EXPECTED}."}
    add_rule(package, SCHEMA, {**LABEL, **texts, "whereEmpty": ["part_of", "relation"]})
    swap(package, METRICS, EXPORTS, OTHER)
    (problem,) = wx.validate(package)
    assert (problem.message, problem.fix) == ("服务外包出口 should be 服务外包出口额", "Take 服务外包出口额.")


def test_a_faulty_row_is_not_compared_with(package: Path) -> None:
    """Catches problems of all rows that refer to one, where that one has a problem of its own."""
    add_rule(package, SCHEMA, LABEL)
    swap(package, INDICATORS, EXPORTS, EXPORTS.replace("出口额", "出口 额\u200b"))
    assert [problem.location for problem in wx.validate(package)] == [f"{INDICATORS}:7:label_zh"]


def test_a_reference_to_no_table(package: Path) -> None:
    """Catches a crash, or no fix, where the foreign key of a rule is to a table that is not there."""
    add_rule(package, SCHEMA, LABEL)

    def rename(definition: Any) -> None:
        definition["foreignKeys"][0]["reference"]["resource"] = "indicator"

    edit_json(package, SCHEMA, rename)
    (problem,) = wx.validate(package)
    assert problem.column == "foreignKeys[0].reference.resource"
    assert (problem.message, problem.fix) == ("there is no resource 'indicator'", "Write indicators.")


def test_in_words(package: Path) -> None:
    """Catches a rule that is left out of the description of its table, in either language."""
    add_rule(package, SCHEMA, {**LABEL, "whereEmpty": ["part_of", "as_of"]})
    schema = Package(package).schema("industry_metrics")
    english = "label_zh is the label_zh of the row that indicator_id refers to where part_of and as_of are empty"
    chinese = "part_of、as_of 均为空时，label_zh 与 indicator_id 所指行的 label_zh 相同"
    assert english in schema.text()
    assert chinese in schema.text("zh")
