"""`quote`: a quote recorded as evidence for a cell, or declared as omitted."""

from dataclasses import asdict

from ..csv_files import line_of
from ..omissions import OMISSIONS, Omission, Span, omission_fault, omissions
from ..package import DESCRIPTOR, EVIDENCE, Package
from ..problems import Problem, Unusable
from .citable_cells import citable_cell
from .editable_tables import editable_table, write_tables
from .finding import find_one
from .registered_source import RegisteredSource
from .search import At


def check_quote(source: RegisteredSource, quote: str) -> None:
    """Raise Unusable for what cannot be a quote by the table schema of the evidence."""
    if not source.allows(quote):
        message = f"“{quote}” is empty, too long ({len(quote)} characters) or has the end of a sentence"
        raise Unusable(Problem(source.file, None, None, message, "Quote a figure, a name or a phrase."))


def record_evidence(source: RegisteredSource, quote: str, cell: tuple[str, str, str], at: At | None = None) -> str:
    """Write the evidence row that backs a cell, named by table, row ID and field, with a quote.

    Returns what was done, to print. Raises Unusable, with every file as it was, and UnknownName.
    """
    package = source.package
    check_quote(source, quote)
    target = citable_cell(package, *cell)
    location = find_one(source, quote, at)
    fault = target.fault(source, location)
    if fault:
        raise Unusable(fault)
    evidence = editable_table(package, EVIDENCE)
    row = location.evidence(*cell, source.source_id)
    if row in evidence.rows:
        line = line_of(evidence.rows.index(row))
        return f"{evidence.file}:{line}: this evidence is on record already"
    write_tables(package, [evidence.with_rows([row])])
    return f"{evidence.file}: {' '.join(cell)} is now cited from {source.source_id}, {location}: {quote}"


def declare_omission(source: RegisteredSource, quote: str, reason: str, at: At | None = None) -> str:
    """Declare in the descriptor that the figures of a quote are in no cell, and why.

    Returns what was done, to print. Raises Unusable, with every file as it was.
    """
    package = source.package
    check_quote(source, quote)
    location = find_one(source, quote, at)
    omission = Omission(source_id=source.source_id, reason=reason, **asdict(location))
    declared = [other for _, other in omissions(package)]
    if any(_begin_together(omission, other) for other in declared):
        return f"{DESCRIPTOR}: “{quote}” is declared as omitted already"
    _check_omission(source, omission, declared)
    _write_omissions(package, [*declared, omission])
    return f"{DESCRIPTOR}: “{quote}” ({source.source_id}, {location}) is now declared as omitted"


def _in_one_paragraph(one: Span, other: Span) -> bool:
    return (one.source_id, one.paragraph) == (other.source_id, other.paragraph)


def _begin_together(one: Span, other: Span) -> bool:
    return _in_one_paragraph(one, other) and one.start == other.start


def _check_omission(source: RegisteredSource, omission: Omission, declared: list[Omission]) -> None:
    """Raise Unusable for an omission without a figure, or of a figure that is in a citation or another omission."""
    spans: list[Span] = [*source.package.citations(), *declared]
    others = [span for span in spans if _in_one_paragraph(omission, span)]
    paragraph = source.text.paragraphs[omission.paragraph]
    fault = omission_fault(omission, paragraph, others)
    if fault:
        message, _ = fault
        raise Unusable(Problem(source.file, None, None, message, "Omit only a figure that is in no citation."))


def _write_omissions(package: Package, declared: list[Omission]) -> None:
    """Write omissions, sorted, into the resource of the evidence."""
    values = [asdict(omission) for omission in sorted(declared)]
    resources = []
    for resource in package.descriptor["resources"]:
        if resource["name"] == EVIDENCE:
            resources.append(resource | {OMISSIONS: values})
        else:
            resources.append(resource)
    write_tables(package, [], {"resources": resources})
