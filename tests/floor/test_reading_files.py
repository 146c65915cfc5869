"""Files of a package, read and written: held to their folder, whole or not at all, each fault with its line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support import ARTICLES
from wuxi_outsourcing.engine.canonical_csv import csv_text
from wuxi_outsourcing.engine.characters import forbidden_characters, is_stream_safe
from wuxi_outsourcing.engine.csv_files import parse_csv
from wuxi_outsourcing.engine.files import decode, digest, location_fault, read_bytes, write_files
from wuxi_outsourcing.engine.json_files import json_text, read_json
from wuxi_outsourcing.engine.problems import Problem, Unusable, one_per_location


@pytest.mark.parametrize(
    "file", ["", 5, "/etc/passwd", "../x.csv", "data/../../x", "C:x.csv", "a\\b.csv", "a\0b", "out"]
)
def test_paths_outside_are_refused(tmp_path: Path, file: object) -> None:
    """Catches a descriptor that has a file outside the package read or written, by its path or through a link."""
    root = tmp_path / "package"
    root.mkdir()
    (root / "out").symlink_to(tmp_path)
    assert location_fault(root, file)
    assert location_fault(root, "data/parks.csv") is None


def test_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    """Catches a traceback where a link points to itself."""
    (tmp_path / "a").symlink_to("a")
    assert location_fault(tmp_path, "a/b") or not (tmp_path / "a/b").exists()
    with pytest.raises(Unusable, match=r"cannot be read|no such file"):
        read_bytes(tmp_path / "a", "a", limit=1, missing="")


def test_reading_is_bounded(tmp_path: Path) -> None:
    """Catches a huge file that is read whole, and a folder or a missing file without a sentence of its own."""
    (tmp_path / "big").write_bytes(b"x" * (1 << 21))
    for name, message in {"big": "over 1 MiB", "": "cannot be read", "none": "no such file\n    Add it."}.items():
        with pytest.raises(Unusable, match=message):
            read_bytes(tmp_path / name, name, limit=1 << 20, missing="Add it.")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
@pytest.mark.parametrize("file", ["data/parks.csv", "schemas/parks.json", "datapackage.json", "CHANGELOG.md"])
def test_a_pipe_is_not_waited_for(package: Path, file: str) -> None:
    """Catches a command that hangs on a named pipe which a contribution puts in place of a file."""
    (package / file).unlink()
    os.mkfifo(package / file)
    article = str(ARTICLES["yunchuan-2021"])
    commands = [["show", "parks"], ["format"], ["quote", article, "--all"]]
    for command in [["validate", "."], *([*command, "--package", "."] for command in commands)]:
        run = subprocess.run(
            [sys.executable, "-m", "wuxi_outsourcing", *command],
            cwd=package,
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
        assert "Traceback" not in run.stderr
        if command[0] == "validate":
            assert "it is no regular file" in run.stdout or "there is no datapackage.json" in run.stderr


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="Windows has no such names of streams")
def test_an_article_may_come_by_a_pipe(frozen: Path) -> None:
    """Catches `verify <(…)`, which names a pipe that the user made, being refused as a package's file is."""
    run = subprocess.run(
        [sys.executable, "-m", "wuxi_outsourcing", "verify", "/dev/stdin"],
        cwd=frozen,
        input=ARTICLES["yunchuan-2021"].read_bytes(),
        check=False,
        capture_output=True,
    )
    assert (run.returncode, run.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("data", "file", "message"),
    [
        (
            "a\n园区".encode("gbk"),
            "a.csv",
            "a.csv:2: .*GBK.*\n    Run `wuxi-outsourcing format --from-encoding gb18030`",
        ),
        ("园区".encode("gbk"), "a.json", "a.json:1: .*GBK.*\n    Save the file as UTF-8"),
        ("园区".encode("utf-16"), "a.csv", "UTF-16"),
        (b"a\xff\xff", "a.csv", "a.csv:1: the file is not UTF-8\n"),
    ],
)
def test_encodings_are_named(data: bytes, file: str, message: str) -> None:
    """Catches an encoding that is not named, or named without what to do."""
    with pytest.raises(Unusable, match=message):
        decode(data, file)


