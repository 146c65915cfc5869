"""Validation of a data package; the checks need the extra `[validate]`."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..package import installed
from ..problems import Problem, Unusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandera.pandas as pa

    from .layers import Result


def validate(directory: str | Path | None = None, *, sources: Iterable[str | Path] = ()) -> list[Problem]:
    """What is wrong with the data package in a folder, or with the installed one: a list, empty if nothing is.

    `sources` are copies of articles to verify the citations against. Sorted by file and line; each location has one
    problem, the one nearest to the cause. Sizes and hashes that are not those of the files come last. Raises
    ImportError where the extra `[validate]` is not installed.

    >>> import wuxi_outsourcing as wx
    >>> [problem.message for problem in wx.validate("no-such-folder")]
    ['no such folder']
    """
    try:
        result = check_package(installed().root if directory is None else Path(directory), sources=sources)
    except Unusable as unusable:
        return [unusable.problem]
    return [*result.problems, *result.stale]


def schema(table: str) -> pa.DataFrameSchema:
    """The Pandera schema of a table, to check a data frame of your own: its dtypes are those of `wx.load`.

    Holds every constraint of the Table Schema, its keys, and the rules over several fields. Raises UnknownName (a
    LookupError), and ImportError where the extra `[validate]` is not installed.

    >>> import wuxi_outsourcing as wx
    >>> wx.schema("policies").validate(wx.load("policies")).columns[0]
    'policy_id'
    """
    definition = installed().schema(table)
    with _needs_extra():
        from .pandera_schema import compile_schema  # noqa: PLC0415  (imports Pandera)
    return compile_schema(definition)


def check_package(root: Path, *, sources: Iterable[str | Path] = ()) -> Result:
    """Check the package in a folder: `layers.check_package`. Raises Unusable, and ImportError without the extra."""
    with _needs_extra():
        from . import layers  # noqa: PLC0415  (imports Pandera)
    return layers.check_package(root, sources=sources)


@contextmanager
def _needs_extra() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        message = f"validation needs more than reading does: pip install 'wuxi-outsourcing[validate]' ({error})"
        raise ImportError(message) from error
