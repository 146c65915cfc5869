"""`schema-org.jsonld`: the package for search engines, as a schema.org Dataset by Google's guidelines.

Addresses are relative to the file. By the guidelines, `citation` names other works. So the line to cite this package by
is the `creditText`.
"""

from collections.abc import Iterator

from localized_package import LocalizedPackage, Row
from metadata.asset_names import homepage
from wuxi_outsourcing.engine.package import SOURCES

from .dataset_terms import dataset, downloads, json_ld

PLACES, PLACE_ID = "places", "place_id"


def schema_org(localized: LocalizedPackage) -> str:
    """The file's text."""
    descriptor = localized.package.descriptor
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": descriptor["title"],
        "alternateName": descriptor.get("title_zh"),
        "description": descriptor["description"],
        "@id": homepage(descriptor),
        "identifier": descriptor["name"],
        **dataset(localized),
        "isAccessibleForFree": True,
        "creditText": localized.how_to_cite,
        "temporalCoverage": _years(localized),
        "spatialCoverage": list(_places(localized)),
        "variableMeasured": _variables(localized),
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": source["title_zh"],
                "alternateName": source["title_en"],
                "url": source["url"],
                **_date_published(source),
                "inLanguage": source["language"],
            }
            for source in localized.rows[SOURCES]
        ],
        "distribution": [
            {"@type": "DataDownload", "name": schema.title, **download}
            for schema, download in zip(localized.schemas, downloads(localized), strict=True)
        ],
    }
    return json_ld({name: value for name, value in described.items() if value})


def _date_published(source: Row) -> dict[str, str]:
    """The day of publication of a source that has one."""
    day = source["published_on"]
    return {} if day is None else {"datePublished": str(day)}


def _years(localized: LocalizedPackage) -> str:
    """From the first to the last year that the tables date something to, as ISO 8601 has it."""
    years: list[str] = []
    for schema, field in localized.fields:
        if schema.name != SOURCES and field.rule in ("year", "date"):
            years += [str(cell)[:4] for cell in localized.filled_cells(schema, field)]
    return f"{min(years)}/{max(years)}" if years else ""


def _places(localized: LocalizedPackage) -> Iterator[dict[str, object]]:
    """The places that rows of other tables are about."""
    named: set[object] = set()
    for schema in localized.schemas:
        if schema.name == PLACES:
            continue
        for key in schema.foreign_keys:
            # Other keys name what a row is compared with, such as the whole that a share is of.
            if key.resource == PLACES and key.fields == (PLACE_ID,):
                named.update(row[PLACE_ID] for row in localized.rows[schema.name])
    for row in localized.rows.get(PLACES, ()):
        if row[PLACE_ID] in named:
            yield {"@type": "Place", "name": row["name_en"], "alternateName": row["name_zh"]}


def _variables(localized: LocalizedPackage) -> list[dict[str, object]]:
    """Each indicator or benefit for which there is a figure, with its unit."""
    variables: dict[tuple[str, str | None], dict[str, object]] = {}
    for schema, field in localized.fields:
        if field.rule != "quantity":
            continue
        unit_fields = [other.name for other in schema if other.rule == "unit" and other.cited_with == field.name]
        for row in localized.rows[schema.name]:
            if row[field.name] is None:
                continue
            unit = row[unit_fields[0]] if unit_fields else field.unit
            english = row.get("label_en") or row.get("name_en") or ""
            chinese = row.get("label_zh") or row.get("name_zh") or ""
            variable = {"@type": "PropertyValue", "name": english, "alternateName": chinese, "unitText": unit}
            variables.setdefault((english, unit), variable)
    return list(variables.values())
