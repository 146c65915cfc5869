"""The pages of one language: each with its address, its template and what the template shows."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from documents.limits import limits
from localized_package import Row, figure_text
from wuxi_outsourcing.engine.package import CORROBORATIONS, EVIDENCE, SOURCES
from wuxi_outsourcing.engine.schema import Field, TableSchema

from .article_page import article
from .charts_page import charts
from .downloads import Download
from .facets import facets
from .localized_site import LocalizedSite, bilingual_name, bilingual_names, has_pages, row_key
from .questions_page import questions
from .shown_cells import NOTE, Cell, Column, columns, constant, exact, heading, heading_column, shown

Page = tuple[str, str, Mapping[str, Any]]
Files = Mapping[str, list[Download]]
Shown = tuple[Column, Cell | None]


def pages(site: LocalizedSite, files: Files) -> Iterator[Page]:
    """Every page of the site in one language."""
    sources = article(site)
    yield "index.html", "index.html", _index(site)
    yield "article.html", "article.html", {"sources": sources}
    yield "charts.html", "charts.html", charts(site, sources)
    yield "codebook.html", "codebook.html", {"schemas": site.tables}
    blocks = questions(site)
    if blocks:
        yield "questions.html", "questions.html", {"blocks": blocks}
    yield "downloads.html", "downloads.html", _downloads(site, files, blocks)
    yield "about.html", "about.html", _about(site)
    for schema in site.tables:
        yield f"tables/{schema.name}.html", "table.html", _table(site, schema, files)
        if has_pages(schema):
            for row in site.localized.rows[schema.name]:
                address = site.row_address(schema.name, schema.row_id(row))
                yield address.removeprefix(f"{site.language}/"), "row.html", _row(site, schema, row)


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


# The groups of downloads, each with the name of its heading among the words.
_GROUPS = {"everything": "everything", "series": "by_indicator", "tables": "by_table", "metadata": "metadata"}


def _downloads(site: LocalizedSite, files: Files, blocks: list[tuple[str, str]]) -> dict[str, Any]:
    """The files to download by group, and the heading of the page of questions, if there is one."""
    groups = [(site.words[word], files[name]) for name, word in _GROUPS.items()]
    heading_of_questions = blocks[0][1] if blocks else ""
    return {"groups": groups, "questions": heading_of_questions}


def _counted(site: LocalizedSite, name: str, count: int) -> tuple[int, str]:
    """A number with its noun in the singular or plural."""
    return count, site.words[name][count != 1]


def _example(site: LocalizedSite) -> dict[str, Any] | None:
    """The cell with the largest figure, as an example of one that is read from a quote."""
    figures = []
    for schema, field in site.localized.fields:
        if field.rule == "quantity":
            rows = [row for row in site.localized.rows[schema.name] if row[field.name] is not None]
            figures += [(row[field.name], schema, row, field) for row in rows]
    if not figures:
        return None
    _, schema, row, field = max(figures, key=lambda figure: figure[0])
    cell = shown(site, schema, row, Column(field, ""))
    return {"schema": schema, "row_id": schema.row_id(row), "heading": site.heading(schema, row)[0], "cell": cell}


def _about(site: LocalizedSite) -> dict[str, Any]:
    listed = [line.removeprefix("- ") for line in limits(site.localized)]
    guide = "CONTRIBUTING.zh-CN.md" if site.language == "zh" else "CONTRIBUTING.md"
    return {"limits": listed, "bibtex": site.localized.package.citation("bibtex"), "guide": guide}


def _table(site: LocalizedSite, schema: TableSchema, files: Files) -> dict[str, Any]:
    """A table: the cells that are the same in every row, the filters, and a line for each row."""
    rows = site.localized.rows[schema.name]
    constants, varying = _constant_and_varying(site, schema)
    headed = bool(bilingual_names(schema)) and bool(rows)
    first = [heading_column(site, schema)] if headed else []
    filters = facets(site, schema)
    filter_names = [field.name for field, _, _ in filters]
    lines = []
    for row in rows:
        cells = _cells(site, schema, row, first, varying)
        lines.append(_line(site, schema, row, cells, filter_names))
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


def _constant_and_varying(site: LocalizedSite, schema: TableSchema) -> tuple[list[Column], list[Column]]:
    """The columns that are the same in every row, and the others, with the figure first."""
    every_column = columns(site, schema)
    constants = [column for column in every_column if constant(site, schema, column)]
    varying = [column for column in every_column if column not in constants]
    # What the row is called, and then its figure: the eye finds the value first.
    varying.sort(key=lambda column: column.field.rule != "quantity")
    return constants, varying


def _line(
    site: LocalizedSite, schema: TableSchema, row: Row, cells: list[Shown], filter_names: list[str]
) -> dict[str, Any]:
    """A row of a table, as its line on the page."""
    row_id = schema.row_id(row)
    return {
        "id": row_id,
        "key": quote(row_key(row_id), safe=""),
        "cells": cells,
        "facets": {name: exact(row[name]) for name in filter_names},
        "note": _note(site, schema, row),
    }


def _cells(
    site: LocalizedSite, schema: TableSchema, row: Row, first: list[Column], varying: list[Column]
) -> list[Shown]:
    """The heading of a row, where the table has one, and its cells, each with its column."""
    cells: list[Shown] = [(column, heading(site, schema, row)) for column in first]
    cells += [(column, shown(site, schema, row, column)) for column in varying]
    return cells


def _row(site: LocalizedSite, schema: TableSchema, row: Row) -> dict[str, Any]:
    row_id = schema.row_id(row)
    corroborations = site.corroborations_by_row.get((schema.name, row_id), [])
    pointing = site.rows_pointing_to.get((schema.name, row_id), [])
    return {
        "schema": schema,
        "row_id": row_id,
        "key": quote(row_key(row_id), safe=""),
        "heading": site.heading(schema, row),
        "entries": list(_entries(site, schema, row)),
        "others": [(other, figure_text(site.localized, CORROBORATIONS, other)) for other in corroborations],
        "pointers": [_pointer(site, *pointer) for pointer in pointing],
        "correction": site.correction(schema.name, row_id, "", ""),
    }


def _pointer(site: LocalizedSite, schema: TableSchema, field: Field, row: Row) -> tuple[TableSchema, Field, str, str]:
    """A row that points to another one: its table, the field that does, its ID and what it is called."""
    own_heading, _ = site.heading(schema, row)
    return schema, field, schema.row_id(row), own_heading


def _entries(site: LocalizedSite, schema: TableSchema, row: Row) -> Iterator[dict[str, Any]]:
    """The fields of a row. The two languages of a text are one entry."""
    done: set[str] = set()
    for field in schema:
        if field.name in done:
            continue
        names = [field.name]
        base = bilingual_name(schema, field)
        if base:
            names = [f"{base}_{site.language}", f"{base}_{site.other_language}"]
        done.update(names)
        fields = [schema[name] for name in names]
        yield _entry(site, schema, row, fields)


def _entry(site: LocalizedSite, schema: TableSchema, row: Row, fields: list[Field]) -> dict[str, Any]:
    """A field with its cell, or both languages of a text with theirs."""
    first = fields[0]
    cells = [shown(site, schema, row, Column(field, "")) for field in fields]
    classes = dict.fromkeys(site.words["classes"][field.provenance] for field in fields)
    present = " / ".join(cell.exact for cell in cells if cell.exact)
    return {
        "title": site.localized.title(first),
        "cells": cells,
        "figure": first.rule == "quantity" and bool(cells[0].texts),
        "provenance": " · ".join(classes),
        "correction": site.correction(schema.name, schema.row_id(row), first.name, present),
    }


def _note(site: LocalizedSite, schema: TableSchema, row: Row) -> Any:  # noqa: ANN401  (a cell, or None)
    """The note on a row in the language of the page, if there is one."""
    name = f"{NOTE}_{site.language}"
    if NOTE not in bilingual_names(schema) or row[name] is None:
        return None
    return shown(site, schema, row, Column(schema[name], ""))
