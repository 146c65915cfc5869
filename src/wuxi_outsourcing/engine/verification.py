"""Every citation, checked against a copy of the article. Standard library only."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from .citation_faults import CitationFaults
from .copies.alignment import Comparison, compare
from .copies.article import Copy, text_digest
from .derivation import citation_fault
from .omissions import FIGURE, Omission, Span, is_inside, omission_fault, omissions
from .package import EVIDENCE, Package
from .paragraph_differences import paragraph_problems, record_problems
from .problems import Problem, one_per_location
from .values import Citation, Verification

_AnySpan = TypeVar("_AnySpan", Citation, Omission)
HOLDS, CHANGED, MISSING = "holds", "changed", "missing"
# What is wrong in a changed paragraph is wrong with the copy.
_FIX_OF_COPY = "Verify against a faithful copy: the paragraph is changed in this one."


@dataclass(frozen=True, slots=True)
class CheckedSpan:
    """A citation or an omission, checked against the copy."""

    span: Span
    state: str
    """HOLDS, CHANGED where the copy has something else, or MISSING where it has nothing of it."""
    in_copy: Span | None
    """The span in the paragraph of the copy that has the quote, or what is there instead; None where nothing is."""
    problem: Problem | None
    """What to report; nothing where the problem is the paragraph's."""

    @property
    def holds(self) -> bool:
        """Whether the copy has the quote, and nothing is wrong with it."""
        return self.state == HOLDS


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """A figure of the copy, checked against the citations and omissions."""

    paragraph: int
    accounted: bool
    """Whether it lies inside a citation or an omission that holds."""
    problem: Problem | None
    """What to report; nothing where the problem is that of a citation or an omission."""


def verify(copy: Copy, package: Package) -> Verification:
    """Check every citation of a source, its paragraphs and its figures against a copy. Raises Unusable."""
    comparison = compare(copy, package)
    citations = check_citations(comparison)
    omitted = _check_omissions(comparison, citations)
    spans = [*citations, *omitted]
    figures = _check_figures(comparison, spans)
    problems = [checked.problem for checked in spans if checked.problem]
    problems += [figure.problem for figure in figures if figure.problem]
    problems += paragraph_problems(comparison, _paragraphs_with_problem(spans, figures))
    if not problems:
        problems += record_problems(comparison)
    return Verification(
        source_id=comparison.source.source_id,
        citations=len(citations),
        citations_held=_count(citations, HOLDS),
        citations_changed=_count(citations, CHANGED),
        citations_missing=_count(citations, MISSING),
        paragraphs=len(comparison.source.paragraphs),
        paragraphs_held=_count_of_paragraphs_held(comparison),
        figures=len(figures),
        figures_accounted=sum(figure.accounted for figure in figures),
        other_lines=comparison.other_lines,
        problems=one_per_location(problems),
    )


def _count(citations: Iterable[CheckedSpan], state: str) -> int:
    return sum(citation.state == state for citation in citations)


def _count_of_paragraphs_held(comparison: Comparison) -> int:
    """How many paragraphs on record are unchanged in the copy."""
    held = 0
    for number, paragraph in comparison.paragraphs.items():
        if comparison.is_same_text:
            is_on_record = text_digest(paragraph.text) == comparison.source.paragraphs[number].sha256
            held += is_on_record and paragraph.position == number
        else:
            held += not paragraph.is_changed
    return held


def _paragraphs_with_problem(spans: Iterable[CheckedSpan], figures: Iterable[CheckedFigure]) -> set[int]:
    """The numbers of the paragraphs in which a citation, an omission or a figure has a problem."""
    of_spans = {checked.span.paragraph for checked in spans if checked.problem}
    of_figures = {figure.paragraph for figure in figures if figure.problem}
    return of_spans | of_figures


def check_citations(comparison: Comparison) -> list[CheckedSpan]:
    """Each citation of the source, checked, in the order of the table."""
    file = comparison.package.paths[EVIDENCE]
    faults = CitationFaults(comparison)
    checked = []
    for line, citation in comparison.source.citations:
        in_copy = _in_copy(citation, comparison)
        fault = citation_fault(citation.table, citation.field, comparison.package)
        if not fault and not _is_missing(citation, in_copy, comparison):
            fault = faults.fault(citation, in_copy)
        problem = Problem(file, line, *fault) if fault else None
        checked.append(_checked_span(citation, in_copy, problem))
    return checked


