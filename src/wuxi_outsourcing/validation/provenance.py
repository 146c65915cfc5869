"""Layer 5: that every transcribed cell has evidence and follows from it, without the article at hand."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from unicodedata import is_normalized

from .. import printed
from ..cited_cells import CITED, citable, followers, said
from ..omissions import omissions
from ..package import EVIDENCE, PARAGRAPHS, SOURCES, Field, Package
from ..problem import Problem
from .csv_file import Table


class _Span(NamedTuple):
    """What a citation says of its cell: the row, the quote and the citation's own line."""

    row_id: str
    quote: str
    line: int


def check_provenance(tables: Mapping[str, Table], package: Package, changed: set[str]) -> Iterator[Problem]:
    """What is wrong between cells and their evidence.

    `changed` are the files that are no longer what the descriptor says: where a cell and its quote disagree, the
    problem is placed in the one of the two that was changed.
    """
    yield from _sums(tables)
    evidence = tables.get(EVIDENCE)
    if evidence is None:
        return
    yield from _places(evidence, tables)
    # By cited field: whatever is the same for a million citations of a field is then looked up once.
    groups: dict[tuple[str, str], list[_Span]] = {}
    columns = evidence.rows(("table", "field", "row_id", "quote"))
    for line, (name, field, row_id, quote) in zip(evidence.lines, columns, strict=True):
        groups.setdefault((name, field), []).append(_Span(row_id, quote, line))
    for cited, spans in groups.items():
        found = citable(*cited, package)
        if found:
            yield from (Problem(evidence.file, span.line, *found) for span in spans)
    for name, table in tables.items():
        by_field = {field: spans for (of, field), spans in groups.items() if of == name}
        yield from _table(table, by_field, evidence, changed)


def _table(table: Table, cited: Mapping[str, list[_Span]], evidence: Table, changed: set[str]) -> Iterator[Problem]:
    """One table against the citations of its fields."""
    if not cited and not any(field.provenance in CITED for field in table.schema.fields):
        return
    rows: dict[str, int] = {}
    for row, key in enumerate(table.rows(table.schema.primary_key)):
        rows.setdefault("/".join(key), row)
    if table.complete:
        yield from _strays(table.schema.name, rows, cited, evidence)
    backed = {}
    for field in table.schema.fields:
        if field.provenance in CITED:
            spans = [(rows[span.row_id], span) for span in cited.get(field.name, ()) if span.row_id in rows]
            backed[field.name] = {row for row, _ in spans}
            yield from _contents(table, field, spans, evidence, changed)
    if evidence.complete:
        yield from _uncited(table, backed)


def _strays(name: str, rows: Mapping[str, int], cited: Mapping[str, list[_Span]], evidence: Table) -> Iterator[Problem]:
    """Citations for a row that is not there, told once a row: most often it was removed or renamed."""
    strays: dict[str, list[int]] = {}
    for spans in cited.values():
        for span in spans:
            if span.row_id not in rows:
                strays.setdefault(span.row_id, []).append(span.line)
    for row_id, lines in strays.items():
        message = f"{name} has no row {row_id!r}; {len(lines)} citation(s) name it"
        yield Problem(evidence.file, min(lines), "row_id", message, "Correct the row ID, or remove the citations.")


def _contents(
    table: Table, field: Field, spans: list[tuple[int, _Span]], evidence: Table, changed: set[str]
) -> Iterator[Problem]:
    """Cells that are not what their quotes say."""
    columns = [(each, table.columns[each.name]) for each in (field, *followers(table.schema, field))]
    quote_changed = evidence.file in changed and table.file not in changed
    for row, span in spans:
        if not any(cells[row] for _, cells in columns):
            message = f"the citation backs {table.schema.name}.{field.name}, which is empty in row {span.row_id!r}"
            yield Problem(evidence.file, span.line, "field", message, "Fill in the cell, or remove the citation.")
            continue
        for each, cells in columns:
            try:
                quoted = said(each.rule, span.quote)
            except printed.Unreadable as error:
                fix = "Quote the printed figure whole, with its unit and its qualifier."
                yield Problem(evidence.file, span.line, "quote", str(error), fix)
                break
            if cells[row] == quoted:
                continue
            line, says = table.lines[row], f"says {quoted}" if quoted else "leaves the cell empty"
            if quote_changed:
                place = f"{table.file}:{line}:{each.name}"
                message = f"the quote “{span.quote}” {says}, but the cell that it backs is {cells[row]!r} ({place})"
                fix = f"Quote the printed characters that say {cells[row]}."
                yield Problem(evidence.file, span.line, "quote", message, fix)
            else:
                place = f"{evidence.file}:{span.line}"
                message = f"{cells[row]!r} does not follow from its quote “{span.quote}” ({place}), which {says}"
                fix = f"Write {quoted}" if quoted else "Empty the cell"
                yield Problem(table.file, line, each.name, message, f"{fix}, or correct the quote.")
            break  # Number, unit and qualifier that differ from one quote are one misreading.


