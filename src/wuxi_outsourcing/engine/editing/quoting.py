"""`quote`: a quote recorded as evidence for a cell, or declared as omitted."""

from dataclasses import asdict

from ..article import SourceText, text_digest
from ..csv_files import line_of
from ..omissions import OMISSIONS, Omission, Span, omission_fault, omissions
from ..package import DESCRIPTOR, EVIDENCE, SOURCES, Package
from ..problems import Problem, Unusable
from .citable_cells import citable_cell
from .editable_tables import editable_table, is_allowed, write_tables
from .finding import find_one
from .search import At


def check_quote(package: Package, source: SourceText, quote: str) -> None:
    """Raise Unusable for what cannot be a quote by the table schema of the evidence."""
    field = package.schema(EVIDENCE)["quote"]
    if not is_allowed(package, field, EVIDENCE, quote):
        message = f"“{quote}” is empty, too long ({len(quote)} characters) or has the end of a sentence"
        raise Unusable(Problem(source.file, None, None, message, "Quote a figure, a name or a phrase."))


def record_evidence(
    package: Package, source: SourceText, quote: str, cell: tuple[str, str, str], at: At | None = None
) -> str:
    """Write the evidence row that backs a cell, named by table, row ID and field, with a quote.

    Returns what was done, to print. Raises Unusable, with every file as it was, and UnknownName.
    """
    source_id = registered_source(package, source)
    check_quote(package, source, quote)
    target = citable_cell(package, *cell)
    location = find_one(source, quote, at)
    fault = target.fault(source, location)
    if fault:
        raise Unusable(fault)
    evidence = editable_table(package, EVIDENCE)
    row = location.evidence(*cell, source_id)
    if row in evidence.rows:
        line = line_of(evidence.rows.index(row))
        return f"{evidence.file}:{line}: this evidence is on record already"
    write_tables(package, [evidence.with_rows([row])])
    return f"{evidence.file}: {' '.join(cell)} is now cited from {source_id}, {location}: {quote}"


def declare_omission(package: Package, source: SourceText, quote: str, reason: str, at: At | None = None) -> str:
    """Declare in the descriptor that the figures of a quote are in no cell, and why.

    Returns what was done, to print. Raises Unusable, with every file as it was.
    """
    source_id = registered_source(package, source)
    check_quote(package, source, quote)
    location = find_one(source, quote, at)
    omission = Omission(source_id=source_id, reason=reason, **asdict(location))
    declared = [other for _, other in omissions(package)]
    if any(_begin_together(omission, other) for other in declared):
        return f"{DESCRIPTOR}: “{quote}” is declared as omitted already"
    _check_omission(package, source, omission, declared)
    _write_omissions(package, [*declared, omission])
    return f"{DESCRIPTOR}: “{quote}” ({source_id}, {location}) is now declared as omitted"


def registered_source(package: Package, source: SourceText) -> str:
    """The ID of the source that this is a faithful copy of. Raises Unusable."""
    digest = text_digest(source.text)
    for row in editable_table(package, SOURCES).rows:
        if row["sha256"] == digest:
            return row["source_id"]
    message = f"this is not a copy, faithful to the character, of any source in {package.paths[SOURCES]}"
    fix = "Register it with `wuxi-outsourcing add-source`, or see with `verify` where the copy differs."
    raise Unusable(Problem(source.file, None, None, message, fix))


def _in_one_paragraph(one: Span, other: Span) -> bool:
    return (one.source_id, one.paragraph) == (other.source_id, other.paragraph)


def _begin_together(one: Span, other: Span) -> bool:
    return _in_one_paragraph(one, other) and one.start == other.start


def _check_omission(package: Package, source: SourceText, omission: Omission, declared: list[Omission]) -> None:
    """Raise Unusable for an omission without a figure, or of a figure that is in a citation or another omission."""
    spans: list[Span] = [*package.citations(), *declared]
    others = [span for span in spans if _in_one_paragraph(omission, span)]
    paragraph = source.paragraphs[omission.paragraph]
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