def _check_omissions(comparison: Comparison, citations: Iterable[CheckedSpan]) -> list[CheckedSpan]:
    """Each omission of the source, checked beside the citations, and beside the omissions declared before it."""
    package = comparison.package
    held = _by_paragraph(citations, held=True)
    checked = []
    for steps, omission in omissions(package):
        if omission.source_id != comparison.source.source_id:
            continue
        number = omission.paragraph
        in_copy = _in_copy(omission, comparison)
        problem = None
        if not _is_missing(omission, in_copy, comparison):
            fault = omission_fault(in_copy or omission, comparison.text(number), held[number])
            if fault:
                message, fix = fault
                if number in comparison.paragraphs and comparison.paragraphs[number].is_changed:
                    fix = _FIX_OF_COPY
                problem = package.json_file.problem(steps, message, fix)
        checked_omission = _checked_span(omission, in_copy, problem)
        checked.append(checked_omission)
        if checked_omission.holds and in_copy:
            held[number].append(in_copy)
    return checked


def _in_copy(span: _AnySpan, comparison: Comparison) -> _AnySpan | None:
    """A span, located in the paragraph of the copy; None where the copy has nothing of it."""
    paragraph = comparison.paragraphs.get(span.paragraph)
    if paragraph is None:
        return None
    located = paragraph.quotes.get((span.start, span.quote))
    if located is None:
        return span
    if located.start == located.end:
        return None
    return replace(span, start=located.start, end=located.end)


def _is_missing(span: Span, in_copy: Span | None, comparison: Comparison) -> bool:
    """Whether the copy has nothing of a span since its paragraph is missing or changed, which is reported once."""
    if in_copy:
        return False
    number = span.paragraph
    if number in comparison.paragraphs:
        return True
    if comparison.is_same_text:
        return 1 <= number <= len(comparison.copy.lines)
    return number in comparison.source.paragraphs


def _checked_span(span: Span, in_copy: Span | None, problem: Problem | None) -> CheckedSpan:
    if in_copy is None:
        state = MISSING
    elif problem:
        state = CHANGED
    else:
        state = HOLDS
    return CheckedSpan(span, state, in_copy, problem)


def _by_paragraph(spans: Iterable[CheckedSpan], *, held: bool) -> defaultdict[int, list[Span]]:
    """The spans that hold, or that do not, by the number of their paragraph; of a paragraph without any, an empty list.

    They are located in the copy.
    """
    of_paragraph: defaultdict[int, list[Span]] = defaultdict(list)
    for checked in spans:
        if checked.in_copy and checked.holds == held:
            of_paragraph[checked.span.paragraph].append(checked.in_copy)
    return of_paragraph


def _check_figures(comparison: Comparison, spans: Sequence[CheckedSpan]) -> list[CheckedFigure]:
    """Each figure in a paragraph on record, checked: some citation or omission accounts for it.

    A figure that is in a quote which does not hold, or that touches such a quote, has no problem of its own. The quote
    has one.
    """
    held = _by_paragraph(spans, held=True)
    failed = _by_paragraph(spans, held=False)
    quotes_of_failed = [checked.span.quote for checked in spans if checked.problem or _is_moved(checked, comparison)]
    figures_of_failed = {figure for quote in quotes_of_failed for figure in FIGURE.findall(quote)}
    figures = []
    for number in comparison.paragraphs:
        for figure in FIGURE.finditer(comparison.text(number)):
            accounted = is_inside(figure.span(), held[number])
            belongs_to_failed = figure[0] in figures_of_failed or _touches(figure.span(), failed[number])
            problem = None
            if not accounted and not belongs_to_failed:
                problem = _uncited_figure(comparison, number, figure)
            figures.append(CheckedFigure(number, accounted, problem))
    return figures


def _is_moved(checked: CheckedSpan, comparison: Comparison) -> bool:
    """Whether a span is not there since its paragraph has another number on record than in the source."""
    return comparison.is_same_text and not checked.holds


def _touches(figure: tuple[int, int], spans: Iterable[Span]) -> bool:
    """Whether a figure overlaps one of the spans of its paragraph, or stands right beside it."""
    start, end = figure
    return any(span.start <= end and start <= span.end for span in spans)


def _uncited_figure(comparison: Comparison, number: int, figure: re.Match[str]) -> Problem:
    """The problem of a figure of a paragraph that no citation or omission accounts for."""
    copy = comparison.copy
    paragraph = comparison.paragraphs[number]
    start, end = figure.span()
    message = f"the figure {figure[0]} (paragraph {number}, characters {start} to {end}) is in no citation"
    if paragraph.is_changed:
        fix = _FIX_OF_COPY
    else:
        fix = "Transcribe what it says and cite it, or declare why not with `wuxi-outsourcing quote --omit`."
    return Problem(copy.file, paragraph.line, f"{number}:{start}", message, fix)
