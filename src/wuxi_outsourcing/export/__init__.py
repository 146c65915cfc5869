"""The package in other formats, each a module with `write(content, path)`, which makes a new file or folder."""

from __future__ import annotations

from ..problems import Problem, UnknownName, Unusable

# Type checkers take this name for true; importing the module `typing` would slow down every command.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from pathlib import Path

    from .content import Content

# Each format and its module here; none is called like a library.
FORMATS = {
    "sqlite": "sqlite",
    "duckdb": "duckdb_script",
    "parquet": "parquet",
    "xlsx": "workbook",
    "json": "json_document",
}


def export(to: str, destination: str | Path, *, directory: str | Path | None = None) -> Path:
    """Write the whole package, evidence and codebook included, in another format; returns the path of what is new.

    `to` is `sqlite` (a database), `duckdb` (a script that loads one), `parquet` (a folder), `xlsx` (a workbook) or
    `json` (one document). `directory` is the folder of a package, which is validated first and needs the extra
    `[validate]` for that; by default it is the installed package. With the same libraries, the same data give the
    same bytes.

    Raises UnknownName (a LookupError) for another format; Unusable, with nothing left behind, for a destination that
    exists or cannot be written, and for a package that is not valid; ImportError where an extra is missing (Parquet
    and XLSX need `[export]`).

    >>> import tempfile
    >>> import wuxi_outsourcing as wx
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wx.export("sqlite", f"{folder}/wuxi.sqlite").name
    'wuxi.sqlite'
    """
    from importlib import import_module  # noqa: PLC0415  (what is imported in here is slow to import)
    from pathlib import Path  # noqa: PLC0415

    if to not in FORMATS:
        raise UnknownName("format", to, FORMATS)
    try:
        module = import_module(f".{FORMATS[to]}", __name__)
    except ModuleNotFoundError as error:
        message = f"export to {to} needs more than reading does: pip install 'wuxi-outsourcing[export]' ({error})"
        raise ImportError(message) from error
    target = Path(destination)
    _write_new(target, lambda path: module.write(_valid_content(directory), path))
    return target


def _valid_content(directory: str | Path | None) -> Content:
    from ..package import open_package  # noqa: PLC0415
    from .content import read_content  # noqa: PLC0415

    if directory is not None:
        from pathlib import Path  # noqa: PLC0415

        from ..validation import check_package  # noqa: PLC0415

        problems = check_package(Path(directory)).problems
        if problems:
            message = f"the package is not valid: {len(problems)} problem(s), the first at {problems[0].file}"
            fix = "Run `wuxi-outsourcing validate` on the folder, and fix what it reports."
            raise Unusable(Problem(str(directory), None, None, message, fix))
    return read_content(open_package(directory))


def _write_new(target: Path, write: object) -> None:
    """Write a file or folder beside the target and move it there, so that nobody ever finds half of it."""
    import os  # noqa: PLC0415
    import tempfile  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    try:
        _expect_nothing(target)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / target.name
            assert callable(write)
            write(path)
            if path.is_dir():
                path.rename(target)  # fails for a file, and for a folder that is not empty
            else:
                os.link(path, target)  # unlike a rename, never replaces a file
    except FileExistsError:
        fix = "Remove it, or name another destination."
        raise Unusable(Problem(str(target), None, None, "the destination already exists", fix)) from None
    except OSError as error:
        fix = "Free some space, or name a destination in a folder that you can write to."
        if not target.parent.is_dir():
            fix = f"Make the folder {target.parent} first, or name another destination."
        message = f"cannot be written: {error.strerror or error}; nothing was left behind"
        raise Unusable(Problem(str(target), None, None, message, fix)) from None


def _expect_nothing(target: Path) -> None:
    import os  # noqa: PLC0415

    if os.path.lexists(target):
        raise FileExistsError
