"""`diff`: one change planted in a copy of the frozen package, and what the report must contain about it alone."""
# ruff: noqa: E501  (a table: a line or two a case)

import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import wuxi_outsourcing as wx
from support import edit_json, edit_rows, named, swap

PLACES, METRICS, PROJECTS, EVIDENCE = (
    f"data/{table}.csv" for table in ("places", "industry_metrics", "projects", "evidence")
)
DESCRIPTOR = "datapackage.json"
VALUE = "industry_metrics,executed-2020,value,yunchuan-2021,4,25,31,86.5亿元"
QUOTE = "“86.5亿元” (yunchuan-2021, paragraph 4, characters 25 to 31)"
EXECUTED = "industry_metrics (rows: 1 changed)\n  ~ executed-2020 (source yunchuan-2021)\n      "
NOTE = '"Short for a development zone, which has no code of its own."'

Plant = Callable[[Path], object]


def text(file: str, old: str, new: str) -> Plant:
    return lambda root: swap(root, file, old, new)


def rows(table: str, change: Callable[[list[list[str]]], list[list[str]]]) -> Plant:
    return lambda root: edit_rows(root, f"data/{table}.csv", change)


def schema(table: str, change: Callable[[Any], object]) -> Plant:
    return lambda root: edit_json(root, f"schemas/{table}.json", change)


def field(table: str, name: str, change: Callable[[Any], object]) -> Plant:
    return schema(table, lambda value: change(named(value["fields"], name)))


def resource(table: str, change: Callable[[Any], object]) -> Plant:
    return lambda root: edit_json(root, DESCRIPTOR, lambda value: change(named(value["resources"], table)))


def every(*plants: Plant) -> Plant:
    return lambda root: [plant(root) for plant in plants]


def everywhere(old: str, new: str) -> Plant:
    """Rename an ID with all that refers to it."""

    def plant(root: Path) -> None:
        for path in (root / "data").iterdir():
            content = path.read_text(encoding="utf-8")
            path.write_text(re.sub(rf"(?<![\w-]){old}(?![\w-])", new, content), encoding="utf-8")

    return plant


def without(name: str, records: list[list[str]]) -> list[list[str]]:
    index = records[0].index(name)
    return [[*record[:index], *record[index + 1 :]] for record in records]


