"""Service outsourcing in Wuxi: typed tables, each cell traced to the characters it came from.

Everything here reads the data package that was installed with it, except where a folder or a file is given; nothing
goes to the network. `__version__` is the version of the data, which is the version of the code.

>>> import wuxi_outsourcing as wx
>>> wx.rows("projects")[0]  # doctest: +ELLIPSIS
{'project_id': '...', 'name_zh': '...', 'name_en': '...', ...}
"""

# Importing these modules is quick: pandas, Pandera and the like are imported by the functions that need them.
from __future__ import annotations

from typing import TYPE_CHECKING

from .engine.diff import diff
from .engine.diff.changes import Change, Difference
from .engine.export import export
from .engine.opening import installed, open_package
from .engine.package import Package
from .engine.problems import Problem, UnknownName, Unusable
from .engine.rules import Rule
from .engine.schema import Field, ForeignKey, TableSchema
from .engine.values import Citation, Verification
from .indicator_series import series_frame

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd
    import pandera.pandas as pa

    from .engine.frames import Language
    from .table_types import CorroborationsRow, TableName, rows

    __version__: str
else:

    def rows(table):  # noqa: ANN001, ANN201  (typed table by table in `table_types`)
        """The rows of a table, a list of dicts with a key for each field, by the standard library alone.

        Values are `str`, `int`, `float`, `bool` or `datetime.date` as the Table Schema says, and None where a cell is
        empty. Amounts are in the base unit that the row's `unit` names (CNY, m2, percent, count …). Transcribed from
        the sources of the package; `evidence` gives the locations. Raises UnknownName (a LookupError).

        >>> import wuxi_outsourcing as wx
        >>> sorted(wx.rows("parks")[0])[:4]
        ['function', 'level', 'name_en', 'name_zh']
        >>> wx.rows("sources")[0]["published_on"]  # doctest: +ELLIPSIS
        datetime.date(...)
        """
        return installed().rows(table)

    def __getattr__(name: str) -> object:
        if name == "__version__":
            try:
                return installed().version
            except Unusable as unusable:  # in a checkout, the descriptor may be defective
                raise AttributeError(f"no version: {unusable.problem}") from None
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Change",
    "Citation",
    "Difference",
    "Field",
    "ForeignKey",
    "Problem",
    "Rule",
    "TableSchema",
    "UnknownName",
    "Unusable",
    "Verification",
    "cells",
    "cite",
    "corroborations",
    "describe",
    "diff",
    "evidence",
    "export",
    "load",
    "path",
    "rows",
    "schema",
    "series",
    "tables",
    "validate",
    "verify",
]


def tables() -> list[TableName]:
    """The names of the tables, a list in the order of `datapackage.json`.

    >>> import wuxi_outsourcing as wx
    >>> wx.tables()  # doctest: +ELLIPSIS
    [..., 'parks', ...]
    """
    return list(installed().paths)  # type: ignore[arg-type]  # TableName lists them


def load(table: TableName, *, labels: Language | None = None) -> pd.DataFrame:
    """A table as a data frame: one row a record, one column a field, a plain RangeIndex.

    Text is `str`, integers are `Int64`, numbers `float64`, booleans `boolean` and dates `datetime64[us]`; an empty
    cell is missing. Amounts are in the base unit that the row's `unit` names (CNY, m2, percent, count …). Transcribed
    from the sources of the package; `cells` gives the locations. `attrs` has title, description, units, version,
    licence, source and citation.

    With `labels`, "en" or "zh", terms of a vocabulary are categoricals of their labels, in the order of the schema.
    Raises UnknownName (a LookupError).

    >>> import wuxi_outsourcing as wx
    >>> wx.load("parks", labels="en")["function"].dtype.name
    'category'
    """
    return installed().load(table, labels=labels)


