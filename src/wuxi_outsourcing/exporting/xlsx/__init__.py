"""XLSX: a workbook with a cover, a sheet for each table whose cells carry their citations as comments, and a codebook.

`sheets` says what stands in each sheet, `layout` how it looks, `cover` what the first page says; `limits` refuses what
no workbook can hold as it is.
"""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter

from ...folder import doubting
from ...package import Package
from ..content import Content, citation_line, people
from .cover import lay_out_cover
from .layout import Styles, lay_out
from .limits import check_limits
from .sheets import codebook, table_sheets


def write(content: Content, path: Path) -> None:
    """Write the workbook. Raises Unusable for what no workbook can hold."""
    buffer = BytesIO()
    # In memory, nothing is left lying on a disk that runs full.
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    with doubting(content.package.root):
        _fill(book, content)
    book.close()
    path.write_bytes(buffer.getvalue())


def _fill(book: xlsxwriter.Workbook, content: Content) -> None:
    tables = list(table_sheets(content))
    check_limits(content.package, tables)
    book.use_zip64()
    book.set_properties(_properties(content.package))
    styles = Styles(book)
    lay_out_cover(book, styles, content)
    for sheet in [*tables, *codebook(content.package)]:
        lay_out(book, styles, sheet, content.package)


def _properties(package: Package) -> dict[str, object]:
    descriptor = package.descriptor
    return {
        "title": descriptor["title"],
        "subject": descriptor.get("title_zh", ""),
        "author": people(package),
        "keywords": ", ".join(descriptor.get("keywords", ())),
        "comments": citation_line(package),
        "created": datetime.fromisoformat(descriptor["created"]),
    }
