"""`quote --all`: evidence for each cell that lacks it and whose content is in one location of an article."""

import shlex
from collections import defaultdict
from collections.abc import Iterable
from math import inf
from typing import TYPE_CHECKING

from ..csv_files import TextRow
from ..derivation import day_for_cells
from ..package import EVIDENCE, Package
from ..problems import Problem
from ..quantities import PERIOD_RULES
from ..values import Citation
from .citable_cells import CitableCell, citable_cells
from .editable_tables import editable_table, write_tables
from .finding import LEGEND, described, missing_note, nearest_location
from .registered_source import RegisteredSource
from .search import Location, locations_of, readings

if TYPE_CHECKING:
    from datetime import date

_MOST_LISTED = 5
# Looking for what is most like a cell takes time: after so many cells that lack evidence, it is left out.
_MOST_SUGGESTED = 20


def record_all_evidence(source: RegisteredSource) -> tuple[list[TextRow], list[Problem]]:
    """Write the evidence of every cell that lacks it and whose content is in one location of the article.

    Of several locations, the one is taken that is in a paragraph from which the cell's row is cited. Where several are,
    or none, the cell has a problem. It suggests the location that is nearest to the row's other citations. A row with a
    source_id is looked for in that source alone. Returns the rows written, and a problem for each cell that still lacks
    evidence. Raises Unusable.
    """
    package, source_id = source.package, source.source_id
    citations = package.citations()
    row_locations = _row_locations(citations, source_id)
    located = _located(source, _uncited_cells(package, citations, source_id))
    # Cells in one location come first: they say which paragraphs their rows are from.
    located.sort(key=lambda cell_and_locations: len(cell_and_locations[1]) != 1)
    rows: list[TextRow] = []
    problems: list[Problem] = []
    for cell, locations in located:
        of_row = row_locations[cell.row_key]
        location = _only_location(locations, of_row)
        if location:
            rows.append(location.evidence(*cell.key, source_id))
            of_row.append(location)
        elif locations:
            problems.append(_ambiguous(source, cell, locations, of_row))
        else:
            suggests = len(problems) < _MOST_SUGGESTED
            problems.append(_not_found(source, cell, suggests=suggests))
    if rows:
        evidence = editable_table(package, EVIDENCE)
        write_tables(package, [evidence.with_rows(rows)])
    return rows, problems


def _row_locations(citations: Iterable[Citation], source_id: str) -> dict[tuple[str, str], list[Location]]:
    """The locations that each row, by table and ID, is cited from in a source."""
    locations: dict[tuple[str, str], list[Location]] = defaultdict(list)
    for citation in citations:
        if citation.source_id == source_id:
            location = Location(citation.paragraph, citation.start, citation.end, citation.quote)
            locations[citation.table, citation.row_id].append(location)
    return locations


def _uncited_cells(package: Package, citations: Iterable[Citation], source_id: str) -> list[CitableCell]:
    """The cells that lack evidence and that can have it from a source."""
    citing_sources: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for citation in citations:
        citing_sources[citation.cell].add(citation.source_id)
    cells = citable_cells(package)
    return [cell for cell in cells if _lacks_evidence(cell, citing_sources[cell.key], source_id)]


def _lacks_evidence(cell: CitableCell, citing_sources: set[str], source_id: str) -> bool:
    """Whether a cell lacks evidence that a source can give. A row with a source_id is cited from that source alone."""
    own_source = cell.row.get("source_id")
    if own_source:
        return own_source == source_id and source_id not in citing_sources
    return not citing_sources


def _located(source: RegisteredSource, cells: Iterable[CitableCell]) -> list[tuple[CitableCell, list[Location]]]:
    """Each cell with the locations whose quotes give it."""
    text = source.text
    known: dict[tuple[str, date | None], dict[str, list[Location]]] = {}
    located = []
    for cell in cells:
        rule = cell.field.rule
        if not rule:
            candidates = locations_of(text, cell.content)
        else:
            day = day_for_cells(cell.table.schema.name, source.published_on) if rule in PERIOD_RULES else None
            if (rule, day) not in known:
                known[rule, day] = readings(text, rule, day)
            candidates = known[rule, day].get(cell.content, [])
        locations = [location for location in candidates if cell.fault(source, location) is None]
        located.append((cell, locations))
    return located


def _only_location(locations: list[Location], of_row: list[Location]) -> Location | None:
    """The one location; of several, the one in the paragraphs of the row. None where there is none, or several."""
    if len(locations) == 1:
        return locations[0]
    paragraphs = {location.paragraph for location in of_row}
    in_these = [location for location in locations if location.paragraph in paragraphs]
    if len(in_these) == 1:
        return in_these[0]
    return None


def _not_found(source: RegisteredSource, cell: CitableCell, *, suggests: bool) -> Problem:
    """The problem of a cell in no location. For a cell that is a quote, it can suggest the nearest passage."""
    content = cell.first_content
    message = f"{content!r} has no evidence, and is not found in {source.file}"
    fix = "Correct the cell, or cite it from the article that has it."
    if suggests and not cell.field.rule:
        nearest = nearest_location(source.text, content)
        if nearest and nearest.quote != content:
            message += f"; the nearest passage is {described(content, nearest)}"
            fix += f" {LEGEND}"
    return cell.problem(message, fix + missing_note(source))


def _ambiguous(
    source: RegisteredSource, cell: CitableCell, locations: list[Location], of_row: list[Location]
) -> Problem:
    """The problem of a cell in several locations; `of_row` are those that its row is cited from."""
    content = cell.first_content
    listed = "; ".join(map(str, locations[:_MOST_LISTED]))
    if len(locations) > _MOST_LISTED:
        listed += "; …"
    message = f"{content!r} has no evidence, and is in {len(locations)} locations of {source.file}: {listed}"
    nearest = min(locations, key=lambda location: _distance(location, of_row))
    at = f"{nearest.paragraph}:{nearest.start}"
    command = shlex.join(["quote", source.file, nearest.quote, "--for", *cell.key, "--at", at])
    return cell.problem(message, f"Cite the right one, such as `wuxi-outsourcing {command}`.")


def _distance(location: Location, others: list[Location]) -> float:
    """How many characters lie between a location and the nearest of others in its paragraph."""
    nearest = inf
    for other in others:
        if other.paragraph == location.paragraph:
            gap = max(location.start - other.end, other.start - location.end, 0)
            nearest = min(nearest, gap)
    return nearest
