"""The files of the series: the figures of all indicators over time, as CSV and Parquet, and their Table Schema.

They are made from the tables, and no part of the data package; the site offers them, and a release has them.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

from wuxi_outsourcing.engine.canonical_csv import csv_text
from wuxi_outsourcing.engine.csv_files import Value
from wuxi_outsourcing.engine.export.parquet import arrow_table, write_table
from wuxi_outsourcing.engine.json_files import json_text
from wuxi_outsourcing.engine.package import Package
from wuxi_outsourcing.indicator_series import SERIES, TABLES, series_definition, series_frame, series_schema

SERIES_FILES = {
    f"{SERIES}.csv": "csv",
    f"{SERIES}.parquet": "parquet_file",
    f"{SERIES}.json": "schema",
}
"""The name of each file, with what the site calls its kind."""


def write_series(package: Package, folder: Path) -> dict[str, str]:
    """Write the files into a folder, and give their names and kinds; none for a package that lacks the tables."""
    if not package.paths.keys() >= TABLES:
        return {}
    frame = series_frame(package)
    definition = series_definition(package)
    values = frame.astype("object").where(frame.notna(), None)
    records = [[_cell(value) for value in row] for row in values.itertuples(index=False)]
    _write(folder / f"{SERIES}.csv", csv_text([frame.columns.tolist(), *records]))
    write_table(arrow_table(frame, series_schema(package), definition, package.citation()), SERIES, folder)
    _write(folder / f"{SERIES}.json", json_text(definition))
    return SERIES_FILES


def _cell(value: Value) -> str:
    """A value as the cell of a CSV in canonical form.

    >>> [_cell(value) for value in (None, 2020, 135000000000.0, -5.6, date(2020, 12, 31), "CNY")]
    ['', '2020', '135000000000', '-5.6', '2020-12-31', 'CNY']
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{Decimal(str(value)).normalize():f}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return str(value)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
