"""A copy of an article, as canonical paragraphs.

Two faithful copies of one article may differ in width forms, indent, blank lines, line ends and a byte order mark. What
all of them share is the canonical text, and it is what citations count in.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from .problem import Problem, Unusable

# An article is a few thousand characters; this bounds the memory that a wrong path can cost.
MAX_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SourceText:
    """The canonical text of one copy of a source. `lines` are the physical lines that the paragraphs stand on."""

    file: str
    paragraphs: tuple[str, ...]
    lines: tuple[int, ...]

    @property
    def text(self) -> str:
        """The paragraphs, joined by line feeds."""
        return "\n".join(self.paragraphs)


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal.

    >>> digest("无锡")[:12]
    '76e42093f9b9'
    """
    return sha256(text.encode()).hexdigest()


def canonical(text: str) -> list[tuple[int, str]]:
    r"""The paragraphs of a text, each with the line it stands on, counted from 1.

    >>> canonical("\ufeff  2020年\r\n\r\n　产值１３５０亿元 ")
    [(1, '2020年'), (3, '产值1350亿元')]
    """
    lines = re.split("\r\n|\r|\n", normalize("NFKC", text.removeprefix("\ufeff")))
    return [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]


def read_source(path: str | Path) -> SourceText:
    """The canonical text of the file at `path`.

    Raises Unusable for what is no text in UTF-8: no such file, a folder, another encoding, nothing inside.
    """
    file = str(path)
    data = _read(Path(path), file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unusable(Problem(file, line, None, *not_utf8(data))) from None
    paragraphs = canonical(text)
    if not paragraphs:
        raise Unusable(Problem(file, None, None, "the file is empty", "Give a copy of the article as plain text."))
    return SourceText(file, tuple(text for _, text in paragraphs), tuple(line for line, _ in paragraphs))


def not_utf8(data: bytes) -> tuple[str, str]:
    """Message and mend for bytes that are not UTF-8, naming the encoding where that is sure enough to help."""
    fix = "Save the file as UTF-8 (in Excel: “CSV UTF-8”, then remove the byte order mark)."
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "the file is UTF-16, not UTF-8", fix
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "the file is not UTF-8", fix
    return "the file is not UTF-8; it reads as GBK (GB18030), which Chinese Excel writes", fix


def _read(path: Path, file: str) -> bytes:
    try:
        if path.is_dir():
            raise Unusable(Problem(file, None, None, "this is a folder", "Give the path of a text file."))
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Unusable(Problem(file, None, None, "no such file", "Give the path of a copy of the article.")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unusable(Problem(file, None, None, f"can't be read: {reason}", "Give a readable text file.")) from None
    if len(data) > MAX_BYTES:
        raise Unusable(Problem(file, None, None, "the file is over 16 MiB", "Give the article alone, as plain text."))
    return data
