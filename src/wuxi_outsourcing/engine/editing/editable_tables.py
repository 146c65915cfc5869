"""Tables as text. They are read from a CSV in any form whose rows are certain, and written in canonical form."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

from ..canonical_csv import csv_text
from ..characters import is_stream_safe
from ..csv_files import TextRow, as_rows, header_fault, parse_csv
from ..files import BOM, decode, digest, write_files
from ..folders import locked, remove_leftovers
from ..json_files import json_text
from ..opening import is_installed_copy, open_package
from ..package import DESCRIPTOR, Package
from ..patterns import match_whole
from ..problems import Problem, Unusable
from ..schema import Field, TableSchema

_INTEGER = re.compile("-?[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class TextTable:
    """The rows of a CSV as text, in its order."""

    file: str
    schema: TableSchema
    rows: list[TextRow]
    read: str = ""
    """The SHA-256 of the file that the rows were read from."""

    def with_rows(self, rows: Iterable[TextRow]) -> "TextTable":
        """The table with more rows. A field that a row does not have is empty in it."""
        empty = dict.fromkeys(self.schema.names, "")
        added = [empty | row for row in rows]
        return replace(self, rows=[*self.rows, *added])

    def canonical(self) -> str:
        """The text of the CSV in canonical form: ordered by key, in NFC."""
        names = self.schema.names
        rows = [{name: normalize("NFC", row[name]) for name in names} for row in self.rows]
        key_fields = [self.schema[name] for name in self.schema.primary_key]
        fields = [*key_fields, *self.schema]
        rows.sort(key=lambda row: [_sort_key(row[field.name], field) for field in fields])
        records = [list(row.values()) for row in rows]
        return csv_text([names, *records])


def _sort_key(cell: str, field: Field) -> tuple[int, str]:
    """What to sort a cell by: an integer by its value; any other text by its characters, as if its value were 0."""
    if field.type == "integer" and _INTEGER.fullmatch(cell):
        return int(cell), ""
    return 0, cell


@contextmanager
def editable_package(root: Path) -> Iterator[Package]:
    """The package in a folder, locked, so that no other command edits it meanwhile.

    Raises Unusable where there is none that can be read, and for one that came with an installation.
    """
    if is_installed_copy(root):
        message = "this is an installed package, which the next installation overwrites"
        fix = f"Edit a checkout of the repository: go to the folder that holds {DESCRIPTOR}, or name it with --package."
        raise Unusable(Problem(str(root), None, None, message, fix))
    if not root.is_dir():
        open_package(root)  # which says so
    with locked(root):
        remove_leftovers(root)
        yield open_package(root)


def editable_table(package: Package, name: str) -> TextTable:
    """A table of the package, in any form of UTF-8 that `format` accepts. Raises Unusable and UnknownName."""
    schema = package.schema(name)
    file = package.paths[name]
    data = package.csv_bytes(name)
    table = text_table(decode(data, file), file, schema)
    return replace(table, read=digest(data))


def text_table(text: str, file: str, schema: TableSchema) -> TextTable:
    """The rows in the text of a CSV, whatever its line ends, its separator and the order of its columns.

    Raises Unusable.
    """
    if not is_stream_safe(text):
        message = "the text has more than 30 combining marks in a row"
        raise Unusable(Problem(file, None, None, message, "Run `wuxi-outsourcing validate` to see in which cell."))
    text = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    records = parse_csv(text, file, delimiter=_separator(text, schema))
    header = records[0]
    if sorted(header) != sorted(schema.names):
        raise Unusable(Problem(file, 1, None, *header_fault(header, schema.names)))
    return TextTable(file, schema, list(as_rows(records, file)))


def is_allowed(package: Package, field: Field, table: str, cell: str) -> bool:
    """Whether the schema of a table allows a text as a cell of a field.

    The pattern is matched as `validate` matches it. Raises Unusable for a constraint that cannot be checked, and
    ImportError where the extra `[validate]` is not installed.
    """
    longest = field.constraints.get("maxLength", len(cell))
    pattern = field.constraints.get("pattern", ".*")
    try:
        in_length = len(cell) <= longest
        (has_form,) = match_whole([cell], pattern).to_pylist()
    except (TypeError, ValueError) as error:
        file = package.schema_files[table]
        message = f"a constraint is not what it must be: {error}"
        fix = "Run `wuxi-outsourcing validate` on the folder to see what is wrong."
        raise Unusable(Problem(file, None, field.name, message, fix)) from None
    return in_length and has_form and cell.isprintable()


def write_tables(package: Package, tables: Iterable[TextTable], changes: Mapping[str, object] | None = None) -> None:
    """Write tables, and the descriptor with new sizes and hashes.

    `changes` are properties of the descriptor that change with them. Raises Unusable, also where one of the files has
    changed since it was read.
    """
    files: dict[str, bytes] = {}
    read_digests: dict[str, str] = {}
    for table in tables:
        files[table.file] = table.canonical().encode()
        read_digests[table.file] = table.read
    changed = {**package.descriptor, **(changes or {})}
    descriptor = with_integrity(changed, files)
    files[DESCRIPTOR] = json_text(descriptor).encode()
    read_digests[DESCRIPTOR] = digest(package.json_file.text.encode())
    write_files(package.root, files, read_digests)


def with_integrity(descriptor: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    """The descriptor with the sizes and hashes of these files, by path."""
    resources = []
    for resource in descriptor["resources"]:
        data = files.get(resource["path"])
        if data is None:
            resources.append(resource)
        else:
            resources.append(resource | {"bytes": len(data), "hash": f"sha256:{digest(data)}"})
    return {**descriptor, "resources": resources}


def _separator(text: str, schema: TableSchema) -> str:
    """What separates the names of the fields in the header; a comma where nothing does."""
    header = text.partition("\n")[0].replace('"', "")
    for separator in ",;\t":
        if sorted(header.split(separator)) == sorted(schema.names):
            return separator
    return ","
