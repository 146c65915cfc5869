"""The mutated corpus: hundreds of defective packages, each made from the real one by one named change.

What a case expects is worked out from where the change was made, never by asking the validator.
"""

from collections.abc import Iterable

from . import cells, csv_files, evidence, json_files, relations, rewrites
from .original import Case


def defects(*, with_article: bool) -> list[Case]:
    """Every defective package; what only shows against the article is left out where that is not at hand."""
    found = [case for module in (cells, relations, evidence, csv_files) for case in module.cases()]
    # Sixteen schemas are read by one and the same code: a quarter of them for each kind, in turn.
    found += sample(json_files.cases(), 4)
    return [case for case in found if with_article or case.article is None]


def valid() -> list[Case]:
    """Every valid rewrite."""
    return list(rewrites.cases())


def sample(cases: Iterable[Case], each: int) -> list[Case]:
    """Of every kind one case in so many, and one at least: of each kind from another table and column on."""
    kinds: dict[str, list[Case]] = {}
    for case in cases:
        kinds.setdefault(case.kind, []).append(case)
    return [case for n, group in enumerate(kinds.values()) for case in group[n % min(each, len(group)) :: each]]
