"""All checks of a data package, layer by layer; needs the extra `[validate]`.

1. `files`, `cells`  2. `cells`, `pandera_schema`  3. `row_rules`  4. `relations`
5. `citations`, `coverage`, `offsets`  6. `descriptor`, `table_schemas`, `profiles`  7. verification, with an article
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from ..package import DESCRIPTOR, EVIDENCE, PARAGRAPHS, SOURCES
from ..problems import Problem, Unusable, one_per_location
from ..provenance.source_text import read_source
from ..provenance.verification import verify_source
from ..tables import csv_bytes
from .cells import check_characters, typed_frame
from .citations import check_contents, check_sources, cited_table
from .coverage import check_coverage
from .descriptor import check_versions, read_descriptor
from .files import check_order, line_of, read_table
from .fixes import FORMAT_FIX
from .offsets import check_ends, check_lengths, check_omissions, check_quotes
from .pandera_schema import cell_problems, frame_failures, row_problems
from .relations import check_relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ..provenance.values import Verification
    from .citations import CitedTable
    from .descriptor import Descriptor
    from .files import Table
    from .pandera_schema import Rows

    # By file, then by line and column.
    Found = defaultdict[str, dict[tuple[int | None, str | None], Problem]]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of validating a package. Both lists are sorted by file and line; each location has one problem."""

    problems: list[Problem]
    stale: list[Problem] = field(default_factory=list)
    """Sizes and hashes in the descriptor that are not those of the files, where nothing else is wrong: files that are
    still to be fixed will change again."""
    verifications: list[Verification] = field(default_factory=list)
    """What came of verifying the citations against each source given."""


def check_package(root: Path, *, sources: Iterable[str | Path] = ()) -> Result:
    """Check the package in a folder, and its citations against copies of articles. Raises Unusable.

    Every file is opened once. What follows from a problem is not reported again.
    """
    copies = [read_source(source) for source in sources]
    descriptor, faults = read_descriptor(root)
    if descriptor is None:
        return Result(one_per_location(faults))
    found: Found = defaultdict(dict)
    _add(found, faults)
    tables, stale = _read_tables(descriptor, found)
    changed = {descriptor.package.paths[name] for name in stale}
    _check_tables(tables, descriptor, changed, found)
    if "version" not in {column for _, column in found[DESCRIPTOR]}:
        _add(found, check_versions(descriptor.package))
    verifications = []
    all_known = set(tables) == descriptor.names  # a citation may be of any of the tables
    if all_known and not any(found[tables[name].file] for name in (SOURCES, PARAGRAPHS, EVIDENCE)):
        verifications = [verify_source(copy, descriptor.package) for copy in copies]
        _add(found, (problem for verification in verifications for problem in verification.problems))
    problems = one_per_location(problem for of_file in found.values() for problem in of_file.values())
    return Result(problems, [] if problems else one_per_location(stale.values()), verifications)


def _add(found: Found, problems: Iterable[Problem]) -> None:
    """Keep the first problem of each location: layers run from the bytes of a file up to its meaning."""
    for problem in problems:
        found[problem.file].setdefault((problem.line, problem.column), problem)


def _read_tables(descriptor: Descriptor, found: Found) -> tuple[dict[str, Table], dict[str, Problem]]:
    """The tables, and by table the problem of a stale size or hash."""
    tables: dict[str, Table] = {}
    stale: dict[str, Problem] = {}
    for index, resource in enumerate(descriptor.json_file.value["resources"]):
        name, path = resource["name"], resource["path"]
        if name not in descriptor.tables:
            continue
        try:
            data = csv_bytes(descriptor.package, name)
        except Unusable as unusable:
            _add(found, [unusable.problem])
            continue
        for key, actual in (("bytes", len(data)), ("hash", f"sha256:{sha256(data).hexdigest()}")):
            if resource.get(key) != actual:
                message = f"{key} of {path} is {actual}, not {resource.get(key)}: the file has changed"
                problem = descriptor.json_file.problem(("resources", index, key), message, FORMAT_FIX)
                stale.setdefault(name, problem)
        table, faults = read_table(data, path, descriptor.package.schema(name), is_valid=_is_valid)
        _add(found, faults)
        if table is not None:
            tables[name] = table
    return tables, stale


def _is_valid(table: Table) -> bool:
    """Whether no cell of a table is wrong by itself."""
    frame, faults = typed_frame(table)
    return not faults and not frame_failures(table, frame, {})[0]


