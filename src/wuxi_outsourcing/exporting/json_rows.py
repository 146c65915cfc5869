"""JSON: one document that holds what the package says of itself, the table schemas, and the rows with their citations.

Names of ours begin with `_`, which no field's name does.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..citations import Citation
from ..json_file import read_json
from ..package import EVIDENCE, TableSchema
from .content import Content, about
from .sound import Row

# What says of which cell a citation is goes without saying where it is nested in that cell's row.
_OF_CITATION = ("source_id", "paragraph", "start", "end", "quote")


def write(content: Content, path: Path) -> None:
    """Write the document, with a row a line, so that two of them can be compared line by line."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(_document(content))


def _document(content: Content) -> Iterator[str]:
    package = content.package
    raw = {each["name"]: read_json(package.root, each["schema"]).value for each in package.descriptor["resources"]}
    yield "{\n"
    for key, value in about(package).items():
        yield f"  {_json(key)}: {_json(value)},\n"
    yield f'  "evidence": {_json({"schema": raw[EVIDENCE]})},\n  "tables": {{'
    comma = "\n"
    for name, schema in package.schemas.items():
        if name != EVIDENCE:
            yield f'{comma}    {_json(name)}: {{\n      "schema": {_json(raw[name])},\n      "rows": ['
            yield from _listed(_json(_row(content, schema, row)) for row in content.rows[name])
            yield "\n      ]\n    }"
            comma = ",\n"
    yield "\n  }\n}\n"


def _listed(items: Iterable[str]) -> Iterator[str]:
    comma = "\n"
    for item in items:
        yield f"{comma}        {item}"
        comma = ",\n"


def _row(content: Content, schema: TableSchema, row: Row) -> dict[str, Any]:
    cells = {
        name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in zip(schema.names, row, strict=True)
    }
    cited = {field.name: content.citations(schema, row, field) for field in schema.fields}
    return cells | {"_evidence": {name: [_citation(one) for one in found] for name, found in cited.items() if found}}


def _citation(citation: Citation) -> dict[str, Any]:
    return {name: getattr(citation, name) for name in _OF_CITATION}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
