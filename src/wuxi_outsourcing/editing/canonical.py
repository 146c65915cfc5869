"""`format`: the CSVs in canonical form, and the descriptor true of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from hashlib import sha256

from ..csv_text import BOM, decoded, read_bytes
from ..json_file import read_json
from ..package import DESCRIPTOR, Package
from ..problem import Problem, Unusable, visible
from .atomic import replace_files
from .tables import Refused, text_table, unix_lines, with_integrity

GB18030 = "gb18030"
# Comparing takes time that grows with the square of the lines.
_MOST_COMPARED = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is not as it should be. `notes` say what no diff shows: encoding, line ends and the like."""

    file: str
    before: str
    after: str
    notes: list[str]

    def diff(self) -> Iterator[str]:
        """The lines to print for a person."""
        if self.notes:
            yield f"{self.file}: {', '.join(self.notes)}"
        before, after = (text.removesuffix("\n").split("\n") for text in (unix_lines(self.before), self.after))
        if max(len(before), len(after)) > _MOST_COMPARED:
            yield f"{self.file}: the diff is too long to show"
            return
        for line in unified_diff(before, after, f"a/{self.file}", f"b/{self.file}", lineterm=""):
            yield visible(line)


def format_package(
    package: Package, *, from_encoding: str | None = None, write: bool = True
) -> tuple[list[Change], list[Problem]]:
    """Bring the CSVs into canonical form and refresh `bytes` and `hash` in the descriptor; nothing else is touched.

    What is changed, or would be if not for `write`, and why files were refused: those whose rows can't be read for
    certain stay as they are. `from_encoding` may be gb18030, for what is not UTF-8. Raises Unusable where a file can't
    be written; all are then as they were.
    """
    changes: list[Change] = []
    problems: list[Problem] = []
    files: dict[str, bytes] = {}
    for name, file in package.paths.items():
        try:
            data = read_bytes(package.path(name), file)
            text, notes = _text(package, file, data, from_encoding)
            files[file] = text_table(text, file, package.schema(name)).canonical().encode()
        except Refused as refused:
            problems += refused.problems
        except Unusable as unusable:
            problems.append(unusable.problem)
        else:
            if files[file] != data:
                changes.append(Change(file, text, files[file].decode(), notes))
    before = read_json(package.root, DESCRIPTOR).text
    files[DESCRIPTOR] = with_integrity(package, files)
    if files[DESCRIPTOR] != before.encode():
        changes.append(Change(DESCRIPTOR, before, files[DESCRIPTOR].decode(), []))
    if write:
        replace_files(package.root, {change.file: files[change.file] for change in changes})
    return changes, problems


def _text(package: Package, file: str, data: bytes, from_encoding: str | None) -> tuple[str, list[str]]:
    """The text of a file, and notes of what about its form no diff of lines shows. Raises Unusable."""
    notes = []
    if from_encoding == GB18030 and _is_gb18030(package, file, data):
        text = data.decode(GB18030)
        notes.append("from GB18030 to UTF-8")
    else:
        text = decoded(data, file)
    if text.startswith("\ufeff"):
        notes.append("without byte order mark")
    if "\r" in text:
        notes.append("line ends LF")
    if not text.endswith(("\n", "\r")):
        notes.append("with a line end at the end")
    return text, notes


def _is_gb18030(package: Package, file: str, data: bytes) -> bool:
    """Whether bytes that may be GB18030 are: not if they are UTF-8. Raises Unusable where that can't be told.

    Chinese in UTF-8 is often valid GB18030, read as other characters. The reverse is rare: such text reads as UTF-8
    with letters of other scripts, between U+0080 and U+07FF.
    """
    if data.isascii() or data.startswith(BOM):
        return False
    try:
        foreign = data.decode(GB18030)
    except UnicodeDecodeError as error:
        foreign, place = None, error.start
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        if foreign is not None and foreign.encode(GB18030) == data:
            return True
        place = 0 if foreign is not None else place
        line = data.count(b"\n", 0, place) + 1
        fix = "Save the file as UTF-8 from the program that wrote it."
        raise Unusable(Problem(file, line, None, "the file is neither UTF-8 nor GB18030", fix)) from None
    if foreign is None or not any("\x80" <= char <= "\u07ff" for char in text) or _on_record(package, file, data):
        return False
    line = next(n for n, each in enumerate(text.split("\n"), 1) if any("\x80" <= char <= "\u07ff" for char in each))
    message = "the line can be read as UTF-8 and as GB18030, with different characters"
    fix = "If the file is UTF-8, run `wuxi-outsourcing format` without --from-encoding; else save it as UTF-8."
    raise Unusable(Problem(file, line, None, message, fix))


def _on_record(package: Package, file: str, data: bytes) -> bool:
    """Whether the file is still the one that the descriptor speaks of, which was UTF-8."""
    resources = read_json(package.root, DESCRIPTOR).value["resources"]
    recorded = next(resource.get("hash") for resource in resources if resource["path"] == file)
    return bool(recorded == f"sha256:{sha256(data).hexdigest()}")
