"""Layer 5, coverage: citations of what is not to be cited, and cells without a citation."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from ..derivation import citation_fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..package import Package
    from ..problems import Problem
    from ..schema import Field
    from .citations import CitedTable
    from .table_files import Table


def check_citations(evidence: Table, cited: Mapping[str, CitedTable], package: Package) -> Iterator[Problem]:
    """Citations of a table or a field that is not there, or that has no citations."""
    names = evidence.frame[["table", "field"]]
    faults: dict[tuple[str, str], tuple[str, str, str]] = {}
    for table, field in names.drop_duplicates().itertuples(index=False, name=None):
        cannot_be_read = table in package.paths and table not in cited
        fault = None if cannot_be_read else citation_fault(table, field, package)
        if fault is not None:
            faults[table, field] = fault
    if not faults:
        return
    for row, table, field in names.itertuples(name=None):
        if (table, field) in faults:
            yield evidence.problem(row, *faults[table, field])


def check_coverage(cited: CitedTable) -> Iterator[Problem]:
    """Cells without a citation; where a whole row has none, that is one problem of its primary key."""
    table, schema = cited.table, cited.table.schema
    uncited_fields: defaultdict[int, list[Field]] = defaultdict(list)
    for field in cited.fields:
        for row in _rows_without_citation(cited, field):
            uncited_fields[row].append(field)
    cited_rows = set(cited.citations["row"]) if uncited_fields else set()
    for row, fields in uncited_fields.items():
        if row not in cited_rows:
            key = schema.primary_key[0]
            fix = (
                "Cite its cells: `wuxi-outsourcing quote FILE --all`. "
                f"If its {key} was changed, change row_id in its citations too."
            )
            yield table.problem(row, key, "the row has no evidence at all", fix)
            continue
        for field in fields:
            content = table.cell(row, field.name)
            # A field may be empty where another that shares its quote is not.
            what = repr(content) if content else f"{field.name} with {', '.join(cited.group(field)[1:])}"
            names = f"{schema.name} {cited.ids[row]} {field.name}"
            fix = f"Run `wuxi-outsourcing quote FILE QUOTE --for {names}`, or empty the cell."
            yield table.problem(row, field.name, f"{what} has no evidence", fix)


def _rows_without_citation(cited: CitedTable, field: Field) -> list[int]:
    """The rows with something in a field, or in one that shares its quote, and no citation of the field.

    Rows that share their ID with another are passed over: it is not clear which of them is cited.
    """
    frame = cited.table.frame
    filled = np.any([frame[name] != "" for name in cited.group(field)], axis=0)
    has_own_id = ~cited.ids.duplicated(keep=False).to_numpy()
    uncited = filled & has_own_id
    uncited[cited.of(field)["row"].to_numpy()] = False
    rows: list[int] = np.flatnonzero(uncited).tolist()
    return rows
