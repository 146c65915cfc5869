"""`format`: the CSVs and JSON files in canonical form, and the descriptor true of them."""

from ..files import decode, digest, write_files
from ..json_files import json_text, read_json
from ..package import DESCRIPTOR, Package
from ..problems import Problem, Unusable
from .text_tables import text_table, with_integrity


def format_package(
    package: Package, *, from_encoding: str = "utf-8", write: bool = True
) -> tuple[list[str], list[Problem]]:
    """Bring CSVs, schemas and descriptor into canonical form, and refresh the sizes and hashes in the descriptor.

    No value is changed. A CSV whose rows are not certain stays as it is. `from_encoding` is that of the CSVs that are
    not UTF-8. Returns the files that are changed, or would be if not for `write`, and why CSVs were left as they are.
    Raises Unusable where a file cannot be written; all are then as they were.
    """
    csvs: dict[str, bytes] = {}
    changes: dict[str, bytes] = {}
    read_digests: dict[str, str] = {}
    problems: list[Problem] = []
    for name, file in package.paths.items():
        try:
            data = package.csv_bytes(name)
            read_digests[file] = digest(data)
            text = _decode(data, file, from_encoding)
            csvs[file] = text_table(text, file, package.schema(name)).canonical().encode()
        except Unusable as unusable:
            problems.append(unusable.problem)
            continue
        if csvs[file] != data:
            changes[file] = csvs[file]
    descriptor = with_integrity(package.descriptor, csvs)
    for file in dict.fromkeys([*package.schema_files.values(), DESCRIPTOR]):
        json_file = read_json(package.root, file)
        read_digests[file] = digest(json_file.text.encode())
        text = json_text(descriptor if file == DESCRIPTOR else json_file.value)
        if text != json_file.text:
            changes[file] = text.encode()
    if write:
        write_files(package.root, changes, read_digests)
    return list(changes), problems


def _decode(data: bytes, file: str, encoding: str) -> str:
    """The text of a CSV, which may be UTF-8 whatever the encoding: Chinese in GB18030 is hardly ever valid UTF-8."""
    try:
        return decode(data, file)
    except Unusable as unusable:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            raise unusable from None
