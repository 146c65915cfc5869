"""`format`: the CSVs and JSON files in canonical form, and the descriptor true of them."""

from collections.abc import Iterator
from difflib import unified_diff

from ..files import decode, write_files
from ..json_files import json_text, read_json
from ..package import DESCRIPTOR, Package
from ..problems import Problem, Unusable, visible
from ..tables import csv_bytes
from .text_tables import text_table, with_integrity

GB18030 = "gb18030"
# Comparing takes time that grows with the square of the lines.
_MAX_COMPARED = 20_000


def format_package(
    package: Package, *, from_encoding: str = "utf-8", write: bool = True
) -> tuple[dict[str, tuple[str, str]], list[Problem]]:
    """Bring CSVs, schemas and descriptor into canonical form, and refresh the sizes and hashes in the descriptor.

    No value is changed. A CSV whose rows are not certain stays as it is. `from_encoding` may be gb18030, for CSVs that
    are not UTF-8. Returns the old and the new text of each file that is changed, or would be if not for `write`, and
    why CSVs were left as they are. Raises Unusable where a file cannot be written; all are then as they were.
    """
    changes: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    files: dict[str, bytes] = {}
    for name, file in package.paths.items():
        try:
            data = csv_bytes(package, name)
            before = _decode(data, file, from_encoding)
            after = text_table(before, file, package.schema(name)).canonical()
        except Unusable as unusable:
            problems.append(unusable.problem)
        else:
            files[file] = after.encode()
            if files[file] != data:
                changes[file] = before, after
    descriptor = with_integrity(package.descriptor, files)
    for file in dict.fromkeys([*package.schema_files.values(), DESCRIPTOR]):
        json_file = read_json(package.root, file)
        after = json_text(descriptor if file == DESCRIPTOR else json_file.value)
        if after != json_file.text:
            changes[file] = json_file.text, after
    if write:
        write_files(package.root, {file: after.encode() for file, (_, after) in changes.items()})
    return changes, problems


def diff(file: str, before: str, after: str) -> Iterator[str]:
    """The lines of a diff for a person, with carriage returns and byte order marks escaped."""
    old, new = (text.removesuffix("\n").split("\n") for text in (before, after))
    if max(len(old), len(new)) > _MAX_COMPARED:
        yield visible(f"{file}: the diff is too long to show")
    else:
        yield from map(visible, unified_diff(old, new, f"a/{file}", f"b/{file}", lineterm=""))


def _decode(data: bytes, file: str, encoding: str) -> str:
    """The text of a CSV, which may be UTF-8 whatever the encoding: Chinese in GB18030 is hardly ever valid UTF-8."""
    try:
        return decode(data, file)
    except Unusable as unusable:
        if encoding != GB18030:
            raise
        try:
            return data.decode(GB18030)
        except UnicodeDecodeError:
            fix = "Save the file as UTF-8 from the program that wrote it."
            problem = Problem(file, unusable.problem.line, None, "the file is neither UTF-8 nor GB18030", fix)
            raise Unusable(problem) from None
