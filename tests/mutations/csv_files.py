"""Defects of a whole CSV file, each in every table: bytes, line ends, header, shape."""

from collections.abc import Callable, Iterator
from functools import partial

from .original import Case, Files, Link, Special, Table, original, tables

# What becomes of the bytes and the line that must be told; None where the file as a whole is meant, or where the kind
# does not apply.
Change = Callable[[Table, bytes], tuple[bytes | Link | str | None, int | None] | None]
HUGE = 10_000_000


def cases() -> Iterator[Case]:
    """Every kind in every file."""
    for kind, change in KINDS.items():
        for table in tables().values():
            changed = change(table, original(table.file))
            if changed is not None:
                content, line = changed
                yield Case(kind, table.name, partial(dict, {table.file: content}), ((table.file, line, None),))
    # Made when it is run: ten million characters in every table at once would be much.
    for table in tables().values():
        for row, name in ((0, table.header[0]), (len(table.rows) - 1, table.header[-1])):
            place = (table.file, table.line(row), None)
            yield Case("cell of 10 MB", f"{table.name}.{name}", partial(_huge, table, row, name), (place,))


def _huge(table: Table, row: int, name: str) -> Files:
    return table.cell(row, name, "a" * HUGE)


def _gbk(_: Table, data: bytes) -> tuple[bytes, int] | None:
    lines = data.decode().split("\n")
    first = next((n for n, line in enumerate(lines, 1) if not line.isascii()), None)
    return None if first is None else (data.decode().encode("gb18030"), first)


def _lines(data: bytes) -> list[bytes]:
    return data.split(b"\n")[:-1]


def _joined(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _header(change: Callable[[list[str]], list[str]]) -> Change:
    def changed(table: Table, data: bytes) -> tuple[bytes, int]:
        return _joined([",".join(change(list(table.header))).encode(), *_lines(data)[1:]]), 1

    return changed


def _renamed(_: Table, data: bytes) -> tuple[bytes, int]:
    """A header with a letter that only looks like its own."""
    return data.replace(b"e", "е".encode(), 1), 1


def _ragged(change: Callable[[bytes], bytes]) -> Change:
    """The last row with a cell too many or too few; it then counts as left out."""

    def changed(table: Table, data: bytes) -> tuple[bytes, int]:
        lines = _lines(data)
        return _joined([*lines[:-1], change(lines[-1])]), table.line(len(table.rows) - 1)

    return changed


def _cut(table: Table, data: bytes) -> tuple[bytes, int]:
    """A download that broke off in the first cell of the last row."""
    last = _lines(data)[-1]
    return data[: len(data) - len(last) + 1], table.line(len(table.rows) - 1)


def _open_quote(table: Table, data: bytes) -> tuple[bytes, int]:
    lines = _lines(data)
    return _joined([*lines[:-1], b'"' + lines[-1].replace(b'"', b"")]), table.line(len(table.rows) - 1)


def _needless_quotes(table: Table, data: bytes) -> tuple[bytes, int]:
    first, _, rest = _lines(data)[1].partition(b",")
    return _joined([_lines(data)[0], b'"' + first + b'",' + rest, *_lines(data)[2:]]), table.line(0)


def _bad_byte(table: Table, data: bytes) -> tuple[bytes, int]:
    return data[:-2] + b"\xff\xfe\n", table.line(len(table.rows) - 1)


KINDS: dict[str, Change] = {
    "empty file": lambda _, __: (b"", None),
    "only a byte order mark": lambda _, __: (b"\xef\xbb\xbf", None),
    "header without rows": lambda _, data: (_joined(_lines(data)[:1]), 1),
    "no file": lambda _, __: (None, None),
    "folder for a file": lambda _, __: (Special.FOLDER, None),
    "byte order mark": lambda _, data: (b"\xef\xbb\xbf" + data, 1),
    "GBK": _gbk,
    "UTF-16": lambda _, data: (data.decode().encode("utf-16"), 1),
    "UTF-8 broken": _bad_byte,
    "CRLF": lambda _, data: (data.replace(b"\n", b"\r\n"), 1),
    "CR": lambda _, data: (data.replace(b"\n", b"\r"), 1),
    "no final line feed": lambda table, data: (data[:-1], table.line(len(table.rows) - 1)),
    "blank line at the end": lambda table, data: (data + b"\n", table.line(len(table.rows))),
    "blank line inside": lambda _, data: (data.replace(b"\n", b"\n\n", 1), 2),
    "file cut off": _cut,
    "cell too few": _ragged(lambda line: line.partition(b",")[2]),
    "cell too many": _ragged(lambda line: line + b",x"),
    "quote left open": _open_quote,
    "needless quotes": _needless_quotes,
    "header lacks a field": _header(lambda header: header[:-1]),
    "header has a stranger": _header(lambda header: [*header, "x"]),
    "header in another order": _header(lambda header: header[::-1]),
    "header field twice": _header(lambda header: [header[0], *header[:-1]]),
    "homoglyph in the header": _renamed,
    "no header": lambda _, data: (_joined(_lines(data)[1:]), 1),
    "semicolons": lambda _, data: (data.replace(b",", b";"), 1),
    "tabs": lambda _, data: (data.replace(b",", b"\t"), 1),
}
