"""Where a quote stands in an article, and where the article prints what a rule reads to a given cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from .. import printed
from ..cited_cells import said
from ..figures import cuts_figure
from ..problem import Problem, Unusable, visible
from ..source_text import SourceText
from ..surroundings import left_out

_SURROUNDINGS = 20
_NUMERALS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿几数")
_LONGEST = 40


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span of a source: `start` and `end` count code points in the paragraph, from 0, `end` excluded."""

    paragraph: int
    start: int
    end: int
    quote: str

    def __str__(self) -> str:
        return f"paragraph {self.paragraph}, characters {self.start} to {self.end}"

    def marked(self, source: SourceText) -> str:
        """The place with the quote marked in its surroundings: for a terminal, never for a file of the package."""
        text = source.paragraphs[self.paragraph - 1]
        first, last = max(0, self.start - _SURROUNDINGS), self.end + _SURROUNDINGS
        before = "…" * (first > 0) + text[first : self.start]
        after = text[self.end : last] + "…" * (last < len(text))
        return f"{self}: {visible(before)}»{visible(self.quote)}«{visible(after)}"


def find(source: SourceText, quote: str) -> list[Place]:
    """Every place where the quote stands and cuts no figure.

    Raises Unusable where there is none, and says whether the quote is absent or always cuts a figure.
    """
    found = list(_occurrences(source, quote))
    whole = [
        place for place in found if not cuts_figure(source.paragraphs[place.paragraph - 1], place.start, place.end)
    ]
    if whole:
        return whole
    if found:
        message, fix = f"“{quote}” cuts a figure in {found[0]}", "Quote the figure whole."
    else:
        message, fix = f"“{quote}” does not stand in the article", "Copy the quote from the article, without its marks."
    raise Unusable(Problem(source.file, None, None, message, fix))


def canonical_quote(text: str) -> str:
    """A quote in the form of canonical text, whatever its width forms.

    >>> canonical_quote(" １３５０亿元")
    '1350亿元'
    """
    return normalize("NFKC", text).strip()


def readings(source: SourceText, rule: str) -> dict[str, list[Place]]:
    """What the rule reads anywhere in the article, with one place for each figure or date that is printed so."""
    found: dict[str, list[Place]] = {}
    for number, paragraph in enumerate(source.paragraphs, 1):
        for start, end in _spans(paragraph):
            quote = paragraph[start:end]
            try:
                cell = said(rule, quote)
            except printed.Unreadable:
                continue
            if _stands_alone(paragraph, start, end, rule):
                found.setdefault(cell, []).append(Place(number, start, end, quote))
    return found


def apart(places: list[Place], *, shortest: bool) -> list[Place]:
    """One place for those that overlap: 达36家 and 36家 print one figure, which is quoted without its verb.

    A date is quoted as long as it can be read: 截至2020年底, not 2020年底.
    """
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: place.end - place.start, reverse=not shortest):
        if not any(
            one.paragraph == place.paragraph and one.start < place.end and place.start < one.end for one in kept
        ):
            kept.append(place)
    return sorted(kept)


def _occurrences(source: SourceText, quote: str) -> Iterator[Place]:
    for number, paragraph in enumerate(source.paragraphs, 1):
        start = paragraph.find(quote)
        while start >= 0:
            yield Place(number, start, start + len(quote), quote)
            start = paragraph.find(quote, start + 1)


def _spans(paragraph: str) -> Iterator[tuple[int, int]]:
    """The spans that a rule might read: none is longer than a quote, or has a character that no form has."""
    end = 0
    for start in range(len(paragraph)):
        end = max(end, start)
        while end < len(paragraph) and paragraph[end] in printed.CHARACTERS:
            end += 1
        yield from ((start, last) for last in range(start + 1, min(end, start + _LONGEST) + 1))


def _stands_alone(paragraph: str, start: int, end: int, rule: str) -> bool:
    """Whether a span is a figure or a date by itself, not a part of a longer one. In doubt it is not."""
    quote, before, after = paragraph[start:end], paragraph[:start], paragraph[end:]
    if quote != quote.strip() or cuts_figure(paragraph, start, end):
        return False
    if (before[-1:] in _NUMERALS and before) or (quote[-1] in _NUMERALS and after[:1] in _NUMERALS and after):
        return False
    if before.endswith("第") or (rule == "month_day" and before.endswith("年")):
        return False
    if rule == "quantity":
        return left_out(before, after) is None
    # A bare 2000 is a year only where no measure word or scale makes it a number: 2000家.
    return not (quote.isdecimal() and after[:1] in printed.CHARACTERS and after and after[0] not in "-/.,年 ")
