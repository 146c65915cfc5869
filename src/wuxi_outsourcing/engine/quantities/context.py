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

    With the quote itself more is found: the rest of a word, 季度 behind 第一, and the growth in 增长2倍.

    >>> omitted_context("产业营收超", ""), omitted_context("", "以上的企业"), omitted_context("签约", "多元化企业")
    ('超', '以上', None)
    >>> omitted_context("出口下降", "", quote="3.2%"), omitted_context("", "季度", quote="第一")
    ('下降', '季度')
    """
    return _omitted(AROUND_FIGURE, before, quote, after)


def omitted_period(before: str, after: str, *, quote: str = "") -> str | None:
    """Name what the quote of a year, months or a date leaves out: a part of the year, a day or another year, if any.

    A row whose year is quoted without the part of the year is about that part alone. So its months must say which.

    >>> omitted_period("", "1-6月", quote="2011年"), omitted_period("", "6月28日", quote="2011年")
    ('1-6月', None)
    >>> omitted_period("2008年至", "", quote="2012年"), omitted_period("2011年", "28日", quote="6月")
    ('2008年至', '28日')
    """
    return _omitted(AROUND_DATE, before, quote, after)


def _omitted(patterns: Sequence[ContextPattern], before: str, quote: str, after: str) -> str | None:
    """What one of the patterns finds.

    Of several patterns, it is the one whose match begins first. Of several that begin there, it is the first in order.
    """
    text_before = _plain(before[-LONGEST:])
    text_after = _plain(after[:LONGEST])
    marked = f"{text_before}⟦{_plain(quote[-LONGEST:])}⟧{text_after}"
    first: re.Match[str] | None = None
    for pattern in patterns:
        match = pattern.search(marked)
        if match and (first is None or match.start() < first.start()):
            first = match
    return first[1] if first else None


def _plain(text: str) -> str:
    """A text in one form of width, without the marks that the patterns put around the quote."""
    return re.sub("[⟦⟧]", " ", unicodedata.normalize("NFKC", text))
