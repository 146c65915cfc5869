"""Every citation, checked against a copy of the article. Standard library only."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .alignment import Comparison, compare
from .article import Copy
from .derivation import citation_fault, omitted_words
from .omissions import FIGURE, Span, cuts_figure, is_inside, omission_fault, omissions
from .package import EVIDENCE, Package
from .paragraph_differences import paragraph_problems, record_problems
from .problems import Problem, one_per_location
from .values import Citation, Verification


@dataclass(frozen=True, slots=True)
class CheckedSpan:
    """A citation or an omission, checked against the copy."""

    span: Span
    holds: bool
    """Whether nothing is wrong with it, and its paragraph has the same number in the copy."""
    problem: Problem | None
    """What to report; nothing where the problem is the paragraph's."""


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """A figure of the copy, checked against the citations and omissions."""

    paragraph: int
    accounted: bool
    """Whether it lies inside a citation or an omission that holds."""
    problem: Problem | None
    """What to report; nothing where the problem is that of a citation or an omission."""


def verify(source: Copy, package: Package) -> Verification:
    """Check every citation of a source, its paragraphs and its figures against a copy. Raises Unusable."""
    comparison = compare(source, package)
    citations = _check_citations(comparison)
    spans = [*citations, *_check_omissions(comparison, citations)]
    figures = _check_figures(comparison, spans)
    problems = [checked.problem for checked in spans if checked.problem]
    problems += [figure.problem for figure in figures if figure.problem]
    problems += paragraph_problems(comparison, _paragraphs_with_problem(spans, figures))
    if not problems:
        problems += record_problems(comparison)
    return Verification(
        source_id=comparison.source_id,
        citations=len(citations),
        citations_held=sum(citation.holds for citation in citations),
        paragraphs=len(comparison.paragraphs),
        paragraphs_held=_count_of_paragraphs_held(comparison),
        figures=_count_of_figures(source),
        figures_accounted=sum(figure.accounted for figure in figures),
        problems=one_per_location(problems),
    )


def _count_of_paragraphs_held(comparison: Comparison) -> int:
    """How many paragraphs on record are unchanged in the copy, and have the same number there."""
    unchanged = comparison.positions.keys() - comparison.changed
    in_place = [number for number in unchanged if comparison.positions[number] == number]
    return len(in_place)


def _count_of_figures(source: Copy) -> int:
    return sum(len(FIGURE.findall(line.text)) for line in source.lines)


def _paragraphs_with_problem(spans: Iterable[CheckedSpan], figures: Iterable[CheckedFigure]) -> set[int]:
    """The numbers of the paragraphs in which a citation, an omission or a figure has a problem."""
    of_spans = {checked.span.paragraph for checked in spans if checked.problem}
    of_figures = {figure.paragraph for figure in figures if figure.problem}
    return of_spans | of_figures


def _check_citations(comparison: Comparison) -> list[CheckedSpan]:
    """Each citation of the source, checked."""
    file = comparison.package.paths[EVIDENCE]
    rows = _Rows(comparison.package)
    checked = []
    for line, citation in comparison.citations:
        fault = _fault_of_citation(citation, comparison, rows)
        problem = Problem(file, line, *fault) if fault else None
        checked.append(_checked_span(citation, problem, comparison))
    return checked


def _check_omissions(comparison: Comparison, citations: Iterable[CheckedSpan]) -> list[CheckedSpan]:
    """Each omission of the source, checked beside the citations, and beside the omissions declared before it."""
    package = comparison.package
    held = _by_paragraph(citation.span for citation in citations if citation.holds)
    checked = []
    for steps, omission in omissions(package):
        if omission.source_id != comparison.source_id:
            continue
        number = omission.paragraph
        fault = omission_fault(omission, comparison.text(number), held[number])
        problem = package.json_file.problem(steps, *fault) if fault else None
        checked_omission = _checked_span(omission, problem, comparison)
        checked.append(checked_omission)
        if checked_omission.holds:
            held[number].append(omission)
    return checked


def _checked_span(span: Span, problem: Problem | None, comparison: Comparison) -> CheckedSpan:
    """A span with what is wrong with it.

    The paragraph may be elsewhere in the copy, or the quote elsewhere in a changed paragraph. That is the paragraph's
    problem. It is reported once, and not for each of its spans.
    """
    number = span.paragraph
    text = comparison.text(number)
    is_in_place = comparison.positions.get(number) == number
    is_changed = number in comparison.changed
    holds = is_in_place and problem is None

    quote_is_elsewhere = span.quote != text[span.start : span.end] and span.quote in text
    quote_has_moved = is_changed and quote_is_elsewhere
    copy_has_number = 1 <= number <= len(comparison.copy.lines)
    paragraph_has_moved = copy_has_number and not is_in_place and not is_changed
    if quote_has_moved or paragraph_has_moved:
        problem = None
    return CheckedSpan(span, holds, problem)


