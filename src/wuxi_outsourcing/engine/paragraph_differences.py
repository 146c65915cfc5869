"""The paragraphs of a copy beside those on record: which are missing or changed, and which are wrong on record."""

from collections import Counter
from collections.abc import Collection, Iterator

from .copies.alignment import Comparison
from .copies.article import text_digest
from .package import PARAGRAPHS, SOURCES
from .problems import Problem, counted


def paragraph_problems(comparison: Comparison, with_problem: Collection[int]) -> list[Problem]:
    """What is reported of the paragraphs.

    `with_problem` are those in which a citation, an omission or a figure is reported. That one of these is changed is
    not reported as well.
    """
    if comparison.is_same_text:
        return [*_wrong_on_record(comparison, with_problem), *_not_on_record(comparison)]
    return [*_missing_paragraphs(comparison), *_changed_paragraphs(comparison, with_problem)]


def record_problems(comparison: Comparison) -> Iterator[Problem]:
    """Numbers, lengths and the hash of the whole, where the copy has every paragraph as it is on record."""
    source, paragraphs = comparison.source, comparison.paragraphs
    text = "\n".join(paragraph.text for paragraph in paragraphs.values())
    sha256 = text_digest(text)
    file = comparison.package.paths[SOURCES]
    if comparison.other_lines and sha256 != source.sha256:
        message = f"the paragraphs on record, joined by line feeds, have the SHA-256 {sha256}"
        fix = "Verify against a copy that has the article alone, to see whether a paragraph or the hash is wrong."
        yield Problem(file, source.line, "sha256", message, fix)
        return
    cells: list[tuple[str, int, str, object, object]] = [
        (file, source.line, "characters", source.characters, len(text)),
        (file, source.line, "sha256", source.sha256, sha256),
    ]
    cells += _cells_of_paragraphs(comparison)
    for file, line, column, on_record, in_copy in cells:
        if on_record != in_copy:
            message = f"{on_record} is not what {comparison.copy.file} has: {in_copy}"
            yield Problem(file, line, column, message, f"Write {in_copy}.")


def _cells_of_paragraphs(comparison: Comparison) -> Iterator[tuple[str, int, str, object, object]]:
    """The numbers and lengths on record: file, line, column, what is on record, and what the copy has."""
    file = comparison.package.paths[PARAGRAPHS]
    for number, paragraph in comparison.source.paragraphs.items():
        in_copy = comparison.paragraphs[number]
        if comparison.is_same_text:
            yield file, paragraph.line, "paragraph", number, in_copy.position
        yield file, paragraph.line, "characters", paragraph.characters, len(in_copy.text)


def _missing_paragraphs(comparison: Comparison) -> Iterator[Problem]:
    """A problem for each paragraph on record that the copy does not have."""
    source = comparison.source
    file = comparison.package.paths[PARAGRAPHS]
    citations_by_paragraph = Counter(citation.paragraph for _, citation in source.citations)
    for number in sorted(source.paragraphs.keys() - comparison.paragraphs.keys()):
        line = source.paragraphs[number].line
        citations = citations_by_paragraph[number]
        message = f"paragraph {number} of {source.source_id} is not in {comparison.copy.file}"
        if citations:
            message += f"; {counted(citations, 'citation')} from it cannot be checked"
        yield Problem(file, line, "paragraph", message, "Give a copy of the whole article.")


def _changed_paragraphs(comparison: Comparison, with_problem: Collection[int]) -> Iterator[Problem]:
    """A problem for each changed paragraph, without those that have a problem."""
    source, file = comparison.source, comparison.copy.file
    for number, paragraph in comparison.paragraphs.items():
        if not paragraph.is_changed or number in with_problem:
            continue
        on_record = source.paragraphs[number]
        size = counted(len(paragraph.text), "character")
        has = f"it has {size} and the SHA-256 {text_digest(paragraph.text)}"
        message = f"paragraph {number} of {source.source_id} is changed in {file}, line {paragraph.line}: {has}"
        path = comparison.package.paths[PARAGRAPHS]
        yield Problem(path, on_record.line, "sha256", message, "Verify against a faithful copy.")


def _wrong_on_record(comparison: Comparison, with_problem: Collection[int]) -> Iterator[Problem]:
    """A problem for each paragraph on record that the source does not have, without those that have a problem."""
    file = comparison.package.paths[PARAGRAPHS]
    source, copy = comparison.source, comparison.copy
    for number, on_record in source.paragraphs.items():
        if number not in comparison.paragraphs:
            message = f"paragraph {number} of {source.source_id} is not in {copy.file}"
            yield Problem(file, on_record.line, "paragraph", message, "Remove the row.")
            continue
        sha256 = text_digest(comparison.text(number))
        if sha256 != on_record.sha256 and number not in with_problem:
            message = f"paragraph {number} of {source.source_id} has the SHA-256 {sha256} in {copy.file}"
            yield Problem(file, on_record.line, "sha256", message, f"Write {sha256}.")


def _not_on_record(comparison: Comparison) -> Iterator[Problem]:
    """A problem for each paragraph of the source that is not on record."""
    file = comparison.package.paths[PARAGRAPHS]
    source, copy = comparison.source, comparison.copy
    known = {paragraph.position for paragraph in comparison.paragraphs.values()}
    for number, line in enumerate(copy.lines, 1):
        if number not in known:
            message = f"this paragraph of {source.source_id} is not on record"
            size = counted(len(line.text), "character")
            fix = f"Add paragraph {number} to {file}, with {size} and the SHA-256 {text_digest(line.text)}."
            yield Problem(copy.file, line.number, None, message, fix)
