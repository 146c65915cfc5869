"""Layer 2, first half: a table's text as typed values, and the cells that are no value of their type."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ..package import Field
from ..problem import Problem
from ..reading import DTYPES
from .column import Table

# One way to write a value, so that equal values are equal text: no plus, no leading or trailing zero, no 1e3, no 1_000.
_FORMS = {
    "integer": (re.compile(r"-?(0|[1-9][0-9]{0,17})"), "an integer", "digits alone, without leading zeros: 2020"),
    "number": (re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{0,17}[1-9])?"), "a number", "plain digits: 1500000 or 14.4"),
    "boolean": (re.compile(r"true|false"), "a boolean", "true or false"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a date", "the day as 2020-12-31"),
}


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
            _, what, form = _FORMS[field.type]
            message = f"{cells[row][:40]!r} is not {what}"
            problems.append(Problem(table.file, table.lines[row], field.name, message, f"Write {form}."))
        values = _array(field, [None if not cell or cell in bad else cell for cell in different])
        columns[field.name] = values.take(cells.codes)
    return pd.DataFrame(columns, index=pd.Index(table.lines), copy=False), problems


def _misread(field: Field, cells: Sequence[str]) -> set[str]:
    """The cells that are no value of the field's type."""
    if field.type == "string":
        return set()
    form, _, _ = _FORMS[field.type]
    return {
        cell
        for cell in cells
        if cell and not (form.fullmatch(cell) and (field.type != "date" or _is_date(cell)) and cell != "-0")
    }


def _is_date(cell: str) -> bool:
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True


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
