"""How a sheet looks: header, filters, widths, heights, colours and comments."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...package import Package
from ...reading import type_of_cell
from .sheets import Column, Sheet

COVER = "说明 README"
# What the table is; titles in English; in Chinese; the fields' names, which carry the filters.
HEADER = 4
# On every Windows, and with Office on a Mac; it has Chinese and Latin letters that go together.
FONT = "Microsoft YaHei"
DARK, LINE = "#1F3864", "#D0D5DD"
LINK: Mapping[str, object] = {"font_color": "#0563C1", "underline": 1}
# By the class of provenance; None is for a column of the codebook.
FILLS: Mapping[str | None, str] = {
    "quoted": "#E2EFDA",
    "derived": "#DDEBF7",
    "cited_with": "#FFF2CC",
    "editorial": "#EDEDED",
    "reference": "#E4DFEC",
    None: "#EDEDED",
}
# Widths are in digits, heights in points.
_NARROW, _WIDE, _ARROW, _INDENT = 9, 44, 4, 1.5
# What a line is broken between: a Chinese character, or a word with its blanks.
_WORDS = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]*\s|[^\s\u2e80-\uffef]+")
LINE_HEIGHT, _TALLEST = 16.5, 409
_SHOWN_AS_TEXT = 255


class Styles:
    """The formats of a workbook, each made once: asked for by what they differ in from plain text."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **properties: object) -> Format:
        """The format with these properties of xlsxwriter's."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            plain = {"font_name": FONT, "font_size": 10, "valign": "top", "align": "left", "indent": 1}
            self._made[key] = self._book.add_format(plain | properties)
        return self._made[key]


def lay_out(book: Workbook, styles: Styles, sheet: Sheet, package: Package) -> None:
    """Add the sheet to the workbook."""
    page = book.add_worksheet(sheet.name)
    page.set_comments_author(package.descriptor["name"])
    widths = [_column_width(column, (row[i] for row in sheet.rows)) for i, column in enumerate(sheet.columns)]
    _lay_out_header(page, styles, sheet, widths)
    for index, row in enumerate(sheet.rows):
        lines = max(lines_in(cell, width - _INDENT) for cell, width in zip(row, widths, strict=True))
        page.set_row(HEADER + index, min(lines * LINE_HEIGHT + 2, _TALLEST))
        for column, cell in enumerate(row):
            _write(page, styles, HEADER + index, column, cell)
    for (index, column), text in sheet.comments.items():
        comment(page, HEADER + index, column, text)
    last = HEADER + len(sheet.rows) - 1
    page.autofilter(HEADER - 1, 0, max(last, HEADER - 1), len(widths) - 1)
    page.freeze_panes(HEADER, 1)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    set_up_print(page, package)
    page.repeat_rows(1, HEADER - 1)


def set_up_print(page: Worksheet, package: Package) -> None:
    """As wide as a sheet of paper, with a footer that says what it is."""
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.75)
    name = f"{package.descriptor['name']} {package.version}".replace("&", "&&")
    page.set_footer(f"&L&8{name}&C&8&A&R&8&P / &N", {"margin": 0.25})


def comment(page: Worksheet, row: int, column: int, text: str) -> None:
    """A comment that shows all of its text when it is pointed at."""
    columns = 36
    height = 17 * lines_in(text, columns) + 12
    page.write_comment(
        row,
        column,
        text,
        {"width": 8 * columns, "height": height, "font_name": FONT, "font_size": 9, "color": "#FFFFE8"},
    )


def lines_in(cell: type_of_cell, width: float) -> int:
    """How many lines a cell takes at that width. Letters are narrower than digits, which makes up for the margins."""
    return sum(_lines(line, width) for line in cell.split("\n")) if isinstance(cell, str) else 1


def _lay_out_header(page: Worksheet, styles: Styles, sheet: Sheet, widths: Iterable[float]) -> None:
    page.set_row(0, 24)
    page.write_url(0, 0, f"internal:'{COVER}'!A1", styles(valign="vcenter", **LINK), "← 目录 Contents")
    page.write_string(0, 1, sheet.title, styles(bold=True, font_color=DARK, valign="vcenter"))
    page.set_row(HEADER - 1, 20)
    for index, (column, width) in enumerate(zip(sheet.columns, widths, strict=True)):
        page.set_column(index, index, width)
        fill = FILLS[column.provenance]
        page.write_string(1, index, column.title, styles(bold=True, font_color=DARK, bg_color=fill))
        page.write_string(2, index, column.title_zh, styles(bold=True, font_color=DARK, bg_color=fill))
        name = styles(font_name="Consolas", font_size=9, bg_color=fill, bottom=2, bottom_color=DARK, valign="vcenter")
        page.write_string(HEADER - 1, index, column.name, name)
        if column.comment:
            comment(page, HEADER - 1, index, column.comment)


def _write(page: Worksheet, styles: Styles, row: int, column: int, cell: type_of_cell) -> None:
    ruled = {"bottom": 1, "bottom_color": LINE}
    if cell is None:
        page.write_blank(row, column, None, styles(**ruled))
    elif isinstance(cell, bool):
        # LibreOffice would show 1 and 0 beside numbers.
        shown = '"TRUE";"TRUE";"FALSE"'
        page.write_boolean(row, column, cell, styles(num_format=shown, **ruled))
    elif isinstance(cell, int):
        page.write_number(row, column, cell, styles(num_format="0", align="right", **ruled))
    elif isinstance(cell, float):
        # With places for decimals, Excel would leave a point behind a whole number.
        shown = "#,##0" if cell.is_integer() else "#,##0.0################"
        page.write_number(row, column, cell, styles(num_format=shown, align="right", **ruled))
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, styles(num_format="yyyy-mm-dd", **ruled))
    else:
        # As text, so that it stays text when it is edited too; old Excels show #### for text that is longer than this.
        shown = "@" if len(cell) <= _SHOWN_AS_TEXT else "General"
        page.write_string(row, column, cell, styles(text_wrap=True, num_format=shown, **ruled))


def _lines(text: str, width: float) -> int:
    if 2 * len(text) <= width or _width(text) <= width:
        return 1
    lines, used = 1, 0.0
    for word in _WORDS.findall(text):
        used += _width(word)
        if used - word.endswith(" ") > width:
            # A word that is longer than a line is broken where the line ends.
            more, used = divmod(_width(word), width)
            lines += 1 + int(more)
    return lines


def _column_width(column: Column, cells: Iterable[type_of_cell]) -> float:
    """Wide enough for the titles and for most cells; what is longer is wrapped."""
    heads = max(_width(column.title) * 1.15, _width(column.title_zh) * 1.1, _width(column.name) * 1.05 + _ARROW)
    longest = max((_width(line) for cell in set(cells) for line in _shown(cell).split("\n")), default=0)
    return round(max(_NARROW, heads, min(longest * 1.05, _WIDE)) + _INDENT + 1)


def _shown(cell: type_of_cell) -> str:
    return "" if cell is None else f"{cell:,.15g}" if isinstance(cell, float) else str(cell)


def _width(text: str) -> int:
    """How wide a text is, in digits: Chinese characters count double."""
    return len(text) if text.isascii() else sum(1 + (east_asian_width(each) in "WF") for each in text)
