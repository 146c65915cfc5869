"""The charts as HTML, so that every mark leads to its row and the text can be read on a phone."""

from collections.abc import Collection
from itertools import chain
from typing import Any
from xml.etree.ElementTree import fromstring

from charts import CHARTS, draw_chart
from localized_package import INDICATORS, Row, figure_text_with_whole
from palette import table_hues
from wuxi_outsourcing.engine.schema import TableSchema

from .localized_site import LocalizedSite

_FULL = 100
_SVG = "{http://www.w3.org/2000/svg}"
# The field that says which figures are of one kind: that of the table, or else that of the indicators.
_KIND, _MEASURE = "kind", "measure"


def charts(site: LocalizedSite, sources: list[dict[str, Any]]) -> dict[str, Any]:
    """What the page shows."""
    panels = _panels(site)
    years = _years(site)
    strips = list(chain.from_iterable(source["paragraphs"] for source in sources))
    marks = [*panels]
    for _, events in years:
        marks += events
    for strip in strips:
        marks += strip["marks"]
    shown_hues = {mark["hue"] for mark in marks}
    pictures = [_picture(site, name) for name in CHARTS]
    return {
        "legend": _legend(site, shown_hues),
        "panels": panels,
        "years": years,
        "strips": strips,
        "pictures": pictures,
    }


def _legend(site: LocalizedSite, shown_hues: Collection[int]) -> list[dict[str, Any]]:
    """The tables whose colours are shown."""
    legend = []
    for table, hue in table_hues(site.localized).items():
        if hue in shown_hues:
            legend.append({"schema": site.localized.package.schema(table), "hue": hue})
    return legend


def _picture(site: LocalizedSite, name: str) -> dict[str, Any]:
    """A chart as it is drawn, with the title and the height that it has."""
    chart = fromstring(draw_chart(site.localized, name))  # noqa: S314  (our own chart)
    return {
        "title": chart.findtext(f"{_SVG}title"),
        "name": f"{name}.{site.language}.svg",
        "address": f"charts/{name}.{site.language}.svg",
        "height": int(float(chart.attrib["height"])),
    }


def _panels(site: LocalizedSite) -> list[dict[str, Any]]:
    """The figures of each table, by kind and unit."""
    panels = []
    for schema in site.tables:
        if "value" in schema and schema["value"].rule == "quantity":
            panels += _panels_of_table(site, schema)
    return panels


def _panels_of_table(site: LocalizedSite, schema: TableSchema) -> list[dict[str, Any]]:
    """The panels of a table: its kinds in the order of their vocabulary, and of each its units."""
    described_by = _kind_schema(site, schema)
    kind_field = None
    kinds = [""]
    if described_by:
        kind_field = _KIND if described_by is schema else _MEASURE
        kinds = list(described_by[kind_field].vocabulary)
    groups = _groups(site, schema, kind_field)
    in_order = sorted(groups, key=lambda group: (kinds.index(group[0]), group[1]))
    panels = []
    for kind, unit in in_order:
        title = site.localized.title(schema)
        if described_by and kind_field:
            title = site.localized.label(described_by.name, kind_field, kind)
        panels.append(
            {
                "title": title,
                "table": site.localized.title(schema),
                "hue": table_hues(site.localized)[schema.name],
                "bars": _bars(site, schema, groups[kind, unit], drawn=unit not in ("", "rank")),
            }
        )
    return panels


def _kind_schema(site: LocalizedSite, schema: TableSchema) -> TableSchema | None:
    """The table whose vocabulary says of which kind the figures of a table are; None without one."""
    if _KIND in schema and schema[_KIND].vocabulary:
        return schema
    for other in site.tables:
        if other.name == INDICATORS and _MEASURE in other and "indicator_id" in schema:
            return other
    return None


def _groups(site: LocalizedSite, schema: TableSchema, kind_field: str | None) -> dict[tuple[str, str], list[Row]]:
    """Figures by kind and unit. One without a number has no unit: it is last among those of the first unit."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in site.localized.rows[schema.name]:
        if row["value"] is None and row.get("qualifier") is None:
            continue
        kind = str(site.localized.characteristic(row, kind_field)) if kind_field else ""
        unit = row["unit"] or ""
        groups.setdefault((kind, unit), []).append(row)
    kinds_without_unit = [kind for kind, unit in groups if not unit]
    for kind in kinds_without_unit:
        units = sorted(unit for other, unit in groups if other == kind and unit)
        if units:
            groups[kind, units[0]] += groups.pop((kind, ""))
    return groups


def _bars(site: LocalizedSite, schema: TableSchema, rows: list[Row], *, drawn: bool) -> list[dict[str, Any]]:
    """The figures of a panel, the largest first. They have bars only if there are two or more to compare."""
    values = [row["value"] for row in rows if _can_have_bar(row)]
    largest = max(values, default=0)
    have_bars = drawn and len(values) > 1 and largest > 0
    bars = []
    for row in sorted(rows, key=lambda row: (-(row["value"] or 0), schema.row_id(row))):
        width = None
        if have_bars and _can_have_bar(row):
            width = f"{_FULL * row['value'] / largest:.2f}"
        bars.append(
            {
                "address": site.row_address(schema.name, schema.row_id(row)),
                "label": site.heading(schema, row)[0],
                "when": _when(schema, row),
                "figure": figure_text_with_whole(site.localized, schema.name, row),
                "width": width,
            }
        )
    return bars


def _can_have_bar(row: Row) -> bool:
    """Whether a figure has a number that is not below zero."""
    return row["value"] is not None and row["value"] >= 0


def _when(schema: TableSchema, row: Row) -> str:
    """The year or day that the source gives for a row."""
    for field in schema:
        if field.rule in ("year", "date") and row[field.name] is not None:
            return str(row[field.name])
    return ""


def _years(site: LocalizedSite) -> list[tuple[int, list[dict[str, Any]]]]:
    """The rows of every table with a year in the source, by year."""
    years: dict[int, list[dict[str, Any]]] = {}
    for schema, field in site.localized.fields:
        if field.rule != "year":
            continue
        for row in site.localized.rows[schema.name]:
            year = row[field.name]
            if year is not None:
                years.setdefault(year, []).append(_event(site, schema, row))
    return sorted(years.items())


def _event(site: LocalizedSite, schema: TableSchema, row: Row) -> dict[str, Any]:
    return {
        "address": site.row_address(schema.name, schema.row_id(row)),
        "label": site.heading(schema, row)[0],
        "table": site.localized.title(schema),
        "hue": table_hues(site.localized)[schema.name],
    }
