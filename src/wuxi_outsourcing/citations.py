"""What backs a row or a cell: the printed characters it came from."""

from collections.abc import Iterator
from dataclasses import dataclass

from .package import EVIDENCE, Package, UnknownName, installed
from .reading import numbered_rows


@dataclass(frozen=True, slots=True)
class Citation:
    """One printed span behind one cell: a row of the table `evidence`.

    >>> import wuxi_outsourcing as wx
    >>> wx.evidence("places", "wuxi")[0].cell
    ('places', 'wuxi', 'name_zh')
    """

    table: str
    """Table of the cell."""
    row_id: str
    """Primary key of its row; the values of a key of several fields are joined by `/`."""
    field: str
    """Field of the cell."""
    source_id: str
    """Source that the span is printed in (`sources.source_id`)."""
    paragraph: int
    """Number of the paragraph, from 1."""
    start: int
    """Where the span begins in the paragraph's canonical text, in code points from 0."""
    end: int
    """Where it ends; the character at this place is not part of it."""
    quote: str
    """The printed characters themselves: exactly that slice."""

    @property
    def cell(self) -> tuple[str, str, str]:
        """The cell that the span backs: table, row ID and field."""
        return self.table, self.row_id, self.field


def evidence(table: str, row_id: str, field: str | None = None) -> list[Citation]:
    """The citations behind a row, or behind one cell of it: a list in the order of the table `evidence`.

    A field that is cited with another (a figure's qualifier and unit) is backed by that one's citations. An
    editorial or reference field has none. Raises UnknownName (a LookupError) for an unknown table, row or field.

    >>> import wuxi_outsourcing as wx
    >>> [(c.paragraph, c.start, c.end, c.quote) for c in wx.evidence("industry_metrics", "ic-output-2020", "value")]
    [(18, 57, 63, '1350亿元')]
    """
    package = installed()
    schema = package.schema(table)
    row_ids = [schema.row_id(row) for _, row in numbered_rows(package, table)]
    if row_id not in row_ids:
        raise UnknownName(f"row of {table}", row_id, row_ids)
    if field is not None:
        field = schema[field].cited_with or field
    return [
        citation
        for _, citation in citations(package)
        if citation.table == table and citation.row_id == row_id and field in (None, citation.field)
    ]


def citations(package: Package) -> Iterator[tuple[int, Citation]]:
    """Every citation with its line in the CSV."""
    for line, row in numbered_rows(package, EVIDENCE):
        yield line, Citation(**row)  # type: ignore[arg-type]  # numbered_rows types the cells by the schema
