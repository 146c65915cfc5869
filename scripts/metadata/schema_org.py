"""`schema-org.jsonld`: the package for search engines, as a schema.org Dataset by Google's guidelines.

Addresses are relative to the file. Google would have the citation of the data set itself made from its parts, and
`citation` name other works: so the line to cite by is the `creditText`.
"""

from collections.abc import Iterator
from itertools import chain

from wuxi_outsourcing.exporting.content import Content, citation_line
from wuxi_outsourcing.package import SOURCES, TableSchema
from wuxi_outsourcing.reading import type_of_cell

from .common import creators, dumped, languages, licence, published, sources

PLACES = "places"


def schema_org(content: Content) -> str:
    """The file's text."""
    package = content.package
    descriptor = package.descriptor
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": descriptor["title"],
        "alternateName": descriptor.get("title_zh"),
        "description": descriptor["description"],
        "identifier": descriptor["name"],
        "version": package.version,
        "datePublished": published(package),
        "license": licence(package)["path"],
        "isAccessibleForFree": True,
        "creator": creators(package),
        "creditText": citation_line(package),
        "inLanguage": languages(content),
        "keywords": descriptor["keywords"],
        "temporalCoverage": _years(content),
        "spatialCoverage": list(_places(content)),
        "variableMeasured": list(_variables(content)),
        "isBasedOn": [
            {
                "@type": "NewsArticle",
                "name": source["title_zh"],
                "alternateName": source["title_en"],
                "url": source["url"],
                "datePublished": str(source["published_on"]),
                "inLanguage": source["language"],
            }
            for source in sources(content)
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": resource["title"],
                "description": resource["description"],
                "contentUrl": resource["path"],
                "encodingFormat": resource["mediatype"],
                "contentSize": f"{resource['bytes']} B",
                "sha256": resource["hash"].removeprefix("sha256:"),
            }
            for resource in descriptor["resources"]
        ],
    }
    return dumped({name: value for name, value in described.items() if value})


def _years(content: Content) -> str:
    """From the first to the last year that the tables date something to, as ISO 8601 has it."""
    tables = (schema for schema in content.package.schemas.values() if schema.name != SOURCES)
    years = sorted(
        str(cell)[:4]
        for schema in tables
        for row in content.rows[schema.name]
        for field, cell in zip(schema.fields, row, strict=True)
        if field.rule in ("year", "date") and cell is not None
    )
    return f"{years[0]}/{years[-1]}" if years else ""


def _places(content: Content) -> Iterator[dict[str, object]]:
    """The places that rows of other tables are about."""
    if PLACES not in content.package.schemas:
        return
    tables = [schema for schema in content.package.schemas.values() if schema.name != PLACES]
    named = set(chain.from_iterable(_references(content, schema, PLACES) for schema in tables))
    schema = content.package.schema(PLACES)
    for row in content.rows[PLACES]:
        if content.row_id(schema, row) in named:
            english, chinese = _names(content, schema, row)
            yield {"@type": "Place", "name": english, "alternateName": chinese}


def _references(content: Content, schema: TableSchema, resource: str) -> Iterator[type_of_cell]:
    """What a table's cells refer to in another."""
    for key in schema.foreign_keys:
        if key.resource == resource and len(key.fields) == 1:
            number = schema.names.index(key.fields[0])
            yield from (row[number] for row in content.rows[schema.name])


def _variables(content: Content) -> Iterator[dict[str, object]]:
    """Every indicator that there is a figure for, with its unit."""
    seen = set()
    for schema in content.package.schemas.values():
        for figure in (field for field in schema.fields if field.rule == "quantity"):
            units = [field.name for field in schema.fields if field.rule == "unit" and field.cited_with == figure.name]
            for row in content.rows[schema.name]:
                cells = dict(zip(schema.names, row, strict=True))
                unit = cells[units[0]] if units else figure.unit
                english, chinese = _names(content, schema, row)
                if cells[figure.name] is not None and (english, unit) not in seen:
                    seen.add((english, unit))
                    yield {"@type": "PropertyValue", "name": english, "alternateName": chinese, "unitText": unit}


def _names(content: Content, schema: TableSchema, row: tuple[type_of_cell, ...]) -> tuple[type_of_cell, type_of_cell]:
    """What a row is called, in English and as printed: its first cells in the two languages."""
    cells = dict(zip(schema.names, row, strict=True))
    english = next((cell for name, cell in cells.items() if name.endswith("_en")), content.row_id(schema, row))
    return english, next((cell for name, cell in cells.items() if name.endswith("_zh")), None)
