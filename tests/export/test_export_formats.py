"""Every format, read back by a library that did not write it, and compared with the CSVs cell by cell."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import apsw
import openpyxl
import polars as pl
import pytest
import xlsxwriter
from openpyxl.utils import get_column_letter

from support import FROZEN, ROOT, export_all
from wuxi_outsourcing import TableSchema
from wuxi_outsourcing.engine.export import workbook
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.package import EVIDENCE, Package

PACKAGE = open_package(FROZEN)
Records = list[list[str]]


def from_sqlite(path: Path, schema: TableSchema) -> Iterable[Iterable[Any]]:
    rows: list[Any] = apsw.Connection(str(path)).execute(f'SELECT * FROM "{schema.name}"').fetchall()
    return rows


def from_parquet(path: Path, schema: TableSchema) -> Iterable[Iterable[Any]]:
    return pl.read_parquet(path / f"{schema.name}.parquet").rows()


def from_workbook(path: Path, schema: TableSchema) -> Iterable[Iterable[Any]]:
    names, *rows = read_workbook(path)[schema.name].iter_rows(min_row=4, values_only=True)
    return [[dict(zip(names, row, strict=True)).get(name) for name in schema.names] for row in rows]


def from_json(path: Path, schema: TableSchema) -> Iterable[Iterable[Any]]:
    rows = json.loads(path.read_text(encoding="utf-8"))["tables"][schema.name]["rows"]
    return [[row[name] for name in schema.names] for row in rows]


READERS: dict[str, Callable[[Path, TableSchema], Iterable[Iterable[Any]]]] = {
    "sqlite": from_sqlite,
    "parquet": from_parquet,
    "xlsx": from_workbook,
    "json": from_json,
}


@cache
def read_workbook(path: Path) -> openpyxl.Workbook:
    """A workbook, to read only."""
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))  # which asks no ending of a name


@pytest.fixture(scope="module")
def real_exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The real package in each format."""
    return export_all(ROOT, tmp_path_factory.mktemp("real"))


@pytest.mark.parametrize("of", ["frozen", "real"])
@pytest.mark.parametrize("to", READERS)
def test_every_cell(of: str, to: str, exports: dict[str, Path], real_exports: dict[str, Path]) -> None:
    """Catches a cell, row or table that is lost, rounded, retyped or reordered on the way."""
    package, path = (PACKAGE, exports[to]) if of == "frozen" else (open_package(ROOT), real_exports[to])
    for table, schema in package.schemas.items():
        if (to, table) != ("json", EVIDENCE):  # its citations are nested in the rows
            rows = sorted([as_text(schema, row) for row in READERS[to](path, schema)])
            assert rows == sorted(records(package, table)) != [], table


def test_json_nests_every_citation(exports: dict[str, Path]) -> None:
    """Catches a citation that is in no row, or in the row of another cell."""
    tables = json.loads(exports["json"].read_text(encoding="utf-8"))["tables"]
    nested = []
    for table, content in tables.items():
        schema = PACKAGE.schema(table)
        for row in content["rows"]:
            for field, citations in row["_evidence"].items():
                text = _text(schema[field].type, row[field])
                rule = schema[field].rule or ""
                cell = [table, schema.row_id(row), field, text, schema[field].provenance, rule]
                nested += [[*cell, *map(str, citation.values())] for citation in citations]
    assert sorted(nested) == frame_cells()


def test_sqlite_has_every_cell_and_corroboration(exports: dict[str, Path]) -> None:
    """Catches a citation or corroboration that a view loses, doubles or gives to another cell or row."""
    assert sorted(map(as_cell, view(exports, "cells"))) == frame_cells()
    for table in PACKAGE.paths:
        if table != "corroborations":
            others = [record for record in records(PACKAGE, "corroborations") if record[1] == table]
            found = view(exports, f"{table}_corroborated")
            assert sorted(row["corroboration_id"] for row in found) == sorted(record[0] for record in others)


def test_codebook_tables(exports: dict[str, Path]) -> None:
    """Catches a field, term or text of a term that the codebook of the database lacks, and a lost package property."""
    fields = {(row["table"], row["field"]): row for row in view(exports, "_fields")}
    terms = {(row["table"], row["field"], row["term"]): row for row in view(exports, "_terms")}
    assert fields.keys() == {(table, field.name) for table, schema in PACKAGE.schemas.items() for field in schema}
    for table, schema in PACKAGE.schemas.items():
        for field in schema:
            assert fields[table, field.name]["description_zh"] == field.description_zh
            unchecked = fields[table, field.name]["unchecked"] or ""
            assert ("pattern" in unchecked) == ("pattern" in field.constraints)
            for term, label in field.vocabulary.items():
                row = terms[table, field.name, term]
                assert (row["label"], row["label_zh"]) == (label, field.vocabulary_zh[term])
                assert row["description"] == field.term_descriptions[term]
                assert row["description_zh"] == field.term_descriptions_zh[term]
    about = {row["property"]: row["value"] for row in view(exports, "_package")}
    assert about["version"] == PACKAGE.version
    assert PACKAGE.descriptor["title"] in about["citation"]
    assert "reason" in about["omissions"]


