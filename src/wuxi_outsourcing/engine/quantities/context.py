"""What a quote of a figure or a date wrongly leaves out of the text around it."""

import re
import unicodedata
from collections.abc import Sequence

from .around_dates import AROUND_DATE
from .before_figures import BEFORE_FIGURE
from .behind_figures import BEHIND_FIGURE
from .context_pattern import ContextPattern
from .unreadable import LONGEST

AROUND_FIGURE = (*BEFORE_FIGURE, *BEHIND_FIGURE)


def omitted_context(before: str, after: str, *, quote: str = "") -> str | None:
    """Name what a quantity's quote wrongly leaves out of the text right before and right after it, if anything.

    With the quote itself more is found: of 第一 in 第一季度 the rest, of 2倍 in 增长2倍 the growth.

    >>> omitted_context("产业营收超", ""), omitted_context("", "以上的企业"), omitted_context("签约", "多元化企业")
    ('超', '以上', None)
    >>> omitted_context("出口下降", "", quote="3.2%"), omitted_context("", "季度", quote="第一")
    ('下降', '季度')
    """
    return _omitted(AROUND_FIGURE, before, quote, after)


def omitted_period(before: str, after: str, *, quote: str = "") -> str | None:
    """Name the part of a year, the day or the other year that the quote of a year, months or date leaves out, if any.

    A row whose year is quoted so is about that part alone: its months must say which.

    >>> omitted_period("", "1-6月", quote="2011年"), omitted_period("", "6月28日", quote="2011年")
    ('1-6月', None)
    >>> omitted_period("2008年至", "", quote="2012年"), omitted_period("2011年", "28日", quote="6月")
    ('2008年至', '28日')
    """
    return _omitted(AROUND_DATE, before, quote, after)


def _omitted(patterns: Sequence[ContextPattern], before: str, quote: str, after: str) -> str | None:
    """What one of the patterns finds. Of several, it is the one whose match begins first; then the first in order."""
    marked = f"{_plain(before[-LONGEST:])}⟦{_plain(quote[-LONGEST:])}⟧{_plain(after[:LONGEST])}"
    first: re.Match[str] | None = None
    for pattern in patterns:
        match = pattern.search(marked)
        if match and (first is None or match.start() < first.start()):
            first = match
    return first[1] if first else None


def _plain(text: str) -> str:
    """A text in one form of width, without the marks that the patterns put around the quote."""
    return re.sub("[⟦⟧]", " ", unicodedata.normalize("NFKC", text))
