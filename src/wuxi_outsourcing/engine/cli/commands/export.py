"""Write the package as a database, Parquet, XLSX or JSON."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ...export import export
from ...opening import is_installed_copy
from ...problems import visible
from .. import VALID
from ..arguments import add_package
from ..package_folder import folder_of

EXAMPLE = "export --to sqlite package.sqlite"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "dest",
        metavar="DEST",
        type=Path,
        help="the file, or for Parquet the folder, to make; nothing is overwritten",
    )
    parser.add_argument(
        "--to",
        metavar="FORMAT",
        required=True,
        help="sqlite, parquet*, xlsx* or json (*: extra [export])",
    )
    add_package(parser)


def run(options: Namespace) -> int:
    """Write the package, and print where it is."""
    folder = folder_of(options.package)
    made = export(options.to, options.dest, directory=None if is_installed_copy(folder) else folder)
    print(visible(f"wrote {made}"))
    return VALID
