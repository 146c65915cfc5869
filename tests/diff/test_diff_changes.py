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
DIGITAL_CELLS = """
      name_zh: 云川数科总部
          “云川数科总部” (jiangling-2022, paragraph 6, characters 7 to 13)
      name_en: Head office of Yunchuan Shuke
      company_en: Yunchuan Digital Technology
      sector: service_outsourcing
      place_id: linxi"""
MICRO_CELLS = """
      name_zh: 江岭微电二期
          “江岭微电二期” (jiangling-2022, paragraph 6, characters 0 to 6)
      name_en: Jiangling Micro, phase two
      company_en: Jiangling Microelectronics
      sector: integrated_circuits
      place_id: yunchuan-hi-tech"""
NOTE = '"Short for a development zone, which has no code of its own."'

Plant = Callable[[Path], object]


def text(file: str, old: str, new: str) -> Plant:
    return lambda root: swap(root, file, old, new)


def rows(table: str, change: Callable[[list[list[str]]], list[list[str]]]) -> Plant:
    return lambda root: edit_rows(root, f"data/{table}.csv", change)


def schema(table: str, change: Callable[[Any], object]) -> Plant:
    return lambda root: edit_json(root, f"schemas/{table}.json", change)


def every(*plants: Plant) -> Plant:
    return lambda root: [plant(root) for plant in plants]


def everywhere(old: str, new: str) -> Plant:
    """Rename an ID with all that refers to it."""

    def plant(root: Path) -> None:
        for path in (root / "data").iterdir():
            content = path.read_text(encoding="utf-8")
            path.write_text(re.sub(rf"(?<![\w-]){old}(?![\w-])", new, content), encoding="utf-8")

    return plant


def another_hash(records: list[list[str]]) -> list[list[str]]:
    header, *others = records
    others[0][header.index("sha256")] = "0" * 64
    return [header, *others]


def without(name: str, records: list[list[str]]) -> list[list[str]]:
    index = records[0].index(name)
    return [[*record[:index], *record[index + 1 :]] for record in records]


# fmt: off
# What is planted, and the whole report.
CHANGES: dict[str, tuple[Plant, str]] = {
    "note": (
        text(PLACES, NOTE, "Short name."),
        "places (rows: 1 changed)\n  ~ yunchuan-hi-tech\n      note_en: Short for a development zone, which has no code of its own. → Short name."),
    "emptied cell": (text(PLACES, NOTE, ""), "places (rows: 1 changed)\n  ~ yunchuan-hi-tech\n      note_en: Short for a development zone, which has no code of its own. → (empty)"),
    "label": (text(METRICS, ",签约合同额增长率,", ",合同额增长率,"), "industry_metrics (rows: 1 changed)\n  ~ contracts-growth-2020-h1 (source yunchuan-2021)\n      label_zh: 签约合同额增长率 → 合同额增长率"),
    "derived value with its quote": (text(METRICS, ",8650000000,", ",8560000000,"), f"{EXECUTED}value: 8650000000 → 8560000000\n          {QUOTE}"),
    "cell cited with another": (
        text(METRICS, "actual,,,,,,unqualified,8650000000", "actual,,,,,,about,8650000000"), f"{EXECUTED}qualifier: unqualified → about\n          {QUOTE}"),
    "quote": (
        text(EVIDENCE, VALUE, VALUE.replace("86", "85")),
        f"{EXECUTED}quote of value: {QUOTE} → {QUOTE.replace('86', '85')}"),
    "location": (
        text(EVIDENCE, VALUE, VALUE.replace("25,31", "26,32")),
        f"{EXECUTED}quote of value: {QUOTE} → {QUOTE.replace('25 to 31', '26 to 32')}"),
    "citation removed": (text(EVIDENCE, f"{VALUE}\n", ""), f"{EXECUTED}quote of value: {QUOTE} → (empty)"),
    "citation added": (
        text(EVIDENCE, f"{VALUE}\n", f"{VALUE}\n{VALUE.replace('4,25,31', '9,0,6')}\n"),
        f"{EXECUTED}quote of value: {QUOTE} → {QUOTE}; {QUOTE.replace('4, characters 25 to 31', '9, characters 0 to 6')}"),
    "row removed": (
        rows("projects", lambda records: records[:-1]),
        f"projects (rows: 1 removed)\n  - shuke\n      project_id: shuke{DIGITAL_CELLS}"),
    "row added": (
        every(rows("projects", lambda records: [*records, ["new", "新", "New", "New Co", "industry", "", "", ""]]),
              rows("evidence", lambda records: [*records, ["projects", "new", "name_zh", "yunchuan-2021", "3", "0", "1", "新"]])),
        "projects (rows: 1 added)\n  + new\n      project_id: new\n      name_zh: 新\n          “新” (yunchuan-2021, paragraph 3, characters 0 to 1)\n      name_en: New\n      company_en: New Co\n      sector: industry"),
    "row renamed": (
        everywhere("shuke", "digital"),
        f"projects (rows: 1 removed, 1 added)\n  - shuke\n      project_id: shuke{DIGITAL_CELLS}\n  + digital\n      project_id: digital{DIGITAL_CELLS}"),
    "column removed": (
        every(rows("places", partial(without, "gb2260")), schema("places", lambda value: value["fields"].remove(named(value["fields"], "gb2260")))),
        "places (rows: 3 changed)\n  ~ jiangling\n      gb2260: 990000 → (empty)\n  ~ linxi\n      gb2260: 990102 → (empty)\n  ~ yunchuan\n      gb2260: 990100 → (empty)"),
    "column added with its cells": (
        every(rows("indicators", lambda records: [[*record, "x" if line == 1 else "" if line else "note_en"] for line, record in enumerate(records)]),
              schema("indicators", lambda value: value["fields"].append({**value["fields"][2], "name": "note_en"}))),
        "indicators (rows: 1 changed)\n  ~ certified-enterprises\n      note_en: (empty) → x"),
    "key column renamed": (
        every(text(PROJECTS, "project_id,", "id,"), schema("projects", lambda value: (value["fields"][0].update(name="id"), value.update(primaryKey="id")))),
        "projects (rows: 2 changed)\n  ~ jiangling-micro\n      project_id: jiangling-micro → (empty)\n      id: (empty) → jiangling-micro\n  ~ shuke\n      project_id: shuke → (empty)\n      id: (empty) → shuke"),
    "table removed": (
        lambda root: edit_json(root, DESCRIPTOR, lambda value: value["resources"].remove(named(value["resources"], "projects"))),
        f"projects (rows: 2 removed)\n  - jiangling-micro\n      project_id: jiangling-micro{MICRO_CELLS}\n  - shuke\n      project_id: shuke{DIGITAL_CELLS}"),
}
# fmt: on


