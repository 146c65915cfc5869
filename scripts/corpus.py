"""Validate the mutated corpus and print the score: python scripts/corpus.py [--article FILE] [--each N].

Exit status 1 unless every defective package is rejected in its place, every valid rewrite accepted, and nothing that
Frictionless rejects is accepted. `--each 5` takes every fifth case of a kind.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import Pool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import mutations
from mutations.original import Case
from mutations.run import Verdict, frictionless_rejects, judge, make_copy

CHUNKS = 64


@dataclass(slots=True)
class Score:
    """What came of the cases of one kind, or of all."""

    cases: int = 0
    rejected: int = 0
    in_place: int = 0
    frictionless: int = 0

    def add(self, verdict: Verdict) -> None:
        """Count one more."""
        self.cases += 1
        self.rejected += verdict.rejected
        self.in_place += not verdict.wrong
        self.frictionless += bool(verdict.by_frictionless)

    def row(self, kind: str) -> str:
        """One line of the table."""
        return f"{kind:<44}{self.cases:>7}{self.rejected:>10}{self.in_place:>10}{self.frictionless:>14}"


def faults(defects: Sequence[Verdict], valid: Sequence[Verdict]) -> list[str]:
    """What is not as it must be, in words."""
    found = [f"{verdict.kind}, {verdict.name}: {verdict.wrong}" for verdict in (*defects, *valid) if verdict.wrong]
    found += [
        f"{verdict.kind}, {verdict.name}: Frictionless rejects it, we do not"
        for verdict in (*defects, *valid)
        if verdict.by_frictionless and not verdict.rejected
    ]
    return found


def report(defects: Sequence[Verdict], valid: Sequence[Verdict]) -> str:
    """The score as text."""
    kinds: dict[str, Score] = {}
    total = Score()
    for verdict in defects:
        kinds.setdefault(verdict.kind.partition(" (")[0], Score()).add(verdict)
        total.add(verdict)
    only = [kind for kind, score in kinds.items() if not score.frictionless]
    accepted = sum(not verdict.rejected for verdict in valid)
    return "\n".join(
        [
            f"{'kind of defect':<44}{'cases':>7}{'rejected':>10}{'in place':>10}{'Frictionless':>14}",
            *(score.row(kind) for kind, score in kinds.items()),
            total.row(f"{len(kinds)} kinds"),
            f"valid rewrites accepted: {accepted} of {len(valid)}",
            f"{len(only)} kinds that only we reject: {'; '.join(only)}",
        ]
    )


def run(options: argparse.Namespace, start: int) -> list[tuple[bool, Verdict]]:
    """Judge every so many of the cases; whether each is a defect, and what came of it."""
    defects = mutations.sample(mutations.defects(with_article=options.article is not None), options.each)
    valid = mutations.sample(mutations.valid(), options.each)
    cases = [*((True, case) for case in defects), *((False, case) for case in valid)]
    with tempfile.TemporaryDirectory() as folder:
        root = make_copy(Path(folder) / "package")
        return [(is_defect, _judged(root, case, options.article)) for is_defect, case in cases[start::CHUNKS]]


def _judged(root: Path, case: Case, article: Path | None) -> Verdict:
    return replace(judge(root, case, article), by_frictionless=frictionless_rejects(root, case))


def main() -> int:
    """Run the corpus and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--article", type=Path, default=os.environ.get("ARTICLE") or None, help="a copy of the article")
    parser.add_argument("--each", type=int, default=1, metavar="N", help="only every so many of the cases of a kind")
    options = parser.parse_args()
    with Pool() as pool:
        chunks = pool.map(partial(run, options), range(CHUNKS), chunksize=1)
    defects = [verdict for chunk in chunks for is_defect, verdict in chunk if is_defect]
    valid = [verdict for chunk in chunks for is_defect, verdict in chunk if not is_defect]
    wrong = faults(defects, valid)
    print(report(defects, valid))
    print("\n".join(wrong) if wrong else "all are as they must be")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
