"""A table as text, read from any file that leaves no doubt about its rows, and written in canonical form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import normalize

from ..csv_text import decoded, header_fault, parse, ragged_row, read_bytes, written
from ..json_file import read_json, with_value
from ..package import DESCRIPTOR, Package, TableSchema
from ..problem import Problem, Unusable

_INTEGER = re.compile(r"-?[0-9]{1,18}")


class Refused(Unusable):
    """A file whose rows can't be read for certain. Carries every reason."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0])
        self.problems = problems


@dataclass(frozen=True, slots=True)
class TextTable:
    """The rows of a CSV as text, each with the physical line that it begins on (0 for a row that is new)."""

    file: str
    schema: TableSchema
    rows: list[dict[str, str]]
    lines: list[int]

    def numbered(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row with its line."""
        return zip(self.lines, self.rows, strict=True)

    def with_rows(self, rows: Iterable[dict[str, str]]) -> "TextTable":
        """The table with more rows; a field that a row does not name is empty in it."""
        new = [{name: row.get(name, "") for name in self.schema.names} for row in rows]
        return TextTable(self.file, self.schema, [*self.rows, *new], [*self.lines, *[0] * len(new)])

    def canonical(self) -> str:
        """The table as the package has it: sorted by key, in NFC, quoted only where that is needed.

        Raises Refused where a part of the key that should be an integer is none.
        """
        rows = [[normalize("NFC", row[name]) for name in self.schema.names] for row in self.rows]
        return written([self.schema.names, *(row for _, row in sorted(zip(self._keys(rows), rows, strict=True)))])

    def _keys(self, rows: list[list[str]]) -> list[tuple[int | str, ...]]:
        parts = [
            (self.schema.names.index(name), self.schema[name].type == "integer") for name in self.schema.primary_key
        ]
        problems = [
            Problem(
                self.file,
                line,
                self.schema.names[at],
                f"{row[at][:40]!r} is not an integer, so that the row has no place in the order",
                "Write digits alone.",
            )
            for line, row in zip(self.lines, rows, strict=True)
            for at, integer in parts
            if integer and not _INTEGER.fullmatch(row[at])
        ]
        if problems:
            raise Refused(problems)
        return [tuple(int(row[at]) if integer else row[at] for at, integer in parts) for row in rows]


def read_text_table(package: Package, name: str) -> TextTable:
    """A table of the package, whose file may still be in any form that `format` mends but the encoding.

    Raises Refused.
    """
    file = package.paths[name]
    try:
        return text_table(decoded(read_bytes(package.path(name), file), file), file, package.schema(name))
    except Refused:
        raise
    except Unusable as unusable:
        raise Refused([unusable.problem]) from None


def text_table(text: str, file: str, schema: TableSchema) -> TextTable:
    """The rows in the text of a CSV, whatever its line ends and the order of its columns. Raises Unusable."""
    found, lines = parse(unix_lines(text), file)
    header = found[0] if found else []
    if sorted(header) != sorted(schema.names):
        raise Unusable(Problem(file, 1, None, *header_fault(header, schema.names)))
    ragged = [
        ragged_row(file, line, row, len(header))
        for line, row in zip(lines, found, strict=True)
        if len(row) != len(header)
    ]
    if ragged:
        raise Refused(ragged)
    return TextTable(file, schema, [dict(zip(header, row, strict=True)) for row in found[1:]], lines[1:])


def unix_lines(text: str) -> str:
    """The text with LF line ends and without a byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def with_tables(package: Package, tables: Iterable[TextTable]) -> dict[str, bytes]:
    """The files of some tables in canonical form, and the descriptor with their sizes and hashes. Raises Refused."""
    files = {table.file: table.canonical().encode() for table in tables}
    return files | {DESCRIPTOR: with_integrity(package, files)}


def with_integrity(package: Package, files: dict[str, bytes]) -> bytes:
    """The descriptor with the sizes and hashes that these files have, and all else as it was."""
    descriptor = read_json(package.root, DESCRIPTOR)
    text = descriptor.text
    for index, resource in enumerate(descriptor.value["resources"]):
        data = files.get(resource["path"])
        if data is not None:
            actual = {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
            for key, value in actual.items():
                if resource.get(key) != value:
                    text = with_value(text, ("resources", index, key), value)
    return text.encode()
