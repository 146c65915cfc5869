"""Tables as pandas data frames: typed, with labels for terms, and joined with the quotes behind their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .citation import attribution, citation_text
from .package import EVIDENCE, installed
from .problems import UnknownName
from .tables import DTYPES, numbered_rows

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
    `<table>_cited` of the database. Raises UnknownName (a LookupError).

    >>> import wuxi_outsourcing as wx
    >>> wx.load("parks", labels="en")["function"].dtype.name
    'category'
    >>> list(wx.load("parks", cited=True).columns[-6:])
    ['field', 'source_id', 'paragraph', 'start', 'end', 'quote']
    """
    import pandas as pd  # noqa: PLC0415  (slow to import, and reading does without)

    if labels not in (None, *LANGUAGES):
        raise UnknownName("language", str(labels), LANGUAGES)
    package = installed()
    schema, frame = package.schema(table), read_frame(package, table)
    if cited:
        frame = _with_quotes(frame, schema, read_frame(package, EVIDENCE))
    for field in schema if labels else ():
        if terms := field.vocabulary_zh if labels == "zh" else field.vocabulary:
            categories = list(dict.fromkeys(terms.values()))
            frame[field.name] = pd.Categorical(frame[field.name].map(terms), categories=categories)
    frame.attrs.update(_attributes(package, schema, labels or "en"))
    return frame


def read_frame(package: Package, table: str) -> pd.DataFrame:
    """A table as a typed data frame. Raises UnknownName, and Unusable."""
    import pandas as pd  # noqa: PLC0415

    dtypes = {field.name: DTYPES[field.type] for field in package.schema(table)}
    rows = [row for _, row in numbered_rows(package, table)]
    return pd.DataFrame(rows, columns=list(dtypes), dtype="object").astype(dtypes)


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
    chinese, about = language == "zh", attribution(package)
    return {
        "title": schema.title_zh if chinese else schema.title,
        "description": schema.description_zh if chinese else schema.description,
        "units": {field.name: field.unit for field in schema if field.unit},
        "version": package.version,
        "licence": about["licence"],
        "source": about["source"],
        "citation": citation_text(package),
    }
