"""The descriptor and the table schemas: what they must say, what contradicts itself, what leads out of the folder."""

import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import pytest

import wuxi_outsourcing as wx
from conftest import ROOT

Json = dict[str, Any]


def _field(schema: Json, name: str) -> Json:
    return next(field for field in schema["fields"] if field["name"] == name)


OMISSION = {
    "source_id": "gzoutsourcing-42081",
    "paragraph": 2,
    "start": 7,
    "end": 8,
    "quote": "2",
    "reason": "Only a test.",
}
# How a file is changed, the path of the problem inside it, and its message.
DESCRIPTOR: dict[str, tuple[Callable[[Json], object], str, str]] = {
    "a property is missing": (lambda d: d.pop("licenses"), "", "'licenses' is a required property"),
    "no Chinese title": (lambda d: d.pop("title_zh"), "", "'title_zh' is a required property"),
    "another profile": (lambda d: d.update({"$schema": "x"}), "$schema", "is not what must stand here"),
    "a name of another form": (lambda d: d.update(name="Wuxi Data"), "name", "does not have the form"),
    "a version of another form": (lambda d: d.update(version="1.0"), "version", "does not have the form"),
    "created at no time": (lambda d: d.update(created=2026), "created", "2026 is of the wrong type"),
    "a resource without hash": (
        lambda d: d["resources"][0].pop("hash"),
        "resources[0]",
        "'hash' is a required property",
    ),
    "another encoding": (
        lambda d: d["resources"][0].update(encoding="gbk"),
        "resources[0].encoding",
        "is not what must",
    ),
    "a misspelt property": (lambda d: d["resources"][0].update(tittle="x"), "resources[0]", "'tittle' was unexpected"),
    "a title that is not the table's": (
        lambda d: d["resources"][1].update(title="x"),
        "resources[1].title",
        "not that of schemas/policy_provisions.json, “Policy provisions”",
    ),
    "a description that is not the table's": (
        lambda d: d["resources"][1].update(description="x"),
        "resources[1].description",
        "not that of schemas/policy_provisions.json, “One row is",
    ),
    "a name twice": (
        lambda d: d["resources"][1].update(name="policies"),
        "resources[1].name",
        "2 resources have the name",
    ),
    "no evidence": (lambda d: d["resources"].pop(), "resources", "there is no resource 'evidence'"),
    "a path that leaves": (lambda d: d["resources"][0].update(path="../x.csv"), "resources[0].path", "form"),
    "an absolute path": (lambda d: d["resources"][0].update(path="/etc/x.csv"), "resources[0].path", "form"),
    "an address for a path": (lambda d: d["resources"][0].update(path="http://x/x.csv"), "resources[0].path", "form"),
    "a schema path that leaves": (
        lambda d: d["resources"][0].update(schema="../../x.json"),
        "resources[0].schema",
        "form",
    ),
    "a schema that is not there": (lambda d: d["resources"][0].update(schema="schemas/x.json"), "", "no such file"),
    "a stale hash": (
        lambda d: d["resources"][3].update(hash="sha256:" + "0" * 64),
        "resources[3].hash",
        "the file has changed",
    ),
    "a stale size": (lambda d: d["resources"][3].update(bytes=1), "resources[3].bytes", "the file has changed"),
    "omissions of another resource": (
        lambda d: d["resources"][0].update(omissions=[OMISSION]),
        "resources[0].omissions",
        "no place here",
    ),
    "an omission without reason": (
        lambda d: d["resources"][-1].update(omissions=[OMISSION | {"reason": " "}]),
        "resources[15].omissions[0].reason",
        "does not have the form",
    ),
    "an omission with more": (
        lambda d: d["resources"][-1].update(omissions=[OMISSION | {"note": "x"}]),
        "resources[15].omissions[0]",
        "'note' was unexpected",
    ),
    "an omission too long": (
        lambda d: d["resources"][-1].update(omissions=[OMISSION | {"quote": "9" * 41}]),
        "resources[15].omissions[0].quote",
        "longer than 40",
    ),
    "an omission of no source": (
        lambda d: d["resources"][-1].update(omissions=[OMISSION | {"source_id": "x"}]),
        "resources[15].omissions[0]",
        "of 'x', which is not in data/paragraphs.csv",
    ),
    "an omission beyond its paragraph": (
        lambda d: d["resources"][-1].update(omissions=[OMISSION | {"start": 998, "end": 999}]),
        "resources[15].omissions[0]",
        "beyond the 17 characters",
    ),
}
SCHEMA: dict[str, tuple[Callable[[Json], object], str, str]] = {
    "no fields": (lambda s: s.pop("fields"), "", "'fields' is a required property"),
    "an unknown type": (lambda s: _field(s, "note").update(type="text"), "fields[9].type", "is not allowed here"),
    "no description": (lambda s: _field(s, "note").pop("description"), "fields[9]", "'description' is a required"),
    "no Chinese title of the table": (lambda s: s.pop("title_zh"), "", "'title_zh' is a required"),
    "no Chinese description of the table": (lambda s: s.pop("description_zh"), "", "'description_zh' is a required"),
    "no Chinese title": (lambda s: _field(s, "note").pop("title_zh"), "fields[9]", "'title_zh' is a required"),
    "no Chinese description": (
        lambda s: _field(s, "note").pop("description_zh"),
        "fields[9]",
        "'description_zh' is a required",
    ),
    "no Chinese label": (
        lambda s: _field(s, "form")["categories"][2].pop("label_zh"),
        "fields[3].categories[2]",
        "'label_zh' is a required",
    ),
    "English for Chinese": (
        lambda s: _field(s, "note").update(title_zh="Note"),
        "fields[9].title_zh",
        '"Note" is not text in Chinese',
    ),
    "a number without a unit": (
        lambda s: _field(s, "duration_years").pop("unit"),
        "fields[6]",
        "nothing says what unit 'duration_years' is in",
    ),
    "a text with a unit": (lambda s: _field(s, "note").update(unit="years"), "fields[9].unit", "no place here"),
    "no provenance": (lambda s: _field(s, "note").pop("provenance"), "fields[9]", "'provenance' is a required"),
    "a misspelt constraint": (
        lambda s: _field(s, "note").update(constraints={"maxlength": 5}),
        "fields[9].constraints",
        "unexpected",
    ),
    "a field twice": (lambda s: s["fields"].append(s["fields"][9]), "fields[10].name", "2 fields are called 'note'"),
    "the schema of another": (lambda s: s.update(name="parks"), "name", "schema of 'parks', not of 'policies'"),
    "a primary key of no field": (lambda s: s.update(primaryKey=["x"]), "primaryKey", "there is no field 'x'"),
    "an optional primary key": (lambda s: s.update(primaryKey=["note"]), "primaryKey", "not required"),
    "a unique key of no field": (lambda s: s.update(uniqueKeys=[["x"]]), "uniqueKeys[0]", "there is no field 'x'"),
    "a foreign key of no field": (
        lambda s: s["foreignKeys"][0].update(fields=["x"]),
        "foreignKeys[0].fields",
        "no field 'x'",
    ),
    "a foreign key of two fields to one": (
        lambda s: s["foreignKeys"][0].update(fields=["policy_id", "note"]),
        "foreignKeys[0]",
        "different numbers of fields",
    ),
    "a foreign key to no table": (
        lambda s: s["foreignKeys"][0]["reference"].update(resource="x"),
        "foreignKeys[0].reference.resource",
        "no resource 'x'",
    ),
    "a foreign key to no field": (
        lambda s: s["foreignKeys"][0]["reference"].update(fields=["x"]),
        "foreignKeys[0].reference.fields",
        "no field 'x'",
    ),
    "a rule for an editorial field": (
        lambda s: _field(s, "note").update(rule="year"),
        "fields[9].rule",
        "no place here",
    ),
    "no rule for a derived field": (
        lambda s: _field(s, "year_issued").pop("rule"),
        "fields[5]",
        "'rule' is a required",
    ),
    "an unknown rule": (
        lambda s: _field(s, "year_issued").update(rule="century"),
        "fields[5].rule",
        "no rule 'century'",
    ),
    "a rule of another type": (
        lambda s: _field(s, "year_issued").update(rule="date"),
        "fields[5].rule",
        "cell of type date",
    ),
    "a quoted number": (
        lambda s: (_field(s, "year_issued").pop("rule"), _field(s, "year_issued").update(provenance="quoted")),
        "fields[5].type",
        "a quoted cell is text",
    ),
    "cited with an editorial field": (
        lambda s: _field(s, "match_ratio").update(provenance="cited_with", cited_with="note", rule="unit"),
        "fields[7].cited_with",
        "'note' is no derived field",
    ),
    "a pattern for an integer": (
        lambda s: _field(s, "year_issued")["constraints"].update(pattern="x"),
        "fields[5].constraints.pattern",
        "no place here",
    ),
    "a pattern that is none": (
        lambda s: _field(s, "match_ratio")["constraints"].update(pattern="(["),
        "fields[7].constraints.pattern",
        "no regular",
    ),
    "a minimum above the maximum": (
        lambda s: _field(s, "duration_years")["constraints"].update(minimum=60),
        "fields[6].constraints.minimum",
        "more than maximum",
    ),
    "a minimum that is text": (
        lambda s: _field(s, "duration_years")["constraints"].update(minimum="1"),
        "fields[6].constraints.minimum",
        "is no integer",
    ),
    "a vocabulary with a term too many": (
        lambda s: _field(s, "form")["constraints"]["enum"].append("law"),
        "fields[3].constraints",
        "not the same terms",
    ),
    "a term that breaks the pattern": (
        lambda s: _field(s, "form")["constraints"].update(pattern="[a-z]+", maxLength=20),
        "fields[3].constraints.enum",
        "'matching_fund' does not",
    ),
}


