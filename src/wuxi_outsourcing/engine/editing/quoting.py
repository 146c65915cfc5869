"""`quote`: evidence rows for quotes from an article, and omissions declared."""

import shlex
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from math import inf

from ..article import SourceText, text_digest
from ..derivation import CITED_CLASSES, cell_from_quote, citation_fault, fields_cited_with, omitted_words
from ..omissions import OMISSIONS, Omission, Span, omission_fault, omissions
from ..package import DESCRIPTOR, EVIDENCE, SOURCES, Package
from ..problems import Problem, UnknownName, Unusable
from ..quantities import Unreadable
from ..schema import Field
from ..tables import TextRow
from .search import At, Location, find, find_one, readings
from .text_tables import TextTable, editable_table, is_allowed, write_tables


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that needs evidence: its table, its field, its row and the line of that in the CSV."""

    table: TextTable
    field: Field
    line: int
    row: TextRow

    @property
    def key(self) -> tuple[str, str, str]:
        """How evidence names the cell."""
        return self.table.schema.name, self.table.schema.row_id(self.row), self.field.name

    @property
    def fields(self) -> list[Field]:
        """The field of the cell, and those that are cited with it."""
        return [self.field, *fields_cited_with(self.table.schema, self.field)]

    def fault(self, source: SourceText, location: Location) -> Problem | None:
        """Why the cell, and those cited with it, do not follow from the quote at a location."""
        quote, text = location.quote, source.paragraphs[location.paragraph - 1]
        try:
            expected = {field.name: cell_from_quote(field.rule, quote) for field in self.fields}
        except Unreadable as error:
            return self.problem(str(error), error.fix)
        if omitted := omitted_words(self.table.schema, self.field.name, self.row, text, (location.start, location.end)):
            return self.problem(f"“{quote}” leaves out “{omitted[0]}”, which is printed next to it", omitted[1])
        for name, cell in expected.items():
            if self.row[name] != cell:
                message = f"{name} is {self.row[name]!r}, but “{quote}” says {cell or 'nothing'}"
                return self.problem(message, "Correct the cell, or quote what says so.")
        return None

    def problem(self, message: str, fix: str) -> Problem:
        """A problem with the cell."""
        return Problem(self.table.file, self.line, self.field.name, message, fix)


def check_quote(package: Package, source: SourceText, quote: str) -> None:
    """Raise Unusable for what cannot be a quote by the table schema of the evidence."""
    if not is_allowed(package, package.schema(EVIDENCE)["quote"], EVIDENCE, quote):
        message = f"“{quote}” is empty, too long ({len(quote)} characters) or has the end of a sentence"
        raise Unusable(Problem(source.file, None, None, message, "Quote a figure, a name or a phrase."))


def record_evidence(
    package: Package, source: SourceText, quote: str, cell: tuple[str, str, str], at: At | None = None
) -> str:
    """Write the evidence row that backs a cell, named by table, row ID and field, with a quote.

    Returns what was done, to print. Raises Unusable, with every file as it was, and UnknownName.
    """
    source_id = registered(package, source)
    check_quote(package, source, quote)
    target = _cell(package, *cell)
    location = find_one(source, quote, at)
    if fault := target.fault(source, location):
        raise Unusable(fault)
    evidence, row = editable_table(package, EVIDENCE), location.evidence(*cell, source_id)
    if row in evidence.rows:
        return f"{evidence.file}:{evidence.rows.index(row) + 2}: this evidence is on record already"
    write_tables(package, [evidence.with_rows([row])])
    return f"{evidence.file}: {' '.join(cell)} is now cited from {source_id}, {location}: {quote}"


def record_all_evidence(package: Package, source: SourceText) -> tuple[list[TextRow], list[Problem]]:
    """Write the evidence of every cell that lacks it and that the article prints in exactly one location.

    A cell that is printed in several is cited from the one in a paragraph that another cell of its row is cited from;
    where there are several of these, the problem suggests the one nearest to the row's other cells.
    Rows with a source_id are looked for in that source alone. Returns the rows written, and a problem for each cell
    that still lacks evidence. Raises Unusable.
    """
    source_id = registered(package, source)
    cited_from: dict[tuple[str, ...], set[str]] = defaultdict(set)  # the sources of each cell
    row_spans: dict[tuple[str, ...], list[Location]] = defaultdict(list)  # what each row is cited from, in this source
    for citation in package.citations():
        cited_from[citation.cell].add(citation.source_id)
        if citation.source_id == source_id:
            span = Location(citation.paragraph, citation.start, citation.end, citation.quote)
            row_spans[citation.cell[:2]].append(span)
    read = cache(lambda rule: readings(source, rule))
    uncited: list[tuple[Cell, list[Location]]] = []
    for cell in _cells(package):
        own = cell.row.get("source_id")
        if (own or source_id) != source_id or (cited_from[cell.key] & {own} if own else cited_from[cell.key]):
            continue
        content, rule = cell.row[cell.field.name], cell.field.rule
        printed = read(rule).get(content, []) if rule else _printed(source, content)
        uncited.append((cell, [location for location in printed if not cell.fault(source, location)]))
    rows: list[TextRow] = []
    problems: list[Problem] = []
    # Those that are printed once come first: they say which paragraphs the row is from.
    for cell, locations in sorted(uncited, key=lambda item: len(item[1]) != 1):
        of_row = row_spans[cell.key[:2]]
        paragraphs = {span.paragraph for span in of_row}
        near = [location for location in locations if location.paragraph in paragraphs]
        if len(locations) == 1 or len(near) == 1:
            location = (near or locations)[0]
            rows.append(location.evidence(*cell.key, source_id))
            of_row.append(location)
        else:
            problems.append(_uncited(source, cell, locations, of_row))
    if rows:
        write_tables(package, [editable_table(package, EVIDENCE).with_rows(rows)])
    return rows, problems


def declare_omission(package: Package, source: SourceText, quote: str, reason: str, at: At | None = None) -> str:
    """Declare in the descriptor that the figures of a quote are in no cell, and why.

    Returns what was done, to print. Raises Unusable, with every file as it was.
    """
    source_id = registered(package, source)
    check_quote(package, source, quote)
    location = find_one(source, quote, at)
    omission = Omission(source_id=source_id, reason=reason, **asdict(location))
    here = source_id, location.paragraph
    known = [other for _, other in omissions(package)]
    if any((other.source_id, other.paragraph, other.start) == (*here, location.start) for other in known):
        return f"{DESCRIPTOR}: “{quote}” is declared as omitted already"
    spans: list[Span] = [*package.citations(), *known]
    others = [span for span in spans if (span.source_id, span.paragraph) == here]
    if fault := omission_fault(omission, source.paragraphs[location.paragraph - 1], others):
        raise Unusable(Problem(source.file, None, None, fault[0], "Omit only a figure that is in no citation."))
    declared = {OMISSIONS: [asdict(other) for other in sorted([*known, omission])]}
    resources = package.descriptor["resources"]
    resources = [resource | (declared if resource["name"] == EVIDENCE else {}) for resource in resources]
    write_tables(package, [], {"resources": resources})
    return f"{DESCRIPTOR}: “{quote}” ({source_id}, {location}) is now declared as omitted"


def registered(package: Package, source: SourceText) -> str:
    """The ID of the source that this is a faithful copy of. Raises Unusable."""
    for row in editable_table(package, SOURCES).rows:
        if row["sha256"] == text_digest(source.text):
            return row["source_id"]
    message = f"this is not a copy, faithful to the character, of any source in {package.paths[SOURCES]}"
    fix = "Register it with `wuxi-outsourcing add-source`, or see with `verify` where the copy differs."
    raise Unusable(Problem(source.file, None, None, message, fix))


def _cell(package: Package, name: str, row_id: str, field: str) -> Cell:
    """The cell of that name, if it can be cited. Raises Unusable and UnknownName."""
    table = editable_table(package, name)
    lines = {table.schema.row_id(row): line for line, row in enumerate(table.rows, 2)}
    if row_id not in lines:
        raise UnknownName(f"row of {name}", row_id, lines)
    cell = Cell(table, table.schema[field], lines[row_id], table.rows[lines[row_id] - 2])
    if fault := citation_fault(name, field, package):
        raise Unusable(cell.problem(fault[1], "Cite a field that is quoted or derived."))
    return cell


def _cells(package: Package) -> Iterator[Cell]:
    """Every cell that needs evidence."""
    for name in package.paths:
        table = editable_table(package, name)
        fields = [field for field in table.schema if field.provenance in CITED_CLASSES]
        cells = (Cell(table, field, line, row) for line, row in enumerate(table.rows, 2) for field in fields)
        yield from (cell for cell in cells if any(cell.row[field.name] for field in cell.fields))


def _printed(source: SourceText, quote: str) -> list[Location]:
    try:
        return find(source, quote)
    except Unusable:
        return []


def _uncited(source: SourceText, cell: Cell, locations: list[Location], of_row: list[Location]) -> Problem:
    """The problem of a cell in no or in several locations; `of_row` are the spans that its row is cited from."""
    shown = next(cell.row[field.name] for field in cell.fields if cell.row[field.name])
    if not locations:
        message = f"{shown!r} has no evidence, and is not found in {source.file}"
        return cell.problem(message, "Correct the cell, or cite it from the article that prints it.")
    where = "; ".join(map(str, locations[:5])) + "; …" * (len(locations) > 5)  # noqa: PLR2004
    message = f"{shown!r} has no evidence, and is printed in {len(locations)} locations of {source.file}: {where}"
    nearest = min(locations, key=lambda location: _distance(location, of_row))
    at = f"{nearest.paragraph}:{nearest.start}"
    command = shlex.join(["quote", source.file, nearest.quote, "--for", *cell.key, "--at", at])
    return cell.problem(message, f"Cite the right one, such as `wuxi-outsourcing {command}`.")


def _distance(location: Location, others: list[Location]) -> float:
    """How many characters lie between a location and the nearest of others in its paragraph."""
    gaps = [
        max(location.start - other.end, other.start - location.end, 0)
        for other in others
        if other.paragraph == location.paragraph
    ]
    return min(gaps, default=inf)
