"""Parquet: a folder with a file for each table, a `datapackage.json` that describes them, and the codebook.

The cells with their citations are one table more, `cells`. The metadata of each file hold its table schema as JSON,
and how to cite the package.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..json_files import Json, json_text
from ..package import DESCRIPTOR
from .cells_table import CELLS, cells_definition, cells_schema

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from ..schema import TableSchema
    from .content import Content

_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
# What the descriptor says of a CSV alone.
_OF_CSV = ("encoding", "dialect")


def write(content: Content, path: Path) -> None:
    """Write the folder."""
    path.mkdir()
    package = content.package
    citation = content.about["citation"]
    resources = []
    for resource in package.descriptor["resources"]:
        name = resource["name"]
        definition = package.schema_file(name).value
        table = arrow_table(package.frame(name), package.schema(name), definition, citation)
        about = {key: value for key, value in resource.items() if key not in _OF_CSV}
        resources.append(about | write_table(table, name, path) | {"schema": definition})
    cells = arrow_table(content.cells, cells_schema(), cells_definition(), citation)
    resources.append(_about_cells() | write_table(cells, CELLS, path) | {"schema": cells_definition()})
    descriptor = {**package.descriptor, "resources": resources}
    _write_text(path / DESCRIPTOR, json_text(descriptor))
    codebook = "\n\n\n".join(map(str, [*package.schemas.values(), cells_schema()]))
    _write_text(path / "codebook.txt", f"{codebook}\n")


def arrow_table(frame: pd.DataFrame, schema: TableSchema, definition: Json, citation: str) -> pa.Table:
    """A frame as a table of Arrow, with the table schema and how to cite the package in its metadata.

    It is made from a frame, so that `pandas.read_parquet` finds the dtypes of `wx.load` in the metadata.
    """
    fields = [pa.field(field.name, _TYPES[field.type], nullable=not field.required) for field in schema]
    metadata = {"schema": json_text(definition), "citation": citation}
    return pa.Table.from_pandas(frame, schema=pa.schema(fields, metadata), preserve_index=False)


def write_table(table: pa.Table, name: str, folder: Path) -> dict[str, Any]:
    """Write a table to its file, and return what the descriptor says of the file."""
    file = f"{name}.parquet"
    # Version and compression are named, so that other defaults of the library do not change the bytes.
    pq.write_table(table, folder / file, version="2.6", compression="snappy")
    data = (folder / file).read_bytes()
    return {
        "path": file,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
    }


def _about_cells() -> dict[str, Any]:
    """What the descriptor says of the table `cells`, beside what it says of the file."""
    schema = cells_schema()
    return {
        "name": CELLS,
        "type": "table",
        "title": schema.title,
        "title_zh": schema.title_zh,
        "description": schema.description,
        "description_zh": schema.description_zh,
    }


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
