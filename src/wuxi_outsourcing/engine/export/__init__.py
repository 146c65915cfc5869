"""The package in other formats, each a module with `write(content, path)`, which makes a new file or folder."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

from ..extras import needs_extra
from ..folders import temporary_folder
from ..opening import open_package
from ..package import Package
from ..problems import Problem, UnknownName, Unusable, counted
from .content import read_content

# Each format and its module here; none is called like a library.
FORMATS = {
    "sqlite": "sqlite",
    "parquet": "parquet",
    "xlsx": "workbook",
    "json": "json_document",
}


def export(to: str, destination: str | Path, *, directory: str | Path | None = None) -> Path:
    """Write the whole package, evidence and codebook included, in another format; returns the path of what is new.

    `to` is `sqlite` (a database), `parquet` (a folder), `xlsx` (a workbook) or `json` (one document). `directory` is
    the folder of a package, which is validated first and needs the extra `[validate]` for that; by default it is the
    installed package. With the same libraries, the same data give the same bytes.

    Raises UnknownName (a LookupError) for another format; Unusable, with nothing left behind, for a destination that
    exists or cannot be written, and for a package that is not valid; ImportError where an extra is missing (Parquet
    and XLSX need `[export]`).

    >>> import tempfile
    >>> import wuxi_outsourcing as wx
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wx.export("sqlite", f"{folder}/wuxi.sqlite").name
    'wuxi.sqlite'
    """
    if to not in FORMATS:
        raise UnknownName("format", to, FORMATS)
    with needs_extra("export", f"export to {to}"):
        module = import_module(f".{FORMATS[to]}", __name__)
    target = Path(destination)
    if os.path.lexists(target):
        fix = "Remove it, or name another destination."
        raise Unusable(Problem(str(target), None, None, "the destination already exists", fix))
    if directory is not None and (problems := Package(directory).validate().problems):
        message = f"the package is not valid: {counted(len(problems), 'problem')}, the first at {problems[0].file}"
        fix = "Run `wuxi-outsourcing validate` on the folder, and fix what it reports."
        raise Unusable(Problem(str(directory), None, None, message, fix))
    try:
        # What is made beside the target and moved there is there whole or not at all.
        with temporary_folder(target.parent) as folder:
            path = folder / target.name
            module.write(read_content(open_package(directory)), path)
            path.rename(target)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}; nothing was left behind"
        fix = "Name a destination in a folder that exists, that you can write to, and that has space left."
        raise Unusable(Problem(str(target), None, None, message, fix)) from None
    return target
