"""A copy beside the source of which it is one: what the copy has of each recorded paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ..problems import Problem, Unusable
from .article import Copy, text_digest
from .changed_paragraphs import ChangedParagraphs
from .joined_lines import JoinedLines, join
from .paragraph_search import ParagraphSearch
from .quote_location import LocatedQuote, locate_quotes
from .recorded_source import RecordedParagraph, RecordedSource, recorded_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..package import Package
    from .recorded_source import Quote


# A copy is known by a changed paragraph only if at least so many characters are quoted from it.
FEW = 10


@dataclass(frozen=True, slots=True)
class CopiedParagraph:
    """What a copy has of a recorded paragraph."""

    text: str
    line: int
    """The line of the file on which it begins."""
    is_changed: bool
    """Whether the text is not the recorded one."""
    quotes: Mapping[Quote, LocatedQuote]
    """Where the quotes of a changed paragraph are. Of an unchanged one, nothing."""
    position: int | None = None
    """Its number among the lines of the copy that have text, if the copy as a whole is the source."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A copy beside the source on record."""

    package: Package
    copy: Copy
    source: RecordedSource
    paragraphs: Mapping[int, CopiedParagraph]
    """The paragraphs on record that the copy has, by number."""
    other_lines: int
    """How many lines of the copy have text that is in no paragraph on record."""
    is_same_text: bool
    """Whether the copy as a whole is the source, by its hash. A paragraph that differs is then recorded wrongly."""

    def text(self, number: int) -> str:
        """What the copy has of a paragraph on record; empty where it has nothing."""
        return self.paragraphs[number].text if number in self.paragraphs else ""


def compare(copy: Copy, package: Package) -> Comparison:
    """A copy beside the source that it has most of. Raises Unusable if it has no paragraph of any."""
    sources = recorded_sources(package)
    sha256 = text_digest(copy.text)
    for source in sources:
        if source.sha256 == sha256:
            return _same_text(copy, source, package)
    joins = join(copy.lines)
    best = None
    most = (0, 0)
    for source in sources:
        comparison = _compared(copy, joins, source, package)
        unchanged = [paragraph for paragraph in comparison.paragraphs.values() if not paragraph.is_changed]
        alike = [paragraph for paragraph in comparison.paragraphs.values() if _has_most_quotes(paragraph)]
        has = (sum(len(paragraph.text) for paragraph in unchanged), len(alike))
        if has > most:
            best, most = comparison, has
    if best is None:
        source_ids = ", ".join(source.source_id for source in sources)
        message = f"this is not a copy of a source: it has no paragraph of {source_ids or 'any'}"
        fix = "Give a copy of the article that was transcribed, or register it with `wuxi-outsourcing add-source`."
        raise Unusable(Problem(copy.file, None, None, message, fix))
    return best


def _has_most_quotes(paragraph: CopiedParagraph) -> bool:
    """Whether a changed paragraph has most of what is quoted from it: then the copy is one of this source."""
    characters = 0
    there = 0
    for (_, quote), located in paragraph.quotes.items():
        characters += len(quote)
        if located.is_there:
            there += len(quote)
    return characters >= FEW and 3 * there >= 2 * characters


def _same_text(copy: Copy, source: RecordedSource, package: Package) -> Comparison:
    """A copy beside the source that it is as a whole.

    Lines and paragraphs correspond where their hashes are equal. Between those, they correspond in their order.
    """
    numbers = list(source.paragraphs)
    hashes_on_record = [paragraph.sha256 for paragraph in source.paragraphs.values()]
    hashes = [text_digest(line.text) for line in copy.lines]
    paragraphs = {}
    matcher = SequenceMatcher(None, hashes_on_record, hashes)
    for _, first, end, first_line, end_line in matcher.get_opcodes():
        pairs = zip(numbers[first:end], range(first_line, end_line), strict=False)
        for number, index in pairs:
            line = copy.lines[index]
            paragraphs[number] = CopiedParagraph(
                line.text, line.number, is_changed=False, quotes={}, position=index + 1
            )
    return Comparison(package, copy, source, paragraphs, other_lines=0, is_same_text=True)


def _compared(copy: Copy, joins: Sequence[JoinedLines], source: RecordedSource, package: Package) -> Comparison:
    """A copy beside one source."""
    without_space = joins[0]
    search = ParagraphSearch(copy.file, joins, source.paragraphs.values())
    found, passages = search.run()
    changed = ChangedParagraphs(without_space, source.paragraphs, found, passages).run()
    paragraphs = {}
    for number, paragraph in source.paragraphs.items():
        if number in changed:
            start, end = changed[number]
            paragraphs[number] = _changed_paragraph(copy, joins, paragraph, start, end)
        elif number in found:
            passage = found[number]
            line = copy.lines[without_space.line_at(passage.start)].number
            paragraphs[number] = CopiedParagraph(passage.text, line, is_changed=False, quotes={})
    taken = [(passage.start, passage.end) for passage in passages]
    other_lines = _count_of_other_lines(without_space, [*taken, *changed.values()])
    return Comparison(package, copy, source, paragraphs, other_lines, is_same_text=False)


def _changed_paragraph(
    copy: Copy, joins: Sequence[JoinedLines], paragraph: RecordedParagraph, start: int, end: int
) -> CopiedParagraph:
    """A changed paragraph, from its place in a copy. Of all ways to join its lines, that with most of the quotes."""
    without_space = joins[0]
    best: tuple[str, dict[Quote, LocatedQuote]] = ("", {})
    most = -1
    for joined in joins:
        last = joined.position(end - 1, without_space)
        text = joined.text[joined.position(start, without_space) : last + 1].strip()
        quotes = locate_quotes(paragraph.quotes, paragraph.characters, text)
        count = sum(quote.is_there for quote in quotes.values())
        if count > most:
            best, most = (text, quotes), count
    text, quotes = best
    line = copy.lines[without_space.line_at(start)].number
    is_changed = text_digest(text) != paragraph.sha256
    return CopiedParagraph(text, line, is_changed, quotes if is_changed else {})


def _count_of_other_lines(joined: JoinedLines, taken: Iterable[tuple[int, int]]) -> int:
    """How many lines have text outside the stretches taken. A line that has some in two free stretches counts once."""
    free = []
    end = 0
    for taken_start, taken_end in sorted(taken):
        free.append((end, taken_start))
        end = max(end, taken_end)
    free.append((end, len(joined.text)))
    count = 0
    last_counted = -1
    for free_start, free_end in free:
        text = joined.text[free_start:free_end]
        if not text.strip():
            continue
        first = joined.line_at(free_start + len(text) - len(text.lstrip()))
        last = joined.line_at(free_start + len(text.rstrip()) - 1)
        count += last - max(first, last_counted + 1) + 1
        last_counted = last
    return count
