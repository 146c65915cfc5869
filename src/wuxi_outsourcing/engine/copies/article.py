"""A copy of an article, as canonical lines.

Two faithful copies of one article may differ in encoding, width forms, indent, empty lines and line ends. One may be a
web page. All of them have the same canonical text. The locations of citations are counted in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from ..characters import LOST, normalizable
from ..files import read_bytes
from ..problems import Problem, Unusable
from .copy_encoding import decode_copy
from .page_text import numbered_lines

# An article has a few thousand characters. The limit bounds the memory that a wrong path can cost.
MAX_BYTES = 16 << 20
# An article has a few dozen lines, the pages around it a few hundred.
MOST_LINES = 50_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a copy that has text, in canonical form."""

    number: int
    """Which line of the file it is, counted from 1."""
    text: str
    is_spaced: bool
    """Whether white space other than line ends is before it: at its own start, or at the end of what is above it."""
    goes_on: bool = False
    """Whether it may be one text with the line above. In a page, a line end of the file does not end a text."""


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
    r"""The lines with text of a file or a web page, in canonical form. There are at most one more than MOST_LINES.

    >>> canonical("2020年\r\n\r\n　产值１３５０亿元 ")  # doctest: +NORMALIZE_WHITESPACE
    (Line(number=1, text='2020年', is_spaced=False, goes_on=False),
     Line(number=3, text='产值1350亿元', is_spaced=True, goes_on=False))
    """
    lines: list[Line] = []
    is_spaced = False
    goes_on = False
    for number, content, part_goes_on in numbered_lines(text):
        # An empty line that does not go on separates the lines around it.
        goes_on = goes_on and part_goes_on
        if not content:
            continue
        normalized = normalize("NFKC", normalizable(content))
        stripped = normalized.strip()
        if not stripped:
            is_spaced = True
            continue
        starts_with_space = normalized[0].isspace()
        lines.append(Line(number, stripped, is_spaced or starts_with_space, goes_on))
        goes_on = True
        if len(lines) > MOST_LINES:
            break
        is_spaced = normalized[-1].isspace()
    return tuple(lines)


def read_copy(path: str | Path) -> Copy:
    """The canonical lines of a file.

    Raises Unusable for a file that cannot be read, is not text, is over 16 MiB, has no text or more than 50,000 lines.
    """
    file = str(path)
    missing = "Give the path of a copy of the article."
    data = read_bytes(Path(path), file, limit=MAX_BYTES, missing=missing, named_by_user=True)
    lines = canonical(decode_copy(data, file))
    if not lines:
        raise Unusable(Problem(file, None, None, "the file has no text", "Give a copy of the article as plain text."))
    if len(lines) > MOST_LINES:
        message = f"the file has more than {MOST_LINES:,} lines with text"
        raise Unusable(Problem(file, None, None, message, "Give a copy of the article with less around it."))
    return Copy(file, lines)


def as_source(copy: Copy) -> SourceText:
    """A copy that has the source and nothing else: each of its lines is a paragraph.

    Raises Unusable with the line if a character of it is lost.
    """
    for line in copy.lines:
        if LOST in line.text:
            message = "the line has a character that is lost or not in Unicode 14, or too many combining marks in a row"
            fix = "Write the line as the source gives it. Leave out a character that Unicode 14 does not have."
            raise Unusable(Problem(copy.file, line.number, None, message, fix))
    return SourceText(copy.file, {number: line.text for number, line in enumerate(copy.lines, 1)})
