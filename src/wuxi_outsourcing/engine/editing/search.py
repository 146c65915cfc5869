"""Where a quote is printed in an article, and where the article prints what a rule reads to a given cell."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from unicodedata import normalize

from ..article import SourceText
from ..derivation import cell_from_quote
from ..omissions import cuts_figure
from ..problems import Problem, Unusable, visible
from ..quantities import CHARACTERS, LIST_CHARACTERS, Unreadable, last_of_list_start, omitted_context
from ..quantities.words import PREFIX

At = tuple[int, int | None]
"""A paragraph, and where in it a quote starts if that is known."""

_CONTEXT = 20
_NUMERALS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿几")
_READABLE = CHARACTERS | LIST_CHARACTERS
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
        names = {"table": table, "row_id": row_id, "field": field, "source_id": source_id}
        return names | {name: str(part) for name, part in asdict(self).items()}

    def in_context(self, source: SourceText) -> str:
        """The location with the quote marked in its context: for a terminal, never for a file of the package."""
        text = source.paragraphs[self.paragraph - 1]
        first, last = max(0, self.start - _CONTEXT), self.end + _CONTEXT
        before = "…" * (first > 0) + text[first : self.start]
        after = text[self.end : last] + "…" * (last < len(text))
        return f"{self}: {visible(before)}»{visible(self.quote)}«{visible(after)}"


def canonical_quote(text: str) -> str:
    """A quote in the form of canonical text, whatever its width forms.

    >>> canonical_quote(" １３５０亿元")
    '1350亿元'
    """
    return normalize("NFKC", text).strip()


def find(source: SourceText, quote: str, at: At | None = None) -> list[Location]:
    """Every location, or those at `at`, where a quote is printed and cuts no figure. Raises Unusable for none."""
    paragraph, start = at or (None, None)
    printed = [
        Location(number, match.start(), match.start() + len(quote), quote)
        for number, text in enumerate(source.paragraphs, 1)
        for match in re.finditer(f"(?={re.escape(quote)})", text)
        if paragraph in (None, number) and start in (None, match.start())
    ]
    whole = [span for span in printed if not cuts_figure(source.paragraphs[span.paragraph - 1], span.start, span.end)]
    if not whole:
        message, fix = f"“{quote}” is not printed {'there' if at else 'in the article'}", "Copy it from the article."
        if printed:
            message, fix = f"“{quote}” cuts a figure in {printed[0]}", "Quote the figure whole."
        raise Unusable(Problem(source.file, None, None, message, fix))
    return whole


def find_one(source: SourceText, quote: str, at: At | None = None) -> Location:
    """The one location where a quote is printed. Raises Unusable for none and for several."""
    location, *others = find(source, quote, at)
    if others:
        where = "; ".join(map(str, (location, *others)))
        message = f"“{quote}” is printed in {len(others) + 1} locations: {where}"
        fix = f"Choose one with --at, such as --at {location.paragraph}:{location.start}, or quote more."
        raise Unusable(Problem(source.file, None, None, message, fix))
    return location


def readings(source: SourceText, rule: str) -> dict[str, list[Location]]:
    """What a rule reads anywhere in the article, with one location for each figure or date that is printed so.

    A span inside a longer one that reads to something else is not a figure or date of its own, unless it lies in the
    part of a list before the figure that is read. Of those that read to the same, the shortest is a quantity: 36家, not
    达36家; and the longest is a date: 截至2020年底, not 2020年底.
    """
    cells: dict[str, list[Location]] = {}
    for number, text in enumerate(source.paragraphs, 1):
        read: list[tuple[int, int, str]] = []  # where the figure or date begins, where it ends, what it gives
        for start, end in _spans(text):
            location = Location(number, start, end, text[start:end])
            try:
                cell = cell_from_quote(rule, location.quote)
            except Unreadable:
                continue
            is_part = any(
                other_start <= start and other_end >= end and other_cell != cell
                for other_start, other_end, other_cell in read
            )
            read.append((start + last_of_list_start(location.quote), end, cell))
            if not is_part and _stands_alone(text, start, end, rule):
                same = cells.setdefault(cell, [])
                if not (same and same[-1].paragraph == number and same[-1].end > start):
                    same.append(location)
                elif rule == "quantity":
                    same[-1] = location
    return cells


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The spans that a rule might read, from left to right, the longest first."""
    end = 0
    for start in range(len(text)):
        end = max(end, start)
        while end < len(text) and text[end] in _READABLE:
            end += 1
        yield from ((start, last) for last in range(min(end, start + _MAX_QUOTE), start, -1))


def _stands_alone(text: str, start: int, end: int, rule: str) -> bool:
    """Whether a span is a figure or date by itself, not a part of a longer one that no rule reads."""
    quote, before, after = text[start:end], text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    if quote != quote.strip() or cuts_figure(text, start, end):
        return False
    if before[-1:] in _NUMERALS or (quote[-1] in _NUMERALS and after[:1] in _NUMERALS):
        return False
    if rule == "quantity":
        # 降5.6% begins inside a word where 下降5.6% is printed.
        cut = any(text.startswith(word, start - at) for word in PREFIX for at in range(1, min(len(word), start + 1)))
        return not cut and omitted_context(before, after, quote=quote) is None
    if before.endswith("第") or (rule == "month_day" and before.endswith("年")):
        return False
    # 2000 alone is a year only where it is part of neither a number nor another date: 2000家, 2000-01-31.
    part = before.endswith(("-", "/", ".")) or re.match("[-/.,][0-9]", after)
    return not (quote.isdecimal() and (part or (after[:1] in CHARACTERS and after[:1] not in "-/.,年 ")))
