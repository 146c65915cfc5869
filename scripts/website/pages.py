"""The pages of one language: each with its address, its template and what the template shows."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from documents.markdown_codebook import limits
from localized_package import Row, figure_text
from wuxi_outsourcing.engine.package import EVIDENCE, SOURCES
from wuxi_outsourcing.engine.schema import TableSchema

from .article_page import article
from .charts_page import charts
from .downloads import Download
from .localized_site import LocalizedSite, bilingual_names, has_pages, row_key
from .questions_page import questions
from .shown_cells import NOTE, Column, columns, constant, exact, facets, heading, heading_column, shown

Page = tuple[str, str, Mapping[str, Any]]
Files = Mapping[str, list[Download]]


def pages(site: LocalizedSite, files: Files) -> Iterator[Page]:
    """Every page of the site in one language."""
    sources = article(site)
    yield "index.html", "index.html", _index(site)
    yield "article.html", "article.html", {"sources": sources}
    yield "charts.html", "charts.html", charts(site, sources)
    yield "codebook.html", "codebook.html", {"schemas": site.tables}
    groups = [(site.words[word], files[name]) for name, word in _GROUPS.items()]
    asked = questions(site)
    if asked:
        yield "questions.html", "questions.html", {"blocks": asked}
    yield "downloads.html", "downloads.html", {"groups": groups, "questions": asked[0][1] if asked else ""}
    yield "about.html", "about.html", _about(site)
    for schema in site.tables:
        yield f"tables/{schema.name}.html", "table.html", _table(site, schema, files)
        for row in site.localized.rows[schema.name] if has_pages(schema) else ():
            address = site.row_address(schema.name, schema.row_id(row)).partition("/")[2]
            yield address, "row.html", _row(site, schema, row)


_GROUPS = {"everything": "everything", "tables": "by_table", "metadata": "metadata"}


def _index(site: LocalizedSite) -> dict[str, Any]:
    localized = site.localized
    rows = sum(len(localized.rows[schema.name]) for schema in site.tables if has_pages(schema))
    counts = [
        _counted(site, "count_tables", len(site.tables)),
        _counted(site, "count_rows", rows),
        _counted(site, "count_citations", len(localized.rows[EVIDENCE])),
        _counted(site, "count_sources", len(localized.rows[SOURCES])),
    ]
    tables = [(schema, len(localized.rows[schema.name])) for schema in site.tables]
    return {"counts": counts, "tables": tables, "example": _example(site)}


def _counted(site: LocalizedSite, name: str, count: int) -> tuple[int, str]:
    """A number with its noun in the singular or plural."""
    return count, site.words[name][count != 1]


def _example(site: LocalizedSite) -> dict[str, Any] | None:
    """The cell with the largest figure that is printed in words of the source."""
    found = [
        (row[field.name], schema, row, field)
        for schema, field in site.localized.fields
        if field.rule == "quantity"
        for row in site.localized.rows[schema.name]
        if row[field.name] is not None
    ]
    if not found:
        return None
    _, schema, row, field = max(found, key=lambda item: item[0])
    cell = shown(site, schema, row, Column(field, ""))
    return {"schema": schema, "row_id": schema.row_id(row), "heading": site.heading(schema, row)[0], "cell": cell}


def _about(site: LocalizedSite) -> dict[str, Any]:
    listed = [line.removeprefix("- ") for line in limits(site.localized)]
    guide = "CONTRIBUTING.zh-CN.md" if site.language == "zh" else "CONTRIBUTING.md"
    return {"limits": listed, "bibtex": site.localized.package.citation("bibtex"), "guide": guide}


def _table(site: LocalizedSite, schema: TableSchema, files: Files) -> dict[str, Any]:
    rows = site.localized.rows[schema.name]
    every = columns(site, schema)
    constants = [column for column in every if constant(site, schema, column)]
    varying = [column for column in every if column not in constants]
    filters = facets(site, schema)
    headed = bool(bilingual_names(schema)) and bool(rows)
    # What the row is called, and then its figure: the eye finds the value first.
    first = [heading_column(site, schema)] if headed else []
    varying.sort(key=lambda column: column.field.rule != "quantity")
    lines = []
    for row in rows:
        cells = [(column, shown(site, schema, row, column)) for column in varying]
        if headed and (head := heading(site, schema, row)):
            cells.insert(0, (first[0], head))
        row_id = schema.row_id(row)
        lines.append(
            {
                "id": row_id,
                "key": quote(row_key(row_id), safe=""),
                "cells": cells,
                "facets": {field.name: exact(row[field.name]) for field, _, _ in filters},
                "note": _note(site, schema, row),
            }
        )
    return {
        "schema": schema,
        "headed": headed,
        "rows": lines,
        "heads": [*first, *varying],
        "constants": [(column, shown(site, schema, rows[0], column)) for column in constants],
        "facets": filters,
        # Sorted by location, the quotes would stand in the order of the article.
        "sortable": schema.name != EVIDENCE and len(rows) > 1,
        "files": [file for file in files["tables"] if file.table == schema.name],
    }


def _row(site: LocalizedSite, schema: TableSchema, row: Row) -> dict[str, Any]:
    row_id = schema.row_id(row)
    names = [
        (other, field, other.row_id(at)) for other, field, at in site.rows_pointing_to.get((schema.name, row_id), ())
    ]
    others = site.corroborations_by_row.get((schema.name, row_id), [])
    return {
        "schema": schema,
        "row_id": row_id,
        "key": quote(row_key(row_id), safe=""),
        "heading": site.heading(schema, row),
        "entries": list(_entries(site, schema, row)),
        "others": [(other, figure_text(site.localized, "corroborations", other)) for other in others],
        "pointers": [
            (other, field, at, site.heading(other, site.rows_by_id[other.name][at])[0]) for other, field, at in names
        ],
        "correction": site.correction(schema.name, row_id, "", ""),
    }


def _entries(site: LocalizedSite, schema: TableSchema, row: Row) -> Iterator[dict[str, Any]]:
    """The fields of a row; the two languages of a text are one entry."""
    done: set[str] = set()
    own = bilingual_names(schema)
    for field in schema:
        if field.name in done:
            continue
        base = field.name[:-3] if field.name[:-3] in own and field.name.endswith(("_en", "_zh")) else ""
        ends = (site.language, site.other_language)
        fields = [schema[f"{base}_{end}"] for end in ends] if base else [field]
        done |= {each.name for each in fields}
        cells = [shown(site, schema, row, Column(each, "")) for each in fields]
        classes = dict.fromkeys(site.words["classes"][each.provenance] for each in fields)
        now = " / ".join(cell.exact for cell in cells if cell.exact)
        yield {
            "title": site.localized.title(fields[0]),
            "cells": cells,
            "figure": field.rule == "quantity" and bool(cells[0].texts),
            "provenance": " · ".join(classes),
            "correction": site.correction(schema.name, schema.row_id(row), fields[0].name, now),
        }


def _note(site: LocalizedSite, schema: TableSchema, row: Row) -> Any:  # noqa: ANN401  (a cell, or None)
    if NOTE not in bilingual_names(schema) or row[f"{NOTE}_{site.language}"] is None:
        return None
    return shown(site, schema, row, Column(schema[f"{NOTE}_{site.language}"], ""))
