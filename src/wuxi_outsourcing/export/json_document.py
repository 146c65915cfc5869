"""JSON: one document with the properties of the package, the table schemas, and the rows with their citations.

Keys beside the fields begin with `_`, which no field's name does.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..json_files import read_json
from ..package import EVIDENCE
from ..table_schemas import TableSchema
from .content import Content, Row

# The cell of a citation, and the row of a corroboration, are those that they are nested in.
_CITATION_KEYS = ("source_id", "paragraph", "start", "end", "quote")
_NESTED_KEYS = ("table", "row_id")


def write(content: Content, path: Path) -> None:
    """Write the document with a row a line, so that two documents can be compared line by line."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(_document(content))


def _document(content: Content) -> Iterator[str]:
    package = content.package
    definitions = {name: read_json(package.root, file).value for name, file in package.schema_files.items()}
    yield "{\n"
    for key, value in content.about.items():
        yield f"  {_json(key)}: {_json(value)},\n"
    yield f'  "evidence": {_json({"schema": definitions[EVIDENCE]})},\n  "tables": {{'
    comma = "\n"
    for name, schema in package.schemas.items():
        if name != EVIDENCE:
            yield f'{comma}    {_json(name)}: {{\n      "schema": {_json(definitions[name])},\n      "rows": ['
            yield from _separated(_json(_row(content, schema, row)) for row in content.rows[name])
            yield "\n      ]\n    }"
            comma = ",\n"
    yield "\n  }\n}\n"


def _row(content: Content, schema: TableSchema, row: Row) -> dict[str, Any]:
    evidence = {
        field.name: [{key: getattr(citation, key) for key in _CITATION_KEYS} for citation in citations]
        for field in schema
        if (citations := content.citations(schema, row, field))
    }
    found = content.corroborations(schema, row)
    corroborations = [{key: cell for key, cell in other.items() if key not in _NESTED_KEYS} for other in found]
    cells = dict(zip(schema.names, row, strict=True))
    return cells | {"_evidence": evidence} | ({"_corroborations": corroborations} if corroborations else {})


def _separated(items: Iterable[str]) -> Iterator[str]:
    comma = "\n"
    for item in items:
        yield f"{comma}        {item}"
        comma = ",\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_iso_date)


def _iso_date(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not a value of a table: {value!r}")
