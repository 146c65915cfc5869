"""Print what other public sources say about a row."""

from argparse import ArgumentParser, Namespace

from ...opening import open_package
from ...problems import visible
from .. import VALID
from ..arguments import add_package, add_row
from ..package_folder import folder_of

EXAMPLE = "corroborations sources SOURCE_ID"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_row(parser)
    add_package(parser)


def run(options: Namespace) -> int:
    """Print each statement, with its publisher and its address."""
    package = open_package(folder_of(options.package))
    for row in package.corroborations(options.table, options.row):
        about = row["field"] or "row"
        published = f"{row['publisher']}, {row['source_class']}"
        print(visible(f"{about}, {row['relation']}: {row['statement_en']} ({published})"))
        print(visible(f"    {row['statement_zh']}"))
        print(visible(f"    {row['url']}, read on {row['accessed_on']}"))
    return VALID
