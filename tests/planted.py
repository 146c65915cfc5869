"""The changes that tests plant in copies of the real package, one at a time, and what `diff` must say of each."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

SOURCE = "gzoutsourcing-42081"
POLICIES = "data/policies.csv"
METRICS = "data/industry_metrics.csv"
PLACES = "data/places.csv"
PROJECTS = "data/projects.csv"
EVIDENCE = "data/evidence.csv"
Plant = Callable[[Path], object]


def swap(file: str, old: str, new: str) -> Plant:
    """Replace what stands once in a file."""

    def plant(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (root / file).write_text(text.replace(old, new), encoding="utf-8", newline="")

    return plant


def edit(file: str, change: Callable[[Any], object]) -> Plant:
    """Change what a JSON file holds."""

    def plant(root: Path) -> None:
        value = json.loads((root / file).read_text(encoding="utf-8"))
        change(value)
        (root / file).write_text(json.dumps(value), encoding="utf-8")

    return plant


def rewrite(file: str, change: Callable[[list[list[str]]], list[list[str]]], **form: Any) -> Plant:
    """Change the rows of a CSV, header included, or the form in which they are written."""

    def plant(root: Path) -> None:
        with (root / file).open(encoding="utf-8", newline="") as stream:
            rows = change(list(csv.reader(stream)))
        with (root / file).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, **{"lineterminator": "\n"} | form).writerows(rows)

    return plant


def replace_by(file: str, make: Callable[[Path], object]) -> Plant:
    """Put something else in a file's place."""

    def plant(root: Path) -> None:
        (root / file).unlink()
        make(root / file)

    return plant


def both(*plants: Plant) -> Plant:
    """Plant several changes."""
    return lambda root: [plant(root) for plant in plants]


def field(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """The field of that name in a Table Schema."""
    found: dict[str, Any] = next(each for each in schema["fields"] if each["name"] == name)
    return found


def without_column(name: str) -> Callable[[list[list[str]]], list[list[str]]]:
    """Rows without a column."""
    return lambda rows: [[cell for at, cell in enumerate(row) if at != rows[0].index(name)] for row in rows]


def everywhere(old: str, new: str) -> Plant:
    """Rename an ID with all that refers to it."""

    def plant(root: Path) -> None:
        for path in (root / "data").iterdir():
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(rf"(?<![\w-]){old}(?![\w-])", new, text), encoding="utf-8")

    return plant


