"""Figures that share one word: in 分别下降5.3%和4.1% both are falls.

The quote of a later figure begins at the shared word and ends with the figure: 下降5.3%和4.1% gives -4.1 percent.
"""

import re

from .numerals import NUMERAL
from .units import UNITS
from .word_tables import any_of
from .words import BEHIND, CHANGE, FRONT, JOINERS, LEAD, PREFIX, SPREADING

# No possessive quantifiers here: the site's script uses these patterns too.
_NUMBER = rf"(?:[百千]分之)?[{NUMERAL}]+(?:[.,点][{NUMERAL}]+)*"
_JOINER = rf"{any_of(JOINERS)} *"
# 1,200 is one figure.
_COMMA = "(?:(?<![0-9]),|,(?![0-9]{3}(?![0-9])))"
_JOINER_AFTER_SPREADING = rf"(?:{any_of((*JOINERS, '与'))}|{_COMMA}) *"
# 分别同比, 分别比上年
SPREADING_WORD = rf"(?:{'|'.join(SPREADING)}){any_of(LEAD)}{{0,3}}(?:[比较][^,;。、和及与]{{1,12}}?)?"
"""A regular expression for 分别 and the like, up to the word that they spread over all figures."""
_ITEM = rf"{any_of(FRONT)}?{_NUMBER} *{any_of(UNITS)}?{any_of(BEHIND)}? *"

JOINED = rf"(?:{_ITEM}{_JOINER})+"
"""A regular expression for the figures before another one, each with what joins it to the next."""
JOINED_AFTER_SPREADING = rf"(?:{_ITEM}{_JOINER_AFTER_SPREADING})+"
"""The same where `SPREADING_WORD` stands before them: there, commas join too."""

LIST_CHARACTERS = frozenset("".join((*JOINERS, "与,分别均都")))
"""What lists are made of, beside the characters of their figures."""

_LIST = re.compile(
    rf"(?:{any_of(LEAD)}{{0,3}}?(?P<spreading>{SPREADING_WORD}))?"
    rf"(?P<shared>{any_of(PREFIX)}{{1,6}}+) *"
    rf"(?(spreading){JOINED_AFTER_SPREADING}|{JOINED})"
    rf"(?P<last>{_NUMBER}.*)"
)
_CHANGE = re.compile(any_of(CHANGE))


def last_of_list(text: str) -> str | None:
    """The last figure of a list with the words that the first one gives it; None for what is no such list.

    A word such as 分别 spreads any word over all figures. Without it, only a change belongs to all of them:
    超300亿元和200亿元 may be read in two ways.

    >>> last_of_list("下降5.3%、4.1%和3.2%"), last_of_list("分别超过300亿元,200亿元")
    ('下降3.2%', '超过200亿元')
    >>> last_of_list("超过300亿元和200亿元") is None
    True
    """
    matched = _LIST.fullmatch(text)
    if not matched:
        return None
    belongs_to_all = matched["spreading"] or _CHANGE.search(matched["shared"])
    if not belongs_to_all:
        return None
    return matched["shared"] + matched["last"]


def last_of_list_start(quote: str) -> int:
    """Where the figure begins that a quote gives: at 0, or behind the figures that it shares a word with.

    >>> last_of_list_start("下降5.3%和4.1%"), last_of_list_start("下降5.3%")
    (7, 0)
    """
    matched = _LIST.fullmatch(quote)
    return matched.start("last") if matched else 0
