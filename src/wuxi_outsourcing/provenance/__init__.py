"""Provenance: the printed characters behind each cell, whether a copy of the article holds them, and other sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..package import CORROBORATIONS, EVIDENCE, installed, open_package
from ..problems import Problem, UnknownName, Unusable
from ..table_types import CorroborationsRow
from ..tables import numbered_rows
from .source_text import read_source
from .values import Citation, Verification

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from ..package import Package


def evidence(table: str, row_id: str, field: str | None = None) -> list[Citation]:
    """The citations behind a row, or behind one cell of it: a list in the order of the table `evidence`.

    A field that is cited with another (a figure's qualifier and unit) is backed by that one's citations. An
    editorial or reference field has none. Raises UnknownName (a LookupError) for an unknown table, row or field.

    >>> import wuxi_outsourcing as wx
    >>> metric = wx.rows("industry_metrics")[0]["metric_id"]
    >>> wx.evidence("industry_metrics", metric, "value")  # doctest: +ELLIPSIS
    [Citation(table='industry_metrics', row_id='...', field='value', ..., paragraph=..., start=..., end=..., quote=...)]
    """
    return row_citations(installed(), table, row_id, field)


def corroborations(table: str, row_id: str) -> list[CorroborationsRow]:
    """What other public sources say about a row: the rows of the table `corroborations` that are about it, as dicts.

    They stand beside the transcribed cells and never alter them. Raises UnknownName (a LookupError) for an unknown
    table or row.

    >>> import wuxi_outsourcing as wx
    >>> row = wx.rows("corroborations")[0]
    >>> wx.corroborations(row["table"], row["row_id"])  # doctest: +ELLIPSIS
    [{'corroboration_id': '...', 'table': '...', 'row_id': '...', ...}]
    """
    return row_corroborations(installed(), table, row_id)


def row_citations(package: Package, table: str, row_id: str, field: str | None = None) -> list[Citation]:
    """The citations of `evidence`, in any package. Raises UnknownName, and Unusable."""
    _check_row(package, table, row_id)
    if field is not None:
        field = package.schema(table)[field].cited_with or field
    cited = [citation for _, citation in citations(package) if citation.cell[:2] == (table, row_id)]
    return [citation for citation in cited if field in (None, citation.field)]


def row_corroborations(package: Package, table: str, row_id: str) -> list[CorroborationsRow]:
    """The rows of `corroborations`, in any package. Raises UnknownName, and Unusable."""
    _check_row(package, table, row_id)
    _check_fields(package, CORROBORATIONS, CorroborationsRow.__annotations__)
    others = [row for _, row in numbered_rows(package, CORROBORATIONS)]
    return [row for row in others if (row["table"], row["row_id"]) == (table, row_id)]  # type: ignore[misc]


def citations(package: Package) -> Iterator[tuple[int, Citation]]:
    """Every citation with its line in the CSV. Raises Unusable."""
    for line, values in filled_rows(package, EVIDENCE, Citation.__annotations__):
        yield line, Citation(*values)


def filled_rows(package: Package, table: str, fields: Mapping[str, type]) -> Iterator[tuple[int, list[Any]]]:
    """The values of these fields in each row, with the row's line in the CSV.

    Raises Unusable where the table lacks one of the fields, where a cell of theirs is empty or of another type.
    """
    _check_fields(package, table, fields)
    for line, row in numbered_rows(package, table):
        for name, kind in fields.items():
            if not isinstance(row[name], kind):
                message = "the cell is empty" if row[name] is None else f"{row[name]!r} is not of type {kind.__name__}"
                fix = f"{package.schema(table)[name].description} Write that, or remove the row."
                raise Unusable(Problem(package.paths[table], line, name, message, fix))
        yield line, [row[name] for name in fields]


def verify(article: str | Path, directory: str | Path | None = None) -> Verification:
    """Check every citation against a copy of the article, any that is faithful to the character.

    Width forms, indent, empty lines, line ends and a byte order mark may differ. `directory` is a data package to
    check instead of the installed one. The citations are those of the table `evidence`. Raises nothing: what cannot
    be read is a problem of the result.

    >>> import wuxi_outsourcing as wx
    >>> result = wx.verify("no-such-article.txt")
    >>> print(result.problems[0])
    no-such-article.txt: no such file
        Give the path of a copy of the article.
    """
    from .verification import verify_source  # noqa: PLC0415  (it imports this module)

    try:
        return verify_source(read_source(article), open_package(directory))
    except Unusable as unusable:
        return Verification("", 0, 0, 0, 0, 0, 0, [unusable.problem])


def _check_row(package: Package, table: str, row_id: str) -> None:
    schema = package.schema(table)
    row_ids = [schema.row_id(row) for _, row in numbered_rows(package, table)]
    if row_id not in row_ids:
        raise UnknownName(f"row of {table}", row_id, row_ids)


def _check_fields(package: Package, table: str, fields: Iterable[str]) -> None:
    schema = package.schema(table)
    for name in fields:
        if name not in schema:
            message = f"the table {table} lacks the field {name}"
            fix = "Add the field, here and in the CSV."
            raise Unusable(Problem(package.schema_files[table], None, name, message, fix))