def _check_tables(tables: dict[str, Table], descriptor: Descriptor, changed: set[str], found: Found) -> None:
    """Layers 1 to 5 of the tables that could be read."""
    failures = _check_cells(tables, found)
    evidence = tables.get(EVIDENCE)
    cited: dict[str, CitedTable] = {}
    if evidence is not None:
        cited = {name: cited_table(table, evidence) for name, table in tables.items() if name != EVIDENCE}
        for cited_rows in cited.values():
            _check_contents(cited_rows, changed, found)
    missing: Mapping[tuple[str, str], list[int]] = {}
    renamed: Mapping[tuple[str, int], str] = {}
    if evidence is not None:
        unknown = descriptor.names - tables.keys()
        faults, renamed, missing = check_coverage(evidence, cited, descriptor.package, changed, unknown)
        _add(found, faults)
    for name, rows in failures.items():
        _add(found, row_problems(tables[name], rows, found[tables[name].file].keys()))
    for (name, row), row_id in renamed.items():
        _rename(cited[name], row, row_id, found)
    for name, table in tables.items():
        if any(column in table.schema.primary_key for _, column in found[table.file]):
            tables[name] = replace(table, complete=False)
    known = {file: set(of_file) for file, of_file in found.items()}
    _add(found, check_relations(tables, known, changed, missing, descriptor.names))
    _check_provenance(tables, cited, descriptor, changed, found)
    for table in tables.values():
        key_lines = {line for line, column in found[table.file] if column in table.schema.primary_key}
        _add(found, check_order(table, key_lines))


def _check_cells(tables: Mapping[str, Table], found: Found) -> dict[str, Rows]:
    """Each cell by itself; the rows that fail are for later, once it is known which of their cells are wrong."""
    failures: dict[str, Rows] = {}
    publications = _publications(tables)
    for name, table in tables.items():
        _add(found, check_characters(table))
        frame, faults = typed_frame(table)
        _add(found, faults)
        cells, failures[name] = frame_failures(table, frame, publications)
        _add(found, cell_problems(table, cells, found[table.file].keys()))
    return failures


def _check_contents(cited: CitedTable, changed: set[str], found: Found) -> None:
    """Compare cells and quotes. A cell that is wrong by itself is given what its quote says for a fix."""
    table, evidence = cited.table, cited.evidence
    blame_quotes = evidence.file in changed and table.file not in changed
    cells, quotes = found[table.file], found[evidence.file]
    for problem in check_contents(cited, cells.keys(), quotes.keys(), blame_quotes=blame_quotes):
        location = problem.line, problem.column
        known = found[problem.file].get(location)
        found[problem.file][location] = known.with_fix(problem.fix) if known else problem


def _rename(cited: CitedTable, row: int, row_id: str, found: Found) -> None:
    """A row with another ID than its citations name: the ID is wrong, whatever else is known about it."""
    table, key = cited.table, cited.table.schema.primary_key[0]
    if row in cited.duplicates:
        ids = table.ids()
        for other in ids.index[ids == ids[row]]:
            if other != row:
                found[table.file].pop((line_of(other), key), None)
    message = f"{table.ids()[row]!r} has no citations, but those of {row_id!r}, which is not there, quote this row"
    problem = table.problem(row, key, message, f"Write {row_id}, or correct row_id in the evidence.")
    known = found[table.file].get((problem.line, key))
    found[table.file][problem.line, key] = known.with_fix(problem.fix) if known else problem


def _check_provenance(
    tables: Mapping[str, Table],
    cited: Mapping[str, CitedTable],
    descriptor: Descriptor,
    changed: set[str],
    found: Found,
) -> None:
    """What sources, paragraphs and evidence must have in common."""
    sources, paragraphs, evidence = (tables.get(name) for name in (SOURCES, PARAGRAPHS, EVIDENCE))
    if sources is not None:
        published = dict(zip(sources.frame["source_id"], sources.frame["published_on"], strict=True))
        for table in cited.values():
            _add(found, check_sources(table, published))
    if evidence is not None:
        _add(found, check_quotes(evidence))
        if paragraphs is not None:
            _add(found, check_ends(evidence, paragraphs, changed))
    if paragraphs is not None and not found[paragraphs.file]:
        _add(found, check_omissions(descriptor.package, descriptor.json_file, paragraphs))
        if sources is not None:
            _add(found, check_lengths(sources, paragraphs, changed))


def _publications(tables: Mapping[str, Table]) -> dict[str, date]:
    """By source the day on which it was published, where that can be read."""
    days: dict[str, date] = {}
    if SOURCES in tables:
        for source, day in tables[SOURCES].frame[["source_id", "published_on"]].itertuples(index=False):
            with suppress(ValueError):
                days[source] = date.fromisoformat(day)
    return days
