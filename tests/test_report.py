"""Problems as GitHub shows them, where what they quote comes from whoever opened the pull request."""

import re
from html.parser import HTMLParser

import pytest

from wuxi_outsourcing.problem import Problem
from wuxi_outsourcing.report import as_github, as_markdown

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


@by_content
def test_an_annotation_is_one_command(hostile: str) -> None:
    """Catches a cell, a column or a file name that gives GitHub a command of its own, or moves the annotation."""
    line = as_github([Problem(f"data/{hostile}.csv", 7, hostile, f"“{hostile}” is not known", "Write another.")])
    assert len(re.split("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", line)) == 1
    found = re.fullmatch("::error file=([^,:]*),line=7,title=([^,:]*)::(.*)", line)
    assert found
    file, title, message = map(decoded, found.groups())
    assert (file, title) == (f"data/{shown(hostile)}.csv", shown(hostile))
    assert message == f"“{shown(hostile)}” is not known\nWrite another."


@by_content
def test_markdown_is_one_row_of_text(hostile: str) -> None:
    """Catches a cell that ends its table, or becomes a link, an image, a tag or a mention in the summary."""
    text = as_markdown([Problem("data/parks.csv", 7, "level", hostile, "Write another.")])
    assert len(text.split("\n")) == 5
    row = text.split("\n")[-1]
    assert re.fullmatch(r"(\| <code>([\w\s]|&#\d+;)*</code> ){4}\|", row)
    reader = Reader()
    reader.feed(row)
    assert reader.cells == ["data/parks.csv:7", "level", shown(hostile), "Write another."]


def test_markdown_counts() -> None:
    """Catches a summary that says nothing where nothing is wrong, or that is too long for GitHub to take."""
    assert as_markdown([]) == "### Problems: none"
    problem = Problem("data/parks.csv", None, None, "the file is empty", "Restore it.")
    assert as_markdown([problem]).endswith("| <code>data&#47;parks&#46;csv</code> |  | " + TAIL)
    many = as_markdown([problem] * 9000)
    assert many.startswith("### Problems: 9000\n")
    assert many.endswith("\nThe first 500 are listed.")
    assert len(many) < 1 << 20


TAIL = "<code>the file is empty</code> | <code>Restore it&#46;</code> |"


class Reader(HTMLParser):
    """The text of each code element."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002, D102
        assert tag == "code"
        self.cells.append("")

    def handle_data(self, data: str) -> None:  # noqa: D102
        if self.lasttag == "code" and data.strip(" |"):
            self.cells[-1] += data


def decoded(text: str) -> str:
    """What GitHub's runner reads back."""
    return re.sub("%([0-9A-F]{2})", lambda found: chr(int(found[1], 16)), text)


def shown(text: str) -> str:
    """The text with what is not seen as an escape."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
