"""Service outsourcing in Wuxi: typed tables, each cell traced to the printed characters it came from.

Everything here reads the data package that was installed with it, except where a folder or a file is given; nothing
goes to the network. `__version__` is the version of the data, which is the version of the code.

>>> import wuxi_outsourcing as wx
>>> wx.rows("projects")[0]["name_zh"]
'华虹'
"""

# Type checkers take this name for true. The module `typing` itself would be most of the cost of this import.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from .changes import diff
    from .changes.change import Change, Difference
    from .citations import Citation, evidence
    from .exporting import export
    from .package import UnknownName
    from .problem import Problem, Unusable
    from .reading import describe, load, path, rows, tables
    from .validation import schema, validate
    from .verification import Verification, verify

    __version__: str

__all__ = [
    "Change",
    "Citation",
    "Difference",
    "Problem",
    "UnknownName",
    "Unusable",
    "Verification",
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

# A name's module is imported when the name is first used: importing the package costs next to nothing. No module is
# called like a name in here, since importing it would put the module in the name's place.
_MODULES = {
    "Change": "changes.change",
    "Citation": "citations",
    "Difference": "changes.change",
    "Problem": "problem",
    "UnknownName": "package",
    "Unusable": "problem",
    "Verification": "verification",
    "describe": "reading",
    "diff": "changes",
    "evidence": "citations",
    "export": "exporting",
    "load": "reading",
    "path": "reading",
    "rows": "reading",
    "schema": "validation",
    "tables": "reading",
    "validate": "validation",
    "verify": "verification",
}


if not TYPE_CHECKING:  # or a type checker would believe in any name

    def __getattr__(name: str) -> object:
        from importlib import import_module  # noqa: PLC0415  (only needed once a name is used)

        if name == "__version__":
            return import_module(".package", __name__).installed().version
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