# fmt: off
# What is planted, how the only section of the report begins, and the version bump.
CHANGES: dict[str, tuple[Plant, str, str]] = {
    "note": (
        text(PLACES, NOTE, "Short name."),
        "places (rows: 1 changed)\n  ~ yunchuan-hi-tech\n      note_en: Short for a development zone, which has no code of its own. → Short name.", "patch"),
    "emptied cell": (text(PLACES, NOTE, ""), "places (rows: 1 changed)\n  ~ yunchuan-hi-tech\n      note_en: Short for a development zone, which has no code of its own. → (empty)", "patch"),
    "translation": (text(PLACES, ",Yunchuan,", ",Yunchuan City,"), "places (rows: 1 changed)\n  ~ yunchuan\n      name_en: Yunchuan → Yunchuan City", "patch"),
    "label": (text(METRICS, ",签约合同额增长率,", ",合同额增长率,"), "industry_metrics (rows: 1 changed)\n  ~ contracts-growth-2020-h1 (source yunchuan-2021)\n      label_zh: 签约合同额增长率 → 合同额增长率", "patch"),
    "derived value with its quote": (text(METRICS, ",8650000000,", ",8560000000,"), f"{EXECUTED}value: 8650000000 → 8560000000\n          {QUOTE}\n\n", "minor"),
    "cell cited with another": (
        text(METRICS, "reported,unqualified,8650000000", "reported,about,8650000000"), f"{EXECUTED}qualifier: unqualified → about\n          {QUOTE}\n\n", "minor"),
    "classification": (text(PLACES, ",town,", ",district,"), "places (rows: 1 changed)\n  ~ shiqiao\n      kind: town → district", "minor"),
    "quote": (
        text(EVIDENCE, VALUE, VALUE.replace("86", "85")),
        f"{EXECUTED}quote of value: {QUOTE} → {QUOTE.replace('86', '85')}\n\n", "minor"),
    "location": (
        text(EVIDENCE, VALUE, VALUE.replace("25,31", "26,32")),
        f"{EXECUTED}quote of value: {QUOTE} → {QUOTE.replace('25 to 31', '26 to 32')}\n\n", "patch"),
    "citation removed": (text(EVIDENCE, f"{VALUE}\n", ""), f"{EXECUTED}quote of value: {QUOTE} → (empty)\n\n", "minor"),
    "citation added": (
        text(EVIDENCE, f"{VALUE}\n", f"{VALUE}\n{VALUE.replace('4,25,31', '9,0,6')}\n"),
        f"{EXECUTED}quote of value: {QUOTE} → {QUOTE}; {QUOTE.replace('4, characters 25 to 31', '9, characters 0 to 6')}\n\n", "minor"),
    "addresses": (
        lambda root: edit_json(root, DESCRIPTOR, lambda value: value.update(homepage="https://a.example/", repository="https://b.example/")),
        "the package as a whole\n  + definition\n      homepage: https://a.example/\n      repository: https://b.example/\n", "patch"),
    "row removed": (
        rows("projects", lambda records: records[:-1]),
        "projects (rows: 1 removed)\n  - shuke\n      project_id: shuke\n      name_zh: 云川数科总部\n          “云川数科总部” (jiangling-2022, paragraph 6, characters 7 to 13)\n      name_en: Head", "major"),
    "row added": (
        every(rows("projects", lambda records: [*records, ["new", "新", "New", "New Co", "industry", "", "", ""]]),
              rows("evidence", lambda records: [*records, ["projects", "new", "name_zh", "yunchuan-2021", "3", "0", "1", "新"]])),
        "projects (rows: 1 added)\n  + new\n      project_id: new\n      name_zh: 新\n          “新” (yunchuan-2021, paragraph 3, characters 0 to 1)\n      name_en: New\n      company_en: New Co\n      sector: industry\n\n", "minor"),
    "row renamed": (
        everywhere("shuke", "digital"), "projects (rows: 1 removed, 1 added)\n  - shuke\n      project_id: shuke\n", "major"),
    "column removed": (
        every(rows("places", partial(without, "gb2260")), schema("places", lambda value: value["fields"].remove(named(value["fields"], "gb2260")))),
        "places\n  - definition\n      fields.gb2260.type: string\n", "major"),
    "column added with its cells": (
        every(rows("talent_tiers", lambda records: [[*record, "x" if line == 1 else "" if line else "note_en"] for line, record in enumerate(records)]),
              schema("talent_tiers", lambda value: value["fields"].append({**value["fields"][2], "name": "note_en"}))),
        "talent_tiers (rows: 1 changed)\n  ~ definition\n      columns: tier_id, name_zh, name_en, approach_zh, approach_en → ", "minor"),
    "column retyped": (field("policies", "year_issued", lambda value: value.update(type="number")), "policies\n  ~ definition\n      fields.year_issued.type: integer → number", "major"),
    "columns in another order": (
        every(rows("talent_tiers", lambda records: [[*record[:3], record[4], record[3]] for record in records]),
              schema("talent_tiers", lambda value: value["fields"].append(value["fields"].pop(3)))),
        "talent_tiers\n  ~ definition\n      columns: tier_id, name_zh, name_en, approach_zh, approach_en → tier_id, name_zh, name_en, approach_en, approach_zh\n\n", "minor"),
    "key": (schema("projects", lambda value: value.update(primaryKey=["name_zh"])), 'projects (rows: 2 removed, 2 added)\n  ~ definition\n      primaryKey: ["project_id"] → ["name_zh"]', "major"),
    "term removed": (field("places", "kind", lambda value: value["categories"].pop(0)), "places\n  - definition\n      fields.kind.categories.", "major"),
    "term added": (
        field("places", "kind", lambda value: (value["categories"].append({"value": "port", "label": "Port.", "label_zh": "港口"}), value["constraints"]["enum"].append("port"))),
        'places\n  ~ definition\n      fields.kind.constraints.enum: ["country", ', "minor"),
    "label of a term": (
        field("places", "kind", lambda value: named_term(value, "town").update(label_zh="小镇")), "places\n  ~ definition\n      fields.kind.categories.town.label_zh: ", "patch"),
    "constraint": (field("places", "note_en", lambda value: value["constraints"].update(maxLength=7)), "places\n  ~ definition\n      fields.note_en.constraints.maxLength: 600 → 7\n\n", "minor"),
    "rule": (field("policies", "duration_years", lambda value: value.update(rule="year")), "policies\n  ~ definition\n      fields.duration_years.rule: years → year", "minor"),
    "foreign key": (schema("parks", lambda value: value.update(foreignKeys=[])), "parks\n  ~ definition\n      foreignKeys: [{", "minor"),
    "title in resource and schema": (
        every(schema("places", lambda value: value.update(title="x")), resource("places", lambda value: value.update(title="x"))), "places\n  ~ definition\n      title: Places → x\n\n", "patch"),
    "omission": (resource("evidence", lambda value: value.update(omissions=[])), 'evidence\n  ~ definition\n      omissions: [{"end": 55', "minor"),
    "keywords": (lambda root: edit_json(root, DESCRIPTOR, lambda value: value.update(keywords=["x"])), 'the package as a whole\n  ~ definition\n      keywords: ["test"', "patch"),
    "licence": (lambda root: edit_json(root, DESCRIPTOR, lambda value: value["licenses"].pop()), "the package as a whole\n  - definition\n      licenses.MIT.title: ", "minor"),
    "table removed": (
        lambda root: edit_json(root, DESCRIPTOR, lambda value: value["resources"].remove(named(value["resources"], "projects"))),
        "projects (rows: 2 removed)\n  - definition\n      type: table\n      path: data/projects.csv\n", "major"),
    "file renamed": (
        every(resource("projects", lambda value: value.update(path="data/p.csv")), lambda root: (root / PROJECTS).rename(root / "data/p.csv")),
        "projects\n  ~ definition\n      path: data/projects.csv → data/p.csv\n\n", "major"),
}
# fmt: on


