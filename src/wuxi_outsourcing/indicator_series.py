"""Series: the figures of an indicator over time, those of the package's sources and of other public ones in one frame.

The tables that it reads are those of this data set: `indicators`, `industry_metrics`, `corroborations` and `sources`.
Its columns are described in `series.json`, a Table Schema like theirs, in which a field that has `as_in` is
described as in that table.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .engine.csv_files import line_of
from .engine.frames import DTYPES, LANGUAGES, attributes, with_labels
from .engine.json_files import Json, JsonFile, json_text, read_json
from .engine.package import CORROBORATIONS, SOURCES
from .engine.problems import Problem, UnknownName, Unusable
from .engine.schema_reading import table_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from .engine.frames import Language
    from .engine.package import Package
    from .engine.schema import TableSchema

SERIES = "series"
"""The name of the frame and its file, which no table of a package has."""
INDICATORS, OBSERVATIONS = "indicators", "industry_metrics"
TABLES = {INDICATORS, OBSERVATIONS, CORROBORATIONS, SOURCES}
"""The tables that a package needs for it."""
TRANSCRIBED, OUTSIDE = "transcribed", "outside"
"""The terms of `provenance`."""
# What a series is sorted by. The figures of an indicator itself come before those with a relation, such as its growth.
_ORDER = [
    "indicator_id",
    "place_id",
    "relation",
    "partner_id",
    "segment",
    "within_id",
    "unit",
    "period",
]
_Figure = dict[str, Any]


def series_frame(package: Package, *indicators: str, labels: Language | None = None) -> pd.DataFrame:
    """The figures of some indicators, or of all, sorted by series and period, with a plain RangeIndex.

    Raises UnknownName for an indicator, a table or a language that is not there, and Unusable.
    """
    import pandas as pd  # noqa: PLC0415  (slow to import)

    if labels not in (None, *LANGUAGES):
        raise UnknownName("language", str(labels), LANGUAGES)
    schema = series_schema(package)
    known = {str(row["indicator_id"]): row for row in package.rows(INDICATORS)}
    names = list(known)
    for indicator in indicators:
        if indicator not in names:
            raise UnknownName("indicator", indicator, names)
    figures = []
    for figure in (*_observations(package), *_outside_figures(package)):
        if figure["indicator_id"] in (indicators or names):
            about = known[figure["indicator_id"]]
            figures.append(figure | {"label_en": about["label_en"], "label_zh": about["label_zh"]})
    frame = pd.DataFrame(figures, columns=schema.names)
    frame = frame.astype({field.name: DTYPES[field.type] for field in schema})
    # The sort is stable: of one period, transcribed figures stay before those of other sources.
    frame = frame.sort_values(_ORDER, key=_sorted_by, kind="stable", ignore_index=True)
    if labels:
        frame = with_labels(frame, schema, labels)
    frame.attrs.update(attributes(package.json_file, schema, labels or "en"))
    return frame


def series_definition(package: Package) -> Json:
    """The Table Schema of the frame, as JSON. Raises UnknownName for a table or field that is not there."""
    definition: Json = read_json(Path(__file__).parent, f"{SERIES}.json").value
    fields = [_field_definition(package, field) for field in definition["fields"]]
    return definition | {"fields": fields}


def series_schema(package: Package) -> TableSchema:
    """The same as values."""
    definition = series_definition(package)
    return table_schema(SERIES, JsonFile(f"{SERIES}.json", json_text(definition), definition))


def _field_definition(package: Package, field: Json) -> Json:
    """A field of the frame. Where a table has it too, it has the type, the words and the terms that it has there."""
    if "as_in" not in field:
        return field
    table = field["as_in"]
    of_table = package.schema(table)[field["name"]]
    definition: Json = dict(package.schema_file(table).value["fields"][package.schema(table).fields.index(of_table)])
    # The citations are those of the row in the table, to which the frame refers.
    definition.pop("rule", None)
    definition.pop("cited_with", None)
    definition["provenance"] = "reference"
    # Outside figures may lack what every observation has.
    constraints = {**of_table.constraints, "required": field.get("required", False)}
    own = {key: value for key, value in field.items() if key not in ("as_in", "required")}
    return definition | own | {"constraints": constraints}


def _sorted_by(cells: pd.Series[Any]) -> pd.Series[Any]:
    """What a column is sorted by: an empty cell comes first, but a figure without a period last."""
    return cells.fillna("~" if cells.name == "period" else "")


def _observations(package: Package) -> Iterator[_Figure]:
    """The observations, each with the source that it is transcribed from."""
    sources = {row.get("source_id"): row for row in package.rows(SOURCES)}
    for row, figure in _figures(package, OBSERVATIONS):
        source = sources.get(row.get("source_id"), {})
        figure["provenance"] = TRANSCRIBED
        figure["source_en"] = source.get("title_en")
        figure["source_zh"] = source.get("title_zh")
        figure["url"] = source.get("url")
        yield figure


def _outside_figures(package: Package) -> Iterator[_Figure]:
    """What other public sources report of an indicator."""
    for row, figure in _figures(package, CORROBORATIONS):
        figure["provenance"] = OUTSIDE
        figure["source_en"] = row.get("publisher_en")
        figure["source_zh"] = row.get("publisher_zh")
        yield figure


def _figures(package: Package, table: str) -> Iterator[tuple[Mapping[str, Any], _Figure]]:
    """The rows of a table that are about an indicator, each with what it gives to a series."""
    schema = package.schema(table)
    for index, row in enumerate(package.rows(table)):
        if row.get("indicator_id") is None:
            continue
        figure: _Figure = dict(row)
        try:
            figure["period"], figure["period_end"] = _period(row)
        except (TypeError, ValueError, AttributeError) as error:
            fix = "Run `wuxi-outsourcing validate` on the folder to see what is wrong."
            problem = Problem(package.paths[table], line_of(index), None, f"the row has no clear period ({error})", fix)
            raise Unusable(problem) from None
        figure["table"] = table
        figure["row_id"] = schema.row_id(row)
        yield row, figure


def _period(row: Mapping[str, Any]) -> tuple[str | None, date | None]:
    """The period of a figure in ISO 8601, and its last day; None for both where the source gives no time."""
    year, months, day = (row.get(name) for name in ("year", "months", "as_of"))
    if day is not None:
        return day.isoformat(), day
    if year is None:
        return None, None
    if months is None:
        return f"{year}", date(year, 12, 31)
    first, last = months.split("-")
    last_day = date(year, int(last), monthrange(year, int(last))[1])
    if first == last:
        return f"{year}-{first}", last_day
    return f"{year}-{first}/{year}-{last}", last_day
