"""A copy of an article, as canonical paragraphs.

Two faithful copies of one article may differ in width forms, indent, empty lines, line ends and a byte order mark. All
of them have the same canonical text. The locations of citations are counted in it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from .characters import described, is_stream_safe, unassigned
from .files import BOM, decode, read_bytes
from .problems import Problem, Unusable

# An article has a few thousand characters. The limit bounds the memory that a wrong path can cost.
MAX_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a copy that has text, in canonical form."""

    number: int
    """Which line of the file it is, counted from 1."""
    text: str
    is_spaced: bool = False
    """Whether white space, besides the end of a line, is between it and the line with text before it."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that is a copy of a source, or has one in it."""

    file: str
    """The path that it was read from, as given."""
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines, joined by line feeds."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class SourceText:
    """The canonical text of a source, as far as a copy has it."""

    file: str
    """The path of the copy, as given."""
    paragraphs: Mapping[int, str]
    """The paragraphs that the copy has, by number."""

    @property
    def text(self) -> str:
        """The paragraphs, joined by line feeds."""
        return "\n".join(self.paragraphs.values())


def text_digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal.

    >>> text_digest("无锡")[:12]
    '76e42093f9b9'
    """
    return sha256(text.encode()).hexdigest()


def canonical(text: str) -> tuple[Line, ...]:
    r"""The lines of a text that have any, in canonical form.

    >>> canonical("\ufeff  2020年\r\n\r\n　产值１３５０亿元 ")
    (Line(number=1, text='2020年', is_spaced=False), Line(number=3, text='产值1350亿元', is_spaced=False))
    """
    normalized = normalize("NFKC", text.removeprefix(BOM))
    lines = []
    for number, line in enumerate(re.split("\r\n|\r|\n", normalized), 1):
        stripped = line.strip()
        if stripped:
            lines.append(Line(number, stripped))
    return tuple(lines)


def read_copy(path: str | Path) -> Copy:
    """The canonical lines of a file.

    Raises Unusable for a file that cannot be read, is not UTF-8, is over 16 MiB or has no text, and for a text whose
    normal form depends on the version of Unicode or takes quadratic time.
    """
    file = str(path)
    missing = "Give the path of a copy of the article."
    data = read_bytes(Path(path), file, limit=MAX_BYTES, missing=missing, named_by_user=True)
    text = decode(data, file)
    _check_characters(text, file)
    lines = canonical(text)
    if not lines:
        raise Unusable(Problem(file, None, None, "the file is empty", "Give a copy of the article as plain text."))
    return Copy(file, lines)


def as_source(copy: Copy) -> SourceText:
    """A copy that has the source and nothing else: each of its lines is a paragraph."""
    return SourceText(copy.file, {number: line.text for number, line in enumerate(copy.lines, 1)})


def _check_characters(text: str, file: str) -> None:
    """Raise Unusable for characters that cannot be brought to a normal form everywhere, or not in linear time."""
    characters = unassigned(text)
    if characters:
        line = text.count("\n", 0, text.index(characters[0])) + 1
        message = f"{described(characters[0])} is not a character of Unicode 14, which every supported Python knows"
        raise Unusable(Problem(file, line, None, message, "Remove the character, or write one that is."))
    if not is_stream_safe(text):
        message = "the text has more than 30 combining marks in a row"
        raise Unusable(Problem(file, None, None, message, "Give the article as plain text, without them."))
