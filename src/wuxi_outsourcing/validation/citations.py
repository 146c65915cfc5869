"""Layer 5, citations: what each quote makes of the cell that it is cited for, without the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..provenance.derivation import CITED_CLASSES, cell_from_quote, fields_cited_with
from ..quantities import Unreadable
from .files import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from ..problems import Problem
    from ..table_schemas import Field
    from .files import Table
    from .pandera_schema import Locations

_UNREADABLE = "\0"  # no cell holds it


@dataclass(frozen=True, slots=True, eq=False)
class CitedTable:
    """A table with its citations.

    `citations` are rows of the evidence, by their number there: field, quote, source_id and `row`, the row of the table
    that is cited or -1.
    """

    table: Table
    evidence: Table
    citations: pd.DataFrame
    duplicates: AbstractSet[int]
    """Rows that share their ID with another: nobody knows which of them is cited."""

    def of(self, field: Field) -> pd.DataFrame:
        """The citations of a field, those of rows that are not there left out."""
        return self.citations[(self.citations["field"] == field.name) & (self.citations["row"] >= 0)]

    def cited_fields(self) -> list[Field]:
        """The fields that need citations of their own."""
        return [field for field in self.table.schema if field.provenance in CITED_CLASSES]

    def filled(self, field: Field) -> pd.Series[bool]:
        """For each row whether the field, or one that shares its quotes, has a value."""
        names = [field.name, *(other.name for other in fields_cited_with(self.table.schema, field))]
        return (self.table.frame[names] != "").any(axis=1)


def cited_table(table: Table, evidence: Table) -> CitedTable:
    """Look up the row that each citation of a table names."""
    citations = evidence.frame.loc[
        evidence.frame["table"] == table.schema.name, ["row_id", "field", "quote", "source_id"]
    ]
    ids = table.ids()
    unique = ids.drop_duplicates()
    positions = pd.Index(unique).get_indexer(citations["row_id"])
    rows = np.append(unique.index.to_numpy(), -1)[positions]
    duplicates = set(ids.index[ids.duplicated(keep=False)]) if len(unique) < len(ids) else set()
    return CitedTable(table, evidence, citations.assign(row=rows), duplicates)


def check_contents(
    cited: CitedTable, known_cells: Locations, known_quotes: Locations, *, blame_quotes: bool
) -> Iterator[Problem]:
    """Cells that are not what their quotes make of them.

    A problem is at the quote if that is wrong by itself, or with `blame_quotes`: the evidence was changed, the table
    was not.
    """
    for field in cited.cited_fields():
        citations = cited.of(field)
        fields = (field, *fields_cited_with(cited.table.schema, field))
        for citation in _differing(cited, fields, citations):
            row, quote = int(citations.loc[citation, "row"]), str(citations.loc[citation, "quote"])
            if row in cited.duplicates:
                continue
            blame = (line_of(citation), "quote") in known_quotes or (
                blame_quotes and known_cells.isdisjoint((line_of(row), other.name) for other in fields)
            )
            yield _difference(cited, fields, row, (citation, quote), blame_quotes=blame)


def check_sources(cited: CitedTable, published: Mapping[str, str]) -> Iterator[Problem]:
    """Cells without a citation from the source of their row, and dates later than the publication of what is cited.

    `published` are the days on which the sources were published, as text.
    """
    if "source_id" in cited.table.schema:
        yield from _check_source_of_row(cited)
        return
    for field in cited.cited_fields():
        if field.rule in ("year", "date"):
            citations = cited.of(field)
            cells = cited.table.frame[field.name].reindex(citations["row"]).set_axis(citations.index)
            limits = citations["source_id"].map(published).astype("str").str.slice(0, 4 if field.rule == "year" else 10)
            for citation in citations.index[(cells > limits) & limits.notna()]:
                message = f"{cells[citation]} is later than {limits[citation]}, when the source was published"
                row = int(citations.loc[citation, "row"])
                yield cited.table.problem(row, field.name, message, "Write what the source prints.")


def expected_cell(field: Field, quote: str) -> str | None:
    """What a quote makes of the cell, None if it cannot be read."""
    try:
        return cell_from_quote(field.rule, quote)
    except Unreadable:
        return None


def _differing(cited: CitedTable, fields: tuple[Field, ...], citations: pd.DataFrame) -> list[int]:
    """The citations whose quotes do not make the cells, or that are of cells without any value."""
    codes, quotes = pd.factorize(citations["quote"])
    rows = cited.table.frame.index.get_indexer(citations["row"])
    differs, filled = np.zeros(len(citations), bool), np.zeros(len(citations), bool)
    for field in fields:
        cells = cited.table.frame[field.name].array.take(rows)
        made = [expected_cell(field, quote) for quote in quotes]
        expected = pd.array([_UNREADABLE if cell is None else cell for cell in made], dtype="str").take(codes)
        differs |= np.asarray(cells != expected, bool)
        filled |= np.asarray(cells != "", bool)
    return citations.index[differs | ~filled].tolist()


def _difference(
    cited: CitedTable, fields: tuple[Field, ...], row: int, citation: tuple[int, str], *, blame_quotes: bool
) -> Problem:
    """The problem of a citation whose quote does not make its cells: number, unit and qualifier are one misreading."""
    table, evidence, (number, quote) = cited.table, cited.evidence, citation
    made = {field.name: expected_cell(field, quote) for field in fields}
    cells = {name: table.frame.loc[row, name] for name in made}
    if None in made.values():
        fix = "Quote the printed figure whole, with its unit and its qualifier."
        return evidence.problem(number, "quote", f"the quote “{quote}” cannot be read as {fields[0].rule}", fix)
    if blame_quotes and not any(cells.values()):
        message = f"the citation is of {table.schema.name}.{fields[0].name}, which is empty in this row"
        return evidence.problem(number, "field", message, "Remove the row, or fill in the cell.")
    name = next((name for name, cell in cells.items() if cell != made[name]), fields[0].name)
    prints = f"prints {made[name]}" if made[name] else "leaves the cell empty"
    if blame_quotes:
        place = f"{table.file}:{line_of(row)}:{name}"
        message = f"the quote “{quote}” {prints}, but the cell that it is cited for is {cells[name]!r} ({place})"
        return evidence.problem(number, "quote", message, _quote_fix(fields[0], cells[name]))
    place = f"{evidence.file}:{line_of(number)}"
    cell = repr(cells[name]) if cells[name] else "the empty cell"
    message = f"{cell} does not follow from its quote “{quote}” ({place}), which {prints}"
    fix = f"Write {made[name]}" if made[name] else "Empty the cell"
    return table.problem(row, name, message, f"{fix}, or correct the quote.")


def _check_source_of_row(cited: CitedTable) -> Iterator[Problem]:
    """A row with a source has, for each cited cell, a citation from that source."""
    table, citations = cited.table, cited.citations[cited.citations["row"] >= 0]
    sources = table.frame["source_id"].reindex(citations["row"]).set_axis(citations.index)
    own = citations["source_id"] == sources
    without = citations[~own & ~citations["row"].isin(cited.duplicates)]
    if without.empty:
        return
    rows_with = set(citations.loc[own, "row"])
    cells_with = set(citations.loc[own, ["row", "field"]].itertuples(index=False, name=None))
    for citation, row, field, other in without[["row", "field", "source_id"]].itertuples(name=None):
        source = sources[citation]
        message = f"{field} is cited from {other} alone, but the row is what {source} states"
        if row not in rows_with:
            yield table.problem(row, "source_id", message, f"Write {other}, or cite the row from {source}.")
        elif (row, field) not in cells_with:
            place = f"{table.file}:{line_of(row)}:{field}"
            fix = f"Write {source}, or cite the cell from there too."
            yield cited.evidence.problem(citation, "source_id", f"{message} ({place})", fix)


def _quote_fix(field: Field, cell: str) -> str:
    """How to correct a quote that does not say what the cell does."""
    return f"Quote the printed characters that say {cell}." if field.rule else f"Write {cell}."
