"""Layer 2, first half: a table's text as typed values, and the cells that are no value of their type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..cell_forms import FORMS, is_written_as
from ..package import Field
from ..problem import Problem
from ..reading import DTYPES
from .column import Column, Table


@dataclass(frozen=True, slots=True, eq=False)
class TypedTable:
    """A table with the dtypes of `wx.load`: what each column holds, and the rows.

    `different` has the values of each column, indexed by their code; that is where constraints are checked.
    `rows` is indexed by physical line; its text columns are categorical, so that comparing whole rows compares codes.
    """

    different: Mapping[str, "pd.Series[Any]"]
    rows: pd.DataFrame


def typed_table(table: Table) -> tuple[TypedTable, list[Problem]]:
    """The table, typed. A cell that can't be read is a problem, and missing there."""
    problems: list[Problem] = []
    different, columns = {}, {}
    for field in table.schema.fields:
        cells = table.columns[field.name]
        bad = _misread(field, cells)
        for row in np.flatnonzero(cells.where(bad.__contains__)).tolist() if bad else ():
            _, what, form = FORMS[field.type]
            message = f"{cells[row][:40]!r} is not {what}"
            problems.append(Problem(table.file, table.lines[row], field.name, message, f"Write {form}."))
        typed = _array(field, [None if not cell or cell in bad else cell for cell in cells.different])
        different[field.name] = pd.Series(typed)
        columns[field.name] = _categorical(cells, typed) if field.type == "string" else typed.take(cells.codes)
    return TypedTable(different, pd.DataFrame(columns, index=pd.Index(table.lines), copy=False)), problems


def _misread(field: Field, cells: Column) -> set[str]:
    """The cells that are no value of the field's type."""
    if field.type == "string":
        return set()
    return {cell for cell in cells.different if cell and not is_written_as(field.type, cell)}


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


def _categorical(cells: Column, typed: Any) -> pd.Categorical:  # noqa: ANN401
    """Text by its codes; an empty cell, which is no category, is missing."""
    codes = cells.codes
    if "" in cells.different:
        empty = cells.different.index("")
        typed = typed[~pd.isna(typed)]
        codes = np.where(codes == empty, -1, codes - (codes > empty))
    return pd.Categorical.from_codes(codes, categories=pd.Index(typed))
