"""The figures that an article prints: each is in some citation, or declared as omitted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..json_files import read_json
from ..package import DESCRIPTOR
from ..problems import Problem
from .omissions import Omission, omissions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .recorded import Comparison
    from .values import Citation

    Quotes = dict[int, list[Citation | Omission]]  # by paragraph

FIGURE = re.compile(r"[0-9]+")
# A figure with its thousands marks and decimals: a quote that begins or ends inside one cuts it.
NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


def cuts_figure(paragraph: str, start: int, end: int) -> bool:
    """Whether a span begins or ends inside a figure.

    >>> cuts_figure("产值1,350亿元", 4, 9), cuts_figure("产值1,350亿元", 2, 9)
    (True, False)
    """
    return any(number.start() < edge < number.end() for number in NUMBER.finditer(paragraph) for edge in (start, end))


def omission_fault(omission: Omission, paragraph: str, cited: Iterable[Citation | Omission]) -> tuple[str, str] | None:
    """Why the omission of a quote does not hold, as message and fix; `cited` are the citations of its paragraph."""
    quote, start, end = omission.quote, omission.start, omission.end
    figures = [(start + figure.start(), start + figure.end()) for figure in FIGURE.finditer(quote)]
    if not quote or start < 0 or paragraph[start:end] != quote:
        location = f"paragraph {omission.paragraph} at {start} to {end}"
        return f"“{quote}”, an omission, is not printed in {location}", "Correct quote and location, or remove it."
    if cuts_figure(paragraph, start, end):
        return f"“{quote}”, an omission, cuts a figure", "Quote the figure whole."
    if not figures:
        return f"“{quote}”, an omission, has no figure", "Remove the omission: only figures need one."
    if all(_is_inside(figure, cited) for figure in figures):
        return f"“{quote}”, an omission, is cited", "Remove the omission."
    return None


def check_omissions(comparison: Comparison, held: Quotes, failed: Quotes) -> Iterator[tuple[int, Problem]]:
    """Sort the omissions into those that hold and the others; problems of these, with the number of the paragraph."""
    package = comparison.package
    for steps, omission in omissions(package):
        if omission.source_id == comparison.source_id:
            number = omission.paragraph
            fault = omission_fault(omission, comparison.text(number), held[number])
            (failed if fault else held)[number].append(omission)
            if fault and comparison.is_judged(number):
                yield number, read_json(package.root, DESCRIPTOR).problem(steps, *fault)


def check_figures(comparison: Comparison, held: Quotes, failed: Quotes) -> tuple[int, list[tuple[int, Problem]]]:
    """How many figures are accounted for, and a problem for each other, with the number of its paragraph.

    A figure is accounted for inside a quote that holds. One that a quote which does not hold has, or touches, has no
    problem of its own: that quote has.
    """
    accounted, copy = 0, comparison.copy
    problems: list[tuple[int, Problem]] = []
    misplaced = {figure for quotes in failed.values() for quote in quotes for figure in FIGURE.findall(quote.quote)}
    for number, position in comparison.positions.items():
        for figure in FIGURE.finditer(comparison.text(number)):
            start, end = figure.span()
            touched = any(quote.start <= end and start <= quote.end for quote in failed[number])
            if _is_inside((start, end), held[number]):
                accounted += 1
            elif not touched and figure[0] not in misplaced:
                message = f"the figure {figure[0]} (paragraph {number}, characters {start} to {end}) is in no citation"
                fix = "Transcribe what it says and cite it, or declare why not with `wuxi-outsourcing cite --omit`."
                problem = Problem(copy.file, copy.lines[position - 1], f"{start}", message, fix)
                problems.append((number, problem))
    return accounted, problems


def _is_inside(span: tuple[int, int], quotes: Iterable[Citation | Omission]) -> bool:
    return any(quote.start <= span[0] and span[1] <= quote.end for quote in quotes)