def test_files_are_replaced_together(tmp_path: Path) -> None:
    """Catches a new file with other permissions, and a temporary file that is left."""
    (tmp_path / "a").write_text("old")
    (tmp_path / "a").chmod(0o640)
    write_files(tmp_path, {"a": b"new", "b": b"new"}, {})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"new", "b": b"new"}
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in "ab"] == [0o640, 0o644]


@pytest.mark.parametrize("file", ["folder", "link", "missing/b", "../b"])
def test_nothing_is_changed_where_one_file_cannot_be(tmp_path: Path, file: str) -> None:
    """Catches files of which some are new and some old, a link that is followed, and a temporary file that is left."""
    root = tmp_path / "package"
    (root / "folder").mkdir(parents=True)
    (tmp_path / "secret").write_text("old")
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "a").write_text("old")
    with pytest.raises(Unusable, match="cannot be written"):
        write_files(root, {"a": b"new", file: b"new"}, {})
    assert (root / "a").read_text() == (tmp_path / "secret").read_text() == "old"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "folder", "link", "package", "secret"]


def test_a_file_that_has_changed_is_not_overwritten(tmp_path: Path) -> None:
    """Catches a change of somebody else that is lost, since the content was made from what stood there before."""
    for name in ("a", "b"):
        (tmp_path / name).write_text("theirs")
    with pytest.raises(Unusable, match="b: the file has changed since it was read; nothing was written"):
        write_files(tmp_path, {"a": b"new", "b": b"new"}, {"a": digest(b"theirs"), "b": digest(b"old")})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "theirs", "b": "theirs"}


