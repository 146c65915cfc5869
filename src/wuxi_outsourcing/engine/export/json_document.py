"""JSON: one document with the properties of the package, the table schemas, and the rows with their citations.

The citations of a row are nested in it by field, for each filled cell that has any.

Keys beside the fields begin with `_`, which no field's name does.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from ..package import EVIDENCE
from ..schema import TableSchema
from .content import Content, Row


def write(content: Content, path: Path) -> None:
    """Write the document."""
    package = content.package
    tables: dict[str, dict[str, Any]] = {}
    for name in package.paths:
        if name != EVIDENCE:
            schema = package.schema(name)
            rows = [_with_sources(content, schema, row) for row in content.rows[name]]
            tables[name] = {"schema": package.schema_file(name).value, "rows": rows}
    evidence = {"schema": package.schema_file(EVIDENCE).value}
    document = {**content.about, "evidence": evidence, "tables": tables}
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1, default=date.isoformat)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _with_sources(content: Content, schema: TableSchema, row: Row) -> dict[str, Any]:
    """A row with the citations of its filled cells by field, and with what other sources say about it."""
    document: dict[str, Any] = {**row, "_evidence": content.citations(schema, row)}
    corroborations = content.corroborations(schema, row)
    if corroborations:
        document["_corroborations"] = [_without_row_name(corroboration) for corroboration in corroborations]
    return document


def _without_row_name(corroboration: Row) -> dict[str, Any]:
    """A corroboration without the name of the row that it is nested in."""
    return {name: cell for name, cell in corroboration.items() if name not in ("table", "row_id")}
