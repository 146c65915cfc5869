"""The export to XLSX, read back with openpyxl and pandas."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import exports
import wuxi_outsourcing as wx
from conftest import ROOT
from exports import expected, make_hostile
from wuxi_outsourcing.exporting.content import citation_line
from wuxi_outsourcing.exporting.xlsx import limits
from wuxi_outsourcing.package import installed, read_package

HEADER = 4
COVER, FIELDS, TERMS = "说明 README", "字段 Fields", "词表 Terms"
# What a cell is in the file itself: text in line or shared, number, boolean, or a number that a format shows as a day.
KINDS = {"string": "s", "integer": "n", "number": "n", "boolean": "b", "date": "d"}
HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "{=1}",
    "http://example.org/",
    "internal:'policies'!A1",
    "mailto:a@example.org",
    "0123",
    "1e5",
    "12-27",
    "TRUE",
    "#N/A",
    "_x0041_ _x000D_",
    "<b>&amp;</b> ]]>",
    "two\nlines",
    "'quoted",
    "\U00020000 🀄",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the real package."""
    return wx.export("xlsx", tmp_path_factory.mktemp("real") / "made.xlsx")


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    """The same, read back."""
    return openpyxl.load_workbook(path)


def _cells(sheet: Worksheet) -> Iterator[tuple[Cell, ...]]:
    """The rows below the header."""
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(min_row=HEADER + 1)
    return rows


def _expect_cells(book: Workbook, root: Path) -> None:
    tables = expected(root)
    assert book.sheetnames == [COVER, *tables, FIELDS, TERMS]
    for name, rows in tables.items():
        fields = read_package(root).schema(name).fields
        assert [cell.value for cell in book[name][HEADER]] == [field.name for field in fields]
        found = list(_cells(book[name]))
        assert len(found) == len(rows)
        for cells, row in zip(found, rows, strict=True):
            for cell, field in zip(cells, fields, strict=True):
                value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
                assert value == row[field.name], cell
                assert value is None or cell.data_type == KINDS[field.type], cell
                assert cell.hyperlink is None


def test_every_cell(book: Workbook) -> None:
    """Catches a cell, a type, a row, a table or an order that is lost on the way."""
    _expect_cells(book, ROOT)


def test_shared_hostile_cells(package: Path, tmp_path: Path) -> None:
    """Catches a text that some other format quotes and this one need not, and that is changed all the same."""
    made = wx.export("xlsx", tmp_path / "made.xlsx", directory=make_hostile(package))
    _expect_cells(openpyxl.load_workbook(made), package)


