"""Print the rows of a table."""

from argparse import ArgumentParser, Namespace

from ...canonical_csv import csv_text
from ...csv_files import Row
from ...opening import open_package
from ...package import Package
from ...schema import TableSchema
from .. import VALID
from ..arguments import add_language, add_package, add_table
from ..grid import as_grid
from ..package_folder import folder_of
from ..terminal import json_output

EXAMPLE = "show sources --lang zh"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_table(parser)
    add_language(parser, default=None, help_text="titles and labels in this language; by default names and terms")
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--csv", action="store_true", help="as CSV, with every column")
    forms.add_argument("--json", action="store_true", help="as JSON for a program: an array of objects")
    add_package(parser)


def run(options: Namespace) -> int:
    """Print the rows as CSV, as JSON, or as a table for the terminal."""
    package = open_package(folder_of(options.package))
    schema = package.schema(options.table)
    if options.csv:
        print(_as_csv(package, schema, options.lang), end="")
    elif options.json:
        objects = [_labelled(schema, row, options.lang) for row in package.rows(options.table)]
        print(json_output(objects))
    else:
        print(as_grid(schema, package.rows(options.table), options.lang))
    return VALID


def _as_csv(package: Package, schema: TableSchema, lang: str | None) -> str:
    records = [schema.names]
    for row in package.text_rows(schema.name):
        cells = [schema[name].label(cell, lang) for name, cell in row.items()]
        records.append(cells)
    return csv_text(records)


def _labelled(schema: TableSchema, row: Row, lang: str | None) -> Row:
    """A row with the label of each term in a language; without a language, the row as it is."""
    return {name: schema[name].label(value, lang) for name, value in row.items()}
