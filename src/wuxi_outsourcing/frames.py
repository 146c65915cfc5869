"""Tables as pandas data frames: typed, with labels for terms, and joined with the quotes behind their cells."""

from __future__ import annotations

from .citation import citation_text
from .package import DESCRIPTOR, EVIDENCE, installed
from .problems import Problem, UnknownName, Unusable
from .tables import DTYPES, numbered_rows

# Type checkers take this name for true; importing the module `typing` would slow down every command.
TYPE_CHECKING = bool()  # noqa: UP018  (Jedi would skip what follows a literal)

if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    from .package import Package
    from .table_schemas import TableSchema
    from .table_types import Language, TableName

LANGUAGES = ("en", "zh")


def load(table: TableName, *, labels: Language | None = None, cited: bool = False) -> pd.DataFrame:
    """A table as a data frame: one row a record, one column a field, a plain RangeIndex.

    Text is `str`, integers are `Int64`, numbers `float64`, booleans `boolean` and dates `datetime64[us]`; an empty
    cell is missing. Amounts are in the base unit that the row's `unit` names (CNY, m2, percent, count …). Transcribed
    from the sources of the package; `evidence` gives the locations. `attrs` has title, description, units, version,
    licence, source and citation.

    With `labels`, "en" or "zh", terms of a vocabulary are categoricals of their labels, in the order of the schema.
    With `cited`, each row is joined with each citation of each of its cells: the columns `field`, `source_id`,
    `paragraph`, `start`, `end` and `quote` (`cited_…` where the table has a column of that name), as in the view
    `<table>_cited` of the databases. Raises UnknownName (a LookupError).

    >>> import wuxi_outsourcing as wx
    >>> wx.load("parks", labels="en")["function"].dtype.name
    'category'
    >>> list(wx.load("parks", cited=True).columns[-6:])
    ['field', 'source_id', 'paragraph', 'start', 'end', 'quote']
    """
    return package_frame(installed(), table, labels=labels, cited=cited)


def package_frame(package: Package, table: str, *, labels: str | None, cited: bool) -> pd.DataFrame:
    """A table of a package, as `load` gives it. Raises UnknownName, and Unusable."""
    import pandas as pd  # noqa: PLC0415  (a third of a second, which importing this package must not cost)

    if labels not in (None, *LANGUAGES):
        raise UnknownName("language", str(labels), LANGUAGES)
    schema = package.schema(table)
    frame = read_frame(package, table)
    if cited:
        frame = _with_quotes(frame, schema, read_frame(package, EVIDENCE))
    if labels:
        for field in schema:
            terms = field.vocabulary_zh if labels == "zh" else field.vocabulary
            if terms:
                categories = list(dict.fromkeys(terms.values()))
                frame[field.name] = pd.Categorical(frame[field.name].map(terms), categories=categories)
    frame.attrs.update(_attributes(package, schema, labels or "en"))
    return frame


def read_frame(package: Package, table: str) -> pd.DataFrame:
    """A table of a valid package as a typed data frame. Raises UnknownName, and Unusable."""
    import pandas as pd  # noqa: PLC0415

    schema = package.schema(table)
    dtypes = {field.name: DTYPES[field.type] for field in schema}
    dates = [name for name, dtype in dtypes.items() if dtype == DTYPES["date"]]
    try:
        frame = pd.read_csv(
            package.path(table),
            encoding="utf-8",
            dtype={name: dtype for name, dtype in dtypes.items() if name not in dates},
            keep_default_na=False,
            na_values=[""],
            parse_dates=dates,
            date_format="%Y-%m-%d",
        )
        _check_header(frame, schema)
        # A column of nothing but empty cells is read as numbers, whatever dtype is asked for.
        return frame.astype(dict.fromkeys(dates, DTYPES["date"]))
    except (ValueError, OSError):
        for _ in numbered_rows(package, table):  # raises Unusable with the location
            pass
        raise


def _check_header(frame: pd.DataFrame, schema: TableSchema) -> None:
    if list(frame.columns) != schema.names:
        raise ValueError("the header is not that of the schema")


def _with_quotes(frame: pd.DataFrame, schema: TableSchema, evidence: pd.DataFrame) -> pd.DataFrame:
    """Each row with each citation of each of its cells; a field cited with another has that one's citations."""
    import pandas as pd  # noqa: PLC0415

    citations = evidence[evidence["table"] == schema.name].drop(columns="table")
    names = {name: f"cited_{name}" if name in schema else name for name in ("field", *citations.columns)}
    fields = pd.DataFrame({"cited": [field.cited_with or field.name for field in schema], "shown": schema.names})
    citations = fields.merge(citations, left_on="cited", right_on="field").drop(columns=["cited", "field"])
    citations = citations.rename(columns=names | {"shown": names["field"]})
    row_ids = frame[list(schema.primary_key)].astype("str").fillna("").agg("/".join, axis="columns")
    joined = frame.assign(_row_id=row_ids).merge(citations, left_on="_row_id", right_on=names["row_id"])
    return joined.drop(columns=["_row_id", names["row_id"]])


def _attributes(package: Package, schema: TableSchema, language: str) -> dict[str, Any]:
    """What a frame says of itself, as text that survives in a Parquet file."""
    chinese = language == "zh"
    try:
        return {
            "title": schema.title_zh if chinese else schema.title,
            "description": schema.description_zh if chinese else schema.description,
            "units": {field.name: field.unit for field in schema if field.unit},
            "version": package.version,
            "licence": "; ".join(licence["title"] for licence in package.descriptor["licenses"]),
            "source": "; ".join(f"{source['title']}, {source['path']}" for source in package.descriptor["sources"]),
            "citation": citation_text(package),
        }
    except (LookupError, TypeError) as error:
        fix = "Write licenses and sources as `wuxi-outsourcing validate` asks for."
        raise Unusable(Problem(DESCRIPTOR, None, None, f"licenses or sources lack {error}", fix)) from None
