"""Text as HTML. What the descriptions write in backticks is code."""

import re

from markupsafe import Markup, escape


def backticks(text: str) -> Markup:
    """A text with the parts in backticks as code.

    >>> backticks("a < `b`")
    Markup('a &lt; <code>b</code>')
    """
    html = ""
    for position, piece in enumerate(re.split("`([^`]+)`", text)):
        is_code = position % 2 == 1  # what is between backticks is every second piece
        html += f"<code>{escape(piece)}</code>" if is_code else str(escape(piece))
    return Markup(html)  # noqa: S704  (each piece is escaped)
