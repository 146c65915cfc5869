"""`croissant.json`: the package for machine-learning tools, in Croissant 1.1."""

import json
import re
from pathlib import Path
from typing import Any

from localized_package import LocalizedPackage
from wuxi_outsourcing import Field, TableSchema

from .dataset_terms import dataset, downloads, json_ld

# The specification's own, character for character: mlcroissant warns of any other.
CONTEXT = Path(__file__).with_name("croissant_context.json")
TYPES = {"string": "Text", "integer": "Integer", "number": "Float", "boolean": "Boolean", "date": "Date"}


def croissant(localized: LocalizedPackage) -> str:
    """The file's text."""
    descriptor = localized.package.descriptor
    files = zip(localized.package.paths.values(), downloads(localized), strict=True)
    return json_ld(
        {
            "@context": json.loads(CONTEXT.read_text(encoding="utf-8")),
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.1",
            "name": _text(descriptor["title"], descriptor.get("title_zh", "")),
            "description": _text(descriptor["description"], descriptor.get("description_zh", "")),
            **dataset(localized),
            "citeAs": localized.how_to_cite,
            "isLiveDataset": False,
            "distribution": [
                {"@type": "cr:FileObject", "@id": path, "name": path.rpartition("/")[2], **download}
                for path, download in files
            ],
            "recordSet": [
                *(_table(localized, schema) for schema in localized.schemas),
                *(_vocabulary(schema, field) for schema, field in localized.fields if field.vocabulary),
            ],
        }
    )


def _text(english: str, chinese: str) -> str | dict[str, str]:
    """A text in the languages in which there is one."""
    return {"en": english, "zh": chinese} if chinese else english


def _about(subject: TableSchema | Field) -> dict[str, Any]:
    names = {"name": _text(subject.title, subject.title_zh)}
    return names | {"description": _text(subject.description, subject.description_zh)}


def _table(localized: LocalizedPackage, schema: TableSchema) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": schema.name,
        **_about(schema),
        "key": [{"@id": f"{schema.name}/{name}"} for name in schema.primary_key],
        "field": [_field(localized, schema, field) for field in schema],
    }


def _field(localized: LocalizedPackage, schema: TableSchema, field: Field) -> dict[str, Any]:
    record = {"@type": "cr:Field", "@id": f"{schema.name}/{field.name}", **_about(field)}
    record |= {
        "dataType": f"sc:{_type(localized, schema, field)}",
        "source": _column(localized, schema.name, field.name),
    }
    # Croissant has no key of several fields. And mlcroissant follows no reference from record set to record set to
    # record set, and none to the same table. So each reference names the column of the file.
    for key in schema.foreign_keys:
        if key.fields == (field.name,):
            record["references"] = _column(localized, key.resource, *key.reference_fields)
    if field.vocabulary:
        record["references"] = {"field": {"@id": f"{schema.name}/{field.name}/terms/value"}}
    return record


def _type(localized: LocalizedPackage, schema: TableSchema, field: Field) -> str:
    """The type of a field. A text of digits in a column with empty cells is an integer.

    As a text, mlcroissant would read it as 320200.0.
    """
    if field.type == "string":
        cells = localized.filled_cells(schema, field)
        has_empty_cells = len(cells) < len(localized.rows[schema.name])
        are_digits = all(re.fullmatch("[1-9][0-9]*", cell) for cell in cells)
        if cells and has_empty_cells and are_digits:
            return TYPES["integer"]
    return TYPES[field.type]


def _column(localized: LocalizedPackage, table: str, name: str) -> dict[str, Any]:
    return {"fileObject": {"@id": localized.package.paths[table]}, "extract": {"column": name}}


def _vocabulary(schema: TableSchema, field: Field) -> dict[str, Any]:
    """The terms of a vocabulary, each with its label and description in both languages, as a record set."""
    terms = f"{schema.name}/{field.name}/terms"
    names = ("value", "name", "name_zh", "description", "description_zh")
    ids = [f"{terms}/{name}" for name in names]
    records = []
    for term, label in field.vocabulary.items():
        descriptions = (field.term_descriptions[term], field.term_descriptions_zh[term])
        values = (term, label, field.vocabulary_zh[term], *descriptions)
        records.append(dict(zip(ids, values, strict=True)))
    return {
        "@type": "cr:RecordSet",
        "@id": terms,
        "name": f"{schema.title}: {field.title}",
        "description": f"What {schema.name}.{field.name} may be.",
        "dataType": "sc:Enumeration",
        "key": {"@id": ids[0]},
        "field": [
            {"@type": "cr:Field", "@id": name_id, "name": name, "dataType": "sc:Text"}
            for name_id, name in zip(ids, names, strict=True)
        ],
        "data": records,
    }