def _by_paragraph(spans: Iterable[Span]) -> defaultdict[int, list[Span]]:
    """The spans by the number of their paragraph; of a paragraph without any, an empty list."""
    of_paragraph: defaultdict[int, list[Span]] = defaultdict(list)
    for span in spans:
        of_paragraph[span.paragraph].append(span)
    return of_paragraph


def _check_figures(comparison: Comparison, spans: Sequence[CheckedSpan]) -> list[CheckedFigure]:
    """Each figure in a paragraph on record, checked: some citation or omission accounts for it.

    A figure that is in a quote which does not hold, or that touches such a quote, has no problem of its own. The quote
    has one.
    """
    held_spans = [checked.span for checked in spans if checked.holds]
    failed_spans = [checked.span for checked in spans if not checked.holds]
    held = _by_paragraph(held_spans)
    failed = _by_paragraph(failed_spans)
    figures_of_failed = {figure for span in failed_spans for figure in FIGURE.findall(span.quote)}
    figures = []
    for number in comparison.positions:
        for figure in FIGURE.finditer(comparison.text(number)):
            accounted = is_inside(figure.span(), held[number])
            belongs_to_failed = figure[0] in figures_of_failed or _touches(figure.span(), failed[number])
            problem = None
            if not accounted and not belongs_to_failed:
                problem = _uncited_figure(comparison, number, figure)
            figures.append(CheckedFigure(number, accounted, problem))
    return figures


def _touches(figure: tuple[int, int], spans: Iterable[Span]) -> bool:
    """Whether a figure overlaps one of the spans of its paragraph, or stands right beside it."""
    start, end = figure
    return any(span.start <= end and start <= span.end for span in spans)


def _uncited_figure(comparison: Comparison, number: int, figure: re.Match[str]) -> Problem:
    """The problem of a figure of a paragraph that no citation or omission accounts for."""
    copy = comparison.copy
    line = copy.lines[comparison.positions[number] - 1].number
    start, end = figure.span()
    message = f"the figure {figure[0]} (paragraph {number}, characters {start} to {end}) is in no citation"
    fix = "Transcribe what it says and cite it, or declare why not with `wuxi-outsourcing quote --omit`."
    return Problem(copy.file, line, f"{start}", message, fix)


class _Rows:
    """The rows of tables by their ID. A table is read when one of its rows is first asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._tables: dict[str, Mapping[str, Mapping[str, object]]] = {}

    def find(self, table: str, row_id: str) -> Mapping[str, object] | None:
        """The row as text: a cell of the wrong type keeps no citation from being checked."""
        if table not in self._tables:
            schema = self._package.schema(table)
            self._tables[table] = {schema.row_id(row): row for row in self._package.text_rows(table)}
        return self._tables[table].get(row_id)


def _fault_of_citation(citation: Citation, comparison: Comparison, rows: _Rows) -> tuple[str, str, str] | None:
    """Why a citation does not hold, as column, message and fix."""
    fault = citation_fault(citation.table, citation.field, comparison.package)
    if fault:
        return fault
    text = comparison.text(citation.paragraph)
    start, end, quote = citation.start, citation.end, citation.quote
    in_copy = text[start:end] if start >= 0 else ""
    cited = f"“{quote}”, cited for {citation.table} {citation.row_id} {citation.field},"
    if start < 0 or in_copy != quote:
        in_copy = in_copy[:40]
        location = f"paragraph {citation.paragraph} at {start} to {end}, which has “{in_copy}”"
        return "quote", f"{cited} is not printed in {location}", _location_fix(citation, comparison.copy)
    if cuts_figure(text, start, end):
        return "quote", f"{cited} cuts a figure", "Quote the figure whole."

    omitted = _omitted_words(citation, comparison, rows)
    if omitted:
        words, fix = omitted
        return "quote", f"{cited} leaves out “{words}”, which is printed next to it", fix
    return None


def _omitted_words(citation: Citation, comparison: Comparison, rows: _Rows) -> tuple[str, str] | None:
    """The words that a quote wrongly leaves out, and the fix; None where no rule reads it or the row is not there."""
    schema = comparison.package.schema(citation.table)
    if not schema[citation.field].rule:
        return None
    row = rows.find(citation.table, citation.row_id)
    if not row:
        return None
    span = (citation.start, citation.end)
    return omitted_words(schema, citation.field, row, comparison.text(citation.paragraph), span)


def _location_fix(citation: Citation, copy: Copy) -> str:
    """Where the copy has the quote: in its paragraph, or else in any."""
    in_its_paragraph: list[str] = []
    in_others: list[str] = []
    for number, copied_line in enumerate(copy.lines, 1):
        locations = in_its_paragraph if number == citation.paragraph else in_others
        for match in re.finditer(re.escape(citation.quote), copied_line.text):
            locations.append(f"paragraph {number}, start {match.start()} and end {match.end()}")
    nearest = in_its_paragraph or in_others
    if not nearest:
        return "Correct the quote and the cell that it backs, or verify against a faithful copy."
    return f"Write {', or '.join(nearest[:5])}."
