"""The passage of a source that is most like a quote which is not in it: a suggestion, never accepted by itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from .omissions import NUMBER

# Searching takes time in proportion to the characters of the quote times those of the source: this many take a second.
_MOST_COMPARISONS = 4_000_000
# A passage is like a quote if more than half of their characters agree.
_LEAST_LIKENESS = 0.5
_MARK = re.compile("[。!?;,、:]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a paragraph."""

    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Match:
    """A span of a text, and how many edits make a quote of it."""

    edits: int
    start: int
    end: int

    def is_nearer_than(self, other: "_Match") -> bool:
        """Whether fewer edits are needed; of equally many, whether the span is longer."""
        if self.edits == other.edits:
            return self.end - self.start > other.end - other.start
        return self.edits < other.edits


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a quote, and what a passage has in its place."""

    in_quote: str
    in_passage: str

    @property
    def differs(self) -> bool:
        return self.in_quote != self.in_passage


def nearest_passage(quote: str, paragraphs: Mapping[int, str]) -> Passage | None:
    """The passage most like a quote, with each figure whole. None if nothing is like it, or if the source is too long.

    >>> nearest_passage("产值1530亿元", {7: "该市产值达1350亿元,居首位。"})
    Passage(paragraph=7, start=2, end=11, text='产值达1350亿元')
    """
    characters = sum(map(len, paragraphs.values()))
    if not quote or len(quote) * characters > _MOST_COMPARISONS:
        return None
    nearest = _nothing_of(quote)
    number_of_nearest = 0
    for number, text in paragraphs.items():
        match = _nearest_match(quote, text)
        if match.is_nearer_than(nearest):
            nearest = match
            number_of_nearest = number
    if nearest.start == nearest.end:
        return None
    passage = _passage(quote, number_of_nearest, paragraphs[number_of_nearest], nearest)
    likeness = SequenceMatcher(None, quote, passage.text, autojunk=False).ratio()
    if likeness > _LEAST_LIKENESS:
        return passage
    return None


def likeness(quote: str, passage: str) -> float:
    """How much of a quote and a passage agrees, from 0 to 1.

    >>> likeness("1530亿元", "1350亿元") > likeness("1530亿元", "150万元")
    True
    """
    return SequenceMatcher(None, quote, passage, autojunk=False).ratio()


def marked(quote: str, passage: str) -> str:
    """A passage with what differs marked: [-…-] is in the quote alone, {+…+} in the source alone.

    >>> marked("1530亿元", "1350亿元")
    '1[-53-]{+35+}0亿元'
    """
    pieces = []
    for part in _parts(quote, passage):
        if not part.differs:
            pieces.append(part.in_quote)
            continue
        if part.in_quote:
            pieces.append(f"[-{part.in_quote}-]")
        if part.in_passage:
            pieces.append(f"{{+{part.in_passage}+}}")
    return "".join(pieces)


def _nothing_of(quote: str) -> _Match:
    """An empty span: each character of the quote is an edit."""
    return _Match(len(quote), 0, 0)


def _nearest_match(quote: str, text: str) -> _Match:
    """The span of a text that the fewest edits make the quote; of several, the longest.

    This is Sellers' algorithm: the edit distance, where the quote may begin and end anywhere in the text.
    """
    # For each beginning of the quote, by length: the edits between it and the span that ends here, and where that span
    # starts. Before the text, each character of the quote is an edit.
    column = [(length, 0) for length in range(len(quote) + 1)]
    nearest = _nothing_of(quote)
    for end, character in enumerate(text, 1):
        previous = column
        column = [(0, end)]
        for length, wanted in enumerate(quote, 1):
            edits, start = previous[length - 1]
            replaced = (edits + (character != wanted), start)
            edits, start = previous[length]
            only_in_text = (edits + 1, start)
            edits, start = column[length - 1]
            only_in_quote = (edits + 1, start)
            # Of equally many edits, the earliest start.
            column.append(min(replaced, only_in_text, only_in_quote))
        edits, start = column[-1]
        match = _Match(edits, start, end)
        if match.is_nearer_than(nearest):
            nearest = match
    return nearest


def _passage(quote: str, number: int, text: str, match: _Match) -> Passage:
    """The span that matches, less what another clause has at its ends, and with each figure whole."""
    start, end = _without_other_clauses(quote, text, match)
    for figure in NUMBER.finditer(text):
        if figure.start() < start < figure.end():
            start = figure.start()
        if figure.start() < end < figure.end():
            end = figure.end()
    return Passage(number, start, end, text[start:end])


def _without_other_clauses(quote: str, text: str, match: _Match) -> tuple[int, int]:
    """The span, less an end that differs from the quote and lies beyond a punctuation mark."""
    start, end = match.start, match.end
    parts = list(_parts(quote, text[start:end]))
    first, last = parts[0], parts[-1]
    if first.differs:
        marks = list(_MARK.finditer(first.in_passage))
        if marks:
            start += marks[-1].end()
    if last.differs and len(parts) > 1:
        mark = _MARK.search(last.in_passage)
        if mark:
            end -= len(last.in_passage) - mark.start()
    return start, end


def _parts(quote: str, passage: str) -> Iterator[_Part]:
    """The parts of a quote and a passage that agree and that differ, in turn.

    A single character that agrees, between two parts that differ, is a chance: it belongs to what differs.
    """
    codes = SequenceMatcher(None, quote, passage, autojunk=False).get_opcodes()
    in_quote = in_passage = ""
    last = len(codes) - 1
    for index, (tag, quote_start, quote_end, start, end) in enumerate(codes):
        is_inner = 0 < index < last
        is_single = quote_end - quote_start == 1
        agrees = tag == "equal" and not (is_inner and is_single)
        if agrees and (in_quote or in_passage):
            yield _Part(in_quote, in_passage)
            in_quote = in_passage = ""
        if agrees:
            yield _Part(quote[quote_start:quote_end], passage[start:end])
        else:
            in_quote += quote[quote_start:quote_end]
            in_passage += passage[start:end]
    if in_quote or in_passage:
        yield _Part(in_quote, in_passage)
