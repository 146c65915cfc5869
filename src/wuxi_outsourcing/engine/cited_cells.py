"""Cited cells: one long frame of the cells that sources back, each with the citations behind it.

Checks, exports, comparisons and documents read this frame. Nothing else joins cells with citations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .csv_files import line_of
from .frames import key_texts

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from .schema import TableSchema

    Positions = np.ndarray[tuple[int], np.dtype[np.signedinteger[Any]]]

# Columns of the table `evidence` that say which cell a citation is of.
_CELL = ["table", "row_id", "field"]
_NO_CITATION = -1
# The dtype of positions: half as large as the usual one, and no table has that many rows.
_POSITION = "int32"


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
    joined = _joined(schema, text, ids, evidence)

    columns = _cell_columns(schema, ids, joined)
    numbers = joined["citation"].to_numpy()
    for name in evidence.columns.drop(_CELL):
        columns[name] = evidence[name].array.take(numbers, allow_fill=True)
    columns["line"] = _lines(text).take(joined["row"].to_numpy())
    columns["evidence_line"] = _lines(evidence).take(numbers, allow_fill=True)
    return pd.DataFrame(columns)


def _cell_columns(schema: TableSchema, ids: pd.Index[str], joined: pd.DataFrame) -> dict[str, Any]:
    """The columns that say which cell it is, what it holds, and how it follows from its citations."""
    import pandas as pd  # noqa: PLC0415

    fields = joined["field"].to_numpy()
    names = pd.Categorical([field.name for field in schema])
    classes = pd.Categorical([field.provenance for field in schema])
    rules = pd.Categorical([field.rule for field in schema])
    return {
        "table": pd.Categorical([schema.name]).repeat(len(joined)),
        "row_id": ids.array.take(joined["row"].to_numpy()),
        "field": names.take(fields),
        "cell": joined["cell"].array,
        "class": classes.take(fields),
        "rule": rules.take(fields),
    }


def _joined(schema: TableSchema, text: pd.DataFrame, ids: pd.Index[str], evidence: pd.DataFrame) -> pd.DataFrame:
    """Each cited cell with a citation of it: the columns of `_cells_of_field`, by row, field and citation."""
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    of_table = np.flatnonzero(evidence["table"] == schema.name).astype(_POSITION)
    cited_fields = evidence["field"].array.take(of_table)
    # Position of the row that each citation is of; -1 for a row that is not there.
    cited_rows = ids.get_indexer(pd.Index(evidence["row_id"].array.take(of_table))).astype(_POSITION)
    by_field = []
    for field in schema.cited_fields:
        is_of_field = np.asarray(cited_fields == field.quoted_field, dtype=bool) & (cited_rows >= 0)
        cells = _cells_of_field(text[field.name], cited_rows[is_of_field], of_table[is_of_field])
        position = np.array(schema.names.index(field.name), dtype=_POSITION)
        by_field.append(cells.assign(field=position))
    if not by_field:
        none = np.empty(0, dtype=_POSITION)
        return _cells_of_field(text.iloc[:0, 0], none, none).assign(field=none)
    joined = pd.concat(by_field, ignore_index=True)
    # Citations of a cell stand in their order already, which a stable sort keeps.
    rank = joined["row"].to_numpy(dtype="int64") * len(schema) + joined["field"].to_numpy()
    return joined.take(np.argsort(rank, kind="stable"))


def _cells_of_field(cells: pd.Series[str], cited_rows: Positions, citations: Positions) -> pd.DataFrame:
    """The cells of a field that have a citation, and then those that are filled and have none.

    `row` is the position of the row in the table, `citation` that of the citation or -1, `cell` the content.
    """
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    is_uncited = (cells != "").to_numpy(dtype=bool, copy=True)
    is_uncited[cited_rows] = False
    uncited_rows = np.flatnonzero(is_uncited).astype(_POSITION)
    rows = np.concatenate([cited_rows, uncited_rows])
    numbers = np.concatenate([citations, np.full_like(uncited_rows, _NO_CITATION)])
    return pd.DataFrame({"row": rows, "citation": numbers, "cell": cells.array.take(rows)})


def _lines(frame: pd.DataFrame) -> Any:  # noqa: ANN401  (an array of pandas)
    """The line of each row in its file."""
    import pandas as pd  # noqa: PLC0415

    return pd.array(frame.index.to_numpy() + line_of(0), dtype="Int64")
