"""What no workbook can hold as it is: Excel would cut it, round it, or call the file damaged."""

import re
from collections.abc import Sequence
from datetime import date

from ...package import DESCRIPTOR, Package
from ...problem import Problem, Unusable
from ...reading import type_of_cell
from .layout import HEADER
from .sheets import Sheet

_ROWS, _COLUMNS, _TEXT = 1_048_576, 16_384, 32_767
# Excel keeps "history" for itself, and takes two names for one that differ in capitals alone.
_NAME = re.compile(r"(?!history$)[a-z0-9_-]{1,31}")
# Excel counts a 29 February 1900, so that the days before it are others in other programs.
_FIRST_DAY = date(1900, 3, 1)
_FIX = "Export to another format, such as sqlite."


def check_limits(package: Package, sheets: Sequence[Sheet]) -> None:
    """Raise Unusable for the first thing in the tables that a workbook can't hold."""
    for sheet in sheets:
        if not _NAME.fullmatch(sheet.name):
            message = f"a table called {sheet.name!r} can't be a sheet of a workbook"
            raise Unusable(Problem(DESCRIPTOR, None, "resources", message, _FIX))
        for count, what, most in ((len(sheet.rows), "rows", _ROWS - HEADER), (len(sheet.columns), "columns", _COLUMNS)):
            if count > most:
                message = f"there are {count:,} {what}, and a sheet of a workbook has room for {most:,}"
                raise Unusable(Problem(package.paths[sheet.name], None, None, message, _FIX))
        for index, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                fault = _fault(cell) or _fault(sheet.comments.get((index, column)))
                if fault:
                    place = package.paths[sheet.name], None, sheet.columns[column].name
                    raise Unusable(Problem(*place, f"{fault} (row {row[0]})", _FIX))


def _fault(cell: type_of_cell) -> str | None:
    """What keeps a cell, or the comment on it, out of a workbook."""
    if isinstance(cell, str):
        length = len(cell.encode("utf-16-le")) // 2  # Excel counts as UTF-16 does
        return f"{length:,} characters are more than the {_TEXT:,} of a workbook's cell" if length > _TEXT else None
    if isinstance(cell, date):
        return f"{cell} is before {_FIRST_DAY}, the first day that means the same everywhere" * (cell < _FIRST_DAY)
    if isinstance(cell, int | float) and float(f"{cell:.16G}") != cell:
        return f"{cell} has more digits than a workbook keeps"
    return None
