"""Whether every figure that an article prints is in some citation, or is declared to be left out."""

import re
from collections.abc import Iterable

from .omissions import Omission, omissions
from .problem import Problem
from .source_record import Recorded
from .source_text import SourceText

FIGURE = re.compile(r"[0-9]+")
# A figure with its thousands marks and decimals: a quote that begins or ends inside one has cut it.
_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_Spans = dict[int, list[tuple[int, int]]]


def cuts_figure(paragraph: str, start: int, end: int) -> bool:
    """Whether a span begins or ends inside a figure.

    >>> cuts_figure("产值1,350亿元", 4, 9), cuts_figure("产值1,350亿元", 2, 9)
    (True, False)
    """
    return any(number.start() < edge < number.end() for number in _NUMBER.finditer(paragraph) for edge in (start, end))


def check_figures(
    recorded: Recorded, source: SourceText, pairs: dict[int, int], held: set[int]
) -> tuple[int, dict[int, list[Problem]]]:
    """How many figures are accounted for, and by paragraph the problems of those that are not.

    A figure is accounted for inside a quote that holds, of a citation (those on the lines `held`) or of a declared
    omission. One that a citation covers, or once covered, without holding has no message here: the citation has.
    """
    sound, failing = _cited(recorded, source, pairs, held)
    problems = _declare(recorded, source, pairs, sound, failing)
    accounted = 0
    for number, at in pairs.items():
        paragraph = source.paragraphs[at - 1]
        cut = [match.span() for match in _NUMBER.finditer(paragraph) if _touched(match.span(), failing.get(number, ()))]
        for figure in FIGURE.finditer(paragraph):
            start, end = figure.span()
            if _inside((start, end), sound.get(number, ())):
                accounted += 1
            elif not _touched((start, end), cut):
                place = f"paragraph {number}, characters {start} to {end}"
                message = f"the figure {figure.group()} ({place}) is in no citation"
                fix = "Transcribe what it says, and cite it; or declare why not, with `wuxi-outsourcing cite --omit`."
                problem = Problem(source.file, source.lines[at - 1], f"{start}", message, fix)
                problems.setdefault(number, []).append(problem)
    return accounted, problems


def _cited(recorded: Recorded, source: SourceText, pairs: dict[int, int], held: set[int]) -> tuple[_Spans, _Spans]:
    """By paragraph the spans of the citations that hold, and those of the others, where they are and once were."""
    sound: _Spans = {}
    failing: _Spans = {}
    for line, citation in recorded.citations:
        number, start, end = citation.paragraph, citation.start, citation.end
        if line in held:
            sound.setdefault(number, []).append((start, end))
        elif number in pairs:
            shift = len(source.paragraphs[pairs[number] - 1]) - recorded.characters[number]
            failing.setdefault(number, []).extend([(start, end), (start + shift, end + shift)])
    return sound, failing


def _declare(
    recorded: Recorded, source: SourceText, pairs: dict[int, int], sound: _Spans, failing: _Spans
) -> dict[int, list[Problem]]:
    """Add the declared omissions to the spans of citations; by paragraph the problems of those that don't hold."""
    problems: dict[int, list[Problem]] = {}
    for one, descriptor, steps in omissions(recorded.package):
        number = one.paragraph
        if one.source_id == recorded.source_id:
            at = pairs.get(number)
            paragraph = source.paragraphs[at - 1] if at == number else ""
            fault = _fault(one, paragraph, sound.get(number, ()))
            if fault is None:
                sound.setdefault(number, []).append((one.start, one.end))
                continue
            problems.setdefault(number, []).append(descriptor.problem(steps, *fault))
            spans = [match.span() for match in re.finditer(re.escape(one.quote), paragraph) if one.quote]
            failing.setdefault(number, []).extend([(one.start, one.end), *spans])
    return problems


def _fault(one: Omission, paragraph: str, cited: Iterable[tuple[int, int]]) -> tuple[str, str] | None:
    """Why a declaration doesn't hold, as message and mend."""
    place = f"paragraph {one.paragraph}, characters {one.start} to {one.end}"
    if not one.quote or paragraph[one.start : one.end] != one.quote:
        message = f"“{one.quote}”, declared as left out, is not what stands in {place}"
        return message, "Correct quote and place, or remove the declaration."
    if cuts_figure(paragraph, one.start, one.end):
        return f"“{one.quote}”, declared as left out, cuts a figure in {place}", "Quote the figure whole."
    figures = list(FIGURE.finditer(paragraph, one.start, one.end))
    if all(_inside(figure.span(), cited) for figure in figures):
        what = "is cited" if figures else "holds no figure"
        return f"“{one.quote}”, declared as left out, {what}", "Remove the declaration."
    return None


def _inside(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _touched(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
