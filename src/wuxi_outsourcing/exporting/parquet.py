"""Parquet: a folder with a file for each table, whose types are the schema's and whose metadata is the codebook.

A file says of itself what it is: its schema's metadata hold the Table Schema's properties (title, description, keys),
the package's and how to cite it; a field's metadata hold the field's (title, description, unit, vocabulary,
provenance). What is no text is JSON. The citations themselves are the table `evidence`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..json_file import read_json
from ..package import DESCRIPTOR, Package, TableSchema
from ..problem import Problem, Unusable
from ..reading import DTYPES
from .content import Content, about, citation_line

_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
# What pandas calls these types in the metadata by which it finds its own again.
_PANDAS = {"string": "unicode", "integer": "int64", "number": "float64", "boolean": "bool", "date": "date"}


def write(content: Content, path: Path) -> None:
    """Write the folder. Raises Unusable for a table whose name can't be that of a file."""
    package = content.package
    files = {name: path / _file_name(name) for name in package.schemas}
    path.mkdir()
    for name, schema in package.schemas.items():
        columns = list(zip(*content.rows[name], strict=True)) or [()] * len(schema.fields)
        arrow = _arrow_schema(package, schema)
        arrays = [pa.array(cells, field.type) for cells, field in zip(columns, arrow, strict=True)]
        # Snappy is what every reader knows; the version of the format is pinned, so that pyarrow's default may change.
        pq.write_table(pa.Table.from_arrays(arrays, schema=arrow), files[name], version="2.6", compression="snappy")


def _file_name(table: str) -> str:
    name = f"{table}.parquet"
    if not table.replace("_", "").replace("-", "").isalnum():
        message = f"a table called {table!r} can't be a file"
        raise Unusable(Problem(DESCRIPTOR, None, "resources", message, "Use letters, digits, _ and - in its name."))
    return name


def _arrow_schema(package: Package, schema: TableSchema) -> pa.Schema:
    resource = next(each for each in package.descriptor["resources"] if each["name"] == schema.name)
    raw: dict[str, Any] = read_json(package.root, resource["schema"]).value
    fields = [
        pa.field(field.name, _TYPES[field.type], nullable=not field.required, metadata=_texts(described, {"name"}))
        for field, described in zip(schema.fields, raw["fields"], strict=True)
    ]
    metadata = _texts(raw, {"$schema", "fields"}) | {
        "package": _text(about(package)),
        "citation": citation_line(package),
        "pandas": _text(_for_pandas(schema)),
    }
    return pa.schema(fields, metadata=metadata)


def _texts(properties: Mapping[str, Any], but: set[str]) -> dict[str, str]:
    return {key: _text(value) for key, value in properties.items() if key not in but}


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, allow_nan=False)


def _for_pandas(schema: TableSchema) -> dict[str, Any]:
    """What makes `pandas.read_parquet` choose the dtypes of `wx.load`, but for days, which it gives as such."""
    columns = [
        {
            "name": field.name,
            "field_name": field.name,
            "pandas_type": _PANDAS[field.type],
            "numpy_type": "object" if field.type == "date" else DTYPES[field.type],
            "metadata": None,
        }
        for field in schema.fields
    ]
    return {"index_columns": [], "column_indexes": [], "columns": columns, "pandas_version": "1.0.0"}