def series(*indicators: str, labels: Language | None = None) -> pd.DataFrame:
    """The figures of one or more indicators over time, by all sources: a data frame, one row a period and source.

    It holds the figures that are transcribed from the sources of the package (`provenance` is transcribed) and those
    that other public sources report (outside), side by side and unaltered. Without `indicators`, IDs of the table
    `indicators`, all are there.

    `period` is in ISO 8601, such as 2020, 2020-01/2020-06, 2021-09 or 2020-12-31, and sorts as text; `period_end`, its
    last day, is for plotting. Both are missing where the source gives no time. `value`, and `value_to` of a range, are
    in the base unit that `unit` names (CNY, m2, percent, count …), as `qualifier` says. `value` is missing where the
    source says several. `relation` is missing for a figure of the indicator itself, and tells growth, shares and ranks
    apart. `label_en` and `label_zh` name the indicator, `place_id` the place, `source_en`, `source_zh` and `url` the
    source, `table` and `row_id` the row with everything else.

    `period_end` is `datetime64[us]`, `base_year` is `Int64`, `value` and `value_to` are `float64`, all else is `str`.
    In the order of indicators, places, relations, units and periods. `labels` and `attrs` are as in `load`. Raises
    UnknownName (a LookupError).

    >>> import wuxi_outsourcing as wx
    >>> indicator = wx.rows("industry_metrics")[0]["indicator_id"]
    >>> wx.series(indicator)[["period", "value", "unit", "provenance"]].dtypes.astype(str).tolist()
    ['str', 'float64', 'str', 'str']
    """
    return series_frame(installed(), *indicators, labels=labels)


def cells(table: TableName | None = None) -> pd.DataFrame:
    """Every cell that a source backs, with its citations: a data frame with a row for each cell and citation.

    `table` limits it to one table; without it, all tables are there. `table`, `row_id` and `field` name the cell,
    `cell` is its content as the CSV has it, `class` (quoted, derived or cited_with) and `rule` say how it follows from
    the quote. `source_id`, `paragraph`, `start`, `end` and `quote` are the citation, `line` and `evidence_line` the
    lines of cell and citation in their CSV files. A cell with two citations has two rows; a qualifier, an upper bound
    or a unit has the citation of its figure. Editorial, reference and empty cells have none and are left out.

    Text is `str`; `table`, `field`, `class` and `rule` are categoricals, `paragraph`, `start`, `end` and the lines are
    integers. In the order of the tables, their rows and fields. Raises UnknownName (a LookupError).

    >>> import wuxi_outsourcing as wx
    >>> wx.cells("parks").columns.tolist()  # doctest: +NORMALIZE_WHITESPACE
    ['table', 'row_id', 'field', 'cell', 'class', 'rule', 'source_id', 'paragraph', 'start', 'end', 'quote', 'line',
     'evidence_line']
    """
    return installed().cells(table)


def path(table: TableName) -> Path:
    """The path of a table's CSV file (UTF-8, comma, header), for polars, DuckDB, R and other readers.

    Raises UnknownName (a LookupError).

    >>> import wuxi_outsourcing as wx
    >>> wx.path("policies").name
    'policies.csv'
    """
    return installed().path(table)


def describe(table: TableName) -> TableSchema:
    """The schema of a table: title, keys and fields with type, unit, vocabulary and provenance.

    Taken from `datapackage.json` and `schemas/`. Printed, it is a text to read. Raises UnknownName (a LookupError).

    >>> import wuxi_outsourcing as wx
    >>> wx.describe("policies")["duration_years"].unit
    'years'
    >>> print(wx.describe("projects"))  # doctest: +ELLIPSIS
    projects: Projects
    One row is a flagship industrial project.
    Primary key: project_id
    ...
    """
    return installed().schema(table)


