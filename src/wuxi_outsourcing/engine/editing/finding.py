"""The locations of a quote in a copy of a source, or why there is none and what to quote instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..copies.article import SourceText
from ..nearest_passage import likeness, marked, nearest_passage
from ..problems import Problem, Unusable
from ..values import Citation
from .registered_source import RegisteredSource
from .search import At, Location, locations_of, occurrences

LEGEND = "[-…-] is in the quote alone, {+…+} in the source alone."
"""How to read what `marked` marks."""

_Report = tuple[str, str]
"""What is wrong with a quote, as message and fix."""


@dataclass(frozen=True, slots=True)
class _RecordedPassage:
    """A recorded quote, or a part of one, that a copy does not have."""

    citation: Citation
    """A row of the evidence that has the recorded quote."""
    location: Location


def find(source: RegisteredSource, quote: str, at: At | None = None) -> list[Location]:
    """Every location, or those at `at`, where a quote is and cuts no figure. Raises Unusable for none."""
    whole = locations_of(source.text, quote, at)
    if whole:
        return whole
    message, fix = _not_there(source, quote, at)
    raise Unusable(Problem(source.file, None, None, message, fix))


def find_one(source: RegisteredSource, quote: str, at: At | None = None) -> Location:
    """The one location where a quote is. Raises Unusable for none and for several."""
    locations = find(source, quote, at)
    first = locations[0]
    if len(locations) > 1:
        where = "; ".join(map(str, locations))
        message = f"“{quote}” is in {len(locations)} locations: {where}"
        fix = f"Choose one with --at, such as --at {first.paragraph}:{first.start}, or quote more."
        raise Unusable(Problem(source.file, None, None, message, fix))
    return first


def nearest_location(text: SourceText, quote: str) -> Location | None:
    """The location of the passage that is most like a quote; None where nothing is like it."""
    passage = nearest_passage(quote, text.paragraphs)
    if passage is None:
        return None
    return Location(passage.paragraph, passage.start, passage.end, passage.text)


def missing_note(source: RegisteredSource) -> str:
    """A sentence that names the paragraphs on record that the copy does not have unchanged; empty where it has all."""
    if not source.missing:
        return ""
    subject, verb = ("Paragraph", "is") if len(source.missing) == 1 else ("Paragraphs", "are")
    return f" {subject} {_listed(source.missing)} of {source.source_id} {verb} missing or changed in this copy."


def described(quote: str, location: Location) -> str:
    """A location and, where its text is not the quote, how the two differ."""
    if location.quote == quote:
        return str(location)
    return f"{location}: {marked(quote, location.quote)}"


def _not_there(source: RegisteredSource, quote: str, at: At | None) -> _Report:
    """Why a quote has no location, or none at `at`."""
    cutting = occurrences(source.text, quote, at)
    if cutting:
        return f"“{quote}” cuts a figure in {cutting[0]}", "Quote the figure whole."
    elsewhere = locations_of(source.text, quote)
    if elsewhere:
        first = elsewhere[0]
        fix = f"Choose a location where it is, such as --at {first.paragraph}:{first.start}."
        return f"“{quote}” is not there, but in {first}", fix
    message, fix = _not_in_copy(source, quote)
    return message, fix + missing_note(source)


def _not_in_copy(source: RegisteredSource, quote: str) -> _Report:
    """What to quote instead of a quote that is nowhere in the copy."""
    recorded = _nearest_recorded(source, quote)
    if recorded and recorded.location.quote == quote:
        return _recorded_report(source, quote, recorded)
    nearest = nearest_location(source.text, quote)
    if nearest and (recorded is None or likeness(quote, nearest.quote) >= likeness(quote, recorded.location.quote)):
        return _nearest_report(source, quote, nearest)
    if recorded:
        return _recorded_report(source, quote, recorded)
    return f"“{quote}” is not in this copy of {source.source_id}", "Copy it from the article."


def _nearest_recorded(source: RegisteredSource, quote: str) -> _RecordedPassage | None:
    """The passage most like a quote in the recorded quotes from paragraphs that the copy does not have.

    These are the paragraphs of other sources, and those that are missing from the copy. Nothing else of them is known.
    """
    citations: dict[str, Citation] = {}
    for citation in source.package.citations():
        is_in_copy = citation.source_id == source.source_id and citation.paragraph in source.text.paragraphs
        if not is_in_copy:
            citations.setdefault(citation.quote, citation)
    quotes = list(citations)
    nearest = nearest_passage(quote, dict(enumerate(quotes)))
    if nearest is None:
        return None
    citation = citations[quotes[nearest.paragraph]]
    start = citation.start + nearest.start
    end = citation.start + nearest.end
    return _RecordedPassage(citation, Location(citation.paragraph, start, end, nearest.text))


def _nearest_report(source: RegisteredSource, quote: str, nearest: Location) -> _Report:
    """The report of a quote that the copy nearly has."""
    where = described(quote, nearest)
    message = f"“{quote}” is not in this copy of {source.source_id}; the nearest passage is {where}"
    if source.allows(nearest.quote):
        advice = f"If that is what you mean, quote “{nearest.quote}”."
    else:
        advice = "If that is what you mean, quote a part of it: a figure, a name or a phrase."
    return message, f"{advice} {LEGEND}"


def _recorded_report(source: RegisteredSource, quote: str, recorded: _RecordedPassage) -> _Report:
    """The report of a quote that the copy does not have, and that is on record, or nearly."""
    citation = recorded.citation
    location = recorded.location
    cell = " ".join(citation.cell)
    where = described(quote, location)
    message = (
        f"“{quote}” is not in this copy of {source.source_id}; "
        f"{citation.source_id} has “{location.quote}” in {where}, as cited for {cell}"
    )
    if citation.source_id == source.source_id:
        advice = f"Give a copy that has paragraph {location.paragraph}."
    else:
        advice = f"Give a copy of {citation.source_id}, or quote what {source.source_id} has."
    if location.quote != quote:
        advice = f"{advice} {LEGEND}"
    return message, advice


def _listed(numbers: Sequence[int]) -> str:
    """Numbers in ascending order, as ranges where they are consecutive.

    >>> _listed([5, 8, 9, 10])
    '5 and 8 to 10'
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    pieces = []
    for consecutive in ranges:
        first, last = consecutive[0], consecutive[-1]
        pieces.append(str(first) if first == last else f"{first} to {last}")
    *others, final = pieces
    return f"{', '.join(others)} and {final}" if others else final
