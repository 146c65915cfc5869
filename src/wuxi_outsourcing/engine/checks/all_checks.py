"""All checks of a data package, in the order in which they run; needs the extra `[validate]`.

First the descriptor and the table schemas, then the tables, then copies of articles. The checks of tables are listed
in `CHECKS`. Each is a function from what was read to problems.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from ..copies.article import Copy, read_copy
from ..csv_files import line_of
from ..package import DESCRIPTOR, EVIDENCE, PARAGRAPHS, SOURCES
from ..problems import Problem, Unusable
from ..values import Validation
from ..verification import verify
from .cell_characters import check_characters
from .citations import (
    check_cells_without_evidence,
    check_cited_fields,
    check_contents,
    check_dates_after_source,
    check_parts_of_years,
    check_sources_of_rows,
)
from .descriptor import check_changelog, check_descriptor
from .file_form import check_order, read_table
from .fixes import FORMAT_FIX
from .found_problems import FoundProblems
from .read_tables import ReadTables
from .relations import check_corroborated_fields, check_cycles, check_references
from .repeated_cells import check_repeated_cells
from .schema_failures import check_comparisons, check_rows, check_values
from .spans import check_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ..package import Package
    from ..values import Verification
    from .file_form import Table


def check(package: Package, sources: Iterable[str | Path]) -> Validation:
    """Check a package, and its citations against copies of articles. Raises Unusable.

    Every file is read once. A line with a problem gets no more from later checks: these may follow from the first.
    """
    copies = [read_copy(source) for source in sources]
    is_usable, problems = check_descriptor(package)
    found = FoundProblems(problems)
    if not is_usable:
        first = found.sorted()[0]
        found.add(_not_verified(copy, first) for copy in copies)
        return Validation(found.sorted())
    if "version" not in found.faulty_columns(DESCRIPTOR):
        found.add(check_changelog(package))
    read, problems, stale = _read(package, found)
    found.add(problems)
    for each in CHECKS:
        given = each.given(read, found)
        if given is not None:
            found.add(each.problems(given))
    verifications, problems = _verified(copies, package)
    found.add(problems)
    problems = found.sorted()
    return Validation(problems, [] if problems else stale, verifications)


class Check(NamedTuple):
    """A check of tables, and what it is given of them: that is all that it takes from the checks before it."""

    problems: Callable[[ReadTables], Iterable[Problem]]
    given: Callable[[ReadTables, FoundProblems], ReadTables | None]
    """What a check is given when these problems have been found; None where it cannot run."""


def everything(read: ReadTables, _: FoundProblems) -> ReadTables:
    """Every table that could be read, with all its rows."""
    return read


def with_evidence(read: ReadTables, _: FoundProblems) -> ReadTables | None:
    """Everything, where the citations could be read."""
    return read if EVIDENCE in read.tables else None


def rows_without_problem(read: ReadTables, found: FoundProblems) -> ReadTables:
    """The rows in which nothing was found, and as targets the tables in whose keys nothing was found."""
    tables = {name: _without(table, found.lines(table.file)) for name, table in read.tables.items()}
    targets = {name: table for name, table in read.tables.items() if found.keys_are_valid(table)}
    return read.narrowed(tables, targets)


def tables_without_problem(read: ReadTables, found: FoundProblems) -> ReadTables:
    """The tables in which nothing was found."""
    tables = {name: table for name, table in read.tables.items() if not found.faulty_columns(table.file)}
    return read.narrowed(tables)


def tables_with_valid_keys(read: ReadTables, found: FoundProblems) -> ReadTables:
    """The tables in whose primary keys nothing was found."""
    return read.narrowed({name: table for name, table in read.tables.items() if found.keys_are_valid(table)})


def valid_provenance(read: ReadTables, found: FoundProblems) -> ReadTables | None:
    """Everything, where nothing was found in sources, paragraphs and evidence."""
    for name in (SOURCES, PARAGRAPHS, EVIDENCE):
        if name not in read.tables or found.faulty_columns(read.tables[name].file):
            return None
    return read


# A cell that is not what its quote gives may break a rule of rows by that, so citations come before rules.
CHECKS = (
    # Each cell by itself
    Check(check_characters, everything),
    Check(check_values, everything),
    # Relations
    Check(check_references, rows_without_problem),
    Check(check_corroborated_fields, everything),
    Check(check_cycles, everything),
    # Provenance, without the article
    Check(check_cited_fields, with_evidence),
    Check(check_contents, rows_without_problem),
    Check(check_parts_of_years, rows_without_problem),
    Check(check_cells_without_evidence, everything),
    Check(check_sources_of_rows, valid_provenance),
    # The rules of a row, and of rows compared with each other
    Check(check_rows, everything),
    Check(check_repeated_cells, rows_without_problem),
    Check(check_comparisons, tables_without_problem),
    Check(check_order, tables_with_valid_keys),
    # What a source or a paragraph sets limits to
    Check(check_dates_after_source, valid_provenance),
    Check(check_spans, valid_provenance),
)


def _read(package: Package, found: FoundProblems) -> tuple[ReadTables, list[Problem], list[Problem]]:
    """The tables whose schema is valid, what is wrong with the form of their files, and stale sizes and hashes."""
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    stale: list[Problem] = []
    for index, resource in enumerate(package.descriptor["resources"]):
        name = resource["name"]
        if found.faulty_columns(package.schema_files[name]):
            continue
        try:
            data = package.csv_bytes(name)
        except Unusable as unusable:
            problems.append(unusable.problem)
            continue
        stale += _stale_stamp(package, index, data)
        table, faults = read_table(data, package.paths[name], package.schema(name))
        problems += faults
        if table is not None:
            tables[name] = table
    return ReadTables(package, tables, tables), problems, stale


def _stale_stamp(package: Package, index: int, data: bytes) -> list[Problem]:
    """The problem of a resource whose size or hash in the descriptor is not that of its file; none if both are."""
    resource = package.descriptor["resources"][index]
    actual = {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
    for key, value in actual.items():
        stated = resource.get(key)
        if stated != value:
            message = f"{key} of {resource['path']} is {value}, not {stated}: the file has changed"
            return [package.json_file.problem(("resources", index, key), message, FORMAT_FIX)]
    return []


def _verified(copies: Iterable[Copy], package: Package) -> tuple[list[Verification], list[Problem]]:
    """What came of checking citations against each copy, and all problems of that."""
    verifications: list[Verification] = []
    problems: list[Problem] = []
    for copy in copies:
        try:
            verification = verify(copy, package)
        except Unusable as unusable:
            problems.append(_not_verified(copy, unusable.problem))
        else:
            verifications.append(verification)
            problems += verification.problems
    return verifications, problems


def _without(table: Table, lines: set[int]) -> Table:
    """A table without the rows on some lines."""
    if not lines:
        return table
    rows = [line - line_of(0) for line in lines]
    return replace(table, frame=table.frame.drop(index=rows, errors="ignore"))


def _not_verified(copy: Copy, cause: Problem) -> Problem:
    """The problem of a copy that no citation could be checked against, and why."""
    message = f"the citations were not checked against this copy, because of {cause.location}: {cause.message}"
    return Problem(copy.file, None, None, message, "Fix that first, then validate again.")
