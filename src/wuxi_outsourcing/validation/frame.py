"""Layer 2, first half: a table's text as typed values, and the cells that are no value of their type."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..cell_forms import FORMS, is_written_as
from ..package import Field
from ..problem import Problem
from ..reading import DTYPES
from .csv_file import Table


def typed_frame(table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """The table as a data frame with the dtypes of `wx.load`, indexed by physical line.

    A cell that can't be read is a problem, and missing in the frame.
    """
    problems: list[Problem] = []
    index = pd.Index(table.lines)
    columns = {}
    for field in table.schema.fields:
        cells = table.columns[field.name]
        bad = _misread(field, cells)
        if bad:
            _, what, form = FORMS[field.type]
            problems += [
                Problem(table.file, line, field.name, f"{cell[:40]!r} is not {what}", f"Write {form}.")
                for line, cell in zip(table.lines, cells, strict=True)
                if cell in bad
            ]
            cells = ["" if cell in bad else cell for cell in cells]
        columns[field.name] = pd.Series(_array(field, cells), index=index)
    return pd.DataFrame(columns), problems


def _misread(field: Field, cells: Sequence[str]) -> set[str]:
    """The different cells that are no value of the field's type."""
    if field.type == "string" or (field.type == "integer" and _integers(cells)):
        return set()
    return {cell for cell in set(cells) if cell and not is_written_as(field.type, cell)}


def _integers(cells: Sequence[str]) -> list[int] | None:
    """The cells as integers, if all are written as they should be and 64 bits hold them: offsets come in millions."""
    try:
        integers = list(map(int, cells))
    except ValueError:
        return None
    sound = max(map(abs, integers)) < 10**18 and list(map(str, integers)) == list(cells)
    return integers if sound else None


def _array(field: Field, cells: Sequence[str]) -> Any:  # noqa: ANN401  (an extension array, or one of NumPy's)
    if field.type == "string":
        return pd.array([cell or None for cell in cells] if "" in cells else cells, dtype="str")
    if field.type == "integer":
        integers = _integers(cells)
        if integers is not None:
            return pd.array(np.array(integers, dtype="int64"), dtype="Int64")
        return pd.array([int(cell) if cell else None for cell in cells], dtype="Int64")
    if field.type == "number":
        return np.array([float(cell) if cell else np.nan for cell in cells], dtype="float64")
    if field.type == "boolean":
        return pd.array([{"true": True, "false": False}.get(cell) for cell in cells], dtype="boolean")
    return np.array([cell or "NaT" for cell in cells], dtype=DTYPES["date"])
