"""Cited cells: one long frame of the cells that sources back, each with the citations behind it.

Checks, exports, comparisons and documents read this frame. Nothing else joins cells with citations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .frames import key_texts
from .tables import line_of

if TYPE_CHECKING:
    import pandas as pd

    from .schema import TableSchema

# Columns of the table `evidence` that say which cell a citation is of.
_CELL = ["table", "row_id", "field"]
_NO_CITATION = -1


def cited_cells(schema: TableSchema, text: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """The cells of a table that have a citation, or that are filled and need one.

    A row of the result is a cell with one of its citations. A cell with two citations has two rows. A cell without a
    citation has one row, in which the columns of the citation are missing. A cell of a field that is cited with
    another field has the citations of that other field, whether it is filled or not.

    Rows of the table that share their ID with another row are left out: it is not clear which of them is cited.
    Citations of rows and fields that are not there are left out too.

    `text` holds the cells of the table as `str`, an empty cell as "". `evidence` is the table `evidence`, as text or
    typed. The index of both is the number of the row in the file, from 0.

    Returns a frame in the order of the table's rows, its fields and the evidence, with a plain RangeIndex. `table`,
    `row_id` and `field` name the cell, `cell` is its content, `class` and `rule` are those of its field. The columns
    of the citation are those that `evidence` has beside the name of the cell. `line` and `evidence_line` are the lines
    of cell and citation in their files.
    """
    import pandas as pd  # noqa: PLC0415  (slow to import)

    ids = pd.Index(key_texts(text, schema.primary_key))
    if not ids.is_unique:
        has_own_id = ~ids.duplicated(keep=False)
        text, ids = text[has_own_id], ids[has_own_id]
    citations = evidence[evidence["table"] == schema.name]
    joined = _joined(schema, text, ids, citations)

    rows = joined["row"].to_numpy()
    numbers = joined["number"].to_numpy()
    fields = joined["field"].to_numpy()
    columns: dict[str, Any] = {
        "table": pd.Categorical([schema.name]).repeat(len(joined)),
        "row_id": ids.array.take(rows),
        "field": pd.Categorical([field.name for field in schema]).take(fields),
        "cell": joined["cell"].array,
        "class": pd.Categorical([field.provenance for field in schema]).take(fields),
        "rule": pd.Categorical([field.rule for field in schema]).take(fields),
    }
    for name in citations.columns.drop(_CELL):
        columns[name] = citations[name].array.take(numbers, allow_fill=True)
    lines = pd.array(text.index.to_numpy() + line_of(0), dtype="Int64")
    columns["line"] = lines.take(rows)
    evidence_lines = pd.array(citations.index.to_numpy() + line_of(0), dtype="Int64")
    columns["evidence_line"] = evidence_lines.take(numbers, allow_fill=True)
    return pd.DataFrame(columns)


def _joined(schema: TableSchema, text: pd.DataFrame, ids: pd.Index[str], citations: pd.DataFrame) -> pd.DataFrame:
    """Each cited cell as position of its row and its field, its content, and position of a citation or -1."""
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    row_of_citation = ids.get_indexer(pd.Index(citations["row_id"]))
    parts: list[pd.DataFrame] = []
    for field in schema.cited_fields:
        is_of_field = (citations["field"] == field.quoted_field).to_numpy(dtype=bool)
        cited_numbers = np.flatnonzero(is_of_field & (row_of_citation >= 0))
        cited_rows = row_of_citation[cited_numbers]
        is_uncited = (text[field.name] != "").to_numpy(dtype=bool, copy=True)
        is_uncited[cited_rows] = False
        uncited_rows = np.flatnonzero(is_uncited)
        rows = np.concatenate([cited_rows, uncited_rows])
        numbers = np.concatenate([cited_numbers, np.full(len(uncited_rows), _NO_CITATION)])
        part = {"row": rows, "field": schema.names.index(field.name), "number": numbers}
        parts.append(pd.DataFrame(part | {"cell": text[field.name].array.take(rows)}))
    if not parts:
        return pd.DataFrame({"row": [], "field": [], "number": []}, dtype="int64").assign(cell=text.iloc[:0, 0])
    joined = pd.concat(parts, ignore_index=True)
    # Citations of a cell stand in their order already, which a stable sort keeps.
    order = np.argsort(joined["row"] * len(schema) + joined["field"], kind="stable")
    return joined.iloc[order]
