"""The quotes of a changed paragraph: one is said to be there only where it was, not where its words occur again."""

from itertools import combinations

import pytest

from support import ARTICLES, FROZEN
from wuxi_outsourcing.engine.copies.article import read_copy
from wuxi_outsourcing.engine.copies.quote_location import locate_quotes
from wuxi_outsourcing.engine.copies.recorded_source import recorded_sources
from wuxi_outsourcing.engine.opening import open_package

# The text on record, with each quote in brackets; the changed text, with those in brackets that are there.
CHANGED = {
    "another occurrence that is in no quote": (
        "[2014年]启动,[企业]增加,有企业18家。",
        "[2014年]启动,公司增加,有企业18家。",
    ),
    "quotes exchanged": (
        "园区[2014年]建成,[2016年]扩建。",
        "园区2016年建成,2014年扩建。",
    ),
    "the first of two occurrences removed": (
        "到[2014年],[产值]增长;到[2014年],[就业]增长。",
        "[产值]增长;到[2014年],[就业]增长。",
    ),
    "the second of two occurrences changed": (
        "到[2014年],[产值]增长;到[2014年],[就业]增长。",
        "到[2014年],[产值]增长;到2015年,[就业]增长。",
    ),
    "words inserted before, and others removed behind": (
        "[2014年]产值[18亿元],居[第3位],同比增长。",
        "据悉,[2014年]产值[18亿元],居[第3位]。",
    ),
    "a character inserted before each": (
        "园区[2014年]产值[18亿元],居[第3位]。",
        "园区,[2014年],产值,[18亿元],居,[第3位]。",
    ),
    "quotes that overlap, the longer one changed": (
        "将在[2014年[6月]]底[验收]。",
        "将在约2015年[6月]底[验收]。",
    ),
}


def quotes_in_brackets(marked: str) -> tuple[str, set[tuple[int, str]]]:
    """A text without its brackets, and where each quote in them starts."""
    text = ""
    open_starts: list[int] = []
    quotes = set()
    for character in marked:
        if character == "[":
            open_starts.append(len(text))
        elif character == "]":
            start = open_starts.pop()
            quotes.add((start, text[start:]))
        else:
            text += character
    return text, quotes


@pytest.mark.parametrize("name", CHANGED)
def test_quote_is_there_only_where_it_was(name: str) -> None:
    """Catches a quote said to be there since its words occur elsewhere, or one that is shifted and not found."""
    on_record, in_copy = CHANGED[name]
    text, quotes = quotes_in_brackets(on_record)
    changed, expected = quotes_in_brackets(in_copy)
    located = locate_quotes(quotes, len(text), changed)
    found = {(quote.start, words) for (_, words), quote in located.items() if quote.is_there}
    assert found == expected


@pytest.mark.parametrize("source_id", ARTICLES)
def test_exchanged_quotes_are_not_there(source_id: str) -> None:
    """Catches figures or names that change places in a paragraph and are said to hold."""
    lines = read_copy(ARTICLES[source_id]).lines
    sources = {source.source_id: source for source in recorded_sources(open_package(FROZEN))}
    tried = 0
    for number, paragraph in sources[source_id].paragraphs.items():
        text = lines[number - 1].text
        for first, second in combinations(paragraph.quotes, 2):
            start, words = first
            other_start, other_words = second
            overlap = start + len(words) > other_start
            if overlap or words == other_words or len(words) != len(other_words):
                continue
            between = text[start + len(words) : other_start]
            rest = text[other_start + len(other_words) :]
            exchanged = text[:start] + other_words + between + words + rest
            located = locate_quotes(paragraph.quotes, paragraph.characters, exchanged)
            assert not located[first].is_there, exchanged
            assert not located[second].is_there, exchanged
            tried += 1
    assert tried > 10
