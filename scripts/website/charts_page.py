"""The charts as HTML, so that every mark leads to its row and the text can be read on a phone."""

from collections.abc import Collection
from itertools import chain
from typing import Any
from xml.etree.ElementTree import fromstring

from charts import CHARTS, draw_chart
from charts.figure_panels import panels_of, subject_of
from charts.indicator_figures import (
    TRANSCRIBED,
    Figure,
    all_figures,
    aspects,
    circumstances,
    names_of_several_places,
)
from localized_package import Row, figure_text_with_whole
from palette import table_hues
from wuxi_outsourcing.engine.package import SOURCES
from wuxi_outsourcing.engine.schema import TableSchema

from .localized_site import LocalizedSite

_FULL = 100
_SVG = "{http://www.w3.org/2000/svg}"


def charts(site: LocalizedSite, sources: list[dict[str, Any]]) -> dict[str, Any]:
    """What the page shows."""
    panels = _panels(site)
    years = _years(site)
    strips = list(chain.from_iterable(source["paragraphs"] for source in sources))
    marks = []
    for panel in panels:
        marks += panel["bars"]
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
    """The figures of each indicator and place, transcribed and of other public sources, in the order of time."""
    figures = all_figures(site.localized)
    places = names_of_several_places(site.localized, [figure.row for figure in figures])
    largest = {}
    for panel in panels_of(figures):
        largest[panel.figures[0].kind] = max(panel.values)
    by_subject: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        by_subject.setdefault(subject_of(figure), []).append(figure)
    lists = []
    for (_, place), own in by_subject.items():
        bars = [_bar(site, figure, largest.get(figure.kind, 0)) for figure in own]
        title = site.localized.text(own[0].indicator, "label")
        lists.append({"title": title, "place": places.get(place, ""), "bars": bars})
    return lists


def _bar(site: LocalizedSite, figure: Figure, largest: float) -> dict[str, Any]:
    """A figure. It has a bar only if there is another to compare it with."""
    localized = site.localized
    width = None
    if largest > 0 and figure.is_comparable and figure.values[0] >= 0:
        width = f"{_FULL * figure.values[0] / largest:.2f}"
    return {
        "address": site.row_address(figure.table, figure.row_id),
        "label": " · ".join([*circumstances(localized, figure), *aspects(localized, figure)]),
        "publisher": _publisher(site, figure),
        "figure": figure_text_with_whole(localized, figure.table, figure.row),
        "width": width,
        "hue": table_hues(localized)[figure.table],
    }


def _publisher(site: LocalizedSite, figure: Figure) -> str:
    """Who reports a figure, or the source that it is transcribed from."""
    if figure.origin == TRANSCRIBED:
        source = site.rows_by_id[SOURCES][figure.row["source_id"]]
        return site.localized.text(source, "title")
    return site.localized.text(figure.row, "publisher")


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
