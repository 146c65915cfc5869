"""Text from the package as Markdown that shows it, character for character, whatever it holds."""

import re
from collections.abc import Iterable, Sequence

# What could begin markup. As an entity it stays a character even in a table. An underscore between letters begins none.
_MARKUP = re.compile(r"[\\`*\[\]<>|&~$#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
# Names of fields and the like stand between backticks in descriptions, and are shown as code.
_NAME = re.compile(r"`([A-Za-z0-9_.]+)`")
_BLANKS = re.compile(r"\s+")


def paragraph(text: str) -> str:
    """Words at the beginning of a line. There, digits and marks could make a list or a heading.

    >>> paragraph("1. Not a list")
    '&#49;. Not a list'
    """
    shown = inline(text)
    if not shown or shown[0].isalpha() or shown[0] in "`&":
        return shown
    return f"&#{ord(shown[0])};{shown[1:]}"


def inline(text: str) -> str:
    """Words on one line, in a sentence or in a cell of a table.

    >>> inline("The unit of `value` | <b>")
    'The unit of `value` &#124; &#60;b&#62;'
    """
    on_one_line = _BLANKS.sub(" ", text).strip()
    shown = ""
    # What is between backticks is every second piece.
    for position, piece in enumerate(_NAME.split(on_one_line)):
        is_name = position % 2 == 1
        shown += f"`{piece}`" if is_name else _MARKUP.sub(_entity, piece)
    return shown


def code(text: str) -> str:
    r"""A term or a pattern. What is not ASCII is shown by its number, since a blank or a mark might not be seen.

    >>> code("[a-z]+"), code("a|b\u3000")
    ('`[a-z]+`', '<code>a&#124;b&#92;u3000</code>')
    """
    shown = text.encode("ascii", "backslashreplace").decode()
    # A bar would end the cell of a table, even in code.
    if re.search(r"[`|\s]", shown):
        return f"<code>{_MARKUP.sub(_entity, shown)}</code>"
    return f"`{shown}`"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: int = 0) -> list[str]:
    """The lines of a table. Its last columns, as many as `right`, hold numbers."""
    texts = len(heads) - right
    marks = ["---"] * texts + ["--:"] * right
    return [f"| {' | '.join(cells)} |" for cells in (heads, marks, *rows)]


def anchor(heading: str) -> str:
    """What GitHub makes of a heading for links to lead to.

    >>> anchor("`claims.kind`")
    'claimskind'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _entity(mark: re.Match[str]) -> str:
    return f"&#{ord(mark[0])};"
