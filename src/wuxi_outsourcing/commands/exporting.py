"""`export`: the package in other formats."""

import argparse
from pathlib import Path

from ..package import DESCRIPTOR, installed
from . import VALID


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "export",
        help="write the package as a SQLite database, a DuckDB script, Parquet, a workbook or JSON",
        description="Write the whole package in another format, with types, keys, descriptions and evidence: a SQLite "
        "database, a script that loads a DuckDB database, a folder of Parquet files, a workbook or one JSON document. "
        "Parquet and XLSX need the extra [export]. Nothing that is there already is overwritten.",
    )
    command.add_argument("--to", metavar="FORMAT", required=True, help="sqlite, duckdb, parquet, xlsx or json")
    command.add_argument("destination", metavar="DEST", type=Path, help="the file, or for Parquet the folder, to make")
    command.add_argument(
        "--package",
        metavar="DIRECTORY",
        type=Path,
        help=f"the folder that holds {DESCRIPTOR}; by default this one, or else the installed package",
    )
    command.set_defaults(run=_export)


def _export(options: argparse.Namespace) -> int:
    from ..exporting import export  # noqa: PLC0415  (what writes a format is slow to import)

    here = Path() if Path(DESCRIPTOR).is_file() else installed().root
    made = export(options.to, options.destination, directory=options.package or here)
    files = [path for path in made.rglob("*") if path.is_file()] if made.is_dir() else [made]
    size = sum(path.stat().st_size for path in files)
    print(f"wrote {made}: {options.to}, {len(files)} file{'s' * (len(files) != 1)}, {size:,} bytes")
    return VALID
