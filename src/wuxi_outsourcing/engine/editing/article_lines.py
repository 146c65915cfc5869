"""Which lines of a file are the article, for an article that has nothing on record yet. Each of them is a paragraph."""

from collections.abc import Sequence
from dataclasses import replace

from ..copies.article import Copy, Line, SourceText, as_source
from ..problems import Problem, Unusable
from .search import canonical_quote

_MOST_LISTED = 10


def article_in(copy: Copy, first_words: str | None, last_words: str | None) -> SourceText:
    """The paragraphs from the line that has the first words down to the one that has the last words.

    Without first words, it begins with the first line; without last words, it ends with the last. Raises Unusable where
    no line has the words, and where several have.
    """
    lines = copy.lines
    if first_words is not None:
        first = _line_with(lines, first_words, copy.file, "--from")
        lines = lines[lines.index(first) :]
    if last_words is not None:
        last = _line_with(lines, last_words, copy.file, "--to")
        lines = lines[: lines.index(last) + 1]
    return as_source(replace(copy, lines=lines))


def _line_with(lines: Sequence[Line], given: str, file: str, option: str) -> Line:
    """The one line that has the words given for an option. Raises Unusable."""
    words = canonical_quote(given)
    found = _lines_with(lines, words)
    if len(found) == 1:
        return found[0]
    if not found:
        message = f"no line from line {lines[0].number} on has “{words}”"
        fix = f"Give {option} words that are in the file, with --to at or below --from."
    else:
        numbers = ", ".join(str(line.number) for line in found[:_MOST_LISTED])
        if len(found) > _MOST_LISTED:
            numbers += ", …"
        message = f"“{words}” is in {len(found)} lines: {numbers}"
        fix = f"Give {option} more words of the right line, or remove the others from the file."
    raise Unusable(Problem(file, None, option, message, fix))


def _lines_with(lines: Sequence[Line], words: str) -> list[Line]:
    """The lines that are the words; if there are none, those that begin with them; if none do, those that have them."""
    are_words = [line for line in lines if line.text == words]
    if are_words:
        return are_words
    begin = [line for line in lines if line.text.startswith(words)]
    if begin:
        return begin
    return [line for line in lines if words in line.text]
