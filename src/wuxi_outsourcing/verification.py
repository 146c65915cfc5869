"""Every citation, checked against a copy of the article. Standard library only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .citations import Citation
from .figures import FIGURE, check_figures, cuts_figure
from .package import EVIDENCE, PARAGRAPHS, SOURCES, Package, installed, read_package
from .problem import Problem, Unusable, one_per_place
from .reading import numbered_rows
from .source_record import Recorded, pair, recorded_source
from .source_text import SourceText, digest, read_source
from .surroundings import left_out


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of checking citations against one copy of a source. `str()` of it is one line to read.

    >>> import wuxi_outsourcing as wx
    >>> print(wx.Verification("some-source", 180, 179, 20, 20, 38, 38))  # doctest: +NORMALIZE_WHITESPACE
    some-source: 179 of 180 citations hold, 20 of 20 paragraphs are as transcribed,
    38 of 38 figures are accounted for
    """

    source_id: str
    """The source that the copy is one of (`sources.source_id`); empty where it can't be read."""
    citations: int
    """How many citations the source has."""
    citations_held: int
    """How many of them stand exactly where they say, and cut no figure."""
    paragraphs: int
    """How many paragraphs are on record."""
    paragraphs_held: int
    """How many of them have the recorded hash in the copy."""
    figures: int
    """How many figures, which are runs of digits, the copy prints."""
    figures_accounted: int
    """How many of them lie inside a quote that holds, or that is declared as left out."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong, with the copy or with the citations; empty if nothing is."""

    def __str__(self) -> str:
        return (
            f"{self.source_id}: {self.citations_held} of {self.citations} citations hold, "
            f"{self.paragraphs_held} of {self.paragraphs} paragraphs are as transcribed, "
            f"{self.figures_accounted} of {self.figures} figures are accounted for"
        )


def verify(article: str | Path, directory: str | Path | None = None) -> Verification:
    """Check every citation against a copy of the article, any that is faithful to the character.

    Width forms, indent, blank lines, line ends and a byte order mark may differ. `directory` is a data package to
    check instead of the installed one. The citations are those of the table `evidence`. Raises nothing: what can't be
    read is a problem of the result.

    >>> import wuxi_outsourcing as wx
    >>> result = wx.verify("no-such-article.txt")
    >>> print(result.problems[0])
    no-such-article.txt: no such file
        Give the path of a copy of the article.
    """
    try:
        return check(read_source(article), package_in(directory))
    except Unusable as unusable:
        return Verification("", 0, 0, 0, 0, 0, 0, [unusable.problem])


def package_in(directory: str | Path | None) -> Package:
    """The package in a folder, or the installed one. Raises Unusable where there is none that can be read."""
    if directory is None:
        return installed()
    try:
        return read_package(Path(directory))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unusable(_unreadable(str(directory), error)) from None


def check(source: SourceText, package: Package) -> Verification:
    """The same for a source and a package already read. Raises Unusable."""
    try:
        recorded = recorded_source(source, package)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise Unusable(_unreadable(str(package.root), error)) from None
    pairs = pair(recorded, source)
    changed = {n for n, at in pairs.items() if recorded.hashes[n] != digest(source.paragraphs[at - 1])}
    held, faults = _check_citations(recorded, source, pairs, changed)
    accounted, loose = check_figures(recorded, source, pairs, held)
    problems = [problem for found in (*faults.values(), *loose.values()) for problem in found]
    # A changed paragraph is only worth a message of its own where nothing more exact was found in it.
    problems += _check_paragraphs(recorded, source, pairs, changed - faults.keys() - loose.keys())
    if not problems:
        problems += _check_source(recorded, source, pairs)
    return Verification(
        source_id=recorded.source_id,
        citations=len(recorded.citations),
        citations_held=len(held),
        paragraphs=len(recorded.hashes),
        paragraphs_held=sum(n == at and n not in changed for n, at in pairs.items()),
        figures=sum(len(FIGURE.findall(paragraph)) for paragraph in source.paragraphs),
        figures_accounted=accounted,
        problems=one_per_place(problems),
    )


