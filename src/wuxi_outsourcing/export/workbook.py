"""XLSX: a workbook with a cover, a sheet for each table with citations as comments, and a codebook."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from math import ceil
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ..citation import citation_text, contributor_name
from ..problems import Problem, Unusable, counted
from ..table_schemas import Field, TableSchema
from .codebook import codebook
from .content import Content, Row

_COVER = "封面 Cover"
_HEADER = 4  # rows above the data: what a row is, titles in two languages, names
_COVER_WIDTH, _WIDEST = 110, 40  # of columns, in digits
_LINE, _TALLEST = 16, 409  # heights in points: of a line, and what a row may have
_PRINTED = 60  # per cent: smaller print is hard to read
_CITED_FILL = "#DDEBF7"
_FILLS = {"editorial": "#F2F2F2", "reference": "#E2EFDA"}
# Text stays text when it is edited; large numbers have their digits grouped, a year has not.
_FORMATS: dict[str, dict[str, object]] = {
    "string": {"num_format": "@", "text_wrap": True},
    "number": {"num_format": "[<10000]General;#,##0"},
    "date": {"num_format": "yyyy-mm-dd"},
    "boolean": {"num_format": '"TRUE";"TRUE";"FALSE"'},  # for LibreOffice, which would show 1 and 0
}
_HOW_TO_READ = (
    ("Sheets", "One sheet a table: what a row is, titles in English and Chinese, field names with filters, rows."),
    ("工作表", "每张表一个工作表：依次为一行数据的含义、英文和中文字段名称、字段名（可筛选）和数据。"),
    ("Citations", "A cell with a red corner was transcribed: point at it to read where it is printed."),
    ("引文", "右上角带红色三角的单元格转录自原文，鼠标指向它可查看出处。"),
    ("Languages", "*_zh in quoted fields is what is printed; *_en, labels and notes are editorial."),
    ("语言", "照录字段的 *_zh 为原文；*_en、标签和注释由编者编写。"),
    ("Empty cells", "The source says nothing."),
    ("空单元格", "原文没有提及。"),
)


def write(content: Content, path: Path) -> None:
    """Write the workbook. Raises Unusable for what a workbook cannot hold."""
    package, descriptor = content.package, content.package.descriptor
    # What begins like a formula or an address is text.
    with Workbook(path, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties(
            {
                "title": descriptor["title"],
                "author": ", ".join(map(contributor_name, descriptor["contributors"])),
                "comments": citation_text(package),
                "created": datetime.fromisoformat(descriptor["created"]),  # the present time would change the bytes
            }
        )
        _write_cover(workbook, content)
        for name, schema in package.schemas.items():
            _write_table(workbook, name, schema, content.rows[name], content)
        for schema, rows in codebook(content):
            _write_table(workbook, schema.title, schema, rows, content)


def _write_cover(workbook: Workbook, content: Content) -> None:
    package, page = content.package, workbook.add_worksheet(_COVER)
    descriptor = package.descriptor
    page.set_column(0, 0, 24, workbook.add_format({"bold": True, "valign": "top"}))
    page.set_column(1, 1, _COVER_WIDTH, workbook.add_format({"text_wrap": True, "valign": "top"}))
    lines = [
        ("Title", descriptor["title"]),
        ("标题", descriptor.get("title_zh", "")),
        ("Description", descriptor["description"]),
        ("说明", descriptor.get("description_zh", "")),
        ("Version 版本", package.version),
        ("Licence 许可", "; ".join(f"{each['title']} ({each['path']})" for each in descriptor["licenses"])),
        ("How to cite 引用方式", citation_text(package)),
        *_HOW_TO_READ,
    ]
    for row, line in enumerate(lines):
        page.set_row(row, _height([(line[1], _COVER_WIDTH)]))
        page.write_row(row, 0, line)
    link = workbook.add_format({"hyperlink": True, "valign": "top"})
    for row, (name, schema) in enumerate(package.schemas.items(), len(lines) + 1):
        page.write_url(row, 0, f"internal:'{name}'!A1", link, name)
        size = counted(len(content.rows[name]), "row")
        text = f"{schema.title} {schema.title_zh}: {size}. {schema.description} {schema.description_zh}"
        page.set_row(row, _height([(text, _COVER_WIDTH)]))
        page.write_string(row, 1, text)
    _set_print(page)


def _write_table(workbook: Workbook, name: str, schema: TableSchema, rows: Sequence[Row], content: Content) -> None:
    page = workbook.add_worksheet(name)
    page.write_url(0, 0, f"internal:'{_COVER}'!A1", string="← 目录 Contents")
    title = f"{schema.title} {schema.title_zh}    {schema.description} {schema.description_zh}"
    page.write_string(0, 1, title, workbook.add_format({"bold": True}))
    widths = [min(max(_widths(field, rows)) + 2, _WIDEST) for field in schema]
    for column, (field, width) in enumerate(zip(schema, widths, strict=True)):
        head = (field.title, field.title_zh, field.name)
        fill = _FILLS.get(field.provenance, _CITED_FILL)
        cells = workbook.add_format({"valign": "top", **_FORMATS.get(field.type, {})})
        page.set_column(column, column, width, cells)
        page.write_column(1, column, head, workbook.add_format({"bold": True, "bg_color": fill}))
        page.write_comment(_HEADER - 1, column, _description(field), {"x_scale": 3, "y_scale": 2})
    failures = {
        page.write(number, column, cell)
        for number, row in enumerate(rows, _HEADER)
        for column, cell in enumerate(row.values())
    }
    for number, row in enumerate(rows, _HEADER):
        page.set_row(number, _height(zip(row.values(), widths, strict=True)))
        for column, text in _comments(content, schema, row):
            size = {"x_scale": 2, "y_scale": 1 + text.count("\n") / 8}
            failures.add(page.write_comment(number, column, text, size))
    if failures - {0}:
        message, fix = "more rows or a longer text than a sheet holds", "Export to another format, such as sqlite."
        raise Unusable(Problem(content.package.paths.get(name, name), None, None, message, fix))
    page.autofilter(_HEADER - 1, 0, _HEADER - 1 + max(len(rows), 1), len(schema) - 1)
    page.freeze_panes(_HEADER, 1)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page.repeat_rows(1, _HEADER - 1)
    page.repeat_columns(0)
    _set_print(page)


def _comments(content: Content, schema: TableSchema, row: Row) -> Iterator[tuple[int, str]]:
    """The citations of each cell, and with the key, which has none, what other sources say about the row."""
    others = content.corroborations(schema, row)
    if others:
        parts = ("{publisher}: {statement_en} {statement_zh} {url}".format_map(other) for other in others)
        yield 0, "\n\n".join(parts)
    location = "{source_id}\nparagraph 段落 {paragraph}, characters 字符 {start}–{end}\n{quote}"
    for column, field in enumerate(schema):
        citations = content.citations(schema, row, field) if row[field.name] is not None else ()
        if citations:
            yield column, "\n\n".join(map(location.format_map, citations))


def _description(field: Field) -> str:
    source = " ".join(filter(None, (field.provenance, field.cited_with, field.rule and f"(rule {field.rule})")))
    return "\n".join(filter(None, (field.description, field.description_zh, f"provenance 溯源: {source}", field.unit)))


def _widths(field: Field, rows: Sequence[Row]) -> Iterator[int]:
    """About how wide the cells of a column are shown, in digits: Chinese characters take two."""
    yield len(field.name) + 3
    yield from map(_width, (field.title, field.title_zh, *(row[field.name] for row in rows)))


def _width(cell: object) -> int:
    text = "" if cell is None else f"{cell:,.15g}" if isinstance(cell, float) else str(cell)
    return sum(1 + (char > "\u2e7f") for char in text)


def _height(cells: Iterable[tuple[object, int]]) -> int:
    """How tall a row is whose cells wrap in columns of these widths: LibreOffice does not measure it on opening."""
    # A line is seldom full, since words are not broken.
    return min(_LINE * max(ceil(1.05 * _width(cell) / width) or 1 for cell, width in cells), _TALLEST)


def _set_print(page: Worksheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_margins(left=0.4, right=0.4)
    page.set_print_scale(_PRINTED)  # a wide sheet goes on to the right, with its first column
    page.set_footer("&C&8&A&R&8&P / &N")
