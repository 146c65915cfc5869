"""XLSX: a workbook with a cover, a sheet for each table with citations as comments, and a codebook."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..citation import citation_text, contributor_name
from ..problems import Problem, Unusable
from ..provenance.values import Citation
from ..table_schemas import Field, TableSchema
from ..table_types import Value
from .content import Content, Row

_COVER, _FIELDS, _TERMS = "封面 Cover", "字段 Fields", "词表 Terms"
_GROUPED = 10_000  # from here on, digits are grouped: a year is not
_HEADER = 4  # rows above the data: what a row is, titles in two languages, names
_MOST_ROWS, _MOST_CHARACTERS, _WIDEST = 1_048_576 - _HEADER, 32_767, 60
_FILLS = {
    "quoted": "#DDEBF7",
    "derived": "#DDEBF7",
    "cited_with": "#DDEBF7",
    "editorial": "#F2F2F2",
    "reference": "#E2EFDA",
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


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: `heads` has title, Chinese title, name, fill and comment of each column; comments by row and column."""

    name: str
    title: str
    heads: Sequence[tuple[str, str, str, str, str]]
    rows: Sequence[Row]
    comments: Mapping[tuple[int, int], str]


def write(content: Content, path: Path) -> None:
    """Write the workbook. Raises Unusable for what a workbook cannot hold."""
    buffer, descriptor = BytesIO(), content.package.descriptor
    workbook = Workbook(buffer, {"in_memory": True})
    workbook.set_properties(
        {
            "title": descriptor["title"],
            "author": ", ".join(map(contributor_name, descriptor["contributors"])),
            "comments": citation_text(content.package),
            "created": datetime.fromisoformat(descriptor["created"]),  # the present time would change the bytes
        }
    )
    _write_cover(workbook, content)
    for sheet in (*_table_sheets(content), *_codebook_sheets(content)):
        _write_sheet(workbook, sheet, content)
    workbook.close()
    path.write_bytes(buffer.getvalue())


def _write_cover(workbook: Workbook, content: Content) -> None:
    package, page = content.package, workbook.add_worksheet(_COVER)
    bold, wrap = workbook.add_format({"bold": True, "valign": "top"}), workbook.add_format({"text_wrap": True})
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 110)
    descriptor = package.descriptor
    lines = [
        (descriptor["title"], descriptor.get("title_zh", "")),
        ("Description", descriptor["description"]),
        ("说明", descriptor.get("description_zh", "")),
        ("Version 版本", package.version),
        ("Licence 许可", "; ".join(f"{each['title']} ({each['path']})" for each in descriptor["licenses"])),
        ("How to cite 引用方式", citation_text(package)),
        *_HOW_TO_READ,
    ]
    for row, (label, text) in enumerate(lines):
        page.write_string(row, 0, label, bold)
        page.write_string(row, 1, text, wrap)
    for row, (name, schema) in enumerate(package.schemas.items(), len(lines) + 1):
        page.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        count = len(content.rows[name])
        text = f"{schema.title} {schema.title_zh}: {count} row{'s' * (count != 1)}. {schema.description}"
        page.write_string(row, 1, f"{text} {schema.description_zh}", wrap)
    _set_print(page, portrait=True)


def _table_sheets(content: Content) -> Iterator[_Sheet]:
    for name, schema in content.package.schemas.items():
        comments = {}
        for index, row in enumerate(content.rows[name]):
            notes = [content.citations(schema, row, field) for field in schema]
            for column, citations in enumerate(notes):
                if citations and row[column] is not None:
                    comments[index, column] = "\n\n".join(map(_location, citations))
            if others := content.corroborations(schema, row):
                comments[index, 0] = "\n\n".join(
                    f"{other['publisher']}: {other['statement_en']} {other['statement_zh']} {other['url']}"
                    for other in others
                )
        title = f"{schema.title} {schema.title_zh}    {schema.description} {schema.description_zh}"
        yield _Sheet(name, title, [_head(field) for field in schema], content.rows[name], comments)


def _codebook_sheets(content: Content) -> Iterator[_Sheet]:
    fields = [(schema, field) for schema in content.package.schemas.values() for field in schema]
    names = ("title", "title_zh", "type", "unit", "provenance", "rule", "cited_with", "description", "description_zh")
    heads = [("", "", name, "#F2F2F2", "") for name in ("table", "field", *names, "keys", "constraints")]
    rows = [
        (
            *(schema.name, field.name, *(getattr(field, name) for name in names)),
            *(_keys(schema, field), _limits(field)),
        )
        for schema, field in fields
    ]
    yield _Sheet(_FIELDS, "Every field of every table 所有表的全部字段", heads, rows, {})
    heads = [("", "", name, "#F2F2F2", "") for name in ("table", "field", "term", "label", "label_zh")]
    terms: list[Row] = [
        (schema.name, field.name, term, label, field.vocabulary_zh[term])
        for schema, field in fields
        for term, label in field.vocabulary.items()
    ]
    yield _Sheet(_TERMS, "Every term of every vocabulary 所有受控词表的全部取值", heads, terms, {})


