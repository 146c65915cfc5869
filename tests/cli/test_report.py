"""Problems as they are reported, where what they quote comes from whoever opened the pull request."""

import json
import re
from html.parser import HTMLParser

import pytest

from wuxi_outsourcing.engine.cli.problem_formats import FORMATS
from wuxi_outsourcing.engine.problems import Problem

# What breaks out of an annotation, a table cell, a code span or a line, or pings, links and loads.
HOSTILE = [
    "a\n::error file=x::b",
    "a\r\n::warning::b",
    "a\r::add-mask::b",
    "100%0A::error::b",
    "##[error]b",
    "a,line=1,file=b:c::d",
    "a | b",
    "</code></td><img src=https://example.org/x>",
    "`a` **b** _c_ ~~d~~ [e](https://example.org) ![f](g)",
    "@octocat #1 GH-1 www.example.org https://example.org a@example.org",
    "\n\n# Heading\n\n- item\n",
    "&lt;b&gt; &#64;octocat",
    "\x1b[31mred\x07 \u202eright to left\u2066 \u200bzero \u2028line",
]
by_content = pytest.mark.parametrize("hostile", HOSTILE)
PROBLEM = Problem("data/parks.csv", 7, "level", "'x' is not in the vocabulary", "Write national.")


@by_content
def test_an_annotation_is_one_command(hostile: str) -> None:
    """Catches a cell, a column or a file name that gives GitHub a command of its own, or moves the annotation."""
    line = FORMATS["github"]([Problem(f"data/{hostile}.csv", 7, hostile, f"“{hostile}” is unknown", "Write another.")])
    assert len(re.split("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", line)) == 1
    match = re.fullmatch("::error file=([^,:]*),line=7,title=([^,:]*)::(.*)", line)
    assert match
    file, title, message = map(_decoded, match.groups())
    assert (file, title) == (f"data/{_shown(hostile)}.csv", _shown(hostile))
    assert message == f"“{_shown(hostile)}” is unknown\nWrite another."


@by_content
def test_markdown_is_one_row_of_text(hostile: str) -> None:
    """Catches a cell that ends its table, or becomes a link, an image, a tag or a mention in the summary."""
    text = FORMATS["markdown"]([Problem("data/parks.csv", 7, "level", hostile, "Write another.")])
    heading, _, head, _, row = text.split("\n")
    assert (heading, head) == ("### Problems: 1", "| location | column | problem | fix |")
    reader = _Reader()
    reader.feed(row)
    assert reader.cells == ["data/parks.csv:7", "level", _shown(hostile), "Write another."]
    assert not re.search(r"https?:|www\.|[@`*~]", row)


def test_markdown_counts() -> None:
    """Catches a summary that says nothing where nothing is wrong, or that is too long for GitHub to take."""
    assert FORMATS["markdown"]([]) == "### Problems: none"
    many = FORMATS["markdown"]([PROBLEM] * 9000)
    assert many.startswith("### Problems: 9000\n")
    assert many.endswith("\nThe first 500 are listed.")
    assert len(many) < 1 << 20


def test_json() -> None:
    """Catches another shape than the documented one."""
    assert json.loads(FORMATS["json"]([PROBLEM])) == [
        {
            "file": "data/parks.csv",
            "line": 7,
            "column": "level",
            "message": "'x' is not in the vocabulary",
            "fix": "Write national.",
        }
    ]


class _Reader(HTMLParser):
    """The text of each code element."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        assert tag == "code"
        self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "code" and data.strip(" |"):
            self.cells[-1] += data


def _decoded(text: str) -> str:
    """What GitHub's runner reads back."""
    return re.sub("%([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), text)


def _shown(text: str) -> str:
    """The text with what is not seen as an escape."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
