"""The text of a web page, by lines. The browser reads a page by the same patterns, in copy-text.js.

What is a line is decided by simple means, which take linear time on any text. Of a page that is not well formed, some
text may be lost, or some markup may stay. That is harmless: which lines are the article's is decided later, by length
and hash.
"""

import re
from collections.abc import Iterator
from html import unescape

from ..characters import LOST

_SPACE = r"[ \t\n\f\r]"
_NAME_CHARACTER = r"[^ \t\n\f\r/<>]"
_END_OF_NAME = r"(?=[ \t\n\f\r/>])"
_ATTRIBUTES = r"(?:[ \t\n\f\r/][^<>]*)?"
_END_OF_TEXT = r"(?![\s\S])"

# What is between the tags of these elements is not part of an article.
_WITHOUT_TEXT = "script|style|noscript|template|iframe|object|svg|noframes|noembed|applet|canvas|audio|video"
# Elements inside a line of text. All others end the line, also those that no standard knows.
_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|nobr|q|rb|rp|rt|ruby|s|samp"
    "|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
# Office programs write elements such as o:p and st1:chsdate in a line.
_INLINE_WITH_PREFIX = rf"[A-Za-z][^ \t\n\f\r/<>:]*:{_NAME_CHARACTER}*"
_BLOCK = (
    "address|article|aside|blockquote|body|center|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|head|header|html|li"
    "|main|nav|ol|p|pre|section|table|tbody|td|th|thead|title|tr|ul"
)
_COMMENT = rf"!--(?:-?>|[\s\S]*?(?:-->|{_END_OF_TEXT}))"
# An element that ends in its own tag, as <script/> does, has nothing inside. The first group is the name.
_ELEMENT_WITHOUT_TEXT = rf"({_WITHOUT_TEXT})(?:{_SPACE}[^<>]*)?(?<!/)>[\s\S]*?(?:</\1{_ATTRIBUTES}>|{_END_OF_TEXT})"
_DECLARATION = "[!?][^<>]*>"
_INLINE_TAG = rf"/?(?:{_INLINE}|{_INLINE_WITH_PREFIX}){_END_OF_NAME}{_ATTRIBUTES}>"
# The second group is the name of an element that ends a line.
_OTHER_TAG = rf"/?([A-Za-z]{_NAME_CHARACTER}*){_ATTRIBUTES}>"

# The browser takes these patterns as they are, so that their syntax is common to Python and JavaScript. In PAGE and
# MARKUP, letters match in either case. They take linear time: a part that repeats stops before the next "<", or goes on
# to the end of the match.
LINE_END = re.compile("\r\n|\r|\n")
PAGE = re.compile(
    rf"<!doctype{_SPACE}+html|<br{_ATTRIBUTES}>|</(?=[A-Za-z])(?:{_BLOCK}|{_INLINE}|{_WITHOUT_TEXT}){_SPACE}*>",
    re.IGNORECASE | re.ASCII,
)
MARKUP = re.compile(
    rf"<(?=[!?A-Za-z]|/[A-Za-z])(?:{_COMMENT}|{_ELEMENT_WITHOUT_TEXT}|{_DECLARATION}|{_INLINE_TAG}|{_OTHER_TAG})",
    re.IGNORECASE | re.ASCII,
)
SPACES = re.compile(r"[ \t\f]+")
REFERENCE = re.compile("&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][0-9A-Za-z]{0,31});?")

# Stands in a text for the end of a line where the file has no line end.
_BLOCK_END = "\0"


def numbered_lines(text: str) -> Iterator[tuple[int, str, bool]]:
    r"""The lines of a text or of the source of a page: the number of the line of the file, and the text.

    The third value says whether the line goes on with the one above. It does so in a page, where nothing but a line end
    of the file is between the two.

    A text is a page if it has a document type, a line break `<br>`, or the end tag of an element of HTML. In a page, a
    line ends where the file has a line end, and at each tag of an element that is not inside a line.

    >>> list(numbered_lines("<p>无<b>锡</b><p>产值&lt;5%<br>\n增长"))
    [(1, '', True), (1, '无锡', False), (1, '产值<5%', False), (1, '', False), (2, '增长', True)]
    """
    text = text.replace(_BLOCK_END, LOST)
    is_page = PAGE.search(text) is not None
    if is_page:
        text = _text_of_page(text)
    for number, line in enumerate(LINE_END.split(text), 1):
        goes_on = is_page
        for part in line.split(_BLOCK_END):
            yield number, part, goes_on
            goes_on = False


def _text_of_page(page: str) -> str:
    """What a page shows, with the line ends of the file, and with `_BLOCK_END` where an element ends a line."""
    text = MARKUP.sub(_without_markup, page)
    text = SPACES.sub(" ", text)
    decoded: dict[str, str] = {}

    def decode(reference: re.Match[str]) -> str:
        written = reference[0]
        if written not in decoded:
            decoded[written] = _character(written)
        return decoded[written]

    return REFERENCE.sub(decode, text)


def _without_markup(markup: re.Match[str]) -> str:
    """What remains of a tag, a comment or an element without text.

    That is the line ends of the file that are in it, so that lines keep their numbers. If it ends a line, `_BLOCK_END`
    is before them.
    """
    line_ends = ""
    if "\n" in markup[0] or "\r" in markup[0]:
        line_ends = "".join(LINE_END.findall(markup[0]))
    is_end_of_line = markup[2] is not None
    return _BLOCK_END + line_ends if is_end_of_line else line_ends


def _character(reference: str) -> str:
    r"""What a character reference stands for. Line ends and other control characters stay out of the text.

    >>> [_character(reference) for reference in ("&#26080;", "&#x65E0", "&amplt;", "&none;", "&#10;", "&#1;")]
    ['无', '无', '&lt;', '&none;', ' ', '\ufffd']
    """
    character = unescape(reference)
    if character in ("\r", "\n"):
        return " "
    return character or LOST
