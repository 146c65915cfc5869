"""Files that are no CSV as the package needs it, or no files at all: one problem each, and never a traceback."""

from collections.abc import Callable
from pathlib import Path

import frictionless
import pytest

import wuxi_outsourcing as wx
from conftest import refresh

FILE = "data/places.csv"
# What is done to the bytes, the line of the problem, its message, and whether Frictionless sees it too.
BYTES: dict[str, tuple[Callable[[bytes], bytes], int | None, str, bool]] = {
    "empty": (lambda _: b"", None, "the file is empty", True),
    "header only": (lambda data: data.split(b"\n")[0] + b"\n", 1, "a header but no row", True),
    "byte order mark": (lambda data: b"\xef\xbb\xbf" + data, 1, "byte order mark", False),
    "GBK": (
        lambda data: data.decode().replace("’", "'").encode("gbk"),
        2,
        "GBK (GB18030), which Chinese Excel writes",
        True,
    ),
    "UTF-16": (lambda data: data.decode().encode("utf-16"), 1, "UTF-16", True),
    "a byte that is no text": (lambda data: data.replace(b",Wuxi,", b",Wu\xff\xff,"), 5, "not UTF-8", True),
    "CRLF": (lambda data: data.replace(b"\n", b"\r\n"), 1, "end with CRLF", False),
    "CR": (lambda data: data.replace(b"\n", b"\r"), 1, "end with CR,", False),
    "no line feed at the end": (lambda data: data[:-1], 7, "no line end", False),
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes(package: Path, name: str) -> None:
    """Catches an encoding or a line end that other readers would trip over, and a message that doesn't name it."""
    change, line, message, seen = BYTES[name]
    path = package / FILE
    path.write_bytes(change(path.read_bytes()))
    (problem,) = wx.validate(package)
    assert (problem.file, problem.line, problem.column) == (FILE, line, None)
    assert message in problem.message
    refresh(package)
    report = frictionless.Package(str(package / "datapackage.json")).validate()
    assert report.valid is not seen


def test_missing_file(package: Path) -> None:
    """Catches a resource whose file is not there."""
    (package / FILE).unlink()
    (problem,) = wx.validate(package)
    assert str(problem).startswith(f"{FILE}: no such file")


def test_folder_for_a_file(package: Path) -> None:
    """Catches a traceback where a folder has the name of a file."""
    (package / FILE).unlink()
    (package / FILE).mkdir()
    (problem,) = wx.validate(package)
    assert str(problem).startswith(f"{FILE}: can't be read: ")


@pytest.mark.parametrize("change", ["{", "", "[]", "\ufeff{}", "[" * 100_000, '{"a": NaN}', '{"name": 1, "name": 2}'])
@pytest.mark.parametrize("file", ["datapackage.json", "schemas/places.json"])
def test_no_json(package: Path, file: str, change: str) -> None:
    """Catches a traceback where JSON is broken, nested without end or ambiguous."""
    (package / file).write_text(change, encoding="utf-8")
    problems = wx.validate(package)
    assert {problem.file for problem in problems} == {file}
    if change != "[]":
        assert len(problems) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "can't be read"),
        ("产业".encode("gbk"), "not UTF-8"),
        (b" " * (5 << 20), "over 1 MiB"),
        (b'{"a": ' * 40 + b"1" + b"}" * 40, "nested too deeply"),
    ],
)
def test_no_json_file(package: Path, data: bytes | None, message: str) -> None:
    """Catches a traceback, or much memory, on a schema that is a folder, in another encoding, huge or endless."""
    path = package / "schemas/places.json"
    path.unlink()
    if data is None:
        path.mkdir()
    else:
        path.write_bytes(data)
    (problem,) = wx.validate(package)
    assert problem.file == "schemas/places.json"
    assert message in problem.message


def test_key_twice_is_told_with_its_line(package: Path) -> None:
    """Catches a second key of one name, which most readers take for the first without a word."""
    path = package / "datapackage.json"
    path.write_text(path.read_text().replace('  "version"', '  "name": "other",\n  "version"'))
    (problem,) = wx.validate(package)
    assert (problem.line, problem.column, problem.message) == (8, "name", "the key stands twice in one object")


def test_line_is_physical(package: Path) -> None:
    """Catches a line counted in rows: a cell above that holds line breaks moves all that follow."""
    path = package / FILE
    text = path.read_text()
    old = "Named only inside the name of a base."
    path.write_text(text.replace(old, '"Named only\ninside the\nname of a base."').replace(",320200", ",3202"))
    (problem,) = wx.validate(package)
    assert (problem.line, problem.column) == (7, "gb2260")


@pytest.mark.parametrize("directory", ["nowhere", "data", "datapackage.json"])
def test_no_package(package: Path, directory: str) -> None:
    """Catches a traceback, or a valid verdict, on what is no package at all."""
    (problem,) = wx.validate(package / directory)
    assert problem.file == str(package / directory)
    assert problem.line is None
