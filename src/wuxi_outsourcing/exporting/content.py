"""What every format is made from: the typed rows of a package, the citations of each cell, and how to cite it all."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ..citations import Citation
from ..omissions import omissions
from ..package import EVIDENCE, Field, Package, TableSchema
from .sound import Row, sound_rows

# As the calendar module names them, unless a program has set another locale.
_MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
_MONTHS += ["August", "September", "October", "November", "December"]


@dataclass(frozen=True, slots=True)
class Content:
    """A package, read once. Rows stand in the order of the CSV, cells in the order of the fields."""

    package: Package
    rows: Mapping[str, Sequence[Row]]
    by_cell: Mapping[tuple[str, str, str], Sequence[Citation]]

    def row_id(self, schema: TableSchema, row: Row) -> str:
        """How `evidence.row_id` names a row."""
        return schema.row_id(dict(zip(schema.names, row, strict=True)))

    def citations(self, schema: TableSchema, row: Row, field: Field) -> Sequence[Citation]:
        """What backs a cell; a field that is cited with another has that one's citations."""
        return self.by_cell.get((schema.name, self.row_id(schema, row), field.cited_with or field.name), ())


def read_content(package: Package) -> Content:
    """The rows and citations of a package. Raises Unusable for one that is not sound."""
    rows = sound_rows(package)
    names = package.schema(EVIDENCE).names
    by_cell: dict[tuple[str, str, str], list[Citation]] = {}
    for row in rows[EVIDENCE]:
        citation = Citation(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]  # typed by the schema
        by_cell.setdefault(citation.cell, []).append(citation)
    return Content(package, rows, by_cell)


def about(package: Package) -> dict[str, Any]:
    """What the descriptor says of the package as a whole, how to cite it, and which printed figures are left out."""
    said = {key: value for key, value in package.descriptor.items() if key not in ("$schema", "resources")}
    left_out = [asdict(omission) for omission, _, _ in omissions(package)]
    return said | {"citation": citation_line(package), "omissions": left_out}


def citation_line(package: Package) -> str:
    """How to cite the package, from its descriptor, as one line of plain text.

    >>> from wuxi_outsourcing.package import installed
    >>> citation_line(installed())[:44]
    'The wuxi-outsourcing developers (2026). Serv'
    """
    descriptor = package.descriptor
    sources = "; ".join(_dated(source) for source in descriptor["sources"])
    return (
        f"{people(package)} ({descriptor['created'][:4]}). {descriptor['title']}, version {package.version}. "
        f"Data package. Transcribed from {sources}."
    )


def people(package: Package) -> str:
    """The names of the contributors."""
    return ", ".join(map(name_of, package.descriptor["contributors"]))


def name_of(contributor: Mapping[str, str]) -> str:
    """A contributor's name; the standard lets it stand in one piece or in two."""
    parts = (contributor.get("givenName"), contributor.get("familyName"))
    return contributor.get("title") or " ".join(filter(None, parts))


def _dated(source: Mapping[str, str]) -> str:
    """A source's title and, where its version is one, the day on which it was published."""
    try:
        day = date.fromisoformat(source.get("version", ""))
    except ValueError:
        return source["title"]
    return f"{source['title']}, {day.day} {_MONTHS[day.month - 1]} {day.year}"
