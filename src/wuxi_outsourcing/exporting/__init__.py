"""The package in other formats, each a module with `write(content, path)`: it makes a file, or a folder, that is new.

`content` is what they are made from, `sound` doubts it first, `placing` puts the result in place.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ..folder import doubting, package_in
from ..package import UnknownName, installed
from .content import citation_line, read_content
from .placing import placed

if TYPE_CHECKING:
    from collections.abc import Callable

    from .content import Content

# Each format and its module here. None is called like a library, nor `export`.
FORMATS = {
    "sqlite": "sqlite",
    "duckdb": "duckdb_script",
    "parquet": "parquet",
    "xlsx": "xlsx",
    "json": "json_rows",
}


def export(to: str, destination: str | Path, *, directory: str | Path | None = None) -> Path:
    """Write the whole package, evidence and codebook included, in another format; returns the path of what is new.

    `to` is `sqlite` (a database), `duckdb` (a script that loads one), `parquet` (a folder), `xlsx` (a workbook) or
    `json` (one document). `directory` is the folder of a package, by default the installed one. The same data give
    the same bytes, but for a change of the libraries that write them.

    Raises UnknownName (a LookupError) for another format; Unusable, with nothing left behind, for a destination that
    is there already or can't be written, and for a package that is not sound; ImportError where the format needs the
    extra `[export]` (Parquet and XLSX do).

    >>> import tempfile
    >>> import wuxi_outsourcing as wx
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wx.export("sqlite", f"{folder}/wuxi.sqlite").name
    'wuxi.sqlite'
    """
    if to not in FORMATS:
        raise UnknownName("format", to, FORMATS)
    write = _writer(to)
    target = Path(destination)
    with placed(target) as path:
        write(_content(directory), path)
    return target


def _writer(to: str) -> Callable[[Content, Path], None]:
    try:
        module = import_module(f".{FORMATS[to]}", __name__)
    except ModuleNotFoundError as error:
        message = f"export to {to} needs more than reading does: pip install 'wuxi-outsourcing[export]' ({error})"
        raise ImportError(message) from error
    write: Callable[[Content, Path], None] = module.write
    return write


def _content(directory: str | Path | None) -> Content:
    package = installed() if directory is None else package_in(Path(directory))
    with doubting(package.root):
        citation_line(package)  # every format has it
    return read_content(package)
