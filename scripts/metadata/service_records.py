"""The records of single services: GitHub's citation, Zenodo's deposit, and what Datasette shows beside the data."""

import json
from html import escape

from localized_package import LocalizedPackage, Row, data_licence
from metadata.asset_names import homepage, repository
from wuxi_outsourcing.engine.export.cells_table import cells_schema
from wuxi_outsourcing.engine.package import SOURCES

from .dataset_terms import creators, json_ld

# What the SQLite file says about itself.
_INTERNAL = ("_fields", "_package", "_tables", "_terms")


def citation_file(localized: LocalizedPackage) -> str:
    """`CITATION.cff`, in the Citation File Format 1.2.0: a line for each key, with its value as JSON, which is YAML."""
    descriptor = localized.package.descriptor
    references = [_reference(source) for source in localized.rows[SOURCES]]
    values = {
        "cff-version": "1.2.0",
        "message": "If you use this data, please cite it as below.",
        "type": "dataset",
        "title": descriptor["title"],
        "version": localized.package.version,
        "date-released": descriptor["created"][:10],
        "authors": _authors(localized),
        "url": homepage(descriptor),
        "repository-code": repository(descriptor),
        "license": [licence["name"] for licence in descriptor["licenses"]],
        "keywords": descriptor["keywords"],
        "references": references,
    }
    given = {name: value for name, value in values.items() if value is not None}
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in given.items())


def _reference(source: Row) -> dict[str, object]:
    """A source as a work that the package refers to."""
    reference = {
        "type": "generic",
        "title": source["title_zh"],
        "authors": [{"name": "not named by the source"}],  # the format asks for an author of each work
        "url": source["url"],
    }
    if source["published_on"] is not None:
        reference["date-published"] = str(source["published_on"])
    return reference


def _authors(localized: LocalizedPackage) -> list[dict[str, str]]:
    """Who made the package: people with their family names, others with one name."""
    authors = []
    for person, creator in zip(localized.package.descriptor["contributors"], creators(localized), strict=True):
        if "familyName" in person:
            authors.append({"family-names": person["familyName"], "given-names": person.get("givenName", "")})
        else:
            authors.append({"name": creator["name"]})
    return authors


def zenodo(localized: LocalizedPackage) -> str:
    """`.zenodo.json`, in the terms of Zenodo's deposit API, which shows description and notes as HTML."""
    descriptor = localized.package.descriptor
    return json_ld(
        {
            "title": descriptor["title"],
            "upload_type": "dataset",
            "description": escape(descriptor["description"]),
            "creators": [{"name": creator["name"]} for creator in creators(localized)],
            "access_right": "open",
            "license": data_licence(localized)["name"].lower(),
            "publication_date": descriptor["created"][:10],
            "version": localized.package.version,
            "language": "zho",  # ISO 639-3, of the source; there can be only one
            "keywords": descriptor["keywords"],
            "related_identifiers": [
                {"identifier": source["url"], "relation": "isDerivedFrom", "resource_type": "publication-other"}
                for source in localized.rows[SOURCES]
            ],
            "notes": escape(localized.how_to_cite),
        }
    )


def datasette(localized: LocalizedPackage) -> str:
    """`datasette.json`, for a database with the package's name: dots in the name break Datasette's links."""
    descriptor = localized.package.descriptor
    sources = localized.rows[SOURCES]
    tables: dict[str, dict[str, object]] = {}
    for schema in (*localized.schemas, cells_schema()):
        columns = {field.name: f"{field.title}: {field.description}" for field in schema}
        tables[schema.name] = {"title": schema.title, "description": schema.description, "columns": columns}
        labels = [name for name in ("label_en", "name_en", "title_en") if name in schema.names]
        if labels:  # the column that a link to a row shows
            tables[schema.name]["label_column"] = labels[0]
    tables |= {name: {"hidden": True} for name in _INTERNAL}
    shown = {
        "title": descriptor["title"],
        "description": descriptor["description"],
        "license": data_licence(localized)["name"],
        "license_url": data_licence(localized)["path"],
        "source": "; ".join(source["title_en"] for source in sources),
        # One address is all that Datasette links.
        "source_url": sources[0]["url"] if len(sources) == 1 else None,
        "about": descriptor["name"],
        "about_url": homepage(descriptor),
        "databases": {descriptor["name"]: {"tables": tables}},
    }
    return json_ld({name: value for name, value in shown.items() if value is not None})