def test_parquet_is_complete_in_itself(exports: dict[str, Path]) -> None:
    """Catches a folder that does not say what is in it: descriptor, types, hashes, codebook, citation."""
    descriptor = json.loads((exports["parquet"] / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        assert (exports["parquet"] / resource["path"]).stat().st_size == resource["bytes"]
        columns = pl.read_parquet_schema(exports["parquet"] / resource["path"])
        assert [field["name"] for field in resource["schema"]["fields"]] == list(columns)
    described = [resource["name"] for resource in descriptor["resources"]]
    assert described == [*PACKAGE.paths, "cells"]
    assert sorted(map(as_cell, pl.read_parquet(exports["parquet"] / "cells.parquet").to_dicts())) == frame_cells()
    codebook = (exports["parquet"] / "codebook.txt").read_text(encoding="utf-8")
    assert all(schema.description in codebook for schema in PACKAGE.schemas.values())
    metadata = pl.read_parquet_metadata(exports["parquet"] / "policies.parquet")
    assert PACKAGE.descriptor["title"] in metadata["citation"]


def test_workbook_shows_citations_and_titles(exports: dict[str, Path]) -> None:
    """Catches a transcribed cell without its comment or its row in `cells`, and heads or links that are missing."""
    book = read_workbook(exports["xlsx"])
    cited = {(record[0], record[1], record[2]): record[7] for record in records(PACKAGE, EVIDENCE)}
    for table, schema in PACKAGE.schemas.items():
        sheet = book[table]
        names = [str(cell.value) for cell in sheet[4]]
        assert [cell.value for cell in sheet[3]] == [schema[name].title_zh for name in names]
        for number, record in enumerate(records(PACKAGE, table), 5):
            row = dict(zip(schema.names, record, strict=True))
            for column, name in enumerate(names, 1):
                quote = cited.get((table, schema.row_id(row), name))
                if quote and row[name]:
                    comment = sheet.cell(number, column).comment
                    assert comment is not None
                    assert quote in comment.text
    cover = book.worksheets[0]
    targets = {cell.value for cells in cover.iter_rows() for cell in cells if cell.hyperlink}
    assert targets == {*PACKAGE.paths, "cells"}
    cells = [
        ["" if cell is None else str(cell) for cell in row]
        for row in book["cells"].iter_rows(min_row=5, values_only=True)
    ]
    assert sorted(cells) == frame_cells()


def test_workbook_leaves_out_empty_columns(exports: dict[str, Path]) -> None:
    """Catches a sheet of columns without a value, and one that lacks a column with values."""
    book = read_workbook(exports["xlsx"])
    for name, schema in PACKAGE.schemas.items():
        rows = PACKAGE.rows(name)
        filled = [field for field in schema.names if any(row[field] is not None for row in rows)]
        assert [cell.value for cell in book[name][4]] == filled
    assert "segment" in PACKAGE.schema("industry_metrics").names
    assert "segment" not in [cell.value for cell in book["industry_metrics"][4]]


def test_workbook_shows_and_prints_whole_cells(exports: dict[str, Path]) -> None:
    """Catches a figure shown as ####, a wrapped text that its row cuts off, and a page without its heads."""
    book = read_workbook(exports["xlsx"])
    for table, schema in PACKAGE.schemas.items():
        sheet = book[table]
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.print_title_rows, sheet.print_title_cols) == ("$2:$4", "$A:$A")
        fields = [schema[str(cell.value)] for cell in sheet[4]]
        for column, field in enumerate(fields, 1):
            width = sheet.column_dimensions[get_column_letter(column)].width
            for number in range(5, sheet.max_row + 1):
                cell = sheet.cell(number, column).value
                if field.type in ("number", "integer") and cell is not None:
                    assert width > len(f"{cell:,}")
                elif field.type == "string" and cell:
                    assert len(cell) / width <= (sheet.row_dimensions[number].height or 15) / 15


def test_workbook_has_no_row_that_excel_refuses(tmp_path: Path) -> None:
    """Catches a row as high as a very long text needs, which Excel reports as a damaged file."""
    with xlsxwriter.Workbook(tmp_path / "w.xlsx") as made:
        assert workbook._write_row(made.add_worksheet(), 0, ["长" * 5000], [10])
    assert read_workbook(tmp_path / "w.xlsx").active.row_dimensions[1].height <= 409


def records(package: Package, table: str) -> Records:
    """The rows of a CSV as text, by the csv module alone."""
    with package.path(table).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def frame_cells() -> Records:
    """The cells of `Package.cells` as text, sorted, without the lines in the files."""
    frame = PACKAGE.cells().drop(columns=["line", "evidence_line"])
    return sorted(map(as_cell, frame.astype("object").where(frame.notna(), None).to_dict("records")))


def as_cell(row: Mapping[Any, Any]) -> list[str]:
    """A row of the table `cells` as text."""
    return ["" if value is None else str(value) for value in row.values()]


def as_text(schema: TableSchema, cells: Iterable[Any]) -> list[str]:
    """The cells of a row as the CSV writes them."""
    return [_text(field.type, cell) for field, cell in zip(schema, cells, strict=True)]


def _text(kind: str, cell: Any) -> str:
    if cell is None:
        return ""
    if kind == "boolean":
        return "true" if cell else "false"
    if kind == "number":
        return str(int(cell)) if float(cell).is_integer() else repr(float(cell))
    if isinstance(cell, date | datetime):
        return cell.isoformat()[:10]
    return str(cell)


def view(exports: dict[str, Path], name: str) -> list[dict[str, Any]]:
    """The rows of a table or view of the SQLite database, as dicts."""
    with closing(sqlite3.connect(exports["sqlite"])) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]
