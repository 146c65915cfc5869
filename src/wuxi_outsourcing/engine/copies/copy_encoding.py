"""The bytes of a copy of an article, as text. The browser does the same, in copy-text.js."""

import codecs
import re
from dataclasses import dataclass

from ..characters import LOST
from ..files import BOM
from ..problems import Problem, Unusable

# So many bytes at the start of a file show of which format it is.
FORMAT_BYTES = 4096
# A file that has a lost character in each so many bytes, or more often, is not text.
BYTES_PER_LOST_CHARACTER = 100
# In UTF-16, each ASCII character has a NUL byte. A file in which more than one byte in so many is NUL is not UTF-8.
BYTES_PER_NUL = 4
# What most characters of an article are: ASCII, Chinese characters, and Chinese and full-width punctuation.
COMMON = "[\t\n\r -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_UTF_8 = "utf-8"
_GB18030 = "gb18030"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files that are refused."""

    start: str
    """A regular expression for the start of such a file. Each byte is read as the character of its number (Latin-1)."""
    message: str
    fix: str


# The keys are the browser's names of the refusals. The lines of a header of MHTML may be in any order.
FORMATS = {
    "pdf": Format("%PDF-", "the file is a PDF", "Open it, copy the article, and save it as a text file."),
    "zip": Format(
        "PK\x03\x04",
        "the file is a ZIP archive, as a Word document (.docx) is",
        "Unpack it, or open the document, and save the article as a text file.",
    ),
    "word": Format(
        "\xd0\xcf\x11\xe0",
        "the file is an old Word document (.doc)",
        "Open it, copy the article, and save it as a text file.",
    ),
    "rtf": Format(r"\{\\rtf", "the file is RTF, not plain text", "Open it, and save it as plain text (.txt)."),
    "mhtml": Format(
        r"(?=(?:[^\r\n]+\r?\n)*MIME-Version:)(?=(?:[^\r\n]+\r?\n)*Content-Type:[ \t]*multipart/)",
        "the file is a web archive (MHTML)",
        "Save the page as HTML, or copy the article into a text file.",
    ),
}

# GB18030 in parts: a run of whole characters, a run of euro signs as GBK has them, or bytes that are read as one lost
# character. The encoding standard of the web says which bytes are which.
_PARTS_OF_GB18030 = re.compile(
    rb"""
    (?P<whole>(?:
        [\x00-\x7f]
        | [\x81-\xfe][\x40-\x7e\x80-\xfe]
        | [\x81-\x83\x90-\xe2][0-9][\x81-\xfe][0-9]
        | \x84(?:0[\x81-\xfe]|1[\x81-\xa4])[0-9]
        | \xe3(?:[01][\x81-\xfe][0-9]|2[\x81-\x99][0-9]|2\x9a[0-5])
    )++)
    | (?P<euro>\x80+)
    | (?P<broken>
        [\x81-\xfe](?:[\x80-\xff]|[0-9][\x81-\xfe][0-9]|[0-9][\x81-\xfe]?\Z)
        | [\x81-\xff]
    )
    """,
    re.VERBOSE,
)
# Characters for which Python's decoder of GB18030 gives private ones, and what browsers give for them.
_PRIVATE_IN_PYTHON = str.maketrans(
    "\ue5e5\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7"
    "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
    "\u3000\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f"
    "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
)


def decode_copy(data: bytes, file: str) -> str:
    """The text of a copy, without a byte order mark. A character that is lost or broken is U+FFFD.

    The encoding is UTF-8, UTF-16 or GB18030: the first of these in which no character is broken. If there is none, it
    is UTF-8 or GB18030, whichever has fewer broken characters. Raises Unusable for a file that is not text.
    """
    _check_format(data, file)
    text = _decode_whole(data)
    if text is None:
        text = _decode_broken(data)
    if text is None:
        message = "the file is not a text in UTF-8, UTF-16 or GB18030"
        raise Unusable(Problem(file, None, None, message, "Copy the article into a text file, and save it as UTF-8."))
    return text.removeprefix(BOM)


def _check_format(data: bytes, file: str) -> None:
    """Raise Unusable for a file of a format that is not text."""
    start = data[:FORMAT_BYTES].decode("latin-1")
    for known in FORMATS.values():
        if re.match(known.start, start, re.IGNORECASE | re.ASCII):
            raise Unusable(Problem(file, None, None, known.message, known.fix))


def _decode_whole(data: bytes) -> str | None:
    """The text of a file without a broken character, or of any that begins with the byte order mark of UTF-16."""
    if data.startswith(codecs.BOM_UTF16_LE):
        return data.decode("utf-16-le", "replace")
    if data.startswith(codecs.BOM_UTF16_BE):
        return data.decode("utf-16-be", "replace")
    nuls = data.count(b"\0")
    if nuls * BYTES_PER_NUL <= len(data):
        text = _decode_strictly(data, _UTF_8)
        if text is not None:
            return text
    if nuls:
        text = _decode_utf_16(data)
        if text is not None:
            return text
    return _decode_gb18030(data, most_lost=0)


def _decode_strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_utf_16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: of both orders of bytes, the one in which more characters are common ones."""
    little_endian = _decode_strictly(data, "utf-16-le")
    big_endian = _decode_strictly(data, "utf-16-be")
    if little_endian is None:
        return big_endian
    if big_endian is None:
        return little_endian
    return max(little_endian, big_endian, key=_count_of_common)


def _count_of_common(text: str) -> int:
    return len(text) - len(re.sub(COMMON, "", text))


def _decode_broken(data: bytes) -> str | None:
    """A text with some broken characters. None if there are too many."""
    most_lost = (len(data) - 1) // BYTES_PER_LOST_CHARACTER
    text = data.decode(_UTF_8, "replace")
    lost = text.count(LOST)
    gb18030 = _decode_gb18030(data, most_lost=most_lost)
    if gb18030 is not None and gb18030.count(LOST) < lost:
        text = gb18030
        lost = gb18030.count(LOST)
    return text if lost <= most_lost else None


def _decode_gb18030(data: bytes, *, most_lost: int) -> str | None:
    """A text in GB18030, as browsers read it. None if more characters are broken than `most_lost`."""
    parts = []
    lost = 0
    for part in _PARTS_OF_GB18030.finditer(data):
        if part["whole"]:
            parts.append(part["whole"].decode(_GB18030))
        elif part["euro"]:
            parts.append("€" * len(part["euro"]))
        else:
            parts.append(LOST)
            lost += 1
            if lost > most_lost:
                return None
    return "".join(parts).translate(_PRIVATE_IN_PYTHON)