@pytest.mark.parametrize("name", CHANGES)
def test_one_change(frozen: Path, package: Path, name: str) -> None:
    """Catches a change that is missed, or reported as another or as several."""
    plant, expected = CHANGES[name]
    plant(package)
    _, report = str(wx.diff(frozen, package)).split("\n\n", 1)
    assert report == expected


def test_added_table_with_contents_and_quotes(frozen: Path, package: Path) -> None:
    """Catches a new table of which a reviewer sees the name alone."""
    CHANGES["table removed"][0](package)
    changes = wx.diff(package, frozen).changes
    assert {(change.table, change.state) for change in changes} == {("projects", "added")}
    assert {change.kind for change in changes} == {"cell"}
    quoted = [change for change in changes if change.row == "shuke" and change.field == "name_zh"]
    assert [(change.new, change.quote) for change in quoted] == [
        ("云川数科总部", "“云川数科总部” (jiangling-2022, paragraph 6, characters 7 to 13)")
    ]


def test_two_sources_of_one_indicator(frozen: Path, package: Path) -> None:
    """Catches rows of one indicator, year and place whose sources cannot be reported apart in the report."""
    for value in ("8650000000", "8800000000"):
        swap(package, METRICS, f",{value},", f",{value}.5,")
    report = str(wx.diff(frozen, package))
    assert "~ executed-2020 (source yunchuan-2021)\n" in report
    assert "~ executed-2020-province (source jiangling-2022)\n" in report


def test_order(frozen: Path, package: Path) -> None:
    """Catches a recorded hash or length that changes far below other things, or tables and rows in no clear order."""
    swap(package, "data/parks.csv", ",Yunchuan Chip Design Park,", ",Chip Design Park,")
    swap(package, PLACES, ",town,", ",district,")
    everywhere("rank-2020", "a-rank-2020")(package)
    swap(package, METRICS, ",-5.6,", ",-5.7,")
    CHANGES["row removed"][0](package)
    for table in ("sources", "paragraphs"):
        rows(table, another_hash)(package)
    changes = dict.fromkeys((change.table, change.state, change.row) for change in wx.diff(frozen, package).changes)
    assert list(changes) == [
        ("sources", "changed", "jiangling-2022"),
        ("paragraphs", "changed", "jiangling-2022/1"),
        ("parks", "changed", "chip-design"),
        ("industry_metrics", "changed", "contracts-growth-2020-h1"),
        ("industry_metrics", "removed", "rank-2020"),
        ("industry_metrics", "added", "a-rank-2020"),
        ("projects", "removed", "shuke"),
        ("places", "changed", "shiqiao"),
    ]


@pytest.mark.parametrize("form", [{"quoting": 1}, {"lineterminator": "\r\n"}], ids=["quoted", "CRLF"])
def test_order_and_quoting_are_no_change(frozen: Path, package: Path, form: dict[str, Any]) -> None:
    """Catches a comparison by line or by position."""
    for path in (package / "data").iterdir():
        edit_rows(package, f"data/{path.name}", lambda records: [records[0], *reversed(records[1:])], **form)
    assert wx.diff(frozen, package).changes == ()


def test_unpublished_copy(frozen: Path, tmp_path: Path) -> None:
    """Catches a difference where there is none."""
    copy = shutil.copytree(frozen, tmp_path / "copy")
    difference = wx.diff(frozen, copy)
    assert difference.changes == ()
    assert str(difference).endswith("\n\nNo row differs.")
