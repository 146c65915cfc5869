"""`cite`: evidence rows, written for quotes that stand in exactly one place of an article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .. import printed
from ..cited_cells import CITED, citable, followers, said
from ..package import EVIDENCE, SOURCES, Field, Package, TableSchema, UnknownName
from ..problem import Problem, Unusable
from ..source_text import SourceText, digest
from ..surroundings import left_out
from .atomic import replace_files
from .places import Place, apart, find, readings
from .tables import TextTable, read_text_table, with_tables

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is to be cited, with the row that it stands in and its place in the CSV."""

    schema: TableSchema
    field: Field
    row: Row
    file: str
    line: int

    @property
    def key(self) -> tuple[str, str, str]:
        """How evidence names the cell."""
        return self.schema.name, self.schema.row_id(self.row), self.field.name

    def problem(self, message: str, fix: str) -> Problem:
        """A problem with the cell."""
        return Problem(self.file, self.line, self.field.name, message, fix)

    def fault(self, quote: str) -> Problem | None:
        """Why the cell, and those cited with it, don't follow from a quote."""
        for field in (self.field, *followers(self.schema, self.field)):
            try:
                expected = said(field.rule, quote)
            except printed.Unreadable as error:
                return self.problem(str(error), "Quote the printed figure whole, with its unit and its qualifier.")
            if self.row[field.name] != expected:
                message = f"{field.name} is {self.row[field.name]!r}, but “{quote}” says {expected or 'nothing'}"
                return self.problem(message, "Correct the cell, or quote what says so.")
        return None

    def evidence(self, source_id: str, place: Place) -> Row:
        """The row that cites the place for the cell."""
        span = {"paragraph": str(place.paragraph), "start": str(place.start), "end": str(place.end)}
        table, row_id, field = self.key
        return {"table": table, "row_id": row_id, "field": field, "source_id": source_id, **span, "quote": place.quote}


def check_quote(package: Package, source: SourceText, quote: str) -> None:
    """Raise Unusable for what can't be a quote: the table schema of the evidence says how long it may be."""
    limits = package.schema(EVIDENCE)["quote"].constraints
    longest = int(limits.get("maxLength", len(quote)))
    message = ""
    if len(quote) > longest:
        message, fix = f"the quote has {len(quote)} characters, and {longest} are allowed", "Quote the figure or name."
    elif not re.fullmatch(limits.get("pattern", ".*"), quote):
        message, fix = f"“{quote}” is empty or holds the end of a sentence", "Quote a figure, a name or a phrase."
    if message:
        raise Unusable(Problem(source.file, None, None, message, fix))


def cite(package: Package, source: SourceText, quote: str, cell: tuple[str, str, str]) -> str:
    """Write the evidence row that backs a cell, named by table, row ID and field, with a quote that stands once.

    What was done, to print. Raises Unusable, with every file as it was, and UnknownName.
    """
    source_id = registered(package, source)
    check_quote(package, source, quote)
    target = _cell(package, *cell)
    places = find(source, quote)
    if len(places) > 1:
        raise Unusable(_ambiguous(source, package, [target.evidence(source_id, place) for place in places]))
    (place,) = places
    paragraph = source.paragraphs[place.paragraph - 1]
    fault = target.fault(quote)
    word = left_out(paragraph[: place.start], paragraph[place.end :]) if target.field.rule == "quantity" else None
    if word is not None:
        fault = Problem(
            source.file, None, None, f"“{quote}” leaves out “{word}”, which stands next to it", "Quote it too."
        )
    if fault:
        raise Unusable(fault)
    evidence = read_text_table(package, EVIDENCE)
    row = target.evidence(source_id, place)
    for line, known in evidence.numbered():
        if known == row:
            return f"{evidence.file}:{line}: this evidence is there already"
    replace_files(package.root, with_tables(package, [evidence.with_rows([row])]))
    return f"{evidence.file}: {' '.join(target.key)} is now cited from {source_id}, {place}: {quote}"


