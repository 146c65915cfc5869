"""`export`: the package in other formats."""

import argparse
from pathlib import Path

from ..package import is_installed_copy, package_directory
from ..problems import counted
from . import VALID, add_package_option


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "export",
        help="write the package as a SQLite database, a DuckDB script, Parquet, a workbook or JSON",
        description="Write the whole package in another format, with types, keys, descriptions and evidence: a SQLite "
        "database, a script that loads a DuckDB database, a folder of Parquet files, a workbook or one JSON document. "
        "Parquet and XLSX need the extra [export]. An existing destination is never overwritten.",
    )
    command.add_argument("--to", metavar="FORMAT", required=True, help="sqlite, duckdb, parquet, xlsx or json")
    command.add_argument("destination", metavar="DEST", type=Path, help="the file, or for Parquet the folder, to make")
    add_package_option(command)
    command.set_defaults(run=_export)


def _export(options: argparse.Namespace) -> int:
    from ..export import export  # noqa: PLC0415  (what writes a format is slow to import)

    directory = package_directory(options.package)
    made = export(options.to, options.destination, directory=None if is_installed_copy(directory) else directory)
    files = [path for path in made.rglob("*") if path.is_file()] if made.is_dir() else [made]
    size = sum(path.stat().st_size for path in files)
    print(f"wrote {made}: {options.to}, {counted(len(files), 'file')}, {counted(size, 'byte')}")
    return VALID
