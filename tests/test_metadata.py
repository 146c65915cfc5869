"""What machines read about the package: Croissant, schema.org, Zenodo and Web Annotations."""

import csv
import datetime as dt
import json
import re
import socket
from pathlib import Path
from typing import Any

import mlcroissant
import pytest

import wuxi_outsourcing as wx
from conftest import ROOT
from metadata.annotations import annotations
from metadata.croissant import croissant
from metadata.schema_org import schema_org
from metadata.zenodo import zenodo
from mini import ARTICLE, make_mini
from wuxi_outsourcing.exporting.content import read_content
from wuxi_outsourcing.package import installed, read_package
from wuxi_outsourcing.source_text import read_source

HOSTILE = "</script><img src=x onerror=alert(1)> \"=cmd|' /C calc'!A0"
# What the annotation model lets each kind of thing say, of what is said here, and must have.
MODEL = {
    "AnnotationCollection": {"@context", "id", "type", "label", "created", "creator", "rights", "total", "first"},
    "AnnotationPage": {"id", "type", "startIndex", "items"},
    "Annotation": {"id", "type", "motivation", "body", "target"},
    "SpecificResource": {"type", "source", "selector"},
    "FragmentSelector": {"type", "conformsTo", "value"},
    "TextPositionSelector": {"type", "start", "end"},
    "TextQuoteSelector": {"type", "exact"},
    "Organization": {"type", "name"},
}


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No network: what tries to use it fails."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("this goes to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def saved(name: str) -> Any:
    """A file of metadata, as it is in the repository."""
    return json.loads((ROOT / name).read_text(encoding="utf-8"))