def test_hostile_cells_stay_text(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a cell that Excel would run, or take for a number, a day, a link or an escape."""
    monkeypatch.setattr(exports, "HOSTILE", HOSTILE)
    made = wx.export("xlsx", tmp_path / "made.xlsx", directory=make_hostile(package))
    _expect_cells(openpyxl.load_workbook(made), package)


def test_every_citation(book: Workbook) -> None:
    """Catches a citation that is lost, doubled, cut, or on another cell than its own."""
    for name in wx.tables():
        schema = wx.describe(name)
        for cells, row in zip(_cells(book[name]), wx.rows(name), strict=True):
            for cell, field in zip(cells, schema.fields, strict=True):
                cited = wx.evidence(name, schema.row_id(row), field.name) if row[field.name] is not None else []
                texts = [
                    f"{one.source_id}\nparagraph 段落 {one.paragraph}, "
                    f"characters 字符 {one.start}–{one.end}\n{one.quote}"
                    for one in cited
                ]
                assert (cell.comment.text.split("\n\n") if cell.comment else []) == texts, cell
                assert cell.comment is None or cell.comment.author == "wuxi-outsourcing"


@pytest.mark.parametrize("name", wx.tables())
def test_pandas_reads_it_as_the_cover_says(name: str, path: Path) -> None:
    """Catches a header that does not stand where the cover says, and cells that need more than a dtype."""
    loaded = wx.load(name)
    frame = pd.read_excel(path, sheet_name=name, header=HEADER - 1, dtype=object, keep_default_na=False, na_values=[""])
    pd.testing.assert_frame_equal(frame.astype(loaded.dtypes), loaded)


@pytest.mark.parametrize("name", wx.tables())
def test_header(name: str, book: Workbook) -> None:
    """Catches a table without its titles in both languages, its descriptions, its filters, or a header that stays."""
    sheet, schema = book[name], wx.describe(name)
    assert sheet["B1"].value == f"{schema.title} {schema.title_zh}    {schema.description} {schema.description_zh}"
    assert [cell.value for cell in sheet[2]] == [field.title for field in schema.fields]
    assert [cell.value for cell in sheet[3]] == [field.title_zh for field in schema.fields]
    for cell, field in zip(sheet[HEADER], schema.fields, strict=True):
        comment = cell.comment
        assert comment is not None
        assert comment.text.startswith(f"{field.description}\n{field.description_zh}\n\nprovenance ")
        assert ("unit 单位: " in comment.text) == (field.unit is not None)
    last = sheet.cell(HEADER + len(wx.rows(name)), len(schema.fields)).coordinate
    assert sheet.auto_filter.ref == f"A{HEADER}:{last}"
    assert sheet.freeze_panes == f"B{HEADER + 1}"
    assert sheet.print_title_rows == f"$2:${HEADER}"


def test_colours_are_explained(book: Workbook) -> None:
    """Catches a class of provenance without a colour of its own, or one that the cover does not explain."""
    profile = ROOT / "src/wuxi_outsourcing/validation/profiles/tableschema.json"
    field = json.loads(profile.read_text(encoding="utf-8"))["definitions"]["field"]
    legend = {
        row[1].value: row[1].fill.fgColor.rgb for row in book[COVER].iter_rows() if row[1].fill.fill_type == "solid"
    }
    assert [*legend] == field["properties"]["provenance"]["enum"]
    assert len(set(legend.values())) == len(legend)
    for name in wx.tables():
        for cells in book[name].iter_rows(min_row=2, max_row=HEADER):
            found = [cell.fill.fgColor.rgb for cell in cells]
            assert found == [legend[field.provenance] for field in wx.describe(name).fields]


def test_cover(book: Workbook) -> None:
    """Catches a workbook that does not say what it is, under which licence, or how to cite it."""
    cover, about = book[COVER], installed().descriptor
    texts = {cell.value for row in cover.iter_rows() for cell in row}
    assert {about["title"], about["title_zh"], about["description"], about["description_zh"]} <= texts
    assert citation_line(installed()) in texts
    links = {cell.hyperlink.target for row in cover.iter_rows() for cell in row if cell.hyperlink}
    assert {each["path"] for each in [*about["licenses"], *about["sources"]]} <= links


def test_properties(package: Path, tmp_path: Path) -> None:
    """Catches a clock in the workbook's properties, and a person whose name is in two pieces."""
    descriptor = package / "datapackage.json"
    text = descriptor.read_text(encoding="utf-8")
    text = text.replace('"title": "The wuxi-outsourcing developers"', '"givenName": "Mei", "familyName": "Li"')
    descriptor.write_text(text, encoding="utf-8")
    made = wx.export("xlsx", tmp_path / "made.xlsx", directory=package)
    properties = openpyxl.load_workbook(made).properties
    assert (properties.title, properties.creator) == (json.loads(text)["title"], "Mei Li")
    created = datetime.fromisoformat(json.loads(text)["created"]).replace(tzinfo=None)
    assert properties.created == properties.modified == created


def test_left_out_figures(package: Path, tmp_path: Path) -> None:
    """Catches a figure that was left out on purpose and is nowhere to be read of."""
    place = {"source_id": "gzoutsourcing-42081", "paragraph": 2, "start": 0, "end": 4}
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"][-1]["omissions"] = [place | {"quote": "2023", "reason": "=because"}]
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    made = wx.export("xlsx", tmp_path / "made.xlsx", directory=package)
    *_, last = openpyxl.load_workbook(made)[COVER].iter_rows(values_only=True)
    place_zh = "paragraph 段落 2, characters 字符 0–4: 2023"
    assert [cell for cell in last if cell is not None] == ["gzoutsourcing-42081", place_zh, "=because"]


def test_contents(book: Workbook) -> None:
    """Catches a link of the cover that leads nowhere, a sheet that it leaves out, and a way back that is missing."""
    linked = {
        row[1].value: (row[1].hyperlink.location, row[2].value)
        for row in book[COVER].iter_rows()
        if row[1].hyperlink and row[1].hyperlink.location
    }
    assert linked == {
        name: (f"'{name}'!A1", len(wx.rows(name)) if name in wx.tables() else None) for name in book.sheetnames[1:]
    }
    for name in linked:
        link = book[name]["A1"].hyperlink
        assert link is not None
        assert link.location == f"'{COVER}'!A1"


def test_codebook(book: Workbook) -> None:
    """Catches a field, a key, a term or a meaning that the codebook lacks in either language."""
    found = [[cell.value for cell in cells] for cells in _cells(book[FIELDS])]
    every = [(wx.describe(name), field) for name in wx.tables() for field in wx.describe(name).fields]
    assert [row[:7] for row in found] == [
        [table.name, field.name, field.title, field.title_zh, field.type, field.required, field.unit]
        for table, field in every
    ]
    assert [row[-2:] for row in found] == [[field.description, field.description_zh] for _, field in every]
    by_field = {(row[0], row[1]): row for row in found}
    assert by_field["industry_metrics", "qualifier"][7] == "cited_with value, rule qualifier"
    assert by_field["policy_provisions", "policy_id"][8] == "unique (policy_id, kind, name_zh)\n→ policies.policy_id"
    assert by_field["policies", "policy_id"][8] == "primary key"
    assert by_field["policies", "year_issued"][9] == "minimum: 1978"
    assert [tuple(cell.value for cell in cells) for cells in _cells(book[TERMS])] == [
        (table.name, field.name, term, label, field.vocabulary_zh[term])
        for table, field in every
        for term, label in field.vocabulary.items()
    ]


def test_figures_are_shown_plainly(book: Workbook) -> None:
    """Catches an amount in powers of ten, a year with a comma, and a text that an edit turns into one."""
    rows = {cells[0].value: cells for cells in _cells(book["industry_metrics"])}
    name, value, year = (rows["ic-output-2020"][column] for column in (1, 6, 8))
    assert (value.value, value.number_format) == (135_000_000_000, "#,##0")
    assert (year.value, year.number_format) == (2020, "0")
    assert name.number_format == "@"


def test_long_text_is_whole(package: Path, tmp_path: Path) -> None:
    """Catches a text that is cut where a workbook could hold all of it."""
    text = "字" * 32_767
    _put(package, "parks", "note", text, maxLength=40_000)
    book = openpyxl.load_workbook(wx.export("xlsx", tmp_path / "made.xlsx", directory=package))
    assert next(_cells(book["parks"]))[-1].value == text


# A table, a field, what its first cell is changed to, the limits of the field, and what is said of it.
TOO_MUCH = [
    ("parks", "note", "\U00020000" * 16_384, {"maxLength": 40_000}, "32,768 characters are more than the 32,767 of a"),
    ("sources", "published_on", "1900-02-28", {"minimum": "1800-01-01"}, "1900-02-28 is before 1900-03-01"),
    ("talent_benefits", "value", "12345678901234567", {}, "has more digits than a workbook keeps"),
]


@pytest.mark.parametrize("case", TOO_MUCH)
def test_what_no_workbook_holds(case: tuple[str, str, str, dict[str, Any], str], package: Path, tmp_path: Path) -> None:
    """Catches a cell that would be cut, or rounded, without a word."""
    table, field, cell, constraints, message = case
    _put(package, table, field, cell, **constraints)
    with pytest.raises(wx.Unusable, match=rf"data/{table}\.csv:{field}: .*{message}.*"):
        wx.export("xlsx", tmp_path / "made.xlsx", directory=package)
    assert list(tmp_path.iterdir()) == [package]


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches rows that are dropped at the end of the sheet."""
    monkeypatch.setattr(limits, "_ROWS", 183)
    with pytest.raises(wx.Unusable, match=r"data/evidence\.csv: there are 180 rows, and .* has room for 179"):
        wx.export("xlsx", tmp_path / "made.xlsx")


@pytest.mark.parametrize("name", ["history", "p" * 32, "a/b", "a'b"])
def test_names_that_no_sheet_has(name: str, package: Path, tmp_path: Path) -> None:
    """Catches a workbook that Excel calls damaged, or a traceback."""
    for file in ("datapackage.json", "schemas/claims.json"):
        text = (package / file).read_text(encoding="utf-8")
        (package / file).write_text(text.replace('"name": "claims"', f'"name": "{name}"'), encoding="utf-8")
    evidence = package / "data/evidence.csv"
    lines = evidence.read_text(encoding="utf-8").splitlines(keepends=True)
    evidence.write_text("".join(line for line in lines if not line.startswith("claims,")), encoding="utf-8")
    with pytest.raises(wx.Unusable, match="can't be a sheet of a workbook"):
        wx.export("xlsx", tmp_path / "made.xlsx", directory=package)


def _put(package: Path, table: str, field: str, cell: str, **constraints: object) -> None:
    """Change the field's first cell, and its constraints."""
    path, schema_path = package / f"data/{table}.csv", package / f"schemas/{table}.json"
    schema = json.loads(schema_path.read_text(encoding="utf-8"))
    next(each for each in schema["fields"] if each["name"] == field)["constraints"].update(constraints)
    schema_path.write_text(json.dumps(schema), encoding="utf-8")
    with path.open(encoding="utf-8", newline="") as stream:
        header, first, *rows = csv.reader(stream)
    first[header.index(field)] = cell
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, first, *rows])