def named_term(value: dict[str, Any], term: str) -> dict[str, Any]:
    matches: dict[str, Any] = next(category for category in value["categories"] if category["value"] == term)
    return matches


@pytest.mark.parametrize("name", CHANGES)
def test_one_change(frozen: Path, package: Path, name: str) -> None:
    """Catches a change that is missed, reported as another or as several, or that calls for another version bump."""
    plant, expected, bump = CHANGES[name]
    plant(package)
    difference = wx.diff(frozen, package)
    _, report = str(difference).split("\n\n", 1)
    assert report.startswith(expected)
    assert report.count("\n\n") == 1, "another section than the expected one and the version bump"
    assert difference.bump == bump


def test_renamed_row_is_in_one_place(frozen: Path, package: Path) -> None:
    """Catches a renamed row whose old and new cells are far apart, or whose citations are listed once more."""
    everywhere("rank-2020", "a-rank-2020")(package)
    swap(package, METRICS, ",-5.6,", ",-5.7,")
    changes = wx.diff(frozen, package).changes
    order = list(dict.fromkeys((change.state, change.row) for change in changes))
    assert order == [("removed", "rank-2020"), ("added", "a-rank-2020"), ("changed", "contracts-growth-2020-h1")]


def test_added_table_with_contents_and_quotes(frozen: Path, package: Path) -> None:
    """Catches a new table of which a reviewer sees the name alone."""
    CHANGES["table removed"][0](package)
    changes = wx.diff(package, frozen).changes
    assert {(change.table, change.state) for change in changes} == {("projects", "added")}
    assert {change.kind for change in changes} == {"definition", "cell"}
    quoted = [change for change in changes if change.row == "shuke" and change.field == "name_zh"]
    assert [(change.new, change.quote) for change in quoted] == [
        ("云川数科总部", "“云川数科总部” (jiangling-2022, paragraph 6, characters 7 to 13)")
    ]
    assert wx.diff(package, frozen).bump == "minor"


def test_two_sources_of_one_indicator(frozen: Path, package: Path) -> None:
    """Catches rows of one indicator, year and place whose sources cannot be reported apart in the report."""
    for value in ("8650000000", "8800000000"):
        swap(package, METRICS, f",{value},", f",{value}.5,")
    report = str(wx.diff(frozen, package))
    assert "~ executed-2020 (source yunchuan-2021)\n" in report
    assert "~ executed-2020-province (source jiangling-2022)\n" in report


def test_most_important_first(frozen: Path, package: Path) -> None:
    """Catches a removed ID far below notes, in the report or in its table."""
    swap(package, "data/parks.csv", ",Yunchuan Chip Design Park,", ",Chip Design Park,")
    swap(package, PLACES, ",town,", ",district,")
    swap(package, METRICS, ",Value of contracts signed,签约合同额,签约合同额,service_outsourcing,contract_value,yunchuan,"
         "yunchuan-2021,reported,unqualified,4100000000,", ",Contracts,签约合同额,签约合同额,service_outsourcing,"
         "contract_value,yunchuan,yunchuan-2021,reported,unqualified,4100000000,")  # fmt: skip
    swap(package, METRICS, ",12.4,", ",12.5,")
    CHANGES["row removed"][0](package)
    changes = dict.fromkeys((change.table, change.bump) for change in wx.diff(frozen, package).changes)
    assert list(changes) == [
        ("projects", "major"),
        ("industry_metrics", "minor"),
        ("industry_metrics", "patch"),
        ("places", "minor"),
        ("parks", "patch"),
    ]


@pytest.mark.parametrize("form", [{"quoting": 1}, {"lineterminator": "\r\n"}], ids=["quoted", "CRLF"])
def test_order_and_quoting_are_no_change(frozen: Path, package: Path, form: dict[str, Any]) -> None:
    """Catches a comparison by line or by position."""
    for path in (package / "data").iterdir():
        edit_rows(package, f"data/{path.name}", lambda records: [records[0], *reversed(records[1:])], **form)
    assert wx.diff(frozen, package).changes == ()


def test_renamed_key_column_keeps_the_rows(frozen: Path, package: Path) -> None:
    """Catches rows that count as removed and added because their key has another name."""
    swap(package, PROJECTS, "project_id,", "id,")
    edit_json(
        package,
        "schemas/projects.json",
        lambda value: (value["fields"][0].update(name="id"), value.update(primaryKey="id")),
    )
    assert {change.kind for change in wx.diff(frozen, package).changes} == {"definition"}


def test_unpublished_copy(frozen: Path, tmp_path: Path) -> None:
    """Catches a difference where there is none."""
    copy = shutil.copytree(frozen, tmp_path / "copy")
    difference = wx.diff(frozen, copy)
    assert (difference.changes, difference.bump) == ((), None)
    assert str(difference).endswith("\n\nNo change.")
