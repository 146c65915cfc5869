"""Layer 5, citations: what each quote makes of the cell that it is cited for, without the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..derivation import CITED_CLASSES, cell_from_quote, fields_cited_with
from ..quantities import Unreadable
from ..tables import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..problems import Problem
    from ..schema import Field
    from .findings import Findings
    from .table_files import Row, Table


@dataclass(frozen=True, slots=True, eq=False)
class CitedTable:
    """A table with its citations.

    `citations` are rows of the evidence, by their number there: row_id, field, quote, source_id and `row`, the row of
    the table that is cited, or -1 where no row or more than one has the ID.
    """

    table: Table
    evidence: Table
    ids: pd.Series[str]
    citations: pd.DataFrame

    @property
    def fields(self) -> list[Field]:
        """The fields that need citations of their own."""
        return [field for field in self.table.schema if field.provenance in CITED_CLASSES]

    def of(self, field: Field) -> pd.DataFrame:
        """The citations of a field, in rows that are there."""
        return self.citations[(self.citations["field"] == field.name) & (self.citations["row"] >= 0)]

    def citations_of_nothing(self) -> Iterator[tuple[int, str]]:
        """Number and `row_id` of each citation of a row that is not there. IDs that several rows share are there."""
        is_there = self.citations["row_id"].isin(self.ids[self.ids.duplicated()])
        names_nothing = (self.citations["row"] < 0) & ~is_there
        row_ids = self.citations.loc[names_nothing, "row_id"]
        yield from zip(row_ids.index.tolist(), row_ids, strict=True)

    def group(self, field: Field) -> list[str]:
        """A field and those that share its quotes."""
        return [field.name, *(other.name for other in fields_cited_with(self.table.schema, field))]


def cited_table(table: Table, evidence: Table) -> CitedTable:
    """Look up the row that each citation of a table names."""
    columns = ["row_id", "field", "quote", "source_id"]
    citations = evidence.frame.loc[evidence.frame["table"] == table.schema.name, columns]
    ids = table.ids()
    unique = ids.drop_duplicates(keep=False)
    found = pc.index_in(pa.array(citations["row_id"]), pa.array(unique)).fill_null(-1).to_numpy(zero_copy_only=False)
    rows = np.append(unique.index.to_numpy(), -1)[found]
    return CitedTable(table, evidence, ids, citations.assign(row=rows))


def check_contents(cited: CitedTable, findings: Findings) -> Iterator[Problem]:
    """Cells that are not what their quotes make of them, and quotes that cannot be read.

    Citations with a problem of their own are passed over.
    """
    for field in cited.fields:
        citations, group = cited.of(field), cited.group(field)
        rows = citations["row"].to_numpy()
        codes, quotes = pd.factorize(citations["quote"])
        made: dict[str, list[str | None]] = {name: [] for name in group}
        for quote in quotes:
            # Quote by quote: the cells of a group share one reading of it, which is remembered for a while.
            for name in group:
                made[name].append(expected_cell(cited.table.schema[name], quote))
        differ = np.zeros(len(rows), dtype=bool)
        for name in group:
            expected = pd.array(made[name], dtype="str").take(codes)
            cells = cited.table.frame[name].array.take(rows)
            differ |= np.asarray(cells != expected, dtype=bool)
            # What cannot be read is missing, and equal to nothing.
            differ |= np.asarray(pd.isna(expected), dtype=bool)
        for number in citations.index[differ]:
            if not findings.has(cited.evidence, number):
                yield _difference(cited, group, number)


def check_sources(cited: CitedTable) -> Iterator[Problem]:
    """Rows with a cell that is not cited from the source of its row, for tables that name one."""
    table = cited.table
    if "source_id" not in table.schema:
        return
    citations = cited.citations[cited.citations["row"] >= 0]
    sources = table.frame["source_id"].array.take(citations["row"].to_numpy())
    is_own = np.asarray(citations["source_id"].array == sources, dtype=bool)
    citations = citations.assign(source=sources, own=is_own)
    # Most rows are cited from their own source alone: the others are few.
    citations = citations[citations["row"].isin(citations.loc[~is_own, "row"])]
    cell_has_own = citations.groupby(["row", "field"])["own"].transform("any")
    foreign = citations[~cell_has_own].drop_duplicates("row")
    for number, row, field, other, source in foreign[["row", "field", "source_id", "source"]].itertuples(name=None):
        where = f"{cited.evidence.file}:{line_of(number)}"
        message = f"{field} is cited from {other} alone ({where}), but the row is what {source} states"
        fix = f"Write {other} in source_id, or cite {field} from {source}."
        yield table.problem(row, "source_id", message, fix)


def check_dates(cited: CitedTable, sources: Table) -> Iterator[Problem]:
    """Years and days later than the publication of the source that is cited, which only those of a target can be."""
    published = sources.frame.set_index("source_id")["published_on"]
    frame = cited.table.frame
    for field in (field for field in cited.fields if field.rule in ("year", "date")):
        citations = cited.of(field)
        if "status" in frame:
            citations = citations[frame["status"].array.take(citations["row"].to_numpy()) != "target"]
        cells = frame[field.name].array.take(citations["row"].to_numpy())
        limits = citations["source_id"].map(published).str.slice(0, 4 if field.rule == "year" else 10)
        late = np.asarray(limits.array < cells, bool)
        for row, limit in zip(citations["row"][late], limits[late], strict=True):
            message = f"{cited.table.cell(row, field.name)} is later than {limit}, when the source was published"
            fix = "If it is a target, write target in status; else write" if "status" in frame else "Write"
            yield cited.table.problem(row, field.name, message, f"{fix} what the source gives.")


def expected_cell(field: Field, quote: str) -> str | None:
    """What a quote makes of the cell, None if it cannot be read."""
    try:
        return cell_from_quote(field.rule, quote)
    except Unreadable:
        return None


def _difference(cited: CitedTable, group: list[str], number: Row) -> Problem:
    """The problem of a citation whose quote does not make its cells: number, unit and qualifier are one reading."""
    table, evidence = cited.table, cited.evidence
    row, quote = cited.citations.loc[number, "row"], evidence.cell(number, "quote")
    made = {name: expected_cell(table.schema[name], quote) for name in group}
    if None in made.values():
        message = f"the quote “{quote}” cannot be read as {table.schema[group[0]].rule}"
        fix = "Quote the figure of the source whole, with its unit and its qualifier."
        return evidence.problem(number, "quote", message, fix)
    name = next(name for name in group if table.cell(row, name) != made[name])
    cell, expected = table.cell(row, name), made[name]
    shown = repr(cell) if cell else "the empty cell"
    gives = f"gives {expected}" if expected else "leaves the cell empty"
    where = f"{evidence.file}:{line_of(number)}"
    message = f"{shown} does not follow from its quote “{quote}” ({where}), which {gives}"
    correct_cell = f"Write {expected} in the cell" if expected else "Empty the cell"
    correct_quote = f"quote the characters that give {cell}" if cell else "remove the citation"
    return table.problem(row, name, message, f"{correct_cell}, or {correct_quote}.")
