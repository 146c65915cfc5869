"""JSON: one document with the properties of the package, the table schemas, and the rows with their citations.

Keys beside the fields begin with `_`, which no field's name does.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..json_files import read_json
from ..package import EVIDENCE
from ..table_schemas import TableSchema
from .content import Content, Row

# What a citation or corroboration is about is the row, or the cell, that it is nested in.
_NESTED_IN = ("table", "row_id", "field")


def write(content: Content, path: Path) -> None:
    """Write the document with a row a line, so that two documents can be compared line by line."""
    package = content.package
    definitions = {name: read_json(package.root, file).value for name, file in package.schema_files.items()}
    parts = dict(content.about) | {"evidence": {"schema": definitions[EVIDENCE]}}
    lines = [f"  {_json(key)}: {_json(value)}" for key, value in parts.items()]
    tables = ",\n".join(
        f'    {_json(name)}: {{\n      "schema": {_json(definitions[name])},\n      "rows": [\n{rows}\n      ]\n    }}'
        for name, rows in _rows(content)
    )
    text = ",\n".join([*lines, f'  "tables": {{\n{tables}\n  }}'])
    path.write_text(f"{{\n{text}\n}}\n", encoding="utf-8", newline="\n")


def _rows(content: Content) -> Iterator[tuple[str, str]]:
    for name, schema in content.package.schemas.items():
        if name != EVIDENCE:
            rows = (_with_sources(content, schema, row) for row in content.rows[name])
            yield name, ",\n".join(f"        {_json(row)}" for row in rows)


def _with_sources(content: Content, schema: TableSchema, row: Row) -> dict[str, Any]:
    """A row with its citations by field, and with what other sources say about it."""
    cited = {field.name: content.citations(schema, row, field) for field in schema}
    evidence = {field: [_without(citation, _NESTED_IN) for citation in cited[field]] for field in cited if cited[field]}
    others = [_without(other, _NESTED_IN[:2]) for other in content.corroborations(schema, row)]
    return dict(row) | {"_evidence": evidence} | ({"_corroborations": others} if others else {})


def _without(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: cell for name, cell in row.items() if name not in names}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=date.isoformat)
