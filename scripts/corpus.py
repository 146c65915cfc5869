"""Validate the corpus of broken packages, and print the score: python scripts/corpus.py [N].

With N, every Nth of them. The exit status is 1 unless every broken package has one problem, where it is expected, and
every valid rewrite none.
"""

import shutil
import sys
import tempfile
from collections import Counter
from functools import cache
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/corpus")]

from mutations import Mutation, mutations, rewrites  # noqa: E402

from support import FROZEN  # noqa: E402
from wuxi_outsourcing.validation import check_package  # noqa: E402


def main() -> int:
    """Print what is not as expected, and the score of each kind."""
    every = int(sys.argv[1]) if sys.argv[1:] else 1
    numbers = range(0, len(corpus()), every)
    with Pool() as pool:
        verdicts = pool.map(verdict, numbers, chunksize=16)
    kinds, wrong = Counter[str](), Counter[str]()
    for number, fault in zip(numbers, verdicts, strict=True):
        mutation = corpus()[number]
        kinds[mutation.kind] += 1
        if fault:
            wrong[mutation.kind] += 1
            print(f"{mutation.kind}, {mutation.name}: {fault}")
    for kind, count in kinds.items():
        print(f"{kind:<32}{count - wrong[kind]:>6} of {count:>6} as expected")
    print(f"{kinds.total()} packages, {wrong.total()} not as expected")
    return int(bool(wrong))


@cache
def corpus() -> list[Mutation]:
    """The broken packages and the valid rewrites."""
    return [*mutations(), *rewrites()]


def verdict(number: int) -> str:
    """What is wrong with the problems of one package; empty if nothing is."""
    mutation = corpus()[number]
    with tempfile.TemporaryDirectory() as folder:
        root = shutil.copytree(FROZEN, Path(folder) / "package")
        mutation.apply(root)
        problems = check_package(root).problems
    locations = [(problem.file, problem.line, problem.column) for problem in problems]
    expected = [mutation.location] if mutation.location else []
    if mutation.location and mutation.location[1] is None:
        locations = [(file, None, column) for file, _, column in locations]
    return "" if locations == expected else "; ".join(map(str, problems)) or "no problem"


if __name__ == "__main__":
    sys.exit(main())
