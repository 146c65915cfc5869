"""Years that are named relative to the day of publication, such as 去年, and words that no such day explains."""

import datetime as dt
import re
from dataclasses import dataclass

from .numerals import NUMERAL
from .unreadable import Unreadable

RELATIVE_YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1}
"""What names a year by that of the publication, and how many years it is from it."""

RELATIVE_YEAR = f"(?:{'|'.join(RELATIVE_YEARS)})"
RELATIVE_CHARACTERS = frozenset("".join(RELATIVE_YEARS))
# As the quote has it: spaces are typesetting.
RELATIVE_QUOTE = "[前去今明] *年"
"""What matches in each quote whose reading depends on the day of publication."""

_PAST_YEARS = ("前年", "去年")
_NOT_IN_QUOTE = "which is not in the quote"
# Whether or not the day of publication is known, these say no more.
_REFERRING = {
    "以来": "says when a period begins, but not when it ends",
    "同期": f"refers to the period that the source compares, {_NOT_IN_QUOTE}",
    "[本上今去前明]年度": f"refers to the year of a report or of a business, {_NOT_IN_QUOTE}",
    "[当同次翌本]年": f"refers to a year that the source names elsewhere, {_NOT_IN_QUOTE}",
    "上一?年": f"is the year before one that the source names elsewhere, {_NOT_IN_QUOTE}",
    "[当同次本上]个?月": f"refers to a month that the source names elsewhere, {_NOT_IN_QUOTE}",
    rf"近(?:[{NUMERAL}几数]+个?[年月天日]|年)": f"is a span of time up to a day of the source, {_NOT_IN_QUOTE}",
}

NO_PERIOD = "Leave the cell empty and put the words in the note."
_FILL_IN_DAY = "Fill in published_on of the source, or leave the cell empty and put the words in the note."

_ANY_RELATIVE_YEAR = re.compile(f"(?P<before>.*?)(?P<word>{RELATIVE_YEAR})(?P<after>.*)")


class Undated(Unreadable):
    """A quote that the day of publication explains, where that day is not known."""


@dataclass(frozen=True, slots=True)
class RelativeYear:
    """A year that a quote names relative to the day of publication."""

    before: str
    year: int
    after: str

    @property
    def in_digits(self) -> str:
        """The quote as it would name the year by itself: 2013年底 for 去年底."""
        return f"{self.before}{self.year}年{self.after}"


def is_relative(quote: str) -> bool:
    """Whether the reading of a quote by `year`, `date` or `months` depends on the day of publication.

    >>> is_relative("去年底"), is_relative("2013年底"), is_relative("前两月")
    (True, False, False)
    """
    return re.search(RELATIVE_QUOTE, quote) is not None


def relative_year(quote: str, text: str, published_on: dt.date | None) -> RelativeYear | None:
    """The year that a quote names relative to the day of publication; None if it names none so.

    `text` is the quote in plain characters. Raises Undated where the day is not known, and Unreadable for words that
    refer to something else than that day.
    """
    _refuse_reference(quote, text)
    matched = _ANY_RELATIVE_YEAR.fullmatch(text)
    if not matched:
        return None
    if published_on is None:
        raise Undated(quote, "is relative to the day of publication, which is not known", _FILL_IN_DAY)
    year = published_on.year + RELATIVE_YEARS[matched["word"]]
    return RelativeYear(matched["before"], year, matched["after"])


def part_of_relative_year(quote: str) -> str:
    """What follows a relative year in a quote that the rule `year` reads; empty where it is the year alone.

    >>> part_of_relative_year("今年前两月"), part_of_relative_year("去年"), part_of_relative_year("2013年")
    ('前两月', '', '')
    """
    matched = re.search(f"{RELATIVE_QUOTE} *(.+)", quote)
    return matched[1] if matched else ""


def omitted_reference(quote: str, after: str) -> str | None:
    """What makes of a relative year a period without an end, or one compared, right after a quote that ends with it.

    >>> omitted_reference("今年", "以来,全市"), omitted_reference("去年", "同期"), omitted_reference("去年", "全市")
    ('以来', '同期', None)
    """
    matched = re.match("以来|同期", after)
    return matched[0] if matched and re.search(f"{RELATIVE_QUOTE}$", quote) else None


def omitted_end_of_year(quote: str, after: str) -> str | None:
    """What makes of a past year the day that it ended on, right after a quote that has the year alone.

    >>> omitted_end_of_year("去年", "年底,全市"), omitted_end_of_year("去年", ",全市")
    ('年底', None)
    """
    matched = re.match("年?[底末]", after)
    return matched[0] if matched and quote in _PAST_YEARS else None


def _refuse_reference(quote: str, text: str) -> None:
    """Raise Unreadable for words that refer to what neither the quote nor the day of publication says."""
    for words, why in _REFERRING.items():
        if re.search(words, text):
            raise Unreadable(quote, why, NO_PERIOD)
