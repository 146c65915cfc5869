"""JSON: one document with the properties of the package, the table schemas, and the rows with their citations.

Keys beside the fields begin with `_`, which no field's name does.
"""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ..package import EVIDENCE
from ..schema import TableSchema
from .content import Content, Row

# What a citation or corroboration is about is the row, or the cell, that it is nested in.
_NESTED_IN = ("table", "row_id")


def write(content: Content, path: Path) -> None:
    """Write the document."""
    package = content.package
    tables: dict[str, dict[str, Any]] = {name: {"schema": package.schema_file(name).value} for name in package.paths}
    document = dict(content.about) | {"evidence": tables.pop(EVIDENCE), "tables": tables}
    for name, table in tables.items():
        table["rows"] = [_with_sources(content, package.schema(name), row) for row in content.rows[name]]
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1, default=date.isoformat)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _with_sources(content: Content, schema: TableSchema, row: Row) -> dict[str, Any]:
    """A row with its citations by field, and with what other sources say about it."""
    citations = content.citations(schema, row).items()
    evidence = {field: _without(cited, *_NESTED_IN, "field") for field, cited in citations}
    others = _without(content.corroborations(schema, row), *_NESTED_IN)
    return dict(row) | {"_evidence": evidence} | ({"_corroborations": others} if others else {})


def _without(rows: Sequence[Row], *names: str) -> list[dict[str, Any]]:
    return [{name: cell for name, cell in row.items() if name not in names} for row in rows]