def _uncited(table: Table, backed: Mapping[str, set[int]]) -> Iterator[Problem]:
    """Cells that hold something and have no evidence; told once a row where no cell of it has any."""
    with_evidence = set().union(*backed.values())
    bare: set[int] = set()
    for name, rows in backed.items():
        columns = [
            table.columns[each.name] for each in (table.schema[name], *followers(table.schema, table.schema[name]))
        ]
        for row, cells in enumerate(zip(*columns, strict=True)):
            if row in rows or not any(cells):
                continue
            if row in with_evidence:
                message = f"{cells[0] or cells[1]!r} has no evidence"
                row_id = "/".join(table.columns[part][row] for part in table.schema.primary_key)
                cell = f"{table.schema.name} {row_id} {name}"
                fix = (
                    f"Cite the printed characters, `wuxi-outsourcing cite FILE QUOTE --for {cell}`, or empty the cell."
                )
                yield Problem(table.file, table.lines[row], name, message, fix)
            elif row not in bare:
                bare.add(row)
                fix = f"Cite each of {', '.join(backed)} that is not empty: `wuxi-outsourcing cite FILE --all`."
                key = table.schema.primary_key[0]
                yield Problem(table.file, table.lines[row], key, "the row has no evidence at all", fix)


def _places(evidence: Table, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Spans that the paragraph is too short for, and quotes that can't be canonical text."""
    quotes = evidence.columns["quote"]
    if not is_normalized("NFKC", "\n".join(quotes)):
        for line, quote in zip(evidence.lines, quotes, strict=True):
            if not is_normalized("NFKC", quote):
                message = f"the quote “{quote}” is not in Unicode normalisation form NFKC, as canonical text is"
                yield Problem(
                    evidence.file, line, "quote", message, "Write it with half-width letters, digits and marks."
                )
    paragraphs = tables.get(PARAGRAPHS)
    if paragraphs is None:
        return
    lengths = {
        (source, number): int(length)
        for source, number, length in paragraphs.rows(("source_id", "paragraph", "characters"))
        if length.isdecimal()
    }
    for line, (source, number, end) in zip(
        evidence.lines, evidence.rows(("source_id", "paragraph", "end")), strict=True
    ):
        length = lengths.get((source, number))
        if length is not None and end.isdecimal() and int(end) > length:
            message = f"{end} is beyond the end of paragraph {number} of {source}, which has {length} characters"
            yield Problem(evidence.file, line, "end", message, "Correct paragraph, start and end.")


def check_omissions(package: Package, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Declared omissions whose paragraph is not on record, or has no room for them."""
    paragraphs = tables.get(PARAGRAPHS)
    if paragraphs is None or not paragraphs.complete:
        return
    lengths = {
        (source, number): length for source, number, length in paragraphs.rows(("source_id", "paragraph", "characters"))
    }
    for one, descriptor, steps in omissions(package):
        length = lengths.get((one.source_id, str(one.paragraph)))
        if length is None:
            message = f"“{one.quote}” is declared as left out of paragraph {one.paragraph} of {one.source_id!r}, "
            message += f"which is not in {paragraphs.file}"
        elif one.end - one.start != len(one.quote) or (length.isdecimal() and one.end > int(length)):
            message = f"{one.start} to {one.end} is not the length of the quote “{one.quote}”, "
            message += f"or beyond the {length} characters of the paragraph"
        else:
            continue
        yield descriptor.problem(steps, message, "Correct quote and place, or remove the declaration.")


def _sums(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Sources without paragraphs, and sources whose length is not that of their paragraphs."""
    sources, paragraphs = tables.get(SOURCES), tables.get(PARAGRAPHS)
    if sources is None or paragraphs is None or not paragraphs.complete:
        return
    lengths: dict[str, list[str]] = {}
    for source, length in paragraphs.rows(("source_id", "characters")):
        lengths.setdefault(source, []).append(length)
    for line, (source, length) in zip(sources.lines, sources.rows(("source_id", "characters")), strict=True):
        parts = lengths.get(source)
        if parts is None:
            message = f"{source!r} has no row in {paragraphs.file}"
            yield Problem(sources.file, line, "source_id", message, "Add its paragraphs.")
        elif all(map(str.isdecimal, (length, *parts))):
            # A line feed stands between two paragraphs.
            total = sum(map(int, parts)) + len(parts) - 1
            if int(length) != total:
                message = f"{length} is not the length of the paragraphs of {source} joined by line feeds, {total}"
                yield Problem(sources.file, line, "characters", message, f"Write {total}, or correct the paragraphs.")
