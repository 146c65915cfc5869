"""The paragraphs of a copy beside those on record: which are missing, changed or extra."""

from collections.abc import Collection, Iterator

from .alignment import Comparison
from .article import text_digest
from .package import PARAGRAPHS, SOURCES
from .problems import Problem, counted

_FAITHFUL_FIX = "Give the article alone, complete and in its order."


def paragraph_problems(comparison: Comparison, with_problem: Collection[int]) -> list[Problem]:
    """What is reported of the paragraphs.

    `with_problem` are those in which a citation, an omission or a figure is reported. That one of these is changed is
    not reported as well.
    """
    return [
        *_missing_paragraphs(comparison),
        *_changed_paragraphs(comparison, with_problem),
        *_extra_paragraphs(comparison),
    ]


def record_problems(comparison: Comparison) -> Iterator[Problem]:
    """Numbers, lengths and the hash of the whole, where the paragraphs of the copy are all as on record."""
    copy, source = comparison.copy, comparison.source
    file = comparison.package.paths[SOURCES]
    cells: list[tuple[str, int, str, object, object]] = [
        (file, source.line, "characters", source.characters, len(copy.text)),
        (file, source.line, "sha256", source.sha256, text_digest(copy.text)),
    ]
    file = comparison.package.paths[PARAGRAPHS]
    for number, paragraph in comparison.paragraphs.items():
        length = len(comparison.text(number))
        cells.append((file, paragraph.line, "paragraph", number, comparison.positions[number]))
        cells.append((file, paragraph.line, "characters", paragraph.characters, length))
    for file, line, column, on_record, in_copy in cells:
        if on_record != in_copy:
            message = f"{on_record} is not what {copy.file} has: {in_copy}"
            yield Problem(file, line, column, message, f"Write {in_copy}.")


def _missing_paragraphs(comparison: Comparison) -> Iterator[Problem]:
    """A problem for each paragraph on record that the copy does not have."""
    file = comparison.package.paths[PARAGRAPHS]
    fix = "Remove the row." if comparison.is_same_text else _FAITHFUL_FIX
    for number in sorted(comparison.paragraphs.keys() - comparison.positions.keys()):
        line = comparison.paragraphs[number].line
        message = f"paragraph {number} of {comparison.source_id} is not in {comparison.copy.file} at this position"
        yield Problem(file, line, "paragraph", message, fix)


def _changed_paragraphs(comparison: Comparison, with_problem: Collection[int]) -> Iterator[Problem]:
    """A problem for each paragraph that the copy has another one in place of, without those that have a problem."""
    file = comparison.package.paths[PARAGRAPHS]
    for number in sorted(comparison.changed):
        if number in with_problem:
            continue
        line = comparison.paragraphs[number].line
        sha256 = text_digest(comparison.text(number))
        message = f"paragraph {number} of {comparison.source_id} has the SHA-256 {sha256} in {comparison.copy.file}"
        fix = f"Write {sha256}." if comparison.is_same_text else "Verify against a faithful copy."
        yield Problem(file, line, "sha256", message, fix)


def _extra_paragraphs(comparison: Comparison) -> Iterator[Problem]:
    """A problem for each paragraph of the copy that is not on record."""
    copy = comparison.copy
    file = comparison.package.paths[PARAGRAPHS]
    known = set(comparison.positions.values())
    for number, copied_line in enumerate(copy.lines, 1):
        if number in known:
            continue
        line, text = copied_line.number, copied_line.text
        message = f"this is not a paragraph of {comparison.source_id} at this position"
        fix = _FAITHFUL_FIX
        if comparison.is_same_text:
            size = counted(len(text), "character")
            fix = f"Add paragraph {number} to {file}, with {size} and the SHA-256 {text_digest(text)}."
        yield Problem(copy.file, line, None, message, fix)
