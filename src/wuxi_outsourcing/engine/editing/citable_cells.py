"""The cells of a package that need evidence, and whether a quote is evidence for one."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..csv_files import TextRow, line_of
from ..derivation import (
    cell_from_quote,
    citation_fault,
    day_for_cells,
    fields_cited_with,
    fix_of_unreadable,
    months_fault,
    omitted_words,
)
from ..package import Package
from ..problems import Problem, UnknownName, Unusable
from ..quantities import Unreadable
from ..schema import CLASSES_WITH_CITATIONS, Field
from .editable_tables import TextTable, editable_table
from .registered_source import RegisteredSource
from .search import Location


@dataclass(frozen=True, slots=True)
class CitableCell:
    """A cell that needs evidence."""

    table: TextTable
    field: Field
    line: int
    """The line of its row in the CSV."""
    row: TextRow

    @property
    def row_key(self) -> tuple[str, str]:
        """How evidence names the row of the cell: table and row ID."""
        return self.table.schema.name, self.table.schema.row_id(self.row)

    @property
    def key(self) -> tuple[str, str, str]:
        """How evidence names the cell: table, row ID and field."""
        return *self.row_key, self.field.name

    @property
    def content(self) -> str:
        """What the cell holds."""
        return self.row[self.field.name]

    @property
    def fields(self) -> list[Field]:
        """The field of the cell, and those that are cited with it."""
        return [self.field, *fields_cited_with(self.table.schema, self.field)]

    @property
    def first_content(self) -> str:
        """What the cell holds. Where it is empty, it is what the first filled cell holds that is cited with it."""
        for field in self.fields:
            if self.row[field.name]:
                return self.row[field.name]
        return ""

    def fault(self, source: RegisteredSource, location: Location) -> Problem | None:
        """Why the cell, and those cited with it, do not follow from the quote at a location."""
        quote = location.quote
        schema = self.table.schema
        day = day_for_cells(schema.name, source.published_on)
        try:
            expected = {field.name: cell_from_quote(field.rule, quote, day) for field in self.fields}
        except Unreadable as error:
            return self.problem(str(error), fix_of_unreadable(error, schema.name))
        paragraph = source.text.paragraphs[location.paragraph]
        span = location.start, location.end
        omitted = omitted_words(schema, self.field.name, self.row, paragraph, span)
        if omitted:
            words, fix = omitted
            return self.problem(f"“{quote}” leaves out “{words}”, which is next to it in the source", fix)
        for name, content in expected.items():
            if self.row[name] != content:
                message = f"{name} is {self.row[name]!r}, but “{quote}” says {content or 'nothing'}"
                return self.problem(message, "Correct the cell, or quote what says so.")
        without_months = months_fault(schema, self.field.name, self.row, quote)
        return self.problem(*without_months) if without_months else None

    def problem(self, message: str, fix: str) -> Problem:
        """A problem with the cell."""
        return Problem(self.table.file, self.line, self.field.name, message, fix)


def citable_cell(package: Package, name: str, row_id: str, field: str) -> CitableCell:
    """The cell of a table, row and field. Raises UnknownName, and Unusable for a cell that needs no evidence."""
    table = editable_table(package, name)
    indexes = {table.schema.row_id(row): index for index, row in enumerate(table.rows)}
    if row_id not in indexes:
        raise UnknownName(f"row of {name}", row_id, indexes)
    index = indexes[row_id]
    cell = CitableCell(table, table.schema[field], line_of(index), table.rows[index])
    fault = citation_fault(name, field, package)
    if fault:
        _, message, _ = fault
        raise Unusable(cell.problem(message, "Cite a field that is quoted or derived."))
    return cell


def citable_cells(package: Package) -> Iterator[CitableCell]:
    """Every cell that needs evidence. An empty one does where another cell is cited with it that is filled."""
    for name in package.paths:
        table = editable_table(package, name)
        fields = [field for field in table.schema if field.provenance in CLASSES_WITH_CITATIONS]
        for index, row in enumerate(table.rows):
            for field in fields:
                cell = CitableCell(table, field, line_of(index), row)
                if cell.first_content:
                    yield cell
