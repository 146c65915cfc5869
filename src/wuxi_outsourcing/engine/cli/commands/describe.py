"""Print the schema of a table: keys, fields, terms, provenance."""

from argparse import ArgumentParser, Namespace

from ...opening import open_package
from ...problems import visible
from .. import VALID
from ..arguments import add_package, add_table
from ..package_folder import folder_of

EXAMPLE = "describe sources"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_table(parser)
    add_package(parser)


def run(options: Namespace) -> int:
    """Print the schema as text."""
    schema = open_package(folder_of(options.package)).schema(options.table)
    for line in str(schema).split("\n"):
        print(visible(line))
    return VALID