def evidence(table: str, row_id: str, field: str | None = None) -> list[Citation]:
    """The citations behind a row, or behind one cell of it: a list in the order of the table `evidence`.

    A field that is cited with another (a figure's qualifier and unit) is backed by that one's citations. An
    editorial or reference field has none. Raises UnknownName (a LookupError) for an unknown table, row or field.

    >>> import wuxi_outsourcing as wx
    >>> metric = wx.rows("industry_metrics")[0]["metric_id"]
    >>> wx.evidence("industry_metrics", metric, "value")  # doctest: +ELLIPSIS
    [Citation(table='industry_metrics', row_id='...', field='value', ..., paragraph=..., start=..., end=..., quote=...)]
    """
    return installed().evidence(table, row_id, field)


def corroborations(table: str, row_id: str) -> list[CorroborationsRow]:
    """What other public sources say about a row: the rows of the table `corroborations` that are about it, as dicts.

    They stand beside the transcribed cells and never alter them. Raises UnknownName (a LookupError) for an unknown
    table or row.

    >>> import wuxi_outsourcing as wx
    >>> row = wx.rows("corroborations")[0]
    >>> wx.corroborations(row["table"], row["row_id"])  # doctest: +ELLIPSIS
    [{'corroboration_id': '...', 'table': '...', 'row_id': '...', ...}]
    """
    return installed().corroborations(table, row_id)  # type: ignore[return-value]  # made from the table's schema


def cite(style: str = "text") -> str:
    """How to cite the package: `text` gives one line, `bibtex` an entry for BibTeX.

    Raises UnknownName (a LookupError) for another style.

    >>> import wuxi_outsourcing as wx
    >>> wx.cite()  # doctest: +ELLIPSIS
    '... (...). ..., version ...'
    >>> print(wx.cite("bibtex"))  # doctest: +ELLIPSIS
    @misc{wuxi-outsourcing-...,
      author = {{...}},
    ...
    """
    return installed().citation(style)


def schema(table: str) -> pa.DataFrameSchema:
    """The Pandera schema of a table, to check a data frame of your own: its dtypes are those of `wx.load`.

    Holds every constraint of the Table Schema, its keys, and the rules over several fields. Raises UnknownName (a
    LookupError), and ImportError where the extra `[validate]` is not installed.

    >>> import wuxi_outsourcing as wx
    >>> wx.schema("policies").validate(wx.load("policies")).columns[0]
    'policy_id'
    """
    return installed().pandera_schema(table)


def validate(directory: str | Path | None = None, *, sources: Iterable[str | Path] = ()) -> list[Problem]:
    """What is wrong with the data package in a folder, or with the installed one: a list, empty if nothing is.

    `sources` are copies of articles to verify the citations against. Sorted by file and line; each location has one
    problem, the one nearest to the cause. Sizes and hashes that are not those of the files come last. Raises
    ImportError where the extra `[validate]` is not installed.

    >>> import wuxi_outsourcing as wx
    >>> [problem.message for problem in wx.validate("no-such-folder")]
    ['no such folder']
    """
    # Any other folder may hold a package that cannot be opened: what is wrong with it is the result.
    package = installed() if directory is None else Package(directory)
    try:
        validation = package.validate(sources=sources)
    except Unusable as unusable:
        return [unusable.problem]
    return [*validation.problems, *validation.stale]


def verify(article: str | Path, directory: str | Path | None = None) -> Verification:
    """Check every citation against a copy of the article, as people have it.

    A copy is plain text in UTF-8, GB18030 or UTF-16, or a page saved as HTML, with anything above, between and below
    the article, lines wrapped anywhere and paragraphs run together. A citation holds if the copy has its quote at its
    location, is changed if the copy has something else there, and is not in the copy if that part of the article is
    not. `directory` is a data package to check instead of the installed one. The citations are those of the table
    `evidence`. Raises nothing: what cannot be read is a problem of the result.

    >>> import wuxi_outsourcing as wx
    >>> result = wx.verify("no-such-article.txt")
    >>> print(result.problems[0])
    no-such-article.txt: no such file
        Give the path of a copy of the article.
    """
    try:
        return open_package(directory).verify(article)
    except Unusable as unusable:
        return Verification("", 0, 0, 0, 0, 0, 0, 0, 0, problems=[unusable.problem])


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
