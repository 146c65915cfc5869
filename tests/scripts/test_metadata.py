"""What machines read about a package: Croissant, schema.org, Zenodo, the citation file and Datasette."""

import datetime as dt
import json
import logging
import re
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import mlcroissant
import pytest
import yaml

from localized_package import LocalizedPackage, open_localized
from metadata.croissant import croissant
from metadata.schema_org import schema_org
from metadata.service_records import citation_file, datasette, zenodo
from support import DESCRIPTOR, FROZEN, edit_json, swap
from wuxi_outsourcing.engine.opening import open_package

# The keys of the Citation File Format 1.2.0, whose readers refuse a file with another.
CITATION_KEYS = (
    "abstract authors cff-version commit contact date-released doi identifiers keywords license license-url message "
    "preferred-citation references repository repository-artifact repository-code title type url version"
)
HOSTILE = "</script><img src=x onerror=alert(1)> \"=cmd|' /C calc'!A0"


def localized(root: Path = FROZEN) -> LocalizedPackage:
    return open_localized("en", root)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[mlcroissant.Dataset]:
    """The package, read through its Croissant file by the reference implementation, offline and without a warning."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("this uses the network")

    package = shutil.copytree(FROZEN, tmp_path_factory.mktemp("croissant"), dirs_exist_ok=True)
    (package / "croissant.json").write_text(croissant(localized()), encoding="utf-8")
    logged: list[logging.LogRecord] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logging.Logger, "handle", lambda _, record: logged.append(record))
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        dataset = mlcroissant.Dataset(str(package / "croissant.json"))
        issues = dataset.metadata.ctx.issues
        assert (issues.errors, issues.warnings, logged) == (set(), set(), [])
        yield dataset


def test_croissant_describes_the_package(dataset: mlcroissant.Dataset) -> None:
    """Catches another version, licence, day or file than the package's."""
    metadata, descriptor = dataset.metadata, localized().package.descriptor
    assert metadata.ctx.is_v1_1()
    assert metadata.version == descriptor["version"]
    assert metadata.date_published == dt.datetime.fromisoformat(descriptor["created"][:10])
    assert metadata.license == [descriptor["licenses"][0]["path"]]
    assert metadata.cite_as == localized().how_to_cite
    assert {file.content_url: file.sha256 for file in metadata.distribution} == {
        resource["path"]: resource["hash"].removeprefix("sha256:") for resource in descriptor["resources"]
    }


def test_croissant_reads_every_cell(dataset: mlcroissant.Dataset) -> None:
    """Catches a column that is missing, of another type, or read differently than the package reads it."""
    package = open_package(FROZEN)
    for table in package.paths:
        read = [{name: _typed(_plain(cell)) for name, cell in record.items()} for record in dataset.records(table)]
        assert read == [
            {f"{table}/{name}": _typed(_as_declared(table, name, cell)) for name, cell in row.items()}
            for row in package.rows(table)
        ], table


def test_croissant_reads_every_vocabulary(dataset: mlcroissant.Dataset) -> None:
    """Catches a vocabulary that is missing, or lacks a term, or its label or description in one language."""
    fields = [(schema, field) for schema, field in localized().fields if field.vocabulary]
    names = ("value", "name", "name_zh", "description", "description_zh")
    assert fields
    for schema, field in fields:
        terms = f"{schema.name}/{field.name}/terms"
        read = [tuple(_plain(record[f"{terms}/{name}"]) for name in names) for record in dataset.records(terms)]
        expected = []
        for term, label in field.vocabulary.items():
            descriptions = (field.term_descriptions[term], field.term_descriptions_zh[term])
            expected.append((term, label, field.vocabulary_zh[term], *descriptions))
        assert read == expected


def test_croissant_has_every_key() -> None:
    """Catches a primary key, or a foreign key of one field, that is not declared."""
    record_sets = {record["@id"]: record for record in json.loads(croissant(localized()))["recordSet"]}
    for schema in localized().schemas:
        fields = {field["@id"]: field for field in record_sets[schema.name]["field"]}
        keys = [field["@id"] for field in record_sets[schema.name]["key"]]
        assert keys == [f"{schema.name}/{name}" for name in schema.primary_key]
        for key in schema.foreign_keys:
            if len(key.fields) == 1:
                path = localized().package.paths[key.resource]
                column = {"fileObject": {"@id": path}, "extract": {"column": key.reference_fields[0]}}
                assert fields[f"{schema.name}/{key.fields[0]}"]["references"] == column


def test_schema_org_has_what_google_asks_for() -> None:
    """Catches metadata that a search engine for data sets passes over, and a file that is not as described."""
    described = json.loads(schema_org(localized()))
    assert (described["@context"], described["@type"]) == ("https://schema.org/", "Dataset")
    assert 50 <= len(described["description"]) <= 5000
    assert described["temporalCoverage"] == "2008/2025"
    places = [place["name"] for place in described["spatialCoverage"]]
    assert "Yunchuan" in places
    assert "Jiangling Province" not in places  # it only says where Yunchuan is
    measured = {(variable["name"], variable["unitText"]) for variable in described["variableMeasured"]}
    assert {("Executed value of service outsourcing", "CNY"), ("Service outsourcing parks built", "count")} <= measured
    assert [work["url"] for work in described["isBasedOn"]] == [source["url"] for source in localized().rows["sources"]]
    for download in described["distribution"]:
        assert download["contentSize"] == f"{(FROZEN / download['contentUrl']).stat().st_size} B"
        assert download["encodingFormat"] == "text/csv"


