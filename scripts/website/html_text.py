"""Text as HTML: what the descriptions write in backticks is code."""

import re

from markupsafe import Markup, escape


def backticks(text: str) -> Markup:
    """A text with the parts in backticks as code.

    >>> backticks("a < `b`")
    Markup('a &lt; <code>b</code>')
    """
    html = ""
    for position, part in enumerate(re.split("`([^`]+)`", text)):
        is_code = position % 2 == 1  # what is between backticks is every second part
        html += f"<code>{escape(part)}</code>" if is_code else str(escape(part))
    return Markup(html)  # noqa: S704  (each part is escaped)
