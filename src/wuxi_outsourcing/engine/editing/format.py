"""`format`: the CSVs and JSON files in canonical form, and the descriptor true of them."""

from ..files import decode, digest, write_files
from ..json_files import json_text, read_json
from ..package import DESCRIPTOR, Package
from ..problems import Problem, Unusable
from .editable_tables import text_table, with_integrity


def format_package(
    package: Package, *, from_encoding: str = "utf-8", write: bool = True
) -> tuple[list[str], list[Problem]]:
    """Bring CSVs, schemas and descriptor into canonical form, and refresh the sizes and hashes in the descriptor.

    No value is changed. A CSV whose rows are not certain stays as it is. `from_encoding` is that of the CSVs that are
    not UTF-8. Returns the files that are changed, or would be if not for `write`, and why CSVs were left as they are.
    Raises Unusable where a file cannot be written; all are then as they were.
    """
    read: dict[str, bytes] = {}
    canonical: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name, file in package.paths.items():
        try:
            read[file] = package.csv_bytes(name)
            canonical[file] = _canonical_csv(package, name, read[file], from_encoding)
        except Unusable as unusable:
            problems.append(unusable.problem)
    descriptor = with_integrity(package.descriptor, canonical)
    for file in _json_files(package):
        json_file = read_json(package.root, file)
        value = descriptor if file == DESCRIPTOR else json_file.value
        read[file] = json_file.text.encode()
        canonical[file] = json_text(value).encode()
    changes = {file: data for file, data in canonical.items() if data != read[file]}
    if write:
        read_digests = {file: digest(data) for file, data in read.items()}
        write_files(package.root, changes, read_digests)
    return list(changes), problems


def _json_files(package: Package) -> list[str]:
    """The schemas, of which several tables may share one, and the descriptor."""
    files = dict.fromkeys(package.schema_files.values())
    return [*files, DESCRIPTOR]


def _canonical_csv(package: Package, name: str, data: bytes, encoding: str) -> bytes:
    """The CSV of a table in canonical form. Raises Unusable for one whose rows are not certain."""
    file = package.paths[name]
    table = text_table(_decode(data, file, encoding), file, package.schema(name))
    return table.canonical().encode()


def _decode(data: bytes, file: str, encoding: str) -> str:
    """The text of a CSV, which may be UTF-8 whatever the encoding: Chinese in GB18030 is hardly ever valid UTF-8."""
    try:
        return decode(data, file)
    except Unusable as unusable:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            raise unusable from None
