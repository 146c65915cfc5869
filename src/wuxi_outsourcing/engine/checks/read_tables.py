"""What was read of a package: what checks of rows are given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ..cited_cells import cited_cells
from ..package import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ..package import Package
    from .file_form import Table

# What the checks of cells need of a citation. Its span is checked on the table itself.
_CITATION_FIELDS = ["table", "row_id", "field", "source_id", "quote"]


@dataclass(frozen=True, eq=False)
class ReadTables:
    """The tables of a package that could be read, by name."""

    package: Package
    tables: Mapping[str, Table]
    """The rows to check."""
    targets: Mapping[str, Table]
    """The tables whose rows can be looked up by ID, each with all its rows."""

    def narrowed(self, tables: Mapping[str, Table], targets: Mapping[str, Table] | None = None) -> ReadTables:
        """The same with these tables, and these targets if there are any.

        Where nothing is left out, this is the object itself, with all that it has worked out.
        """
        targets = self.targets if targets is None else targets
        if (tables, targets) == (self.tables, self.targets):
            return self
        return replace(self, tables=tables, targets=targets)

    @cached_property
    def cells(self) -> Mapping[str, pd.DataFrame]:
        """The cited cells of each table, as `cited_cells` gives them; nothing where there is no table of evidence."""
        if EVIDENCE not in self.tables:
            return {}
        citations = self.tables[EVIDENCE].frame[_CITATION_FIELDS]
        cited = [table for name, table in self.tables.items() if name != EVIDENCE]
        return {table.schema.name: cited_cells(table.schema, table.frame, citations) for table in cited}
