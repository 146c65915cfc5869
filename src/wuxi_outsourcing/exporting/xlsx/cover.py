"""The cover: what the workbook is, under which licence, how to cite and to read it, and where everything is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...omissions import omissions
from ...package import EVIDENCE
from ..content import Content, citation_line
from .layout import COVER, DARK, FILLS, HEADER, LINE, LINE_HEIGHT, LINK, Styles, lines_in, set_up_print
from .sheets import FIELDS, TERMS

# Widths of the columns, in digits: a margin, a label, a number, English, Chinese.
_WIDTHS = (2, 26, 8, 64, 58)
_URL = re.compile(r"https?://[!-~]{1,2000}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the cover: a label and what is said in two languages, or in one across both columns."""

    label: str
    english: str = ""
    chinese: str = ""
    rows: int | None = None
    sheet: str | None = None
    is_heading: bool = False


_HOW_TO_READ = (
    _Line(
        "Sheets 工作表",
        "One sheet a table. Row 1 says what a row is, rows 2 and 3 the titles in English and Chinese, row 4 the "
        "names of the fields, with filters. Point at a name to read what the field means.",
        "每张表一个工作表：第 1 行说明一行数据代表什么，第 2、3 行是字段的英文和中文名称，第 4 行是字段名，可在此筛选。"
        "鼠标指向字段名，可查看字段说明。",
    ),
    _Line(
        "Citations 引文",
        "A cell with a red corner was transcribed. Point at it to read where it is printed: source, paragraph, "
        f"characters (counted from 0, the end excluded) and quote. The sheet {EVIDENCE} holds all of them.",
        "右上角带红色三角的单元格转录自原文。鼠标指向它，可查看出处：来源文献、段落、"
        f"字符位置（从 0 起算，不含结束位置）和原文片段。全部引文收录在工作表 {EVIDENCE} 中。",
    ),
    _Line(
        "Languages 语言",
        "Fields whose names end in _zh hold what is printed, those in _en our translation.",
        "以 _zh 结尾的字段照录原文，以 _en 结尾的字段是我们的英文译文。",
    ),
    _Line(
        "Empty cells 空单元格",
        "An empty cell means that the source says nothing.",
        "单元格为空，表示原文没有提及。",
    ),
    _Line(
        "In a program 用程序读取",
        f'pandas.read_excel("….xlsx", sheet_name="policies", header={HEADER - 1}, dtype=object)\n'
        f'readxl::read_excel("….xlsx", sheet = "policies", skip = {HEADER - 1})',
        f"Python、R：字段名在第 {HEADER} 行，读取时跳过前 {HEADER - 1} 行。",
    ),
)
# By the classes of provenance that a table schema knows.
_PROVENANCE = (
    _Line("quoted", "The cell is the printed text.", "单元格就是原文片段。"),
    _Line("derived", "The cell follows from the printed text by a rule.", "单元格按规则从原文片段推导得出。"),
    _Line("cited_with", "The cell shares the quote of another field.", "单元格与另一字段共用同一原文片段。"),
    _Line(
        "editorial",
        "The cell is ours: IDs, translations, classifications, notes.",
        "单元格由我们编写：标识符、译文、分类、注释。",
    ),
    _Line(
        "reference",
        "The cell comes from an outside authority, which the description of the field names.",
        "单元格取自外部权威标准，见字段说明。",
    ),
)


def lay_out_cover(book: Workbook, styles: Styles, content: Content) -> None:
    """Add the cover to the workbook, as its first sheet."""
    page = book.add_worksheet(COVER)
    page.set_tab_color(DARK)
    for index, width in enumerate(_WIDTHS):
        page.set_column(index, index, width)
    about = content.package.descriptor
    for row, (text, size, height) in enumerate(((about.get("title_zh", ""), 18, 36), (about["title"], 13, 28))):
        page.set_row(row, height)
        band = styles(bold=True, font_size=size, font_color="white", bg_color=DARK, valign="vcenter")
        page.merge_range(row, 0, row, len(_WIDTHS) - 1, "", band)
        page.write_string(row, 0, text, band)
    row = 3
    for line in _lines(content):
        if line.is_heading:
            row += 1
        (_lay_out_heading if line.is_heading else _lay_out_line)(page, styles, row, line)
        row += 1
    set_up_print(page, content.package)
    page.set_portrait()
    page.print_area(0, 0, row - 1, len(_WIDTHS) - 1)


