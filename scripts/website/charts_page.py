"""The charts as HTML, so that every mark leads to its row and the text can be read on a phone."""

from typing import Any
from xml.etree.ElementTree import fromstring

from charts import CHARTS, draw_chart
from localized_package import Row, figure_text_with_whole
from palette import table_hues
from wuxi_outsourcing.engine.schema import TableSchema

from .localized_site import LocalizedSite

_FULL = 100
_SVG = "{http://www.w3.org/2000/svg}"
_KINDS = ("measure", "kind")  # what says which figures of a table are of one kind


def charts(site: LocalizedSite, sources: list[dict[str, Any]]) -> dict[str, Any]:
    """What the page shows."""
    panels, years = _panels(site), _years(site)
    strips = [paragraph for source in sources for paragraph in source["paragraphs"]]
    marks = [*panels, *(event for _, events in years for event in events)]
    marks += [mark for strip in strips for mark in strip["marks"]]
    shown = {mark["hue"] for mark in marks}
    legend = [
        {"schema": site.localized.package.schema(table), "hue": hue}
        for table, hue in table_hues(site.localized).items()
        if hue in shown
    ]
    pictures = [_picture(site, name) for name in CHARTS]
    return {"legend": legend, "panels": panels, "years": years, "strips": strips, "pictures": pictures}


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
    kind_field = next((name for name in _KINDS if name in schema and schema[name].vocabulary), None)
    kinds = list(schema[kind_field].vocabulary) if kind_field else [""]
    groups = _groups(site.localized.rows[schema.name], kind_field)
    panels = []
    for kind, unit in sorted(groups, key=lambda group: (kinds.index(group[0]), group[1])):
        title = site.localized.title(schema)
        if kind_field:
            title = site.localized.short_label(schema.name, kind_field, kind)
        panels.append(
            {
                "title": title[:1].upper() + title[1:],
                "table": site.localized.title(schema),
                "hue": table_hues(site.localized)[schema.name],
                "bars": _bars(site, schema, groups[kind, unit], drawn=unit not in ("", "rank")),
            }
        )
    return panels


def _groups(rows: list[Row], kind_field: str | None) -> dict[tuple[str, str], list[Row]]:
    """Rows by kind and unit. A figure without a number has no unit: it is last among those of the first unit."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        kind = row[kind_field] if kind_field else ""
        groups.setdefault((kind, row["unit"] or ""), []).append(row)
    for kind in {kind for kind, _ in groups}:
        units = sorted(unit for other, unit in groups if other == kind and unit)
        if units and (kind, "") in groups:
            groups[kind, units[0]] += groups.pop((kind, ""))
    return groups


def _bars(site: LocalizedSite, schema: TableSchema, rows: list[Row], *, drawn: bool) -> list[dict[str, Any]]:
    values = [row["value"] for row in rows if row["value"] is not None and row["value"] >= 0]
    largest = max(values, default=0)
    compared = drawn and len(values) > 1 and largest > 0
    bars = []
    for row in sorted(rows, key=lambda row: (-(row["value"] or 0), schema.row_id(row))):
        shown = compared and row["value"] is not None and row["value"] >= 0
        bars.append(
            {
                "address": site.row_address(schema.name, schema.row_id(row)),
                "label": site.heading(schema, row)[0],
                "when": _when(schema, row),
                "figure": figure_text_with_whole(site.localized, schema.name, row),
                "width": f"{_FULL * row['value'] / largest:.2f}" if shown else None,
            }
        )
    return bars


def _when(schema: TableSchema, row: Row) -> str:
    """The year or day that the source gives for a row."""
    dated = [row[field.name] for field in schema if field.rule in ("year", "date") and row[field.name] is not None]
    return str(dated[0]) if dated else ""


def _years(site: LocalizedSite) -> list[tuple[int, list[dict[str, Any]]]]:
    """The rows of every table with a year in the source, by year."""
    colours = table_hues(site.localized)
    years: dict[int, list[dict[str, Any]]] = {}
    for schema, field in site.localized.fields:
        for row in site.localized.rows[schema.name] if field.rule == "year" else ():
            if row[field.name] is not None:
                event = {
                    "address": site.row_address(schema.name, schema.row_id(row)),
                    "label": site.heading(schema, row)[0],
                    "table": site.localized.title(schema),
                    "hue": colours[schema.name],
                }
                years.setdefault(row[field.name], []).append(event)
    return sorted(years.items())
