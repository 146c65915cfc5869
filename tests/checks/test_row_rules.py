"""Row rules: what each form reports, and that its parts stand in every place where a form is described."""

import json
from importlib.resources import files
from typing import Any

import pandas as pd
import pytest

from wuxi_outsourcing.engine import rules
from wuxi_outsourcing.engine.checks import rule_forms
from wuxi_outsourcing.engine.checks.file_form import Table
from wuxi_outsourcing.engine.checks.row_rules import row_rules
from wuxi_outsourcing.engine.frames import typed_frame
from wuxi_outsourcing.engine.json_files import JsonFile
from wuxi_outsourcing.engine.schema_reading import table_schema

TYPES = {"id": "string", "kind": "string", "note": "string", "day": "date", "year": "integer", "to": "integer"}
# A rule, rows (id, kind, note, day, year, to), and the problem of each row that breaks it: row, field and message.
CASES: dict[str, tuple[dict[str, Any], list[str], list[tuple[int, str, str]]]] = {
    "requires": (
        {"field": "year", "other": "note"},
        ["a,,,,,", "b,,x,,2020,", "c,,,,2020,"],
        [(2, "note", "note is empty, but year is not")],
    ),
    "excludes": (
        {"field": "day", "other": "year"},
        ["a,,,2020-12-31,,", "b,,,,2020,", "c,,,2020-12-31,2021,"],
        [(2, "day", "the row has both day (2020-12-31) and year (2021)")],
    ),
    "oneOf": (
        {"fields": ["note", "day", "to"]},
        ["a,,x,,,", "b,,,2020-12-31,2020,", "c,,,,,0", "d,,,,2020,", "e,,x,,,0"],
        [
            (3, "note", "exactly one of note, day and to must have a value, but the row has note '', day '', to ''"),
            (4, "note", "exactly one of note, day and to must have a value, but the row has note 'x', day '', to '0'"),
        ],
    ),
    "requiredWhere": (
        {"field": "year", "where": {"kind": ["x", "y"]}},
        ["a,x,,,2020,", "b,z,,,,", "c,y,,,,"],
        [(2, "year", "the cell is empty, but year is required where kind is x or y")],
    ),
    "emptyWhere": (
        {"field": "year", "unless": {"kind": ["x"]}},
        ["a,x,,,2020,", "b,,,,,", "c,y,,,2020,"],
        [(2, "year", "the cell is not empty, but year is empty unless kind is x")],
    ),
    "minimumWhere": (
        {"field": "to", "minimum": 0, "unless": {"kind": ["x"]}},
        ["a,x,,,,-1", "b,,,,,0", "c,,,,,-1"],
        [(2, "to", "-1 is less than 0, but to is at least 0 unless kind is x")],
    ),
    "greaterThan": (
        {"field": "to", "other": "year"},
        ["a,,,,1,2", "b,,,,,2", "c,,,,2,2"],
        [(2, "to", "2 is not greater than 2, the year of the row")],
    ),
    "atMost": (
        {"field": "year", "other": "day"},
        ["a,,,2020-01-01,2020,", "b,,,2020-01-01,,", "c,,,2020-12-31,2021,"],
        [(2, "year", "2021 is more than 2020-12-31, the day of the row")],
    ),
    "ascending": (
        {"field": "note", "separator": "-"},
        ["a,,09-09,,,", "b,,,,,", "c,,06-01,,,"],
        [(2, "note", "the parts of 06-01 are not in ascending order")],
    ),
    "startPlusLength": (
        {"field": "to", "start": "year", "text": "note"},
        ["a,,无锡,,5,7", "b,,无锡,,5,8"],
        [(1, "to", "5 to 8 is not the length of the note")],
    ),
    "sameWithin": (
        {"field": "note", "within": "kind"},
        ["a,x,one,,,", "b,x,one,,,", "c,x,two,,,", "d,x,,,,", "e,,two,,,"],
        [(2, "note", "two is not the note of the other rows with the kind x, which is one")],
    ),
    "consecutive": (
        {"field": "year", "within": "kind"},
        ["a,x,,,1,", "b,x,,,2,", "c,y,,,1,", "d,y,,,3,"],
        [(3, "year", "there is no year before year 3 of y")],
    ),
    "distinct": (
        {"fields": ["kind", "year"]},
        ["a,x,,,,", "b,y,,,,", "c,x,,,,"],
        [(2, "kind", "this repeats line 2: both have the same kind, year")],
    ),
}

