"""Text as HTML: what the descriptions write in backticks is code."""

import re

from markupsafe import Markup, escape


def backticks(text: str) -> Markup:
    """A text with the parts in backticks as code.

    >>> backticks("a < `b`")
    Markup('a &lt; <code>b</code>')
    """
    parts = re.split("`([^`]+)`", text)
    html = (f"<code>{escape(part)}</code>" if at % 2 else escape(part) for at, part in enumerate(parts))
    return Markup("".join(html))  # noqa: S704  (each part is escaped)
