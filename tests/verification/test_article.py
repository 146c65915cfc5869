"""Copies of articles: what is read, and what is refused before anything is compared."""

import unicodedata
from pathlib import Path

import pytest

import wuxi_outsourcing as wx
from copy_cases import READ, REFUSED
from wuxi_outsourcing.engine.characters import _bounds_of_unassigned, unassigned
from wuxi_outsourcing.engine.copies.article import as_source, canonical, read_copy
from wuxi_outsourcing.engine.problems import Unusable


@pytest.mark.parametrize("name", READ)
def test_read(tmp_path: Path, name: str) -> None:
    """Catches a faithful copy that is refused or read as another text, by its encoding or a character outside of it."""
    content, expected = READ[name]
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    assert [line.text for line in read_copy(path).lines] == expected


@pytest.mark.parametrize("name", REFUSED)
def test_refused(tmp_path: Path, name: str) -> None:
    """Catches a traceback or a guess on what is not text, and a refusal that does not say what to do."""
    content, _, message = REFUSED[name]
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    with pytest.raises(Unusable) as refusal:
        read_copy(path)
    problem = refusal.value.problem
    assert (problem.file, problem.line) == (str(path), None)
    assert message in problem.message
    assert wx.verify(path).problems == [problem]


@pytest.mark.parametrize("lost", ["\ufffd", "\u0378", "\u088f", "\U0001fae8", "\u0301" * 31, "\0"])
def test_a_source_has_every_character(tmp_path: Path, lost: str) -> None:
    """Catches a source that is recorded with a character which is lost, or which not every Python reads alike."""
    path = tmp_path / "article.txt"
    path.write_bytes(f"无锡\n\n增长{lost}".encode())
    with pytest.raises(Unusable, match=r"article.txt:3: the line has a character that is lost"):
        as_source(read_copy(path))


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\n乙", [False, False]),
        ("甲 \n乙", [False, True]),
        ("甲\n\u3000乙", [False, True]),
        ("甲\n\t\n乙\n\n丙", [False, True, False]),
        ("<p>甲&nbsp;</p><p>乙</p>\n<p> 丙</p>", [False, True, True]),
        ("<p>甲\n乙</p>", [False, False]),
    ],
)
def test_white_space_between_lines(text: str, expected: list[bool]) -> None:
    """Catches white space between lines that is overlooked, or a line end that is taken for it."""
    assert [line.is_spaced for line in canonical(text)] == expected


def test_later_versions_of_unicode_are_covered() -> None:
    """Catches a Python that knows characters which the table of later versions lacks, and a range with others."""
    version = tuple(map(int, unicodedata.unidata_version.split(".")))
    assert version <= (18, 0, 0)
    bounds = _bounds_of_unassigned()
    characters = [chr(code) for first, end in zip(bounds[::2], bounds[1::2], strict=True) for code in (first, end - 1)]
    assert unassigned("".join(characters)) == list(dict.fromkeys(characters))
    if version == (14, 0, 0):
        assert {unicodedata.category(char) for char in characters} == {"Cn"}
