"""Parquet: a folder with a file for each table, a `datapackage.json` that describes them, and the codebook.

The metadata of each file hold its table schema as JSON, and how to cite the package.
"""

from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..json_files import json_text
from ..package import DESCRIPTOR
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
        definition = package.schema_file(name).value
        fields = [pa.field(f.name, _TYPES[f.type], nullable=not f.required) for f in package.schema(name)]
        metadata = {"schema": json_text(definition), "citation": content.about["citation"]}
        # From a frame, so that `pandas.read_parquet` finds the dtypes of `wx.load` in the metadata.
        schema = pa.schema(fields, metadata)
        table = pa.Table.from_pandas(package.frame(name), schema=schema, preserve_index=False)
        # Version and compression are named, so that other defaults of the library do not change the bytes.
        pq.write_table(table, path / file, version="2.6", compression="snappy")
        data = (path / file).read_bytes()
        kept = {key: value for key, value in resource.items() if key not in ("encoding", "dialect")}
        form = {"path": file, "format": "parquet", "mediatype": "application/vnd.apache.parquet", "schema": definition}
        integrity = {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
        resources.append(kept | form | integrity)
    descriptor = dict(package.descriptor) | {"resources": resources}
    (path / DESCRIPTOR).write_text(json_text(descriptor), encoding="utf-8", newline="\n")
    codebook = "\n\n\n".join(map(str, package.schemas.values()))
    (path / "codebook.txt").write_text(f"{codebook}\n", encoding="utf-8", newline="\n")
