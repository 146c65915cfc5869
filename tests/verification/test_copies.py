"""Copies of an article as people have them: each is judged by what it has of the article, and by nothing else."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from changed_copies import changed_copies
from copy_kinds import KINDS, MadeCopy, all_copies
from support import known_articles
from wuxi_outsourcing.engine.copies.alignment import compare
from wuxi_outsourcing.engine.copies.article import read_copy
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.verification import CheckedSpan, check_citations, verify

CHANGED = 500


KNOWN = known_articles()
COPIES = {name: all_copies(lines) for name, (_, lines) in KNOWN.items()}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", KNOWN)
def test_copy_is_judged_by_what_it_has(tmp_path: Path, name: str, kind: str) -> None:
    """Catches a kind of copy in which a citation is not found, or text around the article that is taken for it."""
    package = open_package(KNOWN[name][0])
    made = COPIES[name][kind]
    copy = read_copy(written(tmp_path, made))
    result = verify(copy, package)
    assert result.paragraphs_held == result.paragraphs - len(made.missing)
    assert result.citations_changed == 0
    assert result.citations_held == result.citations - result.citations_missing
    assert result.figures_accounted == result.figures
    assert {checked.span.paragraph for checked in missing(check_citations(compare(copy, package)))} <= made.missing
    reported = [problem.message.partition(" is not in ")[0] for problem in result.problems]
    assert reported == [f"paragraph {number} of {result.source_id}" for number in sorted(made.missing)]


@pytest.mark.parametrize("name", KNOWN)
def test_each_changed_character_is_noticed(tmp_path: Path, name: str) -> None:
    """Catches a change of the article that is not noticed, or is taken for other text, in any kind of copy."""
    root, lines = KNOWN[name]
    package = open_package(root)
    noticed = 0
    for change in changed_copies(lines, CHANGED, seed=1):
        copy = read_copy(written(tmp_path, change.copy))
        paragraphs = compare(copy, package).paragraphs
        # A character between two paragraphs in one line may belong to either.
        around = range(change.paragraph - 1, change.paragraph + 2)
        changed = [number for number in around if number in paragraphs and paragraphs[number].is_changed]
        # Nothing is known of a heading but its length: where a part ends with it, a changed one is missing.
        is_missing = change.paragraph not in paragraphs
        what = f"{change.copy.kind}: paragraph {change.paragraph}, character {change.offset}, {change.change}"
        assert changed or is_missing, what
        assert verify(copy, package).problems, what
        noticed += changed == [change.paragraph]
    assert noticed > 0.99 * CHANGED


def missing(checked: Sequence[CheckedSpan]) -> list[CheckedSpan]:
    """The citations that are not in a copy."""
    return [citation for citation in checked if citation.state == "missing"]


def written(folder: Path, made: MadeCopy) -> Path:
    """The file of a copy."""
    path = folder / f"copy{made.suffix}"
    path.write_bytes(made.data)
    return path