def test_an_interruption_leaves_files_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a full disk or Ctrl-C that leaves half a file, or a temporary one."""
    (tmp_path / "a").write_text("old")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "chmod", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path, {"a": b"new"}, {})
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a", "old")]


@pytest.mark.parametrize(
    ("text", "location", "message"),
    [
        ('{\n "a": 1,\n "b" 2\n}', "a.json:3", "invalid JSON: "),
        ('{"a": 1,}', "a.json:1", "invalid JSON: "),
        ('{"a": 1,\n<<<<<<< HEAD\n"b": 2}', "a.json:2", "conflict marker"),
        ('{"a": {"b": 1,\n"b": 2}}', "a.json:2:b", "duplicate key"),
        ('{"a":\n["x", "\u200b"]}', "a.json:2:a[1]", "U+200B"),
        ('{"a\\u202e": 1}', "a.json:1:a\\u202e", "U+202E"),
        ('{"a": "园区\u061b"}', "a.json:1:a", "U+061B (ARABIC SEMICOLON)"),
        ('{"a": "\u05d0"}', "a.json:1:a", "U+05D0 (HEBREW LETTER ALEF)"),
        ('{"a": "\\ud800"}', "a.json:1:a", "U+D800"),
        ('{"a": "e' + "\u0301" * 31 + '"}', "a.json:1:a", "30 combining marks"),
        ("[" * 100_000, "a.json", "nested too deeply"),
        ('{"a":' * 40 + "1" + "}" * 40, "a.json", "nested too deeply"),
        ('{"a":' * 900 + "[" + "1," * 1000 + '{"b": 1, "b": 2}]' + "}" * 900, "a.json", "nested too deeply"),
        ('{"a": NaN}', "a.json", "NaN is not a JSON value"),
        ('{"a": 1e999}', "a.json", "1e999 is too large a number"),
        ("9" * 5000, "a.json", "invalid JSON"),
        ("\ufeff{}", "a.json:1", "unexpected UTF-8 BOM"),
        ("", "a.json:1", "invalid JSON"),
    ],
)
def test_json_is_read_strictly(tmp_path: Path, text: str, location: str, message: str) -> None:
    """Catches JSON that is ambiguous or hostile, and a problem that does not give the line of it."""
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(Unusable) as caught:
        read_json(tmp_path, "a.json")
    assert caught.value.problem.location == location
    assert message in caught.value.problem.message


def test_parts_of_json_have_their_lines(tmp_path: Path) -> None:
    """Catches a problem on another line than the part it is about, or none for a part that is missing."""
    value = {"fields": [{"name": 'a "b" ,', "n": [1, [2, 3]]}, {"name": "c"}], "end": {}}
    (tmp_path / "a.json").write_text(json_text(value), encoding="utf-8")
    assert json.loads((tmp_path / "a.json").read_text()) == value
    lines = json_text(value).split("\n")
    found = read_json(tmp_path, "a.json")
    for steps, line in {
        ("fields", 1, "name"): '      "name": "c"',
        ("fields", 0, "n", 1, 1): "          3",
        ("end",): '  "end": {}',
        ("fields", 1, "nothing", 7): "    {",
        (): "{",
    }.items():
        problem = found.problem(steps, "", "")
        assert problem.line
        assert lines[problem.line - 1] == line, steps


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('a,b\n"x\ny",z\n', 2, "open quote or a line break"),
        ('a,b\nx,"y\n', 2, "open quote"),
        ('a,b\nx,"y"z\n', 2, "malformed CSV"),
        ("a,b\rx,y\n", 1, "ends with CR"),
        ("a,b\n" + "x" * 200_000 + ",y\n", 2, "longer than"),
    ],
)
def test_malformed_csv_has_its_line(text: str, line: int, message: str) -> None:
    """Catches a cell that moves the lines below it, and a fault without its line."""
    with pytest.raises(Unusable, match=message) as caught:
        parse_csv(text, "a.csv")
    assert caught.value.problem.line == line


def test_csv_reads_back() -> None:
    """Catches a record that is written in another form than it is read."""
    records = [["a", "b"], ['x "y"', "1,2"], ["", "无锡"]]
    assert parse_csv(csv_text(records), "a.csv") == records
    assert parse_csv("a,b\nx,y", "a.csv") == [["a", "b"], ["x", "y"]]
    assert parse_csv("a,b\r\nx,y\r\n", "a.csv") == [["a", "b"], ["x", "y"]]


def test_problems_cannot_steer_a_terminal() -> None:
    """Catches an escape sequence, or a text without end, from a stranger's file in what is printed."""
    problem = Problem("a\x1b[31m.csv", 1, "b\u202e", "x" * 5000, "Write\r\n\x07.")
    assert str(problem).replace("\n    ", "").isprintable()
    assert len(problem.message) < 700
    assert Problem("a", 1, None, "m", "f") == Problem("a", 1, None, "m", "f") != Problem("a", 2, None, "m", "f")
    assert len({Problem("a", 1, None, "m", "f"), Problem("a", 1, None, "m", "f")}) == 1
    first, second = Problem("a", 2, "b", "cause", ""), Problem("a", 2, "b", "effect", "")
    assert one_per_location([first, second, Problem("a", 1, None, "", "")])[1:] == [first]


def test_characters() -> None:
    """Catches a character that nobody sees in a cell, and plain text that is refused."""
    for (
        character
    ) in "\0\t\n\xa0\xad\u200b\u202e\u2028\u3000\ufeff\ufffd\ufe0f\U000110bd\U0001bca3\U0001fae8\ufdd0\ue000":
        assert forbidden_characters(f"无锡{character}") == [character], hex(ord(character))
    assert forbidden_characters("Wuxi’s “无锡” (园区)、１２——é→…·%‰±《》") == []
    assert is_stream_safe("e\u0301" * 100)
