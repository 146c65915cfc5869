"""Parquet: a folder with a file for each table, a `datapackage.json` that describes them, and the codebook.

The schema metadata of a file hold the properties of the Table Schema, those of the package, and how to cite it; the
metadata of a field hold title, description, unit, vocabulary and provenance. What is not a text is JSON.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..frames import read_frame
from ..json_files import json_text, read_json
from ..package import DESCRIPTOR
from ..table_schemas import TableSchema
from .content import Content

_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def write(content: Content, path: Path) -> None:
    """Write the folder."""
    package = content.package
    path.mkdir()
    resources = []
    for resource in package.descriptor["resources"]:
        name, file = resource["name"], f"{resource['name']}.parquet"
        definition = read_json(package.root, resource["schema"]).value
        schema = _arrow_schema(content, package.schema(name), definition)
        # From a frame, so that `pandas.read_parquet` finds the dtypes of `wx.load` in the metadata.
        table = pa.Table.from_pandas(read_frame(package, name), schema=schema, preserve_index=False)
        # Version and compression are named, so that other defaults of the library do not change the bytes.
        pq.write_table(table, path / file, version="2.6", compression="snappy")
        data = (path / file).read_bytes()
        kept = {key: value for key, value in resource.items() if key not in ("encoding", "dialect", "omissions")}
        form = {"path": file, "format": "parquet", "mediatype": "application/vnd.apache.parquet", "schema": definition}
        integrity = {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
        resources.append(kept | form | integrity)
    descriptor = dict(package.descriptor) | {"resources": resources}
    (path / DESCRIPTOR).write_text(json_text(descriptor), encoding="utf-8", newline="\n")
    codebook = "\n\n\n".join(map(str, package.schemas.values()))
    (path / "codebook.txt").write_text(f"{codebook}\n", encoding="utf-8", newline="\n")


def _arrow_schema(content: Content, schema: TableSchema, definition: Mapping[str, Any]) -> pa.Schema:
    fields = [
        pa.field(field.name, _TYPES[field.type], nullable=not field.required, metadata=_texts(properties, {"name"}))
        for field, properties in zip(schema, definition["fields"], strict=True)
    ]
    package = {"package": content.about, "citation": content.about["citation"]}
    return pa.schema(fields, metadata=_texts(dict(definition) | package, {"$schema", "fields"}))


def _texts(properties: Mapping[str, Any], omitted: set[str]) -> dict[str, str]:
    return {
        key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, allow_nan=False)
        for key, value in properties.items()
        if key not in omitted
    }
