"""Letters that only look like ours."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from unicodedata import category

import numpy as np

from ..characters import described
from ..package import EVIDENCE
from ..problem import Problem

if TYPE_CHECKING:
    from ..package import Field
    from .column import Table

# Latin and Chinese, and general punctuation, which is in most notes; what is outside is looked at one by one.
_OUTSIDE = re.compile("[^\x00-\u024f\u1e00-\u1eff\u2010-\u205e\u3000-\u3020\u3400-\u9fff\U00020000-\U0003ffff]")


def check_letters(table: "Table") -> Iterator[Problem]:
    """Letters and digits in our own words that are neither Latin nor Chinese: they pass for others, and match nothing.

    What is transcribed has whatever letters were printed.
    """
    for field in table.schema.fields:
        if _is_ours(field, table.schema.name):
            cells = table.columns[field.name]
            if _OUTSIDE.search("".join(cells.different)):
                for row in np.flatnonzero(cells.where(_stranger)).tolist():
                    stranger = _stranger(cells[row])
                    message = f"the cell holds {described(stranger)}, which is neither Latin nor Chinese"
                    fix = "Type the word anew: letters of other scripts look alike, but are not the same."
                    yield Problem(table.file, table.lines[row], field.name, message, fix)


def _stranger(cell: str) -> str:
    return next((each for each in _OUTSIDE.findall(cell) if category(each)[0] in "LMN"), "")


def _is_ours(field: "Field", table: str) -> bool:
    return (
        field.type == "string"
        and field.provenance in ("editorial", "reference")
        and (table, field.name) != (EVIDENCE, "quote")
    )
