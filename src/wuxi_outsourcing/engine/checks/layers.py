"""All checks of a data package, layer by layer; needs the extra `[validate]`.

1. `files`, `cells`  2. `cells`, `pandera_schema`  3. `row_rules`  4. `relations`  5. `citations`, `coverage`, `spans`
6. `descriptor`, `table_schemas`, `profiles`  7. verification, with an article
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from ..article import SourceText, read_source
from ..frames import typed_frame
from ..package import DESCRIPTOR, EVIDENCE, PARAGRAPHS, SOURCES
from ..problems import Problem, Unusable
from ..values import Validation
from ..verification import verify
from .cells import check_characters
from .citations import check_contents, check_dates, check_sources, cited_table
from .coverage import check_citations, check_coverage
from .descriptor import check_changelog, check_descriptor
from .findings import Findings
from .fixes import FORMAT_FIX
from .pandera_schema import frame_failures
from .relations import check_relations
from .spans import check_spans
from .table_files import check_order, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ..package import Package
    from ..values import Verification
    from .citations import CitedTable
    from .pandera_schema import Rows
    from .table_files import Table


def check(package: Package, sources: Iterable[str | Path]) -> Validation:
    """Check a package, and its citations against copies of articles. Raises Unusable.

    Every file is read once. What follows from a problem is not reported again.
    """
    copies = [read_source(source) for source in sources]
    is_usable, problems = check_descriptor(package)
    findings = Findings(problems)
    if not is_usable:
        first = findings.sorted()[0]
        findings.add(_not_verified(copy, first) for copy in copies)
        return Validation(findings.sorted())
    tables, stale = _read_tables(package, findings)
    _check_tables(tables, package, findings)
    if "version" not in findings.faulty_columns(DESCRIPTOR):
        findings.add(check_changelog(package))
    verifications: list[Verification] = []
    for copy in copies:
        try:
            verification = verify(copy, package)
        except Unusable as unusable:
            findings.add([_not_verified(copy, unusable.problem)])
        else:
            verifications.append(verification)
            findings.add(verification.problems)
    problems = findings.sorted()
    return Validation(problems, [] if problems else stale, verifications)


def _not_verified(copy: SourceText, cause: Problem) -> Problem:
    """The problem of a copy that no citation could be checked against, and why."""
    message = f"the citations were not checked against this copy, because of {cause.location}: {cause.message}"
    return Problem(copy.file, None, None, message, "Fix that first, then validate again.")


def _read_tables(package: Package, findings: Findings) -> tuple[dict[str, Table], list[Problem]]:
    """The tables whose schema is right, and a problem for each stale size or hash."""
    tables: dict[str, Table] = {}
    stale: list[Problem] = []
    for index, resource in enumerate(package.descriptor["resources"]):
        name, path = resource["name"], resource["path"]
        if findings.faulty_columns(package.schema_files[name]):
            continue
        try:
            data = package.csv_bytes(name)
        except Unusable as unusable:
            findings.add([unusable.problem])
            continue
        actual = {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
        changed = [key for key in actual if resource.get(key) != actual[key]]
        for key in changed[:1]:
            message = f"{key} of {path} is {actual[key]}, not {resource.get(key)}: the file has changed"
            stale.append(package.json_file.problem(("resources", index, key), message, FORMAT_FIX))
        table, problems = read_table(data, path, package.schema(name))
        findings.add(problems)
        if table is not None:
            tables[name] = table
    return tables, stale


def _check_tables(tables: dict[str, Table], package: Package, findings: Findings) -> None:
    """Layers 1 to 5 of the tables that could be read.

    Quotes are compared before rows: a cell that is not what its quote gives may break a rule by that.
    """
    failures = _check_cells(tables, findings)
    targets = {name: table for name, table in tables.items() if findings.keys_are_valid(table)}
    cited = _check_evidence(tables, package, findings)
    for name, rows in failures.items():
        findings.add(_row_problems(tables[name], rows, findings))
    findings.add(check_relations(tables, targets, cited, package.paths, findings))
    for table in tables.values():
        if findings.keys_are_valid(table):
            findings.add(check_order(table))
    if _provenance_is_valid(tables, findings):
        for cited_rows in cited.values():
            findings.add(check_dates(cited_rows, tables[SOURCES]))
        findings.add(check_spans(tables[SOURCES], tables[PARAGRAPHS], tables[EVIDENCE], package))


def _check_evidence(tables: Mapping[str, Table], package: Package, findings: Findings) -> dict[str, CitedTable]:
    """Citations and the cells that they are of; returns each table with its citations, none where there is no evidence.

    What a whole row lacks is reported last, where its cells have no problem.
    """
    if EVIDENCE not in tables:
        return {}
    evidence = tables[EVIDENCE]
    cited = {name: cited_table(table, evidence) for name, table in tables.items() if name != EVIDENCE}
    findings.add(check_citations(evidence, cited, package))
    for cited_rows in cited.values():
        findings.add(check_contents(cited_rows, findings))
        findings.add(check_coverage(cited_rows))
    if _provenance_is_valid(tables, findings):
        for cited_rows in cited.values():
            findings.add(check_sources(cited_rows))
    return cited


def _check_cells(tables: Mapping[str, Table], findings: Findings) -> dict[str, Rows]:
    """Each cell by itself; the rows that fail are for later, once it is known which of their cells are wrong."""
    failures: dict[str, Rows] = {}
    for name, table in tables.items():
        of_characters = check_characters(table)
        typed = typed_frame(table.frame, table.schema)
        of_types = [table.problem(*fault) for fault in typed.faults]
        of_constraints, failures[name] = frame_failures(table, typed.frame)
        findings.add([*of_characters, *of_types, *of_constraints])
    return failures


def _row_problems(table: Table, failures: Rows, findings: Findings) -> Iterator[Problem]:
    """For each row that breaks a rule, the first that it breaks.

    A rule that compares rows is passed over where any row has a problem in its fields.
    """
    faulty = findings.faulty_columns(table.file)
    reported: set[int] = set()
    for rule, rows in failures:
        if rule.across and not faulty.isdisjoint(rule.fields):
            continue
        new = [row for row in rows if row not in reported and not findings.has(table, row)]
        reported.update(new)
        yield from rule.problems(table, new)


def _provenance_is_valid(tables: Mapping[str, Table], findings: Findings) -> bool:
    """Whether the tables of provenance are there and have no problem so far."""
    return all(
        name in tables and not findings.faulty_columns(tables[name].file) for name in (SOURCES, PARAGRAPHS, EVIDENCE)
    )