@pytest.mark.parametrize("name", DESCRIPTOR)
def test_descriptor(package: Path, name: str) -> None:
    """Catches a descriptor that says too little, too much, or what is not true of the files."""
    _assert_problem(package, "datapackage.json", *DESCRIPTOR[name])


@pytest.mark.parametrize("name", SCHEMA)
def test_table_schema(package: Path, name: str) -> None:
    """Catches a table schema that says too little, or that contradicts itself."""
    _assert_problem(package, "schemas/policies.json", *SCHEMA[name])


def test_link_that_leads_out(package: Path, tmp_path: Path) -> None:
    """Catches a link by which a contributed package reads files of the machine that checks it."""
    outside = tmp_path / "outside.csv"
    (package / "data/places.csv").rename(outside)
    (package / "data/places.csv").symlink_to(outside)
    (problem,) = wx.validate(package)
    assert (problem.column, problem.message) == (
        "resources[12].path",
        "data/places.csv is a link that leads out of the folder",
    )


@pytest.mark.parametrize("file", ["CITATION.cff", "CHANGELOG.md"])
def test_version_differs(package: Path, file: str) -> None:
    """Catches a release whose citation file or changelog is of another version."""
    path = package / file
    path.write_text(path.read_text().replace("0.1.0", "9.9.9", 1))
    (problem,) = wx.validate(package)
    assert (problem.file, problem.column) == (file, "version")
    assert "9.9.9" in problem.message