def _lines(content: Content) -> Iterator[_Line]:
    package, about = content.package, content.package.descriptor
    tables, citations = len(package.schemas), len(content.rows[EVIDENCE])
    rows = sum(map(len, content.rows.values()))
    yield _Line("About 简介", about["description"], about.get("description_zh", ""))
    yield _Line(
        "Size 规模",
        f"{tables} tables with {rows:,} rows, {citations:,} of which are citations",
        f"{tables} 张表，共 {rows:,} 行，其中引文 {citations:,} 条",
    )
    yield _Line("Version 版本", f"{package.version}, {about['created'][:10]}")
    for label, key in (("Licence 许可协议", "licenses"), ("Source 来源", "sources")):
        for each in about[key]:
            yield _Line(label, each.get("title") or each.get("name", ""), each.get("path", ""))
    yield _Line("How to cite 如何引用", citation_line(package))
    yield _Line("Contents 目录", is_heading=True)
    for name, schema in package.schemas.items():
        english, chinese = f"{schema.title}: {schema.description}", f"{schema.title_zh}：{schema.description_zh}"
        yield _Line(name, english, chinese, rows=len(content.rows[name]), sheet=name)
    yield _Line(FIELDS, "Codebook: every field of every table.", "数据字典：各表的全部字段。", sheet=FIELDS)
    yield _Line(TERMS, "Codebook: every term of every vocabulary.", "数据字典：各受控词表的全部取值。", sheet=TERMS)
    yield _Line("How to read it 使用说明", is_heading=True)
    yield from _HOW_TO_READ
    yield _Line("Colours of the fields: where a cell comes from 字段颜色：溯源类型", is_heading=True)
    yield from _PROVENANCE
    left_out = [omission for omission, _, _ in omissions(package)]
    if left_out:
        yield _Line("Figures left out on purpose 有意不收录的数字", is_heading=True)
    for each in left_out:
        place = f"paragraph 段落 {each.paragraph}, characters 字符 {each.start}–{each.end}: {each.quote}"
        yield _Line(each.source_id, place, each.reason)


def _lay_out_heading(page: Worksheet, styles: Styles, row: int, line: _Line) -> None:
    page.set_row(row, 24)
    style = styles(bold=True, font_size=12, font_color=DARK, bottom=2, bottom_color=DARK)
    page.write_string(row, 1, line.label, style)
    for column in range(2, len(_WIDTHS)):
        page.write_blank(row, column, None, style)


def _lay_out_line(page: Worksheet, styles: Styles, row: int, line: _Line) -> None:
    ruled = {"bottom": 1, "bottom_color": LINE}
    text, number = styles(text_wrap=True, **ruled), styles(num_format="#,##0", align="right", **ruled)
    if line.sheet:
        page.write_url(row, 1, f"internal:'{line.sheet}'!A1", styles(**LINK, **ruled), line.label)
    else:
        fill = {"bg_color": FILLS[line.label]} if line.label in FILLS else {}
        page.write_string(row, 1, line.label, styles(bold=True, font_color=DARK, **fill, **ruled))
    if line.rows is None:
        page.write_blank(row, 2, None, number)
    else:
        page.write_number(row, 2, line.rows, number)
    if line.chinese:
        lines = max(lines_in(line.english, _WIDTHS[3] - 2), lines_in(line.chinese, _WIDTHS[4] - 2))
        _write(page, row, 3, line.english, text)
        _write(page, row, 4, line.chinese, text)
    else:
        lines = lines_in(line.english, _WIDTHS[3] + _WIDTHS[4] - 2)
        page.merge_range(row, 3, row, 4, "", text)
        _write(page, row, 3, line.english, text)
    page.set_row(row, lines * LINE_HEIGHT + 3)


def _write(page: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    if _URL.fullmatch(text):
        page.write_url(row, column, text, style, text)
    else:
        page.write_string(row, column, text, style)
