"""What is written for a terminal: texts wrapped to its width, in which a Chinese character takes two columns.

`wcwidth.wrap` was tried and not used: it breaks a Latin word that stands beside Chinese, and begins a line with 。.
"""

import json
import re
from shutil import get_terminal_size
from unicodedata import east_asian_width

from ..json_files import Json
from ..problems import visible

# Where the output is no terminal, nothing has to fit.
_NO_TERMINAL = (1_000_000, 24)

_OPENING = r"（《〈「『【“‘(\["
_CLOSING = "，。、；：？！）》〉」』】”’…"
# What a line is never broken inside: a Chinese character or a run of others, with the marks and spaces around it.
_UNIT = re.compile(
    rf"[{_OPENING}]*"
    rf"(?:[^\s\x00-\u2e7f{_OPENING}{_CLOSING}][,.;:?!)%]*|[^\s\u2e80-\U0010ffff{_CLOSING}]+)?"
    rf"[{_CLOSING}]*"
    r"\s*"
)


def terminal_width() -> int:
    """How many columns a line may take: those of the terminal, or any number where the output is no terminal."""
    return get_terminal_size(_NO_TERMINAL).columns


def text_width(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> text_width("Wuxi 无锡")
    9
    """
    wide = [character for character in text if east_asian_width(character) in "WF"]
    return len(text) + len(wide)


def padded(text: str, width: int) -> str:
    """The text with spaces up to a width."""
    return text + " " * (width - text_width(text))


def prose(text: str, *, indent: str = "", hanging: str = "") -> str:
    """A text for a person, without what a terminal would obey, wrapped to the terminal's width.

    Every line begins with `indent`, and every line but the first also with `hanging`.
    """
    width = terminal_width() - len(indent) - len(hanging)
    first, *others = wrapped(visible(text), width)
    lines = [f"{indent}{first}"]
    lines += [f"{indent}{hanging}{line}" for line in others]
    return "\n".join(lines)


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, of at most this many columns unless a single word takes more.

    A line ends at a space or beside a Chinese character, never inside a word or figure, nor before a closing mark.

    >>> wrapped("无锡（Wuxi）有服务外包企业1350家。", 12)
    ['无锡（Wuxi）', '有服务外包企', '业1350家。']
    """
    lines = []
    line, taken = "", 0
    for unit in _UNIT.findall(text):
        if line and taken + text_width(unit.rstrip()) > width:
            lines.append(line.rstrip())
            line, taken = "", 0
        line += unit
        taken += text_width(unit)
    lines.append(line.rstrip())
    return lines


def json_output(value: Json) -> str:
    r"""A value as JSON for a program. Characters that a terminal would obey, or not show, are escapes of JSON.

    >>> print(json_output(["无锡\u202e"]))
    [
      "无锡\u202e"
    ]
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return "\n".join(map(_with_escapes, text.split("\n")))


def _with_escapes(text: str) -> str:
    if text.isprintable():
        return text
    escaped = ""
    for character in text:
        if character.isprintable():
            escaped += character
        else:
            escaped += json.dumps(character).strip('"')
    return escaped
