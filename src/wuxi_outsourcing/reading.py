"""The tables, read: as rows, as data frames, as paths and as codebooks.

What is in them was transcribed from the documents in the table `sources`; `evidence` says where a cell was printed.
"""

from __future__ import annotations

import csv
from datetime import date

from .package import installed

# As in `package`: type checkers take this name for true.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pandas as pd

    from .package import Package, TableSchema

type_of_cell = str | int | float | bool | date | None

VALUES: dict[str, Callable[[str], type_of_cell]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": lambda text: text == "true",
    "date": date.fromisoformat,
}
# Each can be missing, so that a field's dtype does not depend on whether it happens to be required.
DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[us]"}


def tables() -> list[str]:
    """The names of the tables, a list in the order of `datapackage.json`.

    >>> import wuxi_outsourcing as wx
    >>> wx.tables()[:3]
    ['policies', 'policy_provisions', 'parks']
    """
    return list(installed().schemas)


def rows(table: str) -> list[dict[str, type_of_cell]]:
    """The rows of a table, a list of dicts with a key for each field, by the standard library alone.

    Values are `str`, `int`, `float`, `bool` or `datetime.date` as the Table Schema says, and None where a cell is
    empty. Amounts are in the base unit that the row's `unit` names (CNY, USD, m2, percent, count). What was
    transcribed, and from where, `evidence` tells. Raises UnknownName (a LookupError).

    >>> import wuxi_outsourcing as wx
    >>> [park["park_id"] for park in wx.rows("parks")]  # doctest: +NORMALIZE_WHITESPACE
    ['hi-tech-zone-ic-park', 'jiangyin-packaging-testing-base', 'national-ic-design-base',
     'national-ic-design-centre']
    >>> wx.rows("sources")[0]["published_on"]
    datetime.date(2023, 1, 9)
    """
    return [row for _, row in numbered_rows(installed(), table)]


def load(table: str) -> pd.DataFrame:
    """A table as a data frame: one row a record, one column a field, a plain RangeIndex.

    Text is `str`, integers are `Int64`, numbers `float64`, booleans `boolean` and dates `datetime64[us]`; an empty
    cell is missing. Amounts are in the base unit that the row's `unit` names (CNY, USD, m2, percent, count). What was
    transcribed, and from where, `evidence` tells. Raises UnknownName (a LookupError).

    >>> import wuxi_outsourcing as wx
    >>> metrics = wx.load("industry_metrics")
    >>> metrics.loc[metrics["unit"] == "CNY", ["metric_id", "value", "year"]]
              metric_id         value  year
    3    ic-output-2020  1.350000e+11  2020
    6  iot-revenue-2020  3.000000e+11  2020
    """
    return read_frame(path(table), describe(table))


def path(table: str) -> Path:
    """The path of a table's CSV file (UTF-8, comma, header), for polars, DuckDB, R and the like.

    Raises UnknownName (a LookupError).

    >>> import wuxi_outsourcing as wx
    >>> wx.path("policies").name
    'policies.csv'
    """
    return installed().path(table)


def describe(table: str) -> TableSchema:
    """The codebook of a table: title, keys and fields with type, unit, vocabulary and provenance.

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


def numbered_rows(package: Package, table: str) -> Iterator[tuple[int, dict[str, type_of_cell]]]:
    """Each row of a sound CSV with the physical line that it begins on."""
    schema = package.schema(table)
    fields = [(field.name, VALUES[field.type]) for field in schema.fields]
    with package.path(table).open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        next(reader, None)
        line = reader.line_num + 1
        for cells in reader:
            values = zip(fields, cells, strict=True)
            yield line, {name: read(cell) if cell else None for (name, read), cell in values}
            line = reader.line_num + 1


def read_frame(source: Path, schema: TableSchema) -> pd.DataFrame:
    """A sound CSV as a typed data frame."""
    import pandas as pd  # noqa: PLC0415  (a third of a second, which importing this package must not cost)

    dtypes = {field.name: DTYPES[field.type] for field in schema.fields}
    dates = [name for name, dtype in dtypes.items() if dtype == DTYPES["date"]]
    frame = pd.read_csv(
        source,
        encoding="utf-8",
        dtype={name: dtype for name, dtype in dtypes.items() if name not in dates},
        keep_default_na=False,
        na_values=[""],
        parse_dates=dates,
        date_format="%Y-%m-%d",
    )
    # A column of nothing but empty cells is read as numbers, whatever it is asked to be.
    return frame.astype(dict.fromkeys(dates, DTYPES["date"]))
