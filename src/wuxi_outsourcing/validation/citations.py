"""Layer 5, citations: what each quote makes of the cell that it is cited for, without the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..provenance.derivation import CITED_CLASSES, cell_from_quote, fields_cited_with
from ..quantities import Unreadable
from .files import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..problems import Problem
    from ..table_schemas import Field
    from .files import Row, Table
    from .findings import Findings


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

    @property
    def blame_evidence(self) -> bool:
        """Whether the evidence was changed and the table was not, so that it is the evidence that is wrong."""
        return self.evidence.changed and not self.table.changed

    def of(self, field: Field) -> pd.DataFrame:
        """The citations of a field, in rows that are there."""
        return self.citations[(self.citations["field"] == field.name) & (self.citations["row"] >= 0)]

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
    """Cells that are not what their quotes make of them, and quotes that cannot be read."""
    for field in cited.fields:
        citations, group = cited.of(field), cited.group(field)
        quotes, rows = citations["quote"], citations["row"].to_numpy()
        codes, unique = pd.factorize(quotes)
        parts = [cited.table.schema[name] for name in group]
        made = [[expected_cell(part, quote) for part in parts] for quote in unique]
        differ, empty = np.zeros(len(rows), bool), np.ones(len(rows), bool)
        for name, expected in zip(group, zip(*made, strict=True), strict=False):
            cells = cited.table.frame[name].array.take(rows)
            differ |= np.asarray(cells != pd.array(expected, dtype="str").take(codes), bool)
            empty &= np.asarray(cells == "", bool)
        for number in citations.index[differ | empty]:
            blame = cited.blame_evidence or findings.has(cited.evidence, number, ["quote"])
            yield _difference(cited, group, number, blame_evidence=blame)


def check_sources(cited: CitedTable) -> Iterator[Problem]:
    """Cells without a citation from the source of their row, for tables that name one."""
    table, citations = cited.table, cited.citations[cited.citations["row"] >= 0]
    if "source_id" not in table.schema:
        return
    sources = table.frame["source_id"].array.take(citations["row"].to_numpy())
    citations = citations.assign(source=sources, own=np.asarray(citations["source_id"].array == sources, bool))
    citations = citations[citations["row"].isin(citations.loc[~citations["own"], "row"])]
    row_has_own = citations.groupby("row")["own"].transform("any")
    cell_has_own = citations.groupby(["row", "field"])["own"].transform("any")
    citations = citations.assign(row_has_own=row_has_own)[~cell_has_own]
    names = ["row", "field", "source_id", "source", "row_has_own"]
    for number, row, field, other, source, in_row in citations[names].itertuples(name=None):
        message = f"{field} is cited from {other} alone, but the row is what {source} states"
        if in_row:
            where = f"{table.file}:{line_of(row)}:{field}"
            fix = f"Write {source}, or cite the cell from there too."
            yield cited.evidence.problem(number, "source_id", f"{message} ({where})", fix)
        else:
            yield table.problem(row, "source_id", message, f"Write {other}, or cite the row from {source}.")


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
            yield cited.table.problem(row, field.name, message, f"{fix} what the source prints.")


def expected_cell(field: Field, quote: str) -> str | None:
    """What a quote makes of the cell, None if it cannot be read."""
    try:
        return cell_from_quote(field.rule, quote)
    except Unreadable:
        return None


def _difference(cited: CitedTable, group: list[str], number: Row, *, blame_evidence: bool) -> Problem:
    """The problem of a citation whose quote does not make its cells: number, unit and qualifier are one misreading."""
    table, evidence = cited.table, cited.evidence
    row, quote = cited.citations.loc[number, "row"], evidence.cell(number, "quote")
    made = {name: expected_cell(table.schema[name], quote) for name in group}
    cells = {name: table.cell(row, name) for name in group}
    if None in made.values():
        fix = "Quote the printed figure whole, with its unit and its qualifier."
        message = f"the quote “{quote}” cannot be read as {table.schema[group[0]].rule}"
        return evidence.problem(number, "quote", message, fix)
    if blame_evidence and not any(cells.values()):
        message = f"the citation is of {table.schema.name}.{group[0]}, which is empty in this row"
        return evidence.problem(number, "field", message, "Remove the row, or fill in the cell.")
    name = next((name for name in group if cells[name] != made[name]), group[0])
    prints = f"prints {made[name]}" if made[name] else "leaves the cell empty"
    if blame_evidence:
        where = f"{table.file}:{line_of(row)}:{name}"
        message = f"the quote “{quote}” {prints}, but the cell that it is cited for is {cells[name]!r} ({where})"
        derived = table.schema[group[0]].rule
        fix = f"Quote the printed characters that say {cells[name]}." if derived else f"Write {cells[name]}."
        return evidence.problem(number, "quote", message, fix)
    cell = repr(cells[name]) if cells[name] else "the empty cell"
    message = f"{cell} does not follow from its quote “{quote}” ({evidence.file}:{line_of(number)}), which {prints}"
    fix = f"Write {made[name]}" if made[name] else "Empty the cell"
    return table.problem(row, name, message, f"{fix}, or correct the quote.")
