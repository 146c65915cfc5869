"""The table `cells` of every export: each cited cell with each of its citations, as `Package.cells` gives them.

Its columns are described in `cells.json`, a Table Schema like those of the package's own tables.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..json_files import Json, JsonFile, read_json
from ..schema_reading import table_schema

if TYPE_CHECKING:
    import pandas as pd

    from ..package import Package
    from ..schema import TableSchema

CELLS = "cells"
"""The name of the table, which no table of a package has."""
CITATION = ("source_id", "paragraph", "start", "end", "quote")
"""The columns of the citation."""


def cells_definition() -> Json:
    """The Table Schema of the table, as JSON."""
    return _schema_file().value


def cells_schema() -> TableSchema:
    """The same as values."""
    return table_schema(CELLS, _schema_file())


def cells_frame(package: Package) -> pd.DataFrame:
    """The rows of the table. The lines of a cell and a citation in the CSV files are of no use beside other files."""
    return package.cells()[cells_schema().names]


@cache
def _schema_file() -> JsonFile:
    return read_json(Path(__file__).parent, "cells.json")
