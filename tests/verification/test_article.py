"""Copies of articles: what is read, and what is refused before anything is compared."""

import unicodedata
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from wuxi_outsourcing.engine.article import read_copy
from wuxi_outsourcing.engine.characters import _bounds_of_unassigned, unassigned
from wuxi_outsourcing.engine.problems import Unusable

# What is in a file, the line of the one problem, and a part of its message.
REFUSED: dict[str, tuple[bytes, int | None, str]] = {
    "nothing": (b"", None, "the file is empty"),
    "spaces": (" \n\u3000\n".encode(), None, "the file is empty"),
    "GBK": ("A\n无锡".encode("gbk"), 2, "GBK (GB18030), which Chinese Excel writes"),
    "UTF-16": ("无锡".encode("utf-16"), 1, "UTF-16"),
    "other bytes": (b"\xff\x00\x81", 1, "not UTF-8"),
    "unassigned in every version": (
        "无\n锡\u0378".encode(),
        2,
        "U+0378 (a character without a name) is not a character",
    ),
    "assigned after Unicode 14": ("无\n锡\u088f".encode(), 2, "U+088F (a character without a name) is not a character"),
    "an emoji of Unicode 15": ("无锡\U0001fae8".encode(), 1, "U+1FAE8"),
    "31 marks in a row": (("e" + "\u0301" * 31).encode(), None, "more than 30 combining marks in a row"),
    "marks of two kinds": (("e" + "\u0301\u0323" * 100_000).encode(), None, "more than 30 combining marks in a row"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(tmp_path: Path, name: str) -> None:
    """Catches a traceback, a guess or hours of normalising on what is not plain text of Unicode 14."""
    content, line, message = REFUSED[name]
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    with pytest.raises(Unusable) as refusal:
        read_copy(path)
    problem = refusal.value.problem
    assert (problem.file, problem.line) == (str(path), line)
    assert message in problem.message
    assert wx.verify(path).problems == [problem]


def test_missing_or_huge(tmp_path: Path) -> None:
    """Catches a traceback where there is no file, or a folder, and a wrong path that fills the memory."""
    with (tmp_path / "huge").open("wb") as stream:
        stream.truncate(1 << 34)
    messages = [wx.verify(tmp_path / name).problems[0].message for name in ("nowhere", "", "huge", "no\0where")]
    assert messages == [
        "no such file",
        "cannot be read: Is a directory",
        "the file is over 16 MiB",
        "cannot be read: embedded null byte",
    ]


def test_paragraphs_and_lines(tmp_path: Path) -> None:
    """Catches another canonical text than the one that the recorded hashes are of."""
    path = tmp_path / "article.txt"
    path.write_bytes("\ufeff 标题\r\n\r\n\u3000１３５０亿\u2028元\r尾 \n".encode())
    source = read_copy(path)
    assert [line.text for line in source.lines] == ["标题", "1350亿\u2028元", "尾"]
    assert [line.number for line in source.lines] == [1, 3, 4]
    assert source.text == "标题\n1350亿\u2028元\n尾"


def test_later_versions_of_unicode_are_covered() -> None:
    """Catches a Python that knows characters which the table of later versions lacks, and a range with others."""
    version = tuple(map(int, unicodedata.unidata_version.split(".")))
    assert version <= (18, 0, 0)
    bounds = _bounds_of_unassigned()
    characters = [chr(code) for first, end in zip(bounds[::2], bounds[1::2], strict=True) for code in (first, end - 1)]
    assert unassigned("".join(characters)) == list(dict.fromkeys(characters))
    if version == (14, 0, 0):
        assert {unicodedata.category(char) for char in characters} == {"Cn"}
