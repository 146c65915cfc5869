"""`croissant.json`: the package for machine-learning tools, in Croissant 1.1.

The specification also asks for the `url` of a page about the data set; the descriptor has none, so none is given.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from wuxi_outsourcing.exporting.content import Content, citation_line
from wuxi_outsourcing.package import Field, Package, TableSchema
from wuxi_outsourcing.reading import type_of_cell

from .common import by_language, creators, dumped, languages, licence, published

# The specification's own: mlcroissant warns of any other.
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
DIGITS = re.compile("[1-9][0-9]*")


def croissant(content: Content) -> str:
    """The file's text."""
    package = content.package
    descriptor = package.descriptor
    schemas = package.schemas.values()
    return dumped(
        {
            "@context": CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.1",
            "name": by_language(descriptor["title"], descriptor.get("title_zh", "")),
            "description": by_language(descriptor["description"], descriptor.get("description_zh", "")),
            "version": package.version,
            "datePublished": published(package),
            "license": licence(package)["path"],
            "creator": creators(package),
            "citeAs": citation_line(package),
            "inLanguage": languages(content),
            "keywords": descriptor["keywords"],
            "isLiveDataset": False,
            "distribution": [_file(resource) for resource in descriptor["resources"]],
            "recordSet": [
                *(_table(content, schema) for schema in schemas),
                *(_vocabulary(schema, field) for schema in schemas for field in schema.fields if field.vocabulary),
            ],
        }
    )


def _file(resource: Mapping[str, Any]) -> dict[str, Any]:
    path = resource["path"]
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path.rpartition("/")[2],
        "description": resource["description"],
        "contentUrl": path,
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": resource["mediatype"],
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _table(content: Content, schema: TableSchema) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": schema.name,
        "name": by_language(schema.title, schema.title_zh),
        "description": by_language(schema.description, schema.description_zh),
        "key": [{"@id": f"{schema.name}/{name}"} for name in schema.primary_key],
        "field": [_field(content, schema, number) for number in range(len(schema.fields))],
    }


def _field(content: Content, schema: TableSchema, number: int) -> dict[str, Any]:
    package, field = content.package, schema.fields[number]
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{schema.name}/{field.name}",
        "name": by_language(field.title, field.title_zh),
        "description": by_language(field.description, field.description_zh),
        "dataType": _type(field, [row[number] for row in content.rows[schema.name]]),
        "source": _column(package, schema.name, field.name),
    }
    # Croissant has no key of several fields, and mlcroissant can't follow a reference from record set to record set
    # to record set, nor one to the same table: so each names the column.
    for key in schema.foreign_keys:
        if key.fields == (field.name,):
            described["references"] = _column(package, key.resource, *key.reference_fields)
    if field.vocabulary:
        described["references"] = {"field": {"@id": f"{_terms(schema, field)}/value"}}
    return described


def _type(field: Field, cells: Sequence[type_of_cell]) -> str:
    """The field's type. Digits are text only where no cell is empty: mlcroissant reads 320200 as 320200.0 otherwise."""
    filled = [str(cell) for cell in cells if cell is not None]
    digits = field.type == "string" and None in cells and filled and all(map(DIGITS.fullmatch, filled))
    return TYPES["integer" if digits else field.type]


def _column(package: Package, table: str, name: str) -> dict[str, Any]:
    return {"fileObject": {"@id": package.paths[table]}, "extract": {"column": name}}


def _vocabulary(schema: TableSchema, field: Field) -> dict[str, Any]:
    terms, chinese = _terms(schema, field), field.vocabulary_zh
    columns = {"value": [*field.vocabulary], "name": [*field.vocabulary.values()]}
    if all(chinese.values()):
        columns["name_zh"] = [*chinese.values()]
    return {
        "@type": "cr:RecordSet",
        "@id": terms,
        "name": f"{schema.title}: {field.title}",
        "description": f"What {schema.name}.{field.name} may be.",
        "dataType": "sc:Enumeration",
        "key": {"@id": f"{terms}/value"},
        "field": [
            {"@type": "cr:Field", "@id": f"{terms}/{name}", "name": name, "dataType": "sc:Text"} for name in columns
        ],
        "data": [
            {f"{terms}/{name}": cell for name, cell in zip(columns, row, strict=True)}
            for row in zip(*columns.values(), strict=True)
        ],
    }


def _terms(schema: TableSchema, field: Field) -> str:
    return f"{schema.name}/{field.name}/terms"