def test_no_version_named(package: Path) -> None:
    """Catches a changelog without a heading for any version."""
    (package / "CHANGELOG.md").write_text("# Changelog\n")
    (problem,) = wx.validate(package)
    assert "names no version" in problem.message


def test_frictionless_accepts_omissions(package: Path) -> None:
    """Catches a property of ours that the reference validator rejects."""
    path = package / "datapackage.json"
    content = json.loads(path.read_text())
    content["resources"][-1]["omissions"] = [OMISSION]
    path.write_text(json.dumps(content))
    assert frictionless.Package(str(path)).validate().valid
    assert wx.validate(package) == []


def test_standard_profiles_accept_the_package() -> None:
    """Catches a descriptor or a schema that breaks Data Package v2."""
    profiles = files("dplib").joinpath("profiles/2.0")
    for path in (ROOT / "datapackage.json", *(ROOT / "schemas").glob("*.json")):
        profile = "datapackage" if path.name == "datapackage.json" else "tableschema"
        jsonschema.Draft7Validator(json.loads(profiles.joinpath(f"{profile}.json").read_text())).validate(
            json.loads(path.read_text())
        )


def test_frictionless_finds_the_package_valid() -> None:
    """Catches a package that the reference validator rejects."""
    report = frictionless.Package(str(ROOT / "datapackage.json")).validate()
    assert report.valid, report.to_summary()


def test_one_vocabulary_under_one_name() -> None:
    """Catches a vocabulary that drifts apart between the tables that share it."""
    shared: dict[str, set[str]] = {}
    for table in wx.tables():
        for field in wx.describe(table).fields:
            if field.name in ("sector", "qualifier", "unit"):
                shared.setdefault(field.name, set()).add(str(dict(field.vocabulary)))
    assert {name: len(vocabularies) for name, vocabularies in shared.items()} == {
        "sector": 1,
        "qualifier": 1,
        "unit": 1,
    }


def test_unit_stands_once(package: Path) -> None:
    """Catches a unit in the schema that contradicts the one that each row names."""
    change = ("schemas/talent_benefits.json", lambda s: _field(s, "value").update(unit="years"))
    _assert_problem(package, *change, "fields[6].unit", "the unit of 'value' stands in the field 'unit' of each row")


def test_one_translation_of_one_wording() -> None:
    """Catches Chinese wording that drifts apart where the English is the same, such as a term of several tables."""
    pairs: dict[str, set[str]] = {}
    for schema in map(wx.describe, wx.tables()):
        for field in schema.fields:
            words = {field.title: field.title_zh, field.description: field.description_zh}
            words |= {label: field.vocabulary_zh[term] for term, label in field.vocabulary.items()}
            for english, chinese in words.items():
                pairs.setdefault(english, set()).add(chinese)
    drifted = {english: chinese for english, chinese in pairs.items() if len(chinese) > 1}
    assert drifted == {}


def _assert_problem(package: Path, file: str, change: Callable[[Json], object], column: str, message: str) -> None:
    path = package / file
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    problems = wx.validate(package)
    assert len(problems) == 1, "\n".join(map(str, problems))
    (problem,) = problems
    assert problem.file == ("schemas/x.json" if message == "no such file" else file)
    assert problem.column == (column or None)
    assert message in problem.message
    if column and problem.file == file:
        key = re.sub(r"\[\d+\]$", "", column).rpartition(".")[2]
        line = path.read_text().split("\n")[(problem.line or 0) - 1]
        assert f'"{key}"' in line or column.endswith("]")