# fmt: off
# What is planted, how the only section of the report must begin, and the version step.
CHANGES: dict[str, tuple[Plant, str, str]] = {
    "a note": (
        swap(PLACES, "Named only inside the name of a base.", "Named inside a base."),
        "places (rows: 1 changed)\n  ~ jiangyin\n      note: Named only inside the name of a base. → Named inside a base.", "patch"),
    "a note removed": (
        swap(PLACES, "Named only inside the name of a base.", ""),
        "places (rows: 1 changed)\n  ~ jiangyin\n      note: Named only inside the name of a base. → (empty)", "patch"),
    "a translation": (swap(PLACES, ",Wuxi,", ",Wuxi City,"), "places (rows: 1 changed)\n  ~ wuxi\n      name_en: Wuxi → Wuxi City", "patch"),
    "a gist": (
        swap("data/paragraphs.csv", "The talent strategy has three tiers.", "Three tiers of talent."),
        f"paragraphs (rows: 1 changed)\n  ~ {SOURCE}/12\n      gist_en: The talent strategy has three tiers. → Three tiers of talent.", "patch"),
    "a derived value": (
        swap(METRICS, ",135000000000,", ",136000000000,"),
        "industry_metrics (rows: 1 changed)\n  ~ ic-output-2020\n      value: 135000000000 → 136000000000", "minor"),
    "a quoted value": (swap(PLACES, ",江阴,", ",江阳,"), "places (rows: 1 changed)\n  ~ jiangyin\n      name_zh: 江阴 → 江阳", "minor"),
    "a qualifier": (
        swap(METRICS, ",more_than,300000000000,", ",exact,300000000000,"),
        "industry_metrics (rows: 1 changed)\n  ~ iot-revenue-2020\n      qualifier: more_than → exact", "minor"),
    "a classification": (swap(POLICIES, ",plan,false,", ",policy,false,"), "policies (rows: 1 changed)\n  ~ plan-123\n      form: plan → policy", "minor"),
    "a quote": (
        swap(EVIDENCE, ",1350亿元", ",1360亿元"),
        ("industry_metrics (rows: 1 changed)\n  ~ ic-output-2020\n"
        f"      quote behind value (135000000000): “1350亿元” ({SOURCE}, paragraph 18, characters 57 to 63)\n"
        f"          → “1360亿元” ({SOURCE}, paragraph 18, characters 57 to 63)"), "minor"),
    "offsets": (
        swap(EVIDENCE, ",57,63,1350亿元", ",58,64,1350亿元"),
        ("industry_metrics (rows: 1 changed)\n  ~ ic-output-2020\n"
        f"      place of the quote behind value (135000000000): “1350亿元” ({SOURCE}, paragraph 18, characters 57 to 63)\n"
        f"          → “1350亿元” ({SOURCE}, paragraph 18, characters 58 to 64)"), "patch"),
    "a value with its quote": (
        both(swap(METRICS, ",135000000000,", ",136000000000,"), swap(EVIDENCE, ",1350亿元", ",1360亿元")),
        ("industry_metrics (rows: 1 changed)\n  ~ ic-output-2020\n      value: 135000000000 → 136000000000\n"
        f"      quote behind value (136000000000): “1350亿元” ({SOURCE}, paragraph 18, characters 57 to 63)\n"
        f"          → “1360亿元” ({SOURCE}, paragraph 18, characters 57 to 63)"), "minor"),
    "a citation removed": (
        swap(EVIDENCE, f"industry_metrics,ic-output-2020,value,{SOURCE},18,57,63,1350亿元\n", ""),
        ("industry_metrics (rows: 1 changed)\n  ~ ic-output-2020\n"
        f"      quote behind value (135000000000): “1350亿元” ({SOURCE}, paragraph 18, characters 57 to 63) → (none)"), "minor"),
    "a row removed": (
        rewrite(PROJECTS, lambda rows: [row for row in rows if row[0] != "hua-hong"]),
        "projects (rows: 1 removed)\n  - hua-hong\n      name_zh: 华虹\n      name_en: ", "major"),
    "a row added": (
        rewrite(PROJECTS, lambda rows: [*rows, ["new", "新", "New", "New Co", "headquarters", ""]]),
        "projects (rows: 1 added)\n  + new\n      name_zh: 新\n      name_en: New\n      company_en: New Co\n      sector: headquarters", "minor"),
    "an ID renamed": (everywhere("hua-hong", "huahong"), "projects (rows: 1 renamed)\n  ~ huahong\n      ID: hua-hong → huahong", "major"),
    "an ID renamed that others refer to": (
        everywhere("wuxi", "wuxi-city"), "places (rows: 1 renamed)\n  ~ wuxi-city\n      ID: wuxi → wuxi-city", "major"),
    "an ID renamed that is part of keys": (
        everywhere(SOURCE, "gz-42081"), f"sources (rows: 1 renamed)\n  ~ gz-42081\n      ID: {SOURCE} → gz-42081", "major"),
    "an ID renamed with a note changed": (
        both(everywhere("jiangyin", "jiangyin-city"), swap(PLACES, "Named only inside the name of a base.", "x")),
        "places (rows: 1 renamed)\n  ~ jiangyin-city\n      ID: jiangyin → jiangyin-city\n      note: Named only inside the name of a base. → x", "major"),
    "a column removed": (
        both(rewrite(PLACES, without_column("gb2260")), edit("schemas/places.json", lambda s: s["fields"].remove(field(s, "gb2260")))),
        "places\n  - column gb2260: string", "major"),
    "a column added": (
        both(rewrite(PLACES, lambda rows: [[*row, "x" if at else "more"] for at, row in enumerate(rows)]),
             edit("schemas/places.json", lambda s: s["fields"].append({**field(s, "note"), "name": "more"}))),
        "places\n  + column more: string", "minor"),
    "a column renamed": (
        both(swap(PLACES, "gb2260", "gbt2260"), edit("schemas/places.json", lambda s: field(s, "gb2260").update(name="gbt2260"))),
        "places\n  ~ name of column gbt2260: gb2260 → gbt2260", "major"),
    "a cited column renamed": (
        both(swap("data/policies.csv", ",match_ratio,", ",ratio,"), swap(EVIDENCE, "matching-fund-2009,match_ratio,", "matching-fund-2009,ratio,"),
             edit("schemas/policies.json", lambda s: field(s, "match_ratio").update(name="ratio"))),
        "policies\n  ~ name of column ratio: match_ratio → ratio", "major"),
    "a key column renamed": (
        both(swap(PROJECTS, "project_id,", "id,"),
             edit("schemas/projects.json", lambda s: (field(s, "project_id").update(name="id"), s.update(primaryKey=["id"])))),
        "projects\n  ~ name of column id: project_id → id", "major"),
    "a column retyped": (
        edit("schemas/policies.json", lambda s: field(s, "year_issued").update(type="number")),
        "policies\n  ~ type of column year_issued: integer → number", "major"),
    "columns in another order": (
        both(rewrite(PROJECTS, lambda rows: [[*row[:4], row[5], row[4]] for row in rows]),
             edit("schemas/projects.json", lambda s: s["fields"].append(s["fields"].pop(4)))),
        ("projects\n  ~ order of the columns of the table: project_id, name_zh, name_en, company_en, sector, note\n"
        "        → project_id, name_zh, name_en, company_en, note, sector"), "minor"),
    "another key": (
        edit("schemas/projects.json", lambda s: s.update(primaryKey=["project_id", "sector"])),
        'projects\n  ~ primaryKey of the table: ["project_id"] → ["project_id", "sector"]', "major"),
    "a term removed": (
        edit("schemas/places.json", lambda s: field(s, "kind")["categories"].pop(0)), "places\n  - term of column kind: province", "major"),
    "a term added": (
        edit("schemas/places.json", lambda s: field(s, "kind")["categories"].append({"value": "town", "label": "A town.", "label_zh": "镇"})),
        "places\n  + term of column kind: town", "minor"),
    "the label of a term": (
        edit("schemas/places.json", lambda s: field(s, "kind")["categories"][0].update(label="x")),
        "places\n  ~ label of province of column kind: A province. → x", "patch"),
    "the Chinese label of a term": (
        edit("schemas/places.json", lambda s: field(s, "kind")["categories"][0].update(label_zh="省级行政区")),
        "places\n  ~ label_zh of province of column kind: 省 → 省级行政区", "patch"),
    "a constraint": (
        edit("schemas/places.json", lambda s: field(s, "note")["constraints"].update(maxLength=600)),
        "places\n  ~ constraints.maxLength of column note: 500 → 600", "minor"),
    "a rule": (
        edit("schemas/policies.json", lambda s: field(s, "duration_years").update(rule="year")),
        "policies\n  ~ rule of column duration_years: years → year", "minor"),
    "a title": (
        both(edit("schemas/places.json", lambda s: s.update(title="x")), edit("datapackage.json", lambda d: d["resources"][12].update(title="x"))),
        "places\n  ~ title of the table: Places → x", "patch"),
    "a Chinese title": (
        edit("schemas/places.json", lambda s: s.update(title_zh="地名")), "places\n  ~ title_zh of the table: 地点 → 地名", "patch"),
    "a Chinese description": (
        edit("schemas/places.json", lambda s: field(s, "kind").update(description_zh="类。")),
        "places\n  ~ description_zh of column kind: 属于哪一类地点。 → 类。", "patch"),
    "a unit": (
        edit("schemas/policies.json", lambda s: field(s, "duration_years").update(unit="months")),
        "policies\n  ~ unit of column duration_years: years → months", "minor"),
    "the package's description": (
        edit("datapackage.json", lambda d: d.update(keywords=["x"])), 'the package as a whole\n  ~ keywords: ["Wuxi"', "patch"),
    "a table removed": (
        edit("datapackage.json", lambda d: d["resources"].pop(8)), "projects\n  - table, rows: 3", "major"),
    "a file renamed": (
        both(edit("datapackage.json", lambda d: d["resources"][8].update(path="data/p.csv")), lambda root: (root / PROJECTS).rename(root / "data/p.csv")),
        "projects\n  ~ path of the table: data/projects.csv → data/p.csv", "major"),
}
# fmt: on
