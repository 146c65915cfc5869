"""All checks of a data package, layer by layer; needs the extra `[validate]`.

1. file: `csv_file`  2. schema: `frame`, `pandera_schema`  3. rows: `row_rules`  4. relations: `relations`
5. provenance: `spans`, `provenance`  6. descriptor: `descriptor`, `table_schema`
7. source: `verification`, one level up
"""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ..package import EVIDENCE, PARAGRAPHS, SOURCES, installed
from ..problem import Problem, Unusable, one_per_place
from ..reading import rows
from ..source_text import read_source
from ..verification import check as check_source

try:
    from .csv_file import check_order, read_table
    from .descriptor import check_integrity, check_versions, read_descriptor
    from .frame import typed_table
    from .letters import check_letters
    from .pandera_schema import check_typed, compile_schema
    from .provenance import check_provenance
    from .relations import check_relations
    from .spans import check_omissions, check_spans
except ModuleNotFoundError as error:
    message = f"validation needs more than reading does: pip install 'wuxi-outsourcing[validate]' ({error})"
    raise ImportError(message) from error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandera.pandas as pa

    from ..source_text import SourceText
    from .column import Table


def validate(directory: str | Path | None = None, *, sources: Iterable[str | Path] = ()) -> list[Problem]:
    """What is wrong with the data package in a folder, or with the installed one: a list, empty if nothing is.

    `sources` are copies of articles to verify the citations against. Sorted by file and line; one problem a place,
    the one nearest to the cause. Raises ImportError where the extra `[validate]` is not installed.

    >>> import wuxi_outsourcing as wx
    >>> wx.validate()
    []
    """
    try:
        return check(installed().root if directory is None else Path(directory), sources=sources)
    except Unusable as unusable:
        return [unusable.problem]


def check(
    root: Path,
    *,
    sources: Iterable[str | Path] = (),
    progress: Callable[[str, int], None] = lambda _what, _percent: None,
) -> list[Problem]:
    """The same, but raises Unusable where nothing could be checked. `progress` is told of each step as it begins."""
    copies = [read_source(source) for source in sources]
    # Cells by the million and no cycles among them: the collector would walk them all, again and again, for nothing.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return one_per_place(_layers(root, copies, progress))
    finally:
        if collecting:
            gc.enable()


def _layers(root: Path, copies: list[SourceText], progress: Callable[[str, int], None]) -> list[Problem]:
    descriptor, problems = read_descriptor(root)
    if descriptor is None:
        return problems
    package = descriptor.package
    progress("reading the tables", 10)
    with ThreadPoolExecutor() as pool:  # Arrow reads outside of Python's lock
        read = list(
            pool.map(lambda name: read_table(root, package.paths[name], package.schemas[name]), package.schemas)
        )
    tables = {name: table for name, (table, _) in zip(package.schemas, read, strict=True) if table is not None}
    problems += [problem for _, found in read for problem in found]
    problems += _check_tables(tables, problems, progress)
    progress("comparing keys", 80)
    problems += check_relations(tables, problems)
    progress("comparing cells with their evidence", 85)
    problems += check_spans(tables, descriptor.changed.keys())
    problems += check_provenance(tables, package, descriptor.changed.keys())
    problems += check_omissions(package, tables)
    faulty = {problem.file for problem in problems}
    all_known = package.schemas.keys() == package.paths.keys()  # a citation may be of any of the tables
    if all_known and faulty.isdisjoint(package.paths[name] for name in (SOURCES, PARAGRAPHS, EVIDENCE)):
        for copy in copies:
            progress(f"verifying {copy.file}", 95)
            problems += check_source(copy, package).problems
    # Files that are still to be mended change again: their hashes are worth a word once all else is right.
    problems += check_versions(descriptor) if problems else [*check_versions(descriptor), *check_integrity(descriptor)]
    return problems


def _check_tables(
    tables: dict[str, Table], before: list[Problem], progress: Callable[[str, int], None]
) -> list[Problem]:
    """Each table by itself. A row with a faulty key counts as left out: what refers to it is not at fault."""
    problems: list[Problem] = []
    published = _published(tables)
    rows, done = sum(len(table.lines) for table in tables.values()), 0
    for name, table in tables.items():
        progress(f"checking {table.file}", 30 + 50 * done // rows)
        done += len(table.lines)
        typed, unread = typed_table(table)
        known = [problem for problem in before if problem.file == table.file]
        found = [*check_letters(table), *unread]
        found += check_typed(table, typed, [*known, *found], published)
        faulty = {problem.line for problem in (*known, *found) if problem.column in table.schema.primary_key}
        problems += [*check_order(table, faulty), *found]
        if faulty:
            tables[name] = replace(table, complete=False)
    return problems


def schema(table: str) -> pa.DataFrameSchema:
    """The Pandera schema of a table, to check a data frame of your own: its dtypes are those of `wx.load`.

    Holds every constraint of the Table Schema, its keys, and the rules over several fields. Raises UnknownName (a
    LookupError), and ImportError where the extra `[validate]` is not installed.

    >>> import wuxi_outsourcing as wx
    >>> wx.schema("policies").validate(wx.load("policies")).shape
    (8, 10)
    """
    return compile_schema(
        installed().schema(table), max(date.fromisoformat(str(row["published_on"])) for row in rows(SOURCES))
    )


def _published(tables: dict[str, Table]) -> date:
    """The day on which the latest source was published; where that can't be read, no day is too late."""
    table = tables.get(SOURCES)
    days = []
    for day in table.columns["published_on"] if table else ():
        try:
            days.append(date.fromisoformat(day))
        except ValueError:
            continue
    return max(days, default=date.max)
