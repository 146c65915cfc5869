"""`format`: the CSVs and JSON files in canonical form, with their sizes and hashes in the descriptor."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
    not UTF-8. Returns the files that are changed, or would be with `write`, and why CSVs were left as they are. Raises
    Unusable where a file cannot be written. Then all files are as they were.
    """
    csv_files, problems = _csv_files(package, from_encoding)
    canonical_csvs = {path: file.canonical for path, file in csv_files.items()}
    descriptor = with_integrity(package.descriptor, canonical_csvs)
    files = csv_files | _json_files(package, descriptor)
    changed = {path: file for path, file in files.items() if file.canonical != file.read}
    if write:
        canonical = {path: file.canonical for path, file in changed.items()}
        read_digests = {path: digest(file.read) for path, file in changed.items()}
        write_files(package.root, canonical, read_digests)
    return list(changed), problems


@dataclass(frozen=True, slots=True)
class _File:
    """The bytes of a file, as they were read and in canonical form."""

    read: bytes
    canonical: bytes


def _csv_files(package: Package, from_encoding: str) -> tuple[dict[str, _File], list[Problem]]:
    """The CSVs whose rows are certain, by path, and the problems of the others."""
    files: dict[str, _File] = {}
    problems: list[Problem] = []
    for name, path in package.paths.items():
        try:
            data = package.csv_bytes(name)
            files[path] = _File(data, _canonical_csv(package, name, data, from_encoding))
        except Unusable as unusable:
            problems.append(unusable.problem)
    return files, problems


def _json_files(package: Package, descriptor: Mapping[str, Any]) -> dict[str, _File]:
    """The schemas, of which several tables may share one, and the descriptor with new sizes and hashes, by path."""
    files: dict[str, _File] = {}
    for path in (*package.schema_files.values(), DESCRIPTOR):
        json_file = read_json(package.root, path)
        value = descriptor if path == DESCRIPTOR else json_file.value
        files[path] = _File(json_file.text.encode(), json_text(value).encode())
    return files


def _canonical_csv(package: Package, name: str, data: bytes, encoding: str) -> bytes:
    """The CSV of a table in canonical form. Raises Unusable for one whose rows are not certain."""
    file = package.paths[name]
    table = text_table(_decode(data, file, encoding), file, package.schema(name))
    return table.canonical().encode()


def _decode(data: bytes, file: str, encoding: str) -> str:
    """The text of a CSV, as UTF-8 if it is that, or else in the encoding.

    UTF-8 is tried first, since Chinese in GB18030 is hardly ever valid UTF-8.
    """
    try:
        return decode(data, file)
    except Unusable as unusable:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            raise unusable from None
