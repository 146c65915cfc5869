"""Tables as text: read from a CSV in any form whose rows are certain, written in canonical form."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from unicodedata import normalize

from ..characters import is_stream_safe
from ..files import BOM, decode, write_files
from ..json_files import json_text
from ..package import DESCRIPTOR, Package, is_installed_copy, open_package, package_directory
from ..patterns import match_whole
from ..problems import Problem, Unusable
from ..table_schemas import Field, TableSchema
from ..tables import as_rows, csv_bytes, csv_text, header_fault, parse_csv

Row = dict[str, str]

_INTEGER = re.compile("-?[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class TextTable:
    """The rows of a CSV as text, in its order: the row of index `i` is on line `i + 2`."""

    file: str
    schema: TableSchema
    rows: list[Row]

    def with_rows(self, rows: Iterable[Row]) -> "TextTable":
        """The table with more rows; a field that a row does not have is empty in it."""
        return replace(self, rows=[*self.rows, *(dict.fromkeys(self.schema.names, "") | row for row in rows)])

    def canonical(self) -> str:
        """The text of the CSV in canonical form: ordered by key, in NFC."""
        rows = [{name: normalize("NFC", row[name]) for name in self.schema.names} for row in self.rows]
        integers = {field.name for field in self.schema if field.type == "integer"}

        def order(row: Row) -> list[tuple[int, str]]:
            cells = [(name, row[name]) for name in (*self.schema.primary_key, *self.schema.names)]
            return [
                (int(cell), "") if name in integers and _INTEGER.fullmatch(cell) else (0, cell) for name, cell in cells
            ]

        return csv_text([self.schema.names, *(list(row.values()) for row in sorted(rows, key=order))])


def editable_package(directory: Path | None = None) -> Package:
    """The package that a command acts on, to be edited.

    Raises Unusable where there is none that can be read, and for one that came with an installation.
    """
    root = package_directory(directory)
    if is_installed_copy(root):
        message = "this is an installed package, which the next installation overwrites"
        fix = f"Edit a checkout of the repository: go to the folder that holds {DESCRIPTOR}, or name it with --package."
        raise Unusable(Problem(str(root), None, None, message, fix))
    return open_package(root)


def read_table(package: Package, name: str) -> TextTable:
    """A table of the package, in any form of UTF-8 that `format` accepts. Raises Unusable and UnknownName."""
    schema, file = package.schema(name), package.paths[name]
    return text_table(decode(csv_bytes(package, name), file), file, schema)


def text_table(text: str, file: str, schema: TableSchema) -> TextTable:
    """The rows in the text of a CSV, whatever its line ends, its separator and the order of its columns.

    Raises Unusable.
    """
    if not is_stream_safe(text):
        message = "the text has more than 30 combining marks in a row"
        raise Unusable(Problem(file, None, None, message, "Run `wuxi-outsourcing validate` to see in which cell."))
    text = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    names = text.partition("\n")[0].replace('"', "")
    separator = next((mark for mark in ",;\t" if sorted(names.split(mark)) == sorted(schema.names)), ",")
    records = parse_csv(text, file, delimiter=separator)
    if sorted(records[0]) != sorted(schema.names):
        raise Unusable(Problem(file, 1, None, *header_fault(records[0], schema.names)))
    return TextTable(file, schema, list(as_rows(records, file)))


def is_allowed(package: Package, field: Field, table: str, cell: str) -> bool:
    """Whether the schema of a table allows a text as a cell of the field, by the patterns that `validate` matches.

    Raises Unusable for a constraint that is none, and ImportError where the extra `[validate]` is not installed.
    """
    limits = field.constraints
    try:
        in_length = len(cell) <= limits.get("maxLength", len(cell))
        (has_form,) = match_whole([cell], limits.get("pattern", ".*")).to_pylist()
    except (TypeError, ValueError) as error:
        file = package.schema_files[table]
        message = f"a constraint is not what it must be: {error}"
        fix = "Run `wuxi-outsourcing validate` on the folder to see what is wrong."
        raise Unusable(Problem(file, None, field.name, message, fix)) from None
    return in_length and has_form and cell.isprintable()


def write_tables(package: Package, tables: Iterable[TextTable], changes: Mapping[str, object] | None = None) -> None:
    """Write tables and the descriptor, with changes of its own and new sizes and hashes. Raises Unusable."""
    files = {table.file: table.canonical().encode() for table in tables}
    descriptor = with_integrity({**package.descriptor, **(changes or {})}, files)
    write_files(package.root, files | {DESCRIPTOR: json_text(descriptor).encode()})


def with_integrity(descriptor: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    """The descriptor with the sizes and hashes of these files, by path."""
    integrity = {
        file: {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"} for file, data in files.items()
    }
    resources = [resource | integrity.get(resource["path"], {}) for resource in descriptor["resources"]]
    return {**descriptor, "resources": resources}
