"""Every citation, checked against a copy of the article. Standard library only."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from .alignment import Comparison, compare
from .article import SourceText, text_digest
from .derivation import citation_fault, omitted_words
from .omissions import FIGURE, Span, cuts_figure, is_inside, omission_fault, omissions
from .package import EVIDENCE, PARAGRAPHS, SOURCES, Package
from .problems import Problem, counted, one_per_location
from .values import Citation, Verification

Spans = defaultdict[int, list[Span]]  # by paragraph


def verify(source: SourceText, package: Package) -> Verification:
    """Check every citation of a source, its paragraphs and its figures against a copy. Raises Unusable.

    A changed paragraph has a problem of its own only where none of its citations, omissions and figures has.
    """
    comparison = compare(source, package)
    held: Spans = defaultdict(list)
    failed: Spans = defaultdict(list)
    numbered = [*_check_spans(comparison, held, failed), *_check_figures(comparison, held, failed)]
    positions, changed = comparison.positions, comparison.changed
    problems = [problem for _, problem in numbered]
    problems += _check_paragraphs(comparison, set(changed).difference(number for number, _ in numbered))
    figures = [
        is_inside(figure.span(), held[number])
        for number in positions
        for figure in FIGURE.finditer(comparison.text(number))
    ]
    return Verification(
        source_id=comparison.source_id,
        citations=len(comparison.citations),
        citations_held=sum(isinstance(span, Citation) for spans in held.values() for span in spans),
        paragraphs=len(comparison.paragraphs),
        paragraphs_held=sum(number == position and number not in changed for number, position in positions.items()),
        figures=sum(len(FIGURE.findall(paragraph)) for paragraph in source.paragraphs),
        figures_accounted=sum(figures),
        problems=one_per_location(problems or _check_record(comparison)),
    )


def _check_spans(comparison: Comparison, held: Spans, failed: Spans) -> Iterator[tuple[int, Problem]]:
    """Sort citations and omissions into those that hold and the others; problems of these, with their paragraph.

    One that fails because its paragraph is elsewhere, or is changed elsewhere, has no problem of its own: the
    paragraph has.
    """
    for span, problem in _faults(comparison, held):
        number, text = span.paragraph, comparison.text(span.paragraph)
        in_place, changed = comparison.positions.get(number) == number, number in comparison.changed
        (held if in_place and not problem else failed)[number].append(span)
        moved = changed and span.quote != text[span.start : span.end] and span.quote in text
        elsewhere = not (in_place or changed) and 1 <= number <= len(comparison.copy.paragraphs)
        if problem and not moved and not elsewhere:
            yield number, problem


def _faults(comparison: Comparison, held: Spans) -> Iterator[tuple[Span, Problem | None]]:
    """Each citation and then each omission of the source, with what is wrong with it; `held` are the citations."""
    package = comparison.package

    @cache
    def rows(table: str) -> Mapping[str, Mapping[str, object]]:
        # As text: a cell of the wrong type keeps no citation from being checked.
        return {package.schema(table).row_id(row): row for row in package.text_rows(table)}

    for line, citation in comparison.citations:
        fault = _fault(citation, comparison, rows)
        yield citation, Problem(package.paths[EVIDENCE], line, *fault) if fault else None
    for steps, omission in omissions(package):
        if omission.source_id == comparison.source_id:
            number = omission.paragraph
            reason = omission_fault(omission, comparison.text(number), held[number])
            yield omission, package.json_file.problem(steps, *reason) if reason else None


def _check_figures(comparison: Comparison, held: Spans, failed: Spans) -> Iterator[tuple[int, Problem]]:
    """A problem for each figure that no citation or omission accounts for, with the number of its paragraph.

    One that a quote which does not hold has, or touches, has no problem of its own: that quote has.
    """
    copy = comparison.copy
    misplaced = {figure for spans in failed.values() for span in spans for figure in FIGURE.findall(span.quote)}
    for number, position in comparison.positions.items():
        for figure in FIGURE.finditer(comparison.text(number)):
            start, end = figure.span()
            touched = any(span.start <= end and start <= span.end for span in failed[number])
            if not is_inside((start, end), held[number]) and not touched and figure[0] not in misplaced:
                message = f"the figure {figure[0]} (paragraph {number}, characters {start} to {end}) is in no citation"
                fix = "Transcribe what it says and cite it, or declare why not with `wuxi-outsourcing quote --omit`."
                yield number, Problem(copy.file, copy.lines[position - 1], f"{start}", message, fix)


def _fault(
    citation: Citation, comparison: Comparison, rows: Callable[[str], Mapping[str, Mapping[str, object]]]
) -> tuple[str, str, str] | None:
    """Why a citation does not hold, as column, message and fix."""
    package, text = comparison.package, comparison.text(citation.paragraph)
    start, end, quote = citation.start, citation.end, citation.quote
    if fault := citation_fault(citation.table, citation.field, package):
        return fault
    cited = f"“{quote}”, cited for {citation.table} {citation.row_id} {citation.field},"
    if start < 0 or text[start:end] != quote:
        printed = text[start:end][:40] if start >= 0 else ""
        there = f"paragraph {citation.paragraph} at {start} to {end}, which has “{printed}”"
        return "quote", f"{cited} is not printed in {there}", _location_fix(citation, comparison.copy)
    if cuts_figure(text, start, end):
        return "quote", f"{cited} cuts a figure", "Quote the figure whole."
    schema = package.schema(citation.table)
    row = rows(citation.table).get(citation.row_id) if schema[citation.field].rule else None
    omitted = omitted_words(schema, citation.field, row, text, (start, end)) if row else None
    return ("quote", f"{cited} leaves out “{omitted[0]}”, which is printed next to it", omitted[1]) if omitted else None


def _location_fix(citation: Citation, copy: SourceText) -> str:
    """Where the quote is printed: in its paragraph, or else in any."""
    occurrences = [
        (number, match.start(), match.end())
        for number, text in enumerate(copy.paragraphs, 1)
        for match in re.finditer(re.escape(citation.quote), text)
    ]
    nearest = [location for location in occurrences if location[0] == citation.paragraph] or occurrences
    if not nearest:
        return "Correct the quote and the cell that it backs, or verify against a faithful copy."
    locations = [f"paragraph {number}, start {start} and end {end}" for number, start, end in nearest[:5]]
    return f"Write {', or '.join(locations)}."


def _check_paragraphs(comparison: Comparison, changed: set[int]) -> Iterator[Problem]:
    """Paragraphs that differ, are missing or are extra. Of a copy that is right as a whole, the record is wrong."""
    source_id, copy, file = comparison.source_id, comparison.copy, comparison.package.paths[PARAGRAPHS]
    whole = text_digest(copy.text) == comparison.source[2]
    complete = "Give the article alone, complete and in its order."
    for number in sorted(comparison.paragraphs.keys() - comparison.positions.keys()):
        message = f"paragraph {number} of {source_id} is not in {copy.file} at this position"
        yield Problem(
            file, comparison.paragraphs[number][0], "paragraph", message, "Remove the row." if whole else complete
        )
    for number in sorted(changed):
        sha256 = text_digest(comparison.text(number))
        message = f"paragraph {number} of {source_id} has the SHA-256 {sha256} in {copy.file}"
        fix = f"Write {sha256}." if whole else "Verify against a faithful copy."
        yield Problem(file, comparison.paragraphs[number][0], "sha256", message, fix)
    for number in sorted(set(range(1, len(copy.paragraphs) + 1)) - set(comparison.positions.values())):
        text, message = copy.paragraphs[number - 1], f"this is not a paragraph of {source_id} at this position"
        size = counted(len(text), "character")
        add = f"Add paragraph {number} to {file}, with {size} and the SHA-256 {text_digest(text)}."
        yield Problem(copy.file, copy.lines[number - 1], None, message, add if whole else complete)


def _check_record(comparison: Comparison) -> Iterator[Problem]:
    """Numbers, lengths and the hash of the whole, of a copy whose paragraphs are all as on record."""
    copy, files = comparison.copy, comparison.package.paths
    line, characters, sha256 = comparison.source
    cells: list[tuple[str, int, str, object, object]] = [
        (files[SOURCES], line, "characters", characters, len(copy.text)),
        (files[SOURCES], line, "sha256", sha256, text_digest(copy.text)),
    ]
    for number, (line, characters, _) in comparison.paragraphs.items():
        cells.append((files[PARAGRAPHS], line, "paragraph", number, comparison.positions[number]))
        cells.append((files[PARAGRAPHS], line, "characters", characters, len(comparison.text(number))))
    for file, line, column, cell, printed in cells:
        if cell != printed:
            yield Problem(file, line, column, f"{cell} is not what {copy.file} has: {printed}", f"Write {printed}.")
