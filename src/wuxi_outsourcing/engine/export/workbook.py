"""XLSX: a workbook with a cover, a sheet for each table, with citations as comments, one for cells, and a codebook."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ..csv_files import Value
from ..problems import Problem, Unusable, counted
from ..schema import Field, TableSchema
from .cells_table import CELLS, cells_schema
from .codebook import codebook
from .content import Content, Row

_COVER = "封面 Cover"
_FIRST_YEAR = 1900
_HEADER = 4  # rows above the data: what a row is, titles in two languages, names
_WIDEST = 36  # longer texts are wrapped
_COVER_WIDTHS = (24, 110)
_LONGEST = 32_767  # characters of a cell, or of a comment
_TALLEST = 409  # points: a file with a higher row is damaged to Excel
_PRINTED = 60  # per cent: smaller print is hard to read
# Text stays text when it is edited; large numbers have their digits grouped, a year has not.
_FORMATS: dict[str, dict[str, object]] = {
    "string": {"num_format": "@", "text_wrap": True},
    "number": {"num_format": "[<10000]General;#,##0"},
    "date": {"num_format": "yyyy-mm-dd"},
    "boolean": {"num_format": '"TRUE";"TRUE";"FALSE"'},  # for LibreOffice, which would show 1 and 0
}
_CITATION = "{source_id}\nparagraph 段落 {paragraph}, characters 字符 {start}–{end}\n{quote}"
_CORROBORATION = "{publisher_en}: {statement_en} {statement_zh} {url}"
_HOW_TO_READ = (
    (
        "Sheets",
        "One sheet per table: what a row is, titles in two languages, names with filters, rows; no empty columns.",
    ),
    (
        "工作表",
        "每张表一个工作表：依次为一行数据的含义、英文和中文字段名称、字段名（可筛选）和数据。没有任何值的列从略。",
    ),
    (
        "Citations",
        "A cell with a red corner was transcribed: point at it to read its quotes. The sheet cells lists them all.",
    ),
    ("引文", "右上角带红色三角的单元格转录自原文，鼠标指向它可查看引文。工作表 cells 列出全部引文。"),
    ("Languages", "*_zh in quoted fields is the text of the source; *_en, labels and notes are editorial."),
    ("语言", "照录字段的 *_zh 为原文；*_en、标签和注释由编者编写。"),
    ("Empty cells", "The source says nothing."),
    ("空单元格", "原文没有提及。"),
)


def write(content: Content, path: Path) -> None:
    """Write the workbook. Raises Unusable for what a workbook cannot hold."""
    descriptor = content.package.descriptor
    # It is made in memory, since the library does not close a file that the disk does not take.
    made = BytesIO()
    # What begins like a formula or an address is text.
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        # The present time as the time of creation would change the bytes.
        created = datetime.fromisoformat(descriptor["created"])
        workbook.set_properties({"title": descriptor["title"], "created": created})
        _write_cover(workbook, content)
        _write_tables(workbook, content)
        _write_cells(workbook, content)
        _write_codebook(workbook, content)
        for page in workbook.worksheets():
            _set_up_printing(page)
    path.write_bytes(made.getvalue())


def _write_cover(workbook: Workbook, content: Content) -> None:
    """What the package is, how to read the workbook, and a line with a link for each table."""
    page = workbook.add_worksheet(_COVER)
    heads = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    texts = workbook.add_format({"text_wrap": True, "valign": "top"})
    link = workbook.add_format({"hyperlink": True, "valign": "top"})
    page.set_column(0, 0, _COVER_WIDTHS[0], heads)
    page.set_column(1, 1, _COVER_WIDTHS[1], texts)

    lines = [*_about(content), *_HOW_TO_READ]
    for number, (head, text) in enumerate(lines):
        _write_row(page, number, [_fitting(head), _fitting(text)], _COVER_WIDTHS)
    # An empty row stands between the two parts.
    for number, (name, text) in enumerate(_contents(content), len(lines) + 1):
        _write_row(page, number, [name, _fitting(text)], _COVER_WIDTHS)
        page.write_url(number, 0, f"internal:'{name}'!A1", link, name)


def _about(content: Content) -> list[tuple[str, str]]:
    """What the package as a whole is, as heads and texts."""
    package, descriptor = content.package, content.package.descriptor
    licences = [f"{licence['title']} ({licence['path']})" for licence in descriptor["licenses"]]
    return [
        ("Title", descriptor["title"]),
        ("标题", descriptor.get("title_zh", "")),
        ("Description", descriptor["description"]),
        ("说明", descriptor.get("description_zh", "")),
        ("Version 版本", package.version),
        ("Licence 许可", "; ".join(licences)),
        ("How to cite 引用方式", package.citation()),
    ]


def _contents(content: Content) -> Iterator[tuple[str, str]]:
    """The name of each table, and what is in it."""
    for name, schema in content.package.schemas.items():
        yield name, _content(schema, len(content.rows[name]))
    yield CELLS, _content(cells_schema(), len(content.cells))


def _content(schema: TableSchema, rows: int) -> str:
    titles = f"{schema.title} {schema.title_zh}"
    return f"{titles}: {counted(rows, 'row')}. {schema.description} {schema.description_zh}"


def _write_tables(workbook: Workbook, content: Content) -> None:
    """A sheet for each table, with its citations and corroborations as comments.

    Columns that are empty in every row are left out.
    """
    for name, schema in content.package.schemas.items():
        filled = _filled_part(schema, content.rows[name])
        rows = [{field: row[field] for field in filled.names} for row in content.rows[name]]
        page = _write_table(workbook, name, filled, rows, content.package.paths[name])
        for number, row in enumerate(content.rows[name], _HEADER):
            _comment_row(page, number, filled, row, content)


def _filled_part(schema: TableSchema, rows: Sequence[Row]) -> TableSchema:
    """A table schema without the fields that are empty in every row; with all of them where there is no row."""
    if not rows:
        return schema
    filled = [field for field in schema if any(row[field.name] is not None for row in rows)]
    return replace(schema, fields=tuple(filled))


def _write_cells(workbook: Workbook, content: Content) -> None:
    """A sheet with each cited cell and its citations."""
    _write_table(workbook, CELLS, cells_schema(), content.cell_rows, CELLS)


def _write_codebook(workbook: Workbook, content: Content) -> None:
    """A sheet for each table of the codebook."""
    for schema, rows in codebook(content):
        fitting = [{name: _fitting(cell) for name, cell in row.items()} for row in rows]
        _write_table(workbook, schema.title, schema, fitting, schema.name)


def _set_up_printing(page: Worksheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_margins(left=0.4, right=0.4)
    page.set_print_scale(_PRINTED)  # a wide sheet goes on to the right, with its first column
    page.set_footer("&C&8&A&R&8&P / &N")


def _write_table(workbook: Workbook, title: str, schema: TableSchema, rows: Sequence[Row], file: str) -> Worksheet:
    """A sheet with the head and the rows of a table. Raises Unusable, with the file, where it does not hold them."""
    page = workbook.add_worksheet(title)
    widths = [_width(field, rows) for field in schema]
    _write_head(workbook, page, schema, widths)
    for number, row in enumerate(rows, _HEADER):
        if not _write_row(page, number, list(row.values()), widths):
            message = "more rows or a longer text than a sheet holds"
            raise Unusable(Problem(file, None, None, message, "Export to another format, such as sqlite."))
    # A filter has at least one row below its heads.
    last_row = _HEADER - 1 + max(len(rows), 1)
    page.autofilter(_HEADER - 1, 0, last_row, len(schema) - 1)
    page.freeze_panes(_HEADER, 1)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page.repeat_rows(1, _HEADER - 1)
    page.repeat_columns(0)
    return page


def _write_head(workbook: Workbook, page: Worksheet, schema: TableSchema, widths: Sequence[int]) -> None:
    """The rows above the data, and width and format of the columns."""
    bold = workbook.add_format({"bold": True})
    page.write_url(0, 0, f"internal:'{_COVER}'!A1", string="← 目录 Contents")
    about = f"{schema.title} {schema.title_zh}    {schema.description} {schema.description_zh}"
    page.write_string(0, 1, str(_fitting(about)), bold)
    for column, (field, width) in enumerate(zip(schema, widths, strict=True)):
        cells = workbook.add_format({"valign": "top", **_FORMATS.get(field.type, {})})
        page.set_column(column, column, width, cells)
        page.write_column(1, column, _heads(field), bold)
        _comment(page, _HEADER - 1, column, _description(field))


def _heads(field: Field) -> list[str]:
    """What stands above a column."""
    return [field.title, field.title_zh, field.name]


def _width(field: Field, rows: Sequence[Row]) -> int:
    """The width of a column: that of its widest cell and some room, up to a limit."""
    cells = [*_heads(field), *(row[field.name] for row in rows)]
    return min(max(map(_size, cells)) + 3, _WIDEST)


def _comment_row(page: Worksheet, number: int, schema: TableSchema, row: Row, content: Content) -> None:
    """The citations of each cell of a row as comments; what other sources say about it as one of the first cell."""
    for name, citations in content.citations(schema, row).items():
        text = "\n\n".join(_CITATION.format_map(citation) for citation in citations)
        _comment(page, number, schema.names.index(name), text)
    corroborations = content.corroborations(schema, row)
    if corroborations:  # the first cell is the key, which has no citations
        text = "\n\n".join(_CORROBORATION.format_map(corroboration) for corroboration in corroborations)
        _comment(page, number, 0, text)


def _write_row(page: Worksheet, row: int, cells: Sequence[Value], widths: Sequence[int]) -> bool:
    """Write cells into a row as high as they need, which not every program finds out; whether the sheet holds them."""
    lines = max(-(-_size(cell) // (width - 1)) for cell, width in zip(cells, widths, strict=True))
    page.set_row(row, min(15 * max(lines, 1), _TALLEST))
    return not any(page.write(row, column, _as_excel(cell)) for column, cell in enumerate(cells))


def _as_excel(cell: Value) -> Value:
    """A cell, or as text a day before the first that Excel counts."""
    return cell.isoformat() if isinstance(cell, date) and cell.year < _FIRST_YEAR else cell


def _fitting(cell: Value) -> Value:
    """A cell of the codebook or the cover, cut where a sheet does not hold it: the other formats have it whole."""
    return f"{cell[: _LONGEST - 1]}…" if isinstance(cell, str) and len(cell) > _LONGEST else cell


def _size(cell: Value) -> int:
    """About how many digits wide a cell is: Chinese characters take two, and two bytes of this encoding."""
    return 0 if cell is None else len(str(cell).encode("gb18030"))


def _description(field: Field) -> str:
    source = " ".join(filter(None, (field.provenance, field.cited_with, field.rule and f"(rule {field.rule})")))
    return "\n".join(filter(None, (field.description, field.description_zh, f"provenance 溯源: {source}", field.unit)))


def _comment(page: Worksheet, row: int, column: int, text: str) -> None:
    """A comment with room for its text, since Excel does not scroll one."""
    text = str(_fitting(text))
    page.write_comment(row, column, text, {"x_scale": 3, "y_scale": 1 + len(text) / 150})
