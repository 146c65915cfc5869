"""Differences as Markdown, for the summary of a pull request.

Cells come from whoever opened it. What stands for one is in `<code>`, where nobody is pinged and nothing is linked to,
and every character that Markdown or HTML could take for markup is a character reference.
"""

import re

from ..problem import visible
from .change import Difference
from .render import Entry, content, sections, title, verdict

# What needs no reference: letters, digits and blanks of any script, and punctuation that is none of Markdown's in the
# middle of a line. An underscore inside a word and a dot that begins no address are plain too.
_MARKUP = re.compile(
    r"[^\w\s,.;()%/?'“”’‘→…、，。（）《》-]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=www)\.", re.IGNORECASE
)
_WORDS = {"+": "added", "-": "removed", "~": "changed"}


def as_markdown(difference: Difference) -> str:
    """Headings and tables: a line a change."""
    old, new = title(difference.old, difference.old_version), title(difference.new, difference.new_version)
    lines = ["### Changes to the data", "", f"From {_code(old)} to {_code(new)}.", ""]
    for heading, entries in sections(difference):
        lines += [f"#### {_code(heading)}", "", "| | row | what | old | new |", "|---|---|---|---|---|"]
        lines += map(_line, entries)
        lines.append("")
    if not difference.changes:
        lines += ["No change.", ""]
    step, _, rest = verdict(difference).removeprefix("Version step: ").partition(" ")
    return "\n".join([*lines, f"**Version step: {step}** {_code(rest) if rest else ''}".rstrip()])


def _line(entry: Entry) -> str:
    cells = [entry.row, entry.what, content(entry.old), content(entry.new)]
    return f"| {_WORDS[entry.sign]} | {' | '.join(_code(cell) if cell else '' for cell in cells)} |"


def _code(text: str) -> str:
    return f"<code>{_MARKUP.sub(lambda found: f'&#{ord(found[0])};', visible(text))}</code>"