@pytest.fixture
def dataset(offline: None, caplog: pytest.LogCaptureFixture) -> mlcroissant.Dataset:  # noqa: ARG001
    """The package, read through `croissant.json` by the reference implementation, which finds nothing wrong."""
    dataset = mlcroissant.Dataset(str(ROOT / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    assert (issues.errors, issues.warnings) == (set(), set())
    assert [record.getMessage() for record in caplog.records] == []
    return dataset


def test_croissant_says_what_it_is(dataset: mlcroissant.Dataset) -> None:
    """Catches metadata that is read as another version, licence or day than the package's."""
    metadata = dataset.metadata
    assert metadata.ctx.is_v1_1()
    assert metadata.version == wx.__version__
    assert metadata.date_published == dt.datetime.fromisoformat(installed().descriptor["created"][:10])
    assert metadata.license == ["https://creativecommons.org/licenses/by/4.0/"]
    assert not metadata.ctx.is_live_dataset
    assert metadata.cite_as
    assert {each.content_url: each.sha256 for each in metadata.distribution} == {
        each["path"]: each["hash"].removeprefix("sha256:") for each in installed().descriptor["resources"]
    }


def test_croissant_has_every_cell(dataset: mlcroissant.Dataset) -> None:
    """Catches a column that is not there, of another type, or read otherwise than `wx.rows` reads it."""
    for table in wx.tables():
        read = [{name: typed(plain(cell)) for name, cell in record.items()} for record in dataset.records(table)]
        assert read == [
            {f"{table}/{name}": typed(as_declared(table, name, cell)) for name, cell in row.items()}
            for row in wx.rows(table)
        ]


def typed(cell: object) -> tuple[type, object]:
    """A cell with its type, since 2007 is equal to 2007.0, and 1 to True."""
    return type(cell), cell


def plain(cell: object) -> object:
    """What mlcroissant gives, without its own types."""
    if isinstance(cell, bytes):
        return cell.decode()
    return cell.date() if isinstance(cell, dt.datetime) else cell


def as_declared(table: str, name: str, cell: object) -> object:
    """A cell as `croissant.json` says it is: codes in digits are numbers where some are missing."""
    return int(str(cell)) if (table, name) == ("places", "gb2260") and cell is not None else cell


def test_croissant_has_every_vocabulary(dataset: mlcroissant.Dataset) -> None:
    """Catches a vocabulary that is missing, or lacks a term or what the term means."""
    fields = [(table, field) for table in wx.tables() for field in wx.describe(table).fields if field.vocabulary]
    assert len(fields) > 10
    for table, field in fields:
        terms = f"{table}/{field.name}/terms"
        read = [
            tuple(plain(record[f"{terms}/{name}"]) for name in ("value", "name", "name_zh"))
            for record in dataset.records(terms)
        ]
        assert read == [(term, label, field.vocabulary_zh[term]) for term, label in field.vocabulary.items()]


def test_croissant_has_every_key() -> None:
    """Catches a primary key, or a foreign key of one field, that is not declared."""
    record_sets = {each["@id"]: each for each in saved("croissant.json")["recordSet"]}
    for table in wx.tables():
        schema, fields = wx.describe(table), {each["@id"]: each for each in record_sets[table]["field"]}
        assert [each["@id"] for each in record_sets[table]["key"]] == [f"{table}/{name}" for name in schema.primary_key]
        for key in schema.foreign_keys:
            if len(key.fields) == 1:
                references = fields[f"{table}/{key.fields[0]}"]["references"]
                path = installed().paths[key.resource]
                assert references == {"fileObject": {"@id": path}, "extract": {"column": key.reference_fields[0]}}


def test_schema_org_is_what_google_asks_for() -> None:
    """Catches metadata that a search engine for data sets passes over, and a file that is not as described."""
    described = saved("schema-org.jsonld")
    assert (described["@context"], described["@type"]) == ("https://schema.org/", "Dataset")
    assert described["version"] == wx.__version__
    assert 50 <= len(described["description"]) <= 5000
    assert re.fullmatch(r"\d{4}/\d{4}", described["temporalCoverage"])
    places = [place["name"] for place in described["spatialCoverage"]]
    assert "Wuxi" in places
    assert "Jiangsu" not in places  # which only says where Wuxi is
    measured = {each["name"]: each["unitText"] for each in described["variableMeasured"]}
    assert measured["Revenue of the internet of things industry"] == "CNY"
    assert measured["Service outsourcing parks built"] == "count"
    assert [each["url"] for each in described["isBasedOn"]] == [each["url"] for each in wx.rows("sources")]
    assert len(described["distribution"]) == len(wx.tables())
    for download in described["distribution"]:
        data = (ROOT / download["contentUrl"]).read_bytes()
        assert download["contentSize"] == f"{len(data)} B"
        assert download["encodingFormat"] == "text/csv"


def test_zenodo_takes_it() -> None:
    """Catches a record that Zenodo's deposit API would refuse: unknown names, or what must be there and is not."""
    record = saved(".zenodo.json")
    known = {"access_right", "creators", "description", "keywords", "language", "license", "notes", "publication_date"}
    assert record.keys() <= known | {"related_identifiers", "title", "upload_type", "version"}
    assert (record["upload_type"], record["access_right"], record["license"]) == ("dataset", "open", "cc-by-4.0")
    assert record["title"]
    assert record["description"]
    assert all(each.keys() == {"name"} and each["name"] for each in record["creators"])
    assert len(set(record["keywords"])) == len(record["keywords"])
    assert re.fullmatch("[a-z]{3}", record["language"])
    assert dt.date.fromisoformat(record["publication_date"])
    assert record["version"] == wx.__version__
    for each in record["related_identifiers"]:
        assert each["relation"] == "isDerivedFrom"
        assert each["identifier"].startswith("http")


def items(collection: Any) -> list[Any]:
    """The annotations of a collection, whose parts are as the model has them."""
    check_model(collection)
    found: list[Any] = collection["first"]["items"]
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["total"] == len(found) > 0
    assert len({each["id"] for each in found}) == len(found)
    return found


def check_model(value: Any) -> None:
    """Look at a value, and at all inside it: what says what it is must say what such a thing must."""
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        check_model(inner)
    if isinstance(value, dict):
        names = {name for name in value if not name.startswith("dcterms:")}
        assert names == MODEL[value["type"]], value


def test_annotations_have_every_citation() -> None:
    """Catches a citation without its annotation, or one for another cell, by name or by place."""
    found = items(saved("annotations.jsonld"))
    cited = [(each["table"], each["row_id"], each["field"], each["quote"]) for each in wx.rows("evidence")]
    names = [each["body"]["dcterms:identifier"].split("/") for each in found]
    assert [(*name, quote_of(each)) for name, each in zip(names, found, strict=True)] == cited
    for (table, row_id, field), each in zip(names, found, strict=True):
        body = each["body"]
        row, column = map(int, body["selector"]["value"].removeprefix("cell=").split(","))
        with (ROOT / body["source"]).open(encoding="utf-8", newline="") as stream:
            lines = list(csv.reader(stream))
        schema = wx.describe(table)
        assert lines[0][column - 1] == field
        assert schema.row_id(dict(zip(lines[0], lines[row - 1], strict=True))) == row_id


def quote_of(annotation: Any) -> str:
    """The quote that an annotation's target is to have."""
    quote: str = annotation["target"]["selector"][1]["exact"]
    return quote


def check_positions(found: list[Any], article: Path) -> None:
    """Cut each target out of the canonical text by its position alone."""
    text = read_source(article).text
    for each in found:
        position = each["target"]["selector"][0]
        assert text[position["start"] : position["end"]] == quote_of(each)


def test_annotations_of_the_article(article: Path) -> None:
    """Catches a position that does not cut exactly the quote out of the canonical text."""
    check_positions(items(saved("annotations.jsonld")), article)


def test_annotations_of_another_article(tmp_path: Path) -> None:
    """Catches the same where the article is not at hand."""
    content = read_content(read_package(make_mini(tmp_path)))
    found = items(json.loads(annotations(content)))
    check_positions(found, ARTICLE)
    assert {each["target"]["source"] for each in found} == {"https://example.org/a"}


def test_people_as_the_standard_names_them(package: Path) -> None:
    """Catches a contributor whose name is in two pieces, and who can't be named."""
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["contributors"].append({"givenName": "Mei", "familyName": "Li"})
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    content = read_content(read_package(package))
    for make in (croissant, schema_org):
        assert json.loads(make(content))["creator"][1:] == [{"@type": "Person", "name": "Mei Li"}]
    assert json.loads(annotations(content))["creator"][1:] == [{"type": "Person", "name": "Mei Li"}]
    assert json.loads(zenodo(content))["creators"][1:] == [{"name": "Mei Li"}]


def test_hostile_words_stay_words(package: Path) -> None:
    """Catches a cell or a title that is markup where a page shows the metadata, or that breaks the JSON."""
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["title"] = descriptor["description"] = HOSTILE
    del descriptor["title_zh"], descriptor["description_zh"]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    path = package / "data/evidence.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("“123”计划政策", "</script>", 1), encoding="utf-8")
    content = read_content(read_package(package))
    for make in (croissant, schema_org, annotations):
        text = make(content)
        assert "<" not in text
    record = json.loads(zenodo(content))
    assert "<" not in record["description"] + record["notes"]
    assert record["title"] == HOSTILE
    for make, key in ((croissant, "description"), (schema_org, "description"), (annotations, "label")):
        assert HOSTILE in json.loads(make(content))[key]
