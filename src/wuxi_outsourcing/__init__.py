"""Service outsourcing in Wuxi: typed tables, each cell traced to the printed characters it came from.

Everything here reads the data package that was installed with it, except where a folder or a file is given; nothing
goes to the network. `__version__` is the version of the data, which is the version of the code.

>>> import wuxi_outsourcing as wx
>>> wx.rows("projects")[0]  # doctest: +ELLIPSIS
{'project_id': '...', 'name_zh': '...', 'name_en': '...', ...}
"""

# What these modules import is light: pandas, Pandera and the like are imported by the functions that need them.
from .citation import cite
from .diff import diff
from .export import export
from .frames import load
from .problems import Problem, UnknownName, Unusable
from .provenance import corroborations, evidence, verify
from .table_schemas import Field, ForeignKey, TableSchema
from .tables import describe, path, tables
from .validation import schema, validate

# Type checkers take this name for true. It is false, but not literally: Jedi would not offer the names below then.
TYPE_CHECKING = bool()  # noqa: UP018

if TYPE_CHECKING:
    from .diff.values import Change, Difference
    from .provenance.values import Citation, Verification
    from .table_types import rows

    __version__: str
else:
    from .tables import rows

    # Dataclasses are slow to import, and most programs need none of these names.
    _VALUES = {
        "Change": "diff",
        "Citation": "provenance",
        "Difference": "diff",
        "Verification": "provenance",
    }

    def __getattr__(name: str) -> object:
        if name in _VALUES:
            from importlib import import_module  # noqa: PLC0415

            return getattr(import_module(f".{_VALUES[name]}.values", __name__), name)
        if name == "__version__":
            from .package import installed  # noqa: PLC0415

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
