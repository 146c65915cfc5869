"""The kinds of copies in which people have an article, made from its paragraphs.

A kind says which paragraphs a copy has, how they stand in it and how the file is encoded. It is made for any article:
give the lines of its file that have text, as they stand there. The first two are taken for title and byline.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from copy_layouts import (
    ADVERTISEMENT,
    CAPTION,
    FOOTER,
    LOGIN,
    MAIL_FOOTER,
    MAIL_HEADER,
    MENU,
    NAVIGATION,
    OTHER_ARTICLE,
    SENTENCE_MARK,
    Layout,
    Texts,
    around,
    framed,
    full_width,
    half_width,
    in_lines,
    interleaved,
    joined,
    title_in_three_places,
    two_on_a_line,
    with_byte_order_mark,
    with_comments,
    with_line_ends,
    with_mixed_line_ends,
    with_page_numbers,
    with_related_articles,
    wrapped,
    wrapped_around,
    wrapped_at_sentences,
    wrapped_in_columns,
    wrapped_with_advertisement,
    wrapped_with_empty_lines,
)
from copy_pages import (
    page,
    page_in_decimal_entities,
    page_in_hexadecimal_entities,
    page_with_line_ends,
    wrapped_page,
)

Numbers = Callable[[Texts], list[int]]


@dataclass(frozen=True, slots=True)
class MadeCopy:
    """A copy of an article."""

    kind: str
    suffix: str
    """How the name of such a file ends."""
    data: bytes
    missing: frozenset[int]
    """The numbers of the paragraphs that it does not have, counted from 1; a copy that has all of them is whole."""


def all_numbers(texts: Texts) -> list[int]:
    """The numbers of all paragraphs."""
    return list(range(1, len(texts) + 1))


@dataclass(frozen=True, slots=True)
class Kind:
    """A way in which people have an article."""

    layout: Layout = in_lines
    """Makes the text of the copy from the paragraphs that it has."""
    numbers: Numbers = all_numbers
    """The numbers of the paragraphs that it has, in the order of the copy."""
    encoding: str = "utf-8"
    suffix: str = ".txt"
    breaks_paragraphs: bool = False
    """Whether there are line ends inside of paragraphs: what is added at the end of one may be a line of its own."""


def make(name: str, texts: Texts) -> MadeCopy:
    """A copy of that kind."""
    numbers = KINDS[name].numbers(texts)
    return make_of(name, numbers, texts)


def make_of(name: str, numbers: Sequence[int], texts: Texts) -> MadeCopy:
    """A copy of that kind, with the paragraphs of those numbers."""
    kind = KINDS[name]
    chosen = [texts[number - 1] for number in numbers]
    data = kind.layout(chosen).encode(kind.encoding)
    missing = frozenset(all_numbers(texts)) - frozenset(numbers)
    return MadeCopy(name, kind.suffix, data, missing)


def all_copies(texts: Texts) -> dict[str, MadeCopy]:
    """A copy of each kind, by the name of the kind."""
    return {name: make(name, texts) for name in KINDS}


def _title_twice(texts: Texts) -> list[int]:
    return [1, *all_numbers(texts)]


def _byline_twice(texts: Texts) -> list[int]:
    return [1, 2, *all_numbers(texts)[1:]]


def _byline_again_at_the_end(texts: Texts) -> list[int]:
    return [*all_numbers(texts), 2]


def _without_title(texts: Texts) -> list[int]:
    return all_numbers(texts)[1:]


def _without_byline(texts: Texts) -> list[int]:
    return [1, *all_numbers(texts)[2:]]


def _without_title_and_byline(texts: Texts) -> list[int]:
    return all_numbers(texts)[2:]


def _without_headings(texts: Texts) -> list[int]:
    numbers = [1, 2]
    for number, text in enumerate(texts, 1):
        if number > 2 and SENTENCE_MARK in text:
            numbers.append(number)
    return numbers


def _body_without_headings(texts: Texts) -> list[int]:
    return _without_headings(texts)[2:]


def _first_half(texts: Texts) -> list[int]:
    numbers = all_numbers(texts)
    return numbers[: len(numbers) // 2]


def _second_half(texts: Texts) -> list[int]:
    numbers = all_numbers(texts)
    return numbers[len(numbers) // 2 :]


def _halves_exchanged(texts: Texts) -> list[int]:
    return _second_half(texts) + _first_half(texts)


def _backwards(texts: Texts) -> list[int]:
    return all_numbers(texts)[::-1]


def _every_second(texts: Texts) -> list[int]:
    return all_numbers(texts)[::2]


def _longest(texts: Texts) -> list[int]:
    lengths = [len(text) for text in texts]
    return [lengths.index(max(lengths)) + 1]


def _twice(texts: Texts) -> list[int]:
    return all_numbers(texts) * 2


def _page(template: str, encoding: str = "utf-8") -> Kind:
    return Kind(partial(page, template), encoding=encoding, suffix=".html")


PLAIN = {
    "as it is": Kind(),
    "full width": Kind(full_width),
    "half width": Kind(half_width),
    "CRLF": Kind(partial(with_line_ends, "\r\n")),
    "CR": Kind(partial(with_line_ends, "\r")),
    "mixed line ends": Kind(with_mixed_line_ends),
    "no indents": Kind(partial(around, "", "")),
    "indents of spaces": Kind(partial(around, "    ", "")),
    "ideographic indents": Kind(partial(around, "\u3000\u3000", "")),
    "no-break spaces as indents": Kind(partial(around, "\u00a0\u00a0\u00a0\u00a0", "")),
    "tabs in front and behind": Kind(partial(around, "\t", "\t")),
    "empty lines": Kind(partial(joined, "\n\n")),
    "lines of spaces": Kind(partial(joined, "\n \n\u3000\n\t\n")),
}

ENCODED = {
    "UTF-8 with a byte order mark": Kind(encoding="utf-8-sig"),
    "GB18030": Kind(encoding="gb18030"),
    "GB18030, CRLF": Kind(partial(with_line_ends, "\r\n"), encoding="gb18030"),
    "UTF-16, little-endian": Kind(with_byte_order_mark, encoding="utf-16-le"),
    "UTF-16, big-endian": Kind(with_byte_order_mark, encoding="utf-16-be"),
    "UTF-16, little-endian, no byte order mark": Kind(encoding="utf-16-le"),
}

WITH_OTHER_TEXT = {
    "navigation above": Kind(partial(framed, [NAVIGATION], [])),
    "menu above, footer below": Kind(partial(framed, MENU, FOOTER)),
    "title twice": Kind(numbers=_title_twice),
    "title in three places": Kind(title_in_three_places),
    "byline twice": Kind(numbers=_byline_twice),
    "byline again at the end": Kind(numbers=_byline_again_at_the_end),
    "advertisement in the middle": Kind(partial(interleaved, ADVERTISEMENT, 5)),
    "advertisements between all paragraphs": Kind(partial(interleaved, ADVERTISEMENT, 1)),
    "captions": Kind(partial(interleaved, CAPTION, 3)),
    "page numbers": Kind(with_page_numbers),
    "related articles below": Kind(with_related_articles),
    "comments of readers below": Kind(with_comments),
    "another article below": Kind(partial(framed, [], OTHER_ARTICLE)),
    "another article above": Kind(partial(framed, OTHER_ARTICLE, [])),
    "forwarded mail": Kind(partial(framed, MAIL_HEADER, MAIL_FOOTER)),
    "twice": Kind(numbers=_twice),
}

PARTS = {
    "without title": Kind(numbers=_without_title),
    "without byline": Kind(numbers=_without_byline),
    "without title and byline": Kind(numbers=_without_title_and_byline),
    "without headings": Kind(numbers=_without_headings),
    "body without headings": Kind(numbers=_body_without_headings),
    "first half": Kind(numbers=_first_half),
    "first half, then a request to log in": Kind(partial(framed, [], [LOGIN]), _first_half),
    "second half": Kind(numbers=_second_half),
    "one paragraph": Kind(numbers=_longest),
    "every second paragraph": Kind(numbers=_every_second),
    "first half, wrapped": Kind(partial(wrapped, 30), _first_half, breaks_paragraphs=True),
}

REARRANGED = {
    "halves exchanged": Kind(numbers=_halves_exchanged),
    "backwards": Kind(numbers=_backwards),
    "two paragraphs on a line": Kind(two_on_a_line),
    "all on one line": Kind(partial(joined, "")),
    "all on one line, spaces between": Kind(partial(joined, " ")),
    "all on one line, ideographic spaces between": Kind(partial(joined, "\u3000")),
    "all on one line, vertical tabs between": Kind(partial(joined, "\v")),
    "all on one line, line separators between": Kind(partial(joined, "\u2028")),
}

WRAPPED = {
    "wrapped at 20 characters": Kind(partial(wrapped, 20), breaks_paragraphs=True),
    "wrapped at 36 characters": Kind(partial(wrapped, 36), breaks_paragraphs=True),
    "wrapped at 61 characters": Kind(partial(wrapped, 61), breaks_paragraphs=True),
    "wrapped at 80 characters": Kind(partial(wrapped, 80), breaks_paragraphs=True),
    "wrapped at 40 columns": Kind(partial(wrapped_in_columns, 40), breaks_paragraphs=True),
    "wrapped at 72 columns": Kind(partial(wrapped_in_columns, 72), breaks_paragraphs=True),
    "wrapped, empty lines between": Kind(partial(wrapped_with_empty_lines, 32), breaks_paragraphs=True),
    "wrapped, advertisement in the middle": Kind(partial(wrapped_with_advertisement, 40), breaks_paragraphs=True),
    "wrapped, spaces behind": Kind(partial(wrapped_around, "", " ", 36), breaks_paragraphs=True),
    "wrapped, indented": Kind(partial(wrapped_around, " " * 11, "", 42), breaks_paragraphs=True),
    "wrapped at sentences": Kind(wrapped_at_sentences, breaks_paragraphs=True),
    "wrapped, GB18030": Kind(partial(wrapped, 34), encoding="gb18030", breaks_paragraphs=True),
}

PAGES = {
    "page": _page("paragraphs.html"),
    "page in UTF-16": Kind(partial(page, "paragraphs.html"), encoding="utf-16", suffix=".html"),
    "page with a byte order mark": _page("paragraphs.html", "utf-8-sig"),
    "page with CRLF": Kind(partial(page_with_line_ends, "paragraphs.html", "\r\n"), suffix=".html"),
    "page with decimal entities": Kind(partial(page_in_decimal_entities, "paragraphs.html"), suffix=".html"),
    "page with hexadecimal entities": Kind(partial(page_in_hexadecimal_entities, "line_breaks.html"), suffix=".html"),
    "page with wrapped source": Kind(
        partial(wrapped_page, "paragraphs.html", 33),
        suffix=".html",
        breaks_paragraphs=True,
    ),
    "page with indented source": _page("indented_source.html"),
    "page with preformatted text": _page("preformatted.html"),
    "page with preformatted, wrapped text": Kind(
        partial(wrapped_page, "preformatted.html", 38),
        suffix=".html",
        breaks_paragraphs=True,
    ),
    "page with line breaks": _page("line_breaks.html"),
    "page with inline markup": _page("inline_markup.html"),
    "page with hidden parts": _page("hidden_parts.html"),
    "fragment of a page": _page("fragment.html"),
    "news portal": _page("news_portal.html"),
    "newspaper site": _page("newspaper.html", "gb18030"),
    "government site": _page("government.html"),
    "table layout of the 2000s": _page("table_layout.html", "gb18030"),
    "public account of a messenger": _page("public_account.html"),
    "word processor, filtered": _page("word_processor.html", "gb18030"),
}

KINDS: dict[str, Kind] = {
    **PLAIN,
    **ENCODED,
    **WITH_OTHER_TEXT,
    **PARTS,
    **REARRANGED,
    **WRAPPED,
    **PAGES,
}