# The same for rules about which rows must follow them, and about empty cells.
EMPTY_CELLS: list[tuple[dict[str, Any], list[str], list[tuple[int, str, str]]]] = [
    (
        {"rule": "requiredWhere", "field": "to", "whereEmpty": ["kind", "day", "year"]},
        ["a,x,,,,", "b,,,2020-12-31,,", "c,,,,0,", "d,,,,,1", "e,,,,,"],
        [(4, "to", "the cell is empty, but to is required where kind, day and year are empty")],
    ),
    (
        {"rule": "emptyWhere", "field": "to", "where": {"kind": ["x"]}, "whereEmpty": ["year"]},
        ["a,x,,,2020,1", "b,y,,,,1", "c,x,,,,1", "d,x,,,,"],
        [(2, "to", "the cell is not empty, but to is empty where kind is x and year is empty")],
    ),
    (
        {"rule": "minimumWhere", "field": "to", "minimum": 0, "whereEmpty": ["note"], "unless": {"kind": ["x"]}},
        ["a,x,,,,-1", "b,y,n,,,-1", "c,,,,,-1", "d,,,,,"],
        [(2, "to", "-1 is less than 0, but to is at least 0 where note is empty unless kind is x")],
    ),
    (
        {"rule": "requiredWhere", "field": "to", "where": {"kind": ["x"]}},
        ["a,,,,,", "b,x,,,,0"],
        [],
    ),
    ({"rule": "requires", "field": "note", "other": "day"}, ["a,,,,,", "b,,,2020-12-31,,"], []),
    ({"rule": "excludes", "field": "note", "other": "day"}, ["a,,,,,", "b,,,2020-12-31,,", "c,,x,,,"], []),
    (
        {"rule": "distinct", "fields": ["kind", "day", "to"]},
        ["a,,,,,", "b,x,,,,", "c,,,2020-12-31,,", "d,,,,,0", "e,,,2020-12-31,,", "f,,,,,", "g,,,,,0"],
        [
            (4, "kind", "this repeats line 4: both have the same kind, day, to"),
            (5, "kind", "this repeats line 2: both have the same kind, day, to"),
            (6, "kind", "this repeats line 5: both have the same kind, day, to"),
        ],
    ),
]


def problems(rule: dict[str, Any], rows: list[str]) -> list[tuple[int, str | None, str]]:
    """Row, field and message of each problem by one rule."""
    fields = [
        {"name": name, "type": kind, "title": "", "description": "", "provenance": ""} for name, kind in TYPES.items()
    ]
    definition = {"title": "", "description": "", "fields": fields, "primaryKey": ["id"], "rules": [rule]}
    schema = table_schema("t", JsonFile("t.json", "", definition))
    text = pd.DataFrame([row.split(",") for row in rows], columns=schema.names, dtype="str")
    _, check = row_rules(schema)
    holds = check.holds(typed_frame(text, schema).frame)
    broken = [row for row, is_right in enumerate(holds) if not is_right]
    found = check.problems(Table("t.csv", schema, text), broken)
    return [((problem.line or 0) - 2, problem.column, problem.message) for problem in found]


@pytest.mark.parametrize("form", CASES)
def test_form(form: str) -> None:
    """Catches a form that accepts a row that breaks it, refuses one that does not, or says so in the wrong field."""
    rule, rows, expected = CASES[form]
    assert problems({"rule": form, **rule}, rows) == expected


@pytest.mark.parametrize(("rule", "rows", "expected"), EMPTY_CELLS)
def test_empty_cells(rule: dict[str, Any], rows: list[str], expected: list[tuple[int, str, str]]) -> None:
    """Catches an empty cell that is taken for a value, of any type, and `distinct` where it equals no other."""
    assert problems(rule, rows) == expected


@pytest.mark.parametrize(
    ("condition", "english", "chinese"),
    [
        ({"whereEmpty": ["a"]}, " where a is empty", "a 为空时，"),
        ({"whereEmpty": ["a", "b"]}, " where a and b are empty", "a、b 均为空时，"),
        (
            {"where": {"kind": ["x"]}, "whereEmpty": ["a", "b", "c"], "unless": {"form": ["y", "z"]}},
            " where kind is x and a, b and c are empty unless form is y or z",
            "kind 为 x 且 a、b、c 均为空时，除 form 为 y 或 z 外，",
        ),
    ],
)
def test_conditions_in_words(condition: dict[str, Any], english: str, chinese: str) -> None:
    """Catches a condition that is left out of the sentence of a rule, or is put wrongly in one of the languages."""
    rule = rules.rule_from_json({"rule": "emptyWhere", "field": "f", **condition})
    assert rule.description == f"f is empty{english}"
    assert rule.description_zh == f"{chinese}f 须留空"
    assert rule.names == ["f", *condition.get("where", ()), *condition["whereEmpty"], *condition.get("unless", ())]


def test_every_form_is_described_everywhere() -> None:
    """Catches a form without its check, its properties or its sentence, and one that is not tried here."""
    profile = files("wuxi_outsourcing.engine.checks").joinpath("profiles/tableschema.json").read_text(encoding="utf-8")
    known = json.loads(profile)["definitions"]["rule"]["properties"]["rule"]["enum"]
    assert list(rules.FORMS) == list(rule_forms.FORMS) == known
    assert list(CASES) == [name for name, form in rule_forms.FORMS.items() if form.compile is not None]


def test_a_message_is_no_format_string() -> None:
    """Catches a message whose braces are evaluated, and a cell whose braces are filled in again."""
    rule = {
        "rule": "requires",
        "field": "kind",
        "other": "year",
        "message": "{kind} {kind.__class__} {0} {note!r} { {id}",
    }
    ((_, _, message),) = problems(rule, ["{id},{id},,,,"])
    assert message == "{id} {kind.__class__} {0} {note!r} { {id}"