def _write_sheet(workbook: Workbook, sheet: _Sheet, content: Content) -> None:
    _check_limits(sheet, content)
    page = workbook.add_worksheet(sheet.name)
    page.write_url(0, 0, f"internal:'{_COVER}'!A1", string="← 目录 Contents")
    page.write_string(0, 1, sheet.title, workbook.add_format({"bold": True}))
    formats = _formats(workbook)
    for column, (title, title_zh, name, fill, note) in enumerate(sheet.heads):
        widths = [2 * len(title_zh), len(title), len(name) + 3, *(_width(row[column]) for row in sheet.rows)]
        page.set_column(column, column, min(max(widths) + 2, _WIDEST))
        for row, text in enumerate((title, title_zh, name), 1):
            page.write_string(row, column, text, workbook.add_format({"bold": True, "bg_color": fill}))
        if note:
            page.write_comment(_HEADER - 1, column, note, {"x_scale": 3, "y_scale": 2})
    for index, cells in enumerate(sheet.rows, _HEADER):
        for column, cell in enumerate(cells):
            _write_cell(page, formats, (index, column), cell)
    for (index, column), text in sheet.comments.items():
        page.write_comment(_HEADER + index, column, text, {"x_scale": 2, "y_scale": 1 + text.count("\n") / 8})
    page.autofilter(_HEADER - 1, 0, _HEADER - 1 + max(len(sheet.rows), 1), len(sheet.heads) - 1)
    page.freeze_panes(_HEADER, 1)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page.repeat_rows(1, _HEADER - 1)
    _set_print(page)


def _formats(workbook: Workbook) -> dict[type, Format]:
    """A format for each type of cell; text stays text when it is edited."""
    numbers = {int: "0", float: "#,##0.####", date: "yyyy-mm-dd", bool: '"TRUE";"TRUE";"FALSE"'}
    formats = {kind: workbook.add_format({"num_format": number, "valign": "top"}) for kind, number in numbers.items()}
    return formats | {str: workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})}


def _write_cell(page: Worksheet, formats: Mapping[type, Format], place: tuple[int, int], cell: Value) -> None:
    if isinstance(cell, str):
        page.write_string(*place, cell, formats[str])
    elif isinstance(cell, bool):
        page.write_boolean(*place, cell, formats[bool])
    elif isinstance(cell, date):
        page.write_datetime(*place, cell, formats[date])
    elif cell is not None:
        page.write_number(*place, cell, formats[int if float(cell).is_integer() and abs(cell) < _GROUPED else float])


def _check_limits(sheet: _Sheet, content: Content) -> None:
    """Raise Unusable for what Excel would cut."""
    file = content.package.paths.get(sheet.name, sheet.name)
    fix = "Export to another format, such as sqlite."
    if len(sheet.rows) > _MOST_ROWS:
        raise Unusable(Problem(file, None, None, f"more than the {_MOST_ROWS:,} rows of a sheet", fix))
    for text in (*(cell for row in sheet.rows for cell in row if isinstance(cell, str)), *sheet.comments.values()):
        if len(text.encode("utf-16-le")) // 2 > _MOST_CHARACTERS:
            raise Unusable(Problem(file, None, None, f"a text longer than {_MOST_CHARACTERS:,} characters", fix))


def _set_print(page: Worksheet, *, portrait: bool = False) -> None:
    (page.set_portrait if portrait else page.set_landscape)()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer("&C&8&A&R&8&P / &N")


def _head(field: Field) -> tuple[str, str, str, str, str]:
    source = " ".join(filter(None, (field.provenance, field.cited_with, field.rule and f"(rule {field.rule})")))
    note = "\n".join(filter(None, (field.description, field.description_zh, f"provenance 溯源: {source}", field.unit)))
    return field.title, field.title_zh, field.name, _FILLS[field.provenance], note


def _location(citation: Citation) -> str:
    span = f"paragraph 段落 {citation.paragraph}, characters 字符 {citation.start}–{citation.end}"
    return f"{citation.source_id}\n{span}\n{citation.quote}"


def _keys(schema: TableSchema, field: Field) -> str | None:
    keys = ["primary key"] * (field.name in schema.primary_key)
    keys += [f"unique: {', '.join(names)}" for names in schema.unique_keys if field.name in names]
    keys += [f"→ {key.resource}" for key in schema.foreign_keys if field.name in key.fields]
    return "; ".join(keys) or None


def _limits(field: Field) -> str | None:
    limits = {key: value for key, value in field.constraints.items() if key != "enum"}
    return "; ".join(f"{key}: {json.dumps(value)}" for key, value in limits.items()) or None


def _width(cell: Value) -> int:
    """About how wide a cell is shown, in digits: Chinese characters take two."""
    text = "" if cell is None else f"{cell:,.4g}" if isinstance(cell, float) else str(cell)
    return sum(1 + (char > "\u2e7f") for char in text[:_WIDEST])
