"""The figures of an article. Each is in some citation, or is declared as omitted, with a reason.

Omissions are declared in `datapackage.json`: the resource `evidence` has the property `omissions`, a list of objects
with the keys of `Omission`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .json_files import Json, Steps
from .package import EVIDENCE, Package
from .problems import Unusable
from .values import Citation

OMISSIONS = "omissions"
FIGURE = re.compile(r"[0-9]+")
# A figure with its thousands marks and decimals: a quote that begins or ends inside one cuts it.
NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True, order=True)
class Omission:
    """A span of the source whose figures are in no cell, and why. It is located as a citation is."""

    source_id: str
    paragraph: int
    start: int
    end: int
    quote: str
    reason: str


Span = Citation | Omission


def omissions(package: Package) -> Iterator[tuple[Steps, Omission]]:
    """Every declaration, with the path to it in the descriptor. Raises Unusable for one of another structure."""
    for index, resource in enumerate(package.descriptor["resources"]):
        if resource["name"] != EVIDENCE:
            continue
        declared = resource.get(OMISSIONS, [])
        if not isinstance(declared, list):
            declared = [declared]
        for number, value in enumerate(declared):
            steps = ("resources", index, OMISSIONS, number)
            if not _declares_omission(value):
                keys = [f"{name} ({value_type.__name__})" for name, value_type in Omission.__annotations__.items()]
                fix = f"Give it {', '.join(keys)}."
                raise Unusable(package.json_file.problem(steps, "this does not declare an omission", fix))
            yield steps, Omission(**value)


def cuts_figure(paragraph: str, start: int, end: int) -> bool:
    """Whether a span begins or ends inside a figure.

    >>> cuts_figure("产值1,350亿元", 4, 9), cuts_figure("产值1,350亿元", 2, 9)
    (True, False)
    """
    for number in NUMBER.finditer(paragraph):
        if number.start() < start < number.end() or number.start() < end < number.end():
            return True
    return False


def omission_fault(omission: Omission, paragraph: str, others: Iterable[Span]) -> tuple[str, str] | None:
    """Why the omission of a quote does not hold, as message and fix.

    `others` are the citations and the other omissions of its paragraph.
    """
    quote, start, end = omission.quote, omission.start, omission.end
    if not quote or start < 0 or paragraph[start:end] != quote:
        location = f"paragraph {omission.paragraph} at {start} to {end}"
        return f"“{quote}”, an omission, is not in {location}", "Correct quote and location, or remove it."
    if cuts_figure(paragraph, start, end):
        return f"“{quote}”, an omission, cuts a figure", "Quote the figure whole."
    figures = [(start + figure.start(), start + figure.end()) for figure in FIGURE.finditer(quote)]
    if not figures:
        return f"“{quote}”, an omission, has no figure", "Remove the omission: only figures need one."
    spans = list(others)
    if not all(is_inside(figure, spans) for figure in figures):
        return None
    cited = [span for span in spans if isinstance(span, Citation)]
    if all(is_inside(figure, cited) for figure in figures):
        return f"“{quote}”, an omission, is cited", "Remove the omission."
    return f"“{quote}”, an omission, lies in another omission", "Remove one of the two."


def is_inside(figure: tuple[int, int], spans: Iterable[Span]) -> bool:
    """Whether a figure lies inside one of the spans of its paragraph."""
    start, end = figure
    return any(span.start <= start and end <= span.end for span in spans)


def _declares_omission(value: Json) -> bool:
    """Whether a value has the keys of an omission and no others, each with a value of its type."""
    if not isinstance(value, dict):
        return False
    types = {name: type(member) for name, member in value.items()}
    return types == Omission.__annotations__
