"""Where a quote is in an article, and where the article has what a rule reads as a given cell."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from unicodedata import normalize

from ..copies.article import SourceText
from ..derivation import cell_from_quote
from ..omissions import cuts_figure
from ..problems import visible
from ..quantities import (
    CHARACTERS,
    LIST_CHARACTERS,
    RELATIVE_CHARACTERS,
    Unreadable,
    is_relative,
    last_of_list_start,
    omitted_context,
    omitted_period,
)
from ..quantities.words import PREFIX

At = tuple[int, int | None]
"""The number of a paragraph, and where a quote starts in it; None where any start will do."""

_CONTEXT = 20
_NUMERALS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿几")
_READABLE = CHARACTERS | LIST_CHARACTERS | RELATIVE_CHARACTERS
_MAX_QUOTE = 40


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A span of a source, located as a citation is."""

    paragraph: int
    start: int
    end: int
    quote: str

    def __str__(self) -> str:
        return f"paragraph {self.paragraph}, characters {self.start} to {self.end}"

    def evidence(self, table: str, row_id: str, field: str, source_id: str) -> dict[str, str]:
        """The row that cites the location for a cell."""
        cell = {"table": table, "row_id": row_id, "field": field}
        location = {name: str(value) for name, value in asdict(self).items()}
        return {**cell, "source_id": source_id, **location}

    def in_context(self, source: SourceText) -> str:
        """The location with the quote marked in its context: for a terminal, never for a file of the package."""
        text = source.paragraphs[self.paragraph]
        first = max(0, self.start - _CONTEXT)
        last = self.end + _CONTEXT
        before = text[first : self.start]
        after = text[self.end : last]
        if first > 0:
            before = f"…{before}"
        if last < len(text):
            after = f"{after}…"
        return f"{self}: {visible(before)}»{visible(self.quote)}«{visible(after)}"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A span of a paragraph that a rule reads, and the cell that it gives."""

    start: int
    end: int
    cell: str
    figure_start: int
    """Where the figure that is read begins. In a list that is after `start`, as its last figure is read."""


def canonical_quote(text: str) -> str:
    """A quote in the form of canonical text, whatever its width forms.

    >>> canonical_quote(" １３５０亿元")
    '1350亿元'
    """
    return normalize("NFKC", text).strip()


def locations_of(source: SourceText, quote: str, at: At | None = None) -> list[Location]:
    """Every location, or those at `at`, where a quote is and cuts no figure."""
    locations = []
    for location in occurrences(source, quote, at):
        paragraph = source.paragraphs[location.paragraph]
        if not cuts_figure(paragraph, location.start, location.end):
            locations.append(location)
    return locations


def occurrences(source: SourceText, quote: str, at: At | None) -> list[Location]:
    """Every location, or those at `at`, where a quote is, even if it overlaps itself or cuts a figure."""
    wanted_paragraph, wanted_start = at or (None, None)
    pattern = re.compile(f"(?={re.escape(quote)})")
    locations = []
    for number, text in source.paragraphs.items():
        if wanted_paragraph not in (None, number):
            continue
        for match in pattern.finditer(text):
            start = match.start()
            if wanted_start in (None, start):
                locations.append(Location(number, start, start + len(quote), quote))
    return locations


def readings(source: SourceText, rule: str, published_on: date | None = None) -> dict[str, list[Location]]:
    """What a rule reads anywhere in the article: each cell, with one location for each figure or date that gives it.

    A relative period is read where the day of publication is given.

    Of overlapping spans that give the same cell, the shortest is taken for a quantity and a year: 36家, not 达36家, and
    今年, not 今年前两月. For a date or months the longest is taken: 截至2020年底, not 2020年底.
    """
    locations: dict[str, list[Location]] = {}
    for number, text in source.paragraphs.items():
        for reading in _readings_of(text, rule, published_on):
            quote = text[reading.start : reading.end]
            location = Location(number, reading.start, reading.end, quote)
            of_cell = locations.setdefault(reading.cell, [])
            # Spans come from left to right, the longest first.
            if not of_cell or not _overlap(of_cell[-1], location):
                of_cell.append(location)
            elif rule == "quantity" or (rule == "year" and is_relative(quote)):
                of_cell[-1] = location
    return locations


def _overlap(earlier: Location, later: Location) -> bool:
    """Whether a span begins before an earlier one ends."""
    return earlier.paragraph == later.paragraph and earlier.end > later.start


def _readings_of(text: str, rule: str, published_on: date | None) -> list[_Reading]:
    """What a rule reads in a paragraph, in spans that are a figure or date by themselves."""
    read: list[_Reading] = []
    alone = []
    for start, end in _spans(text):
        quote = text[start:end]
        try:
            cell = cell_from_quote(rule, quote, published_on)
        except Unreadable:
            continue
        reading = _Reading(start, end, cell, start + last_of_list_start(quote))
        is_part = any(_is_part(reading, other) for other in read)
        read.append(reading)
        if not is_part and _stands_alone(text, start, end, rule):
            alone.append(reading)
    return alone


def _is_part(reading: _Reading, other: _Reading) -> bool:
    """Whether a span lies inside the figure or date of another span, and gives another cell."""
    is_inside = other.figure_start <= reading.start and reading.end <= other.end
    return is_inside and reading.cell != other.cell


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The spans that a rule might read, from left to right, the longest first."""
    readable_end = 0
    for start in range(len(text)):
        readable_end = max(readable_end, start)
        while readable_end < len(text) and text[readable_end] in _READABLE:
            readable_end += 1
        longest_end = min(readable_end, start + _MAX_QUOTE)
        for end in range(longest_end, start, -1):
            yield start, end


def _stands_alone(text: str, start: int, end: int, rule: str) -> bool:
    """Whether a span is a figure or date by itself. A part of a longer one that no rule reads is none."""
    quote = text[start:end]
    before = text[max(0, start - _CONTEXT) : start]
    after = text[end : end + _CONTEXT]
    if quote != quote.strip() or cuts_figure(text, start, end):
        return False
    continues_before = before[-1:] in _NUMERALS
    continues_after = quote[-1] in _NUMERALS and after[:1] in _NUMERALS
    if continues_before or continues_after:
        return False
    if rule == "quantity":
        leaves_out_nothing = omitted_context(before, after, quote=quote) is None
        return leaves_out_nothing and not _begins_inside_prefix(text, start)
    if is_relative(quote) and _ends_other_word(before, quote, after):
        return False
    is_ordinal = before.endswith("第")
    is_part_of_date = rule == "month_day" and before.endswith("年")
    if is_ordinal or is_part_of_date:
        return False
    return not (quote.isdecimal() and _is_part_of_figure(before, after))


def _ends_other_word(before: str, quote: str, after: str) -> bool:
    """Whether a relative year is the end of a word or of a period: 前年 in 目前年均, 今年 in 去年至今年."""
    omitted = omitted_period(before, after, quote=quote)
    return omitted is not None and before.endswith(omitted)


def _begins_inside_prefix(text: str, start: int) -> bool:
    """Whether a span begins inside a word that changes a figure: 降5.6% where the text has 下降5.6%."""
    for word in PREFIX:
        for length in range(1, min(len(word), start + 1)):
            if text.startswith(word, start - length):
                return True
    return False


def _is_part_of_figure(before: str, after: str) -> bool:
    """Whether digits alone are no year, but part of a number or of another date: 2000家, 2000-01-31."""
    if before.endswith(("-", "/", ".")) or re.match("[-/.,][0-9]", after):
        return True
    next_character = after[:1]
    return next_character in CHARACTERS and next_character not in "-/.,年 "
