"""What every check returns: a problem, with its location first and then the fix."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

# What Markdown or HTML could read as markup: @, | and other characters than letters, digits, spaces and punctuation;
# _ at the edge of a word, as in _this_ but not in park_id; the first dot of www.example.org.
_SPECIAL_CHARACTER = r"[^\w\s,.;()%/?'“”’‘→…、，。（）《》-]"
_UNDERSCORE_OF_EMPHASIS = "(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
_DOT_OF_ADDRESS = r"(?<=www)\."
_MARKUP = f"(?i){_SPECIAL_CHARACTER}|{_UNDERSCORE_OF_EMPHASIS}|{_DOT_OF_ADDRESS}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in one location. Printed, it is the location, the message, and below it the fix.

    - `file`: path in the package's folder, or as given for a file from outside
    - `line`: line, from 1; None for the file as a whole
    - `column`: name of the field, or path inside a JSON file; None for the line as a whole
    - `message`: what is wrong
    - `fix`: how to fix it

    Two problems with equal values are equal. What a terminal would obey, or not show, is written as an escape, and an
    overlong value is cut.

    >>> import wuxi_outsourcing as wx
    >>> print(wx.Problem("data/parks.csv", 3, "level", "'city' is not in the vocabulary", "Write national."))
    data/parks.csv:3:level: 'city' is not in the vocabulary
        Write national.
    """

    file: str
    line: int | None
    column: str | None
    message: str
    fix: str

    def __post_init__(self) -> None:
        """Make the values printable."""
        printable = {
            "file": _printable(self.file),
            "column": None if self.column is None else _printable(self.column),
            "message": _printable(self.message),
            "fix": _printable(self.fix, 4000),  # a fix may list the fields of a table
        }
        for name, text in printable.items():
            object.__setattr__(self, name, text)

    @property
    def location(self) -> str:
        """File, line and column, as far as there are any: `data/parks.csv:3:level`."""
        location = [self.file]
        if self.line is not None:
            location.append(str(self.line))
        if self.column is not None:
            location.append(self.column)
        return ":".join(location)

    def __str__(self) -> str:
        return f"{self.location}: {self.message}\n    {self.fix}"


class Unusable(Exception):
    """Nothing could be done, because the input cannot be read or the output cannot be written: `problem` says why.

    >>> import wuxi_outsourcing as wx
    >>> try:
    ...     wx.export("json", wx.path("parks"))
    ... except wx.Unusable as unusable:
    ...     print(unusable.problem.message)
    the destination already exists
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class UnknownName(LookupError):
    """A table, row, field or format that the package does not have; the message lists similar names.

    >>> import wuxi_outsourcing as wx
    >>> try:
    ...     wx.rows("polices")
    ... except wx.UnknownName as unknown:
    ...     print(unknown)  # doctest: +ELLIPSIS
    no table 'polices': did you mean policies, ...?
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(kind, name, list(known))

    def __str__(self) -> str:
        kind, name, known = self.args
        # Whoever writes a program may give None or a number for a name.
        similar = get_close_matches(str(name), known, n=5, cutoff=0.4)
        hint = f"did you mean {', '.join(similar)}?" if similar else f"there are {', '.join(known[:20])}"
        return f"no {kind} {name!r}: {hint}"


def one_per_location(problems: Iterable[Problem]) -> list[Problem]:
    """The first problem of each location, sorted by file and line.

    Checks run from the bytes of a file up to its meaning, so the first to report a cell is nearest to the cause.
    """
    first: dict[tuple[str, int | None, str | None], Problem] = {}
    for problem in problems:
        location = (problem.file, problem.line, problem.column)
        first.setdefault(location, problem)
    return sorted(first.values(), key=lambda problem: (problem.file, problem.line or 0))


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it is not one.

    >>> counted(1, "row"), counted(2, "row")
    ('1 row', '2 rows')
    """
    ending = "" if number == 1 else "s"
    return f"{number:,} {noun}{ending}"


def visible(text: str) -> str:
    r"""The text with what a terminal would obey, or not show, written as an escape.

    >>> visible("Wu\x1b[31mxi\u202e 无锡")
    'Wu\\x1b[31mxi\\u202e 无锡'
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def markdown_code(text: str) -> str:
    """A text for Markdown, in which nobody is pinged and nothing is a link, an image or a tag, whatever it says.

    >>> markdown_code("Wuxi (无锡), see @team | <img>")
    '<code>Wuxi (无锡), see &#64;team &#124; &#60;img&#62;</code>'
    """
    if not text:
        return ""
    plain = re.sub(_MARKUP, lambda markup: f"&#{ord(markup[0])};", visible(text))
    return f"<code>{plain}</code>"


def _printable(text: str, limit: int = 600) -> str:
    if len(text) > limit:
        text = f"{text[:limit]}…"
    return visible(text)
