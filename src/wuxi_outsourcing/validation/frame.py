"""Layer 2, first half: a table's text as typed values, and the cells that are no value of their type."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..cell_forms import FORMS, is_written_as
from ..package import Field
from ..problem import Problem
from ..reading import DTYPES
from .column import Table


def typed_frame(table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """The table as a data frame with the dtypes of `wx.load`, indexed by physical line.

    A cell that can't be read is a problem, and missing in the frame.
    """
    problems: list[Problem] = []
    columns = {}
    for field in table.schema.fields:
        cells = table.columns[field.name]
        different = cells.values  # noqa: PD011  (no Series)
        bad = _misread(field, different)
        for row in np.flatnonzero(cells.where(bad.__contains__)).tolist() if bad else ():
            _, what, form = FORMS[field.type]
            message = f"{cells[row][:40]!r} is not {what}"
            problems.append(Problem(table.file, table.lines[row], field.name, message, f"Write {form}."))
        values = _array(field, [None if not cell or cell in bad else cell for cell in different])
        columns[field.name] = values.take(cells.codes)
    return pd.DataFrame(columns, index=pd.Index(table.lines), copy=False), problems


def _misread(field: Field, cells: Sequence[str]) -> set[str]:
    """The cells that are no value of the field's type."""
    if field.type == "string":
        return set()
    return {cell for cell in cells if cell and not is_written_as(field.type, cell)}


def _array(field: Field, cells: Sequence[str | None]) -> Any:  # noqa: ANN401  (an extension array, or one of NumPy's)
    if field.type == "integer":
        return pd.array([cell if cell is None else int(cell) for cell in cells], dtype="Int64")
    if field.type == "number":
        return np.array([np.nan if cell is None else float(cell) for cell in cells], dtype="float64")
    if field.type == "boolean":
        return pd.array([None if cell is None else cell == "true" for cell in cells], dtype="boolean")
    if field.type == "date":
        return np.array([cell or "NaT" for cell in cells], dtype=DTYPES["date"])
    return pd.array(cells, dtype="str")
