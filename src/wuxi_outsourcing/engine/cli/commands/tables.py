"""List the tables."""

from argparse import ArgumentParser, Namespace

from ...opening import open_package
from ...problems import counted, visible
from .. import VALID
from ..arguments import add_package
from ..package_folder import folder_of

EXAMPLE = "tables"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_package(parser)


def run(options: Namespace) -> int:
    """Print each table with the number of its rows and its title."""
    package = open_package(folder_of(options.package))
    for table, schema in package.schemas.items():
        size = counted(len(package.text_rows(table)), "row")
        print(f"{visible(table):<18} {size:>10}  {visible(schema.title)}")
    return VALID