def cite_all(package: Package, source: SourceText) -> tuple[list[Row], list[Problem]]:
    """Write the evidence of every cell that lacks it and that the article prints in exactly one place.

    The rows written, and a problem for each cell that still lacks evidence. A quoted cell is looked for as it is; for a
    derived one, what its rule reads to exactly the cell, and to those that are cited with it. Raises Unusable.
    """
    source_id = registered(package, source)
    evidence = read_text_table(package, EVIDENCE)
    backed = {(row["table"], row["row_id"], row["field"]) for row in evidence.rows}
    read = cache(lambda rule: readings(source, rule))
    rows: list[Row] = []
    rest: list[Problem] = []
    for cell in _cells(package):
        # What is said of another source is not to be found in this one.
        if cell.key in backed or (cell.schema.name == SOURCES and cell.row["source_id"] != source_id):
            continue
        places = _places(package, source, cell, read(cell.field.rule) if cell.field.rule else None)
        if len(places) == 1:
            rows.append(cell.evidence(source_id, places[0]))
            continue
        shown = cell.row[cell.field.name] or next(cell.row[each.name] for each in followers(cell.schema, cell.field))
        where = "; ".join(map(str, places[:5])) + "; …" * (len(places) > 5)  # noqa: PLR2004
        message = f"{shown!r} has no evidence, and is printed in {len(places)} places of {source.file}: {where}"
        if not places:
            message = f"{shown!r} has no evidence, and is not found in {source.file}"
        rest.append(cell.problem(message, "Correct the cell, or cite the right place: `cite FILE QUOTE --for …`."))
    if rows:
        replace_files(package.root, with_tables(package, [evidence.with_rows(rows)]))
    return rows, rest


def registered(package: Package, source: SourceText) -> str:
    """The ID of the source that this is a faithful copy of. Raises Unusable."""
    sources = read_text_table(package, SOURCES)
    for row in sources.rows:
        if row["sha256"] == digest(source.text):
            return row["source_id"]
    message = f"this is no copy, faithful to the character, of any source in {sources.file}"
    fix = "Register it with `wuxi-outsourcing add-source`, or see with `verify` where the copy differs."
    raise Unusable(Problem(source.file, None, None, message, fix))


def _cell(package: Package, table: str, row_id: str, field: str) -> Cell:
    """The cell of that name, if it can be cited. Raises Unusable and UnknownName."""
    schema = package.schema(table)
    each = schema[field]
    rows = read_text_table(package, table)
    fault = citable(table, field, package)
    if fault:
        _, message, fix = fault
        fix = fix if each.cited_with else "Cite a field that is quoted or derived."
        raise Unusable(Problem(rows.file, None, field, message, fix))
    for line, row in rows.numbered():
        if schema.row_id(row) == row_id:
            cell = Cell(schema, each, row, rows.file, line)
            if _empty(cell):
                raise Unusable(cell.problem("the cell is empty", "Fill it in first, then cite what it says."))
            return cell
    raise UnknownName(f"row of {table}", row_id, map(schema.row_id, rows.rows))


def _cells(package: Package) -> Iterator[Cell]:
    """Every cell that needs evidence."""
    for name, schema in package.schemas.items():
        fields = [field for field in schema.fields if field.provenance in CITED]
        if fields:
            table: TextTable = read_text_table(package, name)
            for line, row in table.numbered():
                cells = (Cell(schema, field, row, table.file, line) for field in fields)
                yield from (cell for cell in cells if not _empty(cell))


def _empty(cell: Cell) -> bool:
    return not any(cell.row[field.name] for field in (cell.field, *followers(cell.schema, cell.field)))


def _places(package: Package, source: SourceText, cell: Cell, read: dict[str, list[Place]] | None) -> list[Place]:
    """The places that print the cell."""
    content = cell.row[cell.field.name]
    if read is not None:
        places = [place for place in read.get(content, ()) if cell.fault(place.quote) is None]
        return apart(places, shortest=cell.field.rule == "quantity")
    try:
        check_quote(package, source, content)
        return find(source, content)
    except Unusable:
        return []


def _ambiguous(source: SourceText, package: Package, rows: list[Row]) -> Problem:
    lines = "\n    ".join(",".join(row.values()) for row in rows)
    message = f"“{rows[0]['quote']}” stands in {len(rows)} places"
    fix = f"Quote more where the cell allows it, or add the right one of these rows to {package.paths[EVIDENCE]}:"
    return Problem(source.file, None, None, message, f"{fix}\n    {lines}")