def _check_citations(
    recorded: Recorded, source: SourceText, pairs: dict[int, int], changed: set[int]
) -> tuple[set[int], dict[int, list[Problem]]]:
    """The lines of the citations that hold, and by paragraph the problems of those that don't.

    A citation that fails only because what stands before it was lengthened, shortened or moved has no message of its
    own: what was changed there has.
    """
    held: set[int] = set()
    faults: dict[int, list[Problem]] = {}
    for line, citation in recorded.citations:
        number = citation.paragraph
        at = pairs.get(number)
        if at is None or (at != number and number not in changed):
            continue
        paragraph = source.paragraphs[at - 1]
        found = _fault(citation, paragraph, recorded.package)
        shift = len(paragraph) - recorded.characters[number]
        if found is None:
            if at == number:
                held.add(line)
        elif not shift or paragraph[citation.start + shift : citation.end + shift] != citation.quote:
            faults.setdefault(number, []).append(Problem(recorded.package.paths[EVIDENCE], line, "quote", *found))
    return held, faults


def _fault(citation: Citation, paragraph: str, package: Package) -> tuple[str, str] | None:
    """What is wrong with a citation, as message and mend."""
    start, end, quote = citation.start, citation.end, citation.quote
    cell = f"{citation.table} {citation.row_id} {citation.field}"
    place = f"paragraph {citation.paragraph}, characters {start} to {end}"
    if paragraph[start:end] != quote:
        elsewhere = [match.start() for match in re.finditer(re.escape(quote), paragraph)]
        fix = (
            f"The quote stands at {' and at '.join(f'{n} to {n + len(quote)}' for n in elsewhere)}: correct the place."
            if elsewhere
            else "Correct the quote and the cell that it backs, or verify against a faithful copy."
        )
        return f"“{quote}”, cited for {cell}, is not what stands in {place}: “{paragraph[start:end][:40]}”", fix
    if cuts_figure(paragraph, start, end):
        return f"“{quote}”, cited for {cell}, cuts a figure in {place}", "Quote the figure whole."
    if package.schema(citation.table)[citation.field].rule == "quantity":
        word = left_out(paragraph[:start], paragraph[end:])
        if word is not None:
            return f"“{quote}”, cited for {cell}, leaves out “{word}”, which stands next to it", "Quote it too."
    return None


def _check_paragraphs(
    recorded: Recorded, source: SourceText, pairs: dict[int, int], changed: set[int]
) -> Iterator[Problem]:
    """Paragraphs that differ, are missing or are too many."""
    file = recorded.package.paths[PARAGRAPHS]
    fix = "Give the article alone, complete and in its order."
    extra = {at: digest(source.paragraphs[at - 1]) for at in range(1, len(source.paragraphs) + 1)}
    extra = {at: found for at, found in extra.items() if at not in pairs.values()}
    for number in sorted(recorded.hashes.keys() - pairs.keys()):
        message = f"paragraph {number} of {recorded.source_id} is missing from {source.file}"
        moved = next((at for at, found in extra.items() if found == recorded.hashes[number]), None)
        if moved is not None:
            del extra[moved]
            message = f"paragraph {number} of {recorded.source_id} stands elsewhere in {source.file}: as number {moved}"
        yield Problem(file, recorded.lines[number], "paragraph", message, fix)
    for number in sorted(changed):
        length = len(source.paragraphs[pairs[number] - 1])
        message = f"paragraph {number} of {source.file} is not the one transcribed: its SHA-256 differs"
        if length != recorded.characters[number]:
            message += f", and it has {length} characters, not {recorded.characters[number]}"
        yield Problem(file, recorded.lines[number], "sha256", message, "Verify against a faithful copy.")
    for at in extra:
        message = f"this paragraph is not in {recorded.source_id} at this place"
        yield Problem(source.file, source.lines[at - 1], None, message, fix)


def _check_source(recorded: Recorded, source: SourceText, pairs: dict[int, int]) -> Iterator[Problem]:
    """Lengths, and the hash of the whole, which only mean something once every paragraph has been shown to be right."""
    for number, at in pairs.items():
        length = len(source.paragraphs[at - 1])
        if recorded.characters[number] != length:
            message = f"paragraph {number} has {length} characters, not {recorded.characters[number]}"
            file = recorded.package.paths[PARAGRAPHS]
            yield Problem(file, recorded.lines[number], "characters", message, f"Write {length}.")
    for line, row in numbered_rows(recorded.package, SOURCES):
        if row["source_id"] == recorded.source_id:
            for name, actual in (("characters", len(source.text)), ("sha256", digest(source.text))):
                if row[name] != actual:
                    message = f"{name} of {recorded.source_id} is {actual}, not {row[name]}"
                    yield Problem(recorded.package.paths[SOURCES], line, name, message, f"Write {actual}.")


def _unreadable(directory: str, error: Exception) -> Problem:
    message = f"there is no package here that can be read ({error})"
    return Problem(
        directory, None, None, message, "Run `wuxi-outsourcing validate` on the folder to see what is wrong."
    )
