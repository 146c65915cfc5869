"""Service outsourcing in Wuxi: typed tables, each cell traced to the printed characters it came from.

Everything here reads the data package that was installed with it, except where a folder or a file is given; nothing
goes to the network. `__version__` is the version of the data, which is the version of the code.

>>> import wuxi_outsourcing as wx
>>> wx.rows("projects")[0]  # doctest: +ELLIPSIS
{'project_id': '...', 'name_zh': '...', 'name_en': '...', ...}
"""

# Importing these modules is quick: pandas, Pandera and the like are imported by the functions that need them.
from typing import TYPE_CHECKING

from .citation import cite
from .diff import diff
from .diff.values import Change, Difference
from .export import export
from .frames import load
from .package import installed
from .problems import Problem, UnknownName, Unusable
from .provenance import corroborations, evidence, verify
from .provenance.values import Citation, Verification
from .table_schemas import Field, ForeignKey, TableSchema
from .tables import describe, path, tables
from .validation import schema, validate

if TYPE_CHECKING:
    from .table_types import rows

    __version__: str
else:
    from .tables import rows

    def __getattr__(name: str) -> object:
        if name == "__version__":
            try:
                return installed().version
            except Unusable as unusable:  # in a checkout, the descriptor may be defective
                raise AttributeError(f"no version: {unusable.problem}") from None
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Change",
    "Citation",
    "Difference",
    "Field",
    "ForeignKey",
    "Problem",
    "TableSchema",
    "UnknownName",
    "Unusable",
    "Verification",
    "cite",
    "corroborations",
    "describe",
    "diff",
    "evidence",
    "export",
    "load",
    "path",
    "rows",
    "schema",
    "tables",
    "validate",
    "verify",
]


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