def test_zenodo_accepts_the_record() -> None:
    """Catches a record that Zenodo's deposit API would refuse: an unknown property, or a required one missing."""
    record = json.loads(zenodo(localized()))
    known = {"access_right", "creators", "description", "keywords", "language", "license", "notes", "publication_date"}
    assert record.keys() <= known | {"related_identifiers", "title", "upload_type", "version"}
    assert (record["upload_type"], record["access_right"], record["license"]) == ("dataset", "open", "cc-by-4.0")
    assert record["title"]
    assert record["description"]
    assert all(creator.keys() == {"name"} and creator["name"] for creator in record["creators"])
    assert re.fullmatch("[a-z]{3}", record["language"])
    assert dt.date.fromisoformat(record["publication_date"])
    for related in record["related_identifiers"]:
        assert related["relation"] == "isDerivedFrom"
        assert related["identifier"].startswith("http")


def test_citation_file_agrees_with_the_package() -> None:
    """Catches a citation file that its readers refuse, and another title, version, day or author than the package's."""
    cited, descriptor = yaml.safe_load(citation_file(localized())), localized().package.descriptor
    assert cited.keys() <= set(CITATION_KEYS.split())
    assert cited["title"] == descriptor["title"]
    assert (cited["version"], str(cited["date-released"])) == (descriptor["version"], descriptor["created"][:10])
    assert [author["name"] for author in cited["authors"]] == [person["title"] for person in descriptor["contributors"]]
    assert [work["url"] for work in cited["references"]] == [source["url"] for source in localized().rows["sources"]]
    assert not cited.keys() & {"url", "repository-code"}  # the frozen package has no address


def test_datasette_knows_every_table(exports: dict[str, Path]) -> None:
    """Catches a table or column without a description, a label that is no column, and an internal table in the list."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' OR name = 'cells'"
    with closing(sqlite3.connect(exports["sqlite"])) as database:
        names = [name for (name,) in database.execute(query)]
        columns = {name: [row[1] for row in database.execute(f"PRAGMA table_info({name})")] for name in names}
    (tables,) = (described["tables"] for described in json.loads(datasette(localized()))["databases"].values())
    assert set(tables) == set(names)
    for name, table in tables.items():
        assert table.get("hidden", False) == name.startswith("_")
        assert name.startswith("_") or list(table["columns"]) == columns[name]
        assert table.get("label_column", columns[name][0]) in columns[name]


def test_people_are_named_in_full(package: Path) -> None:
    """Catches a contributor whose name is in two parts, and who is left without one."""
    person = {"givenName": "Mei", "familyName": "Li"}
    edit_json(package, DESCRIPTOR, lambda descriptor: descriptor["contributors"].append(person))
    content = localized(package)
    for make in (croissant, schema_org):
        assert json.loads(make(content))["creator"][1:] == [{"@type": "Person", "name": "Mei Li"}]
    assert json.loads(zenodo(content))["creators"][1:] == [{"name": "Mei Li"}]
    named = yaml.safe_load(citation_file(content))["authors"][1:]
    assert named == [{"family-names": "Li", "given-names": "Mei"}]


def test_hostile_texts_stay_texts(package: Path) -> None:
    """Catches a cell or a title that is markup where a page shows the metadata, or that breaks the JSON."""

    def spoil(descriptor: dict[str, Any]) -> None:
        descriptor |= {"title": HOSTILE, "description": HOSTILE}
        del descriptor["title_zh"], descriptor["description_zh"]

    edit_json(package, DESCRIPTOR, spoil)
    swap(package, "data/places.csv", ",Yunchuan,", ",</script>,")
    content = localized(package)
    for make in (croissant, schema_org):
        text = make(content)
        assert "<" not in text
        assert HOSTILE in json.loads(text)["description"]
    assert "</script>" in [place["name"] for place in json.loads(schema_org(content))["spatialCoverage"]]
    record = json.loads(zenodo(content))
    assert "<" not in record["description"] + record["notes"]
    assert record["title"] == HOSTILE


def _typed(cell: object) -> tuple[type, object]:
    """A cell with its type, since 2007 equals 2007.0, and 1 equals True."""
    return type(cell), cell


def _plain(cell: object) -> object:
    """What mlcroissant gives, without its own types."""
    if isinstance(cell, bytes):
        return cell.decode()
    return cell.date() if isinstance(cell, dt.datetime) else cell


def _as_declared(table: str, name: str, cell: object) -> object:
    """A cell as the Croissant file declares it: codes in digits are numbers where some are missing."""
    return int(str(cell)) if (table, name) == ("places", "gb2260") and cell is not None else cell
