"""Print the schema of a table: keys, fields, terms, provenance."""

from argparse import ArgumentParser, Namespace

from ...opening import open_package
from .. import VALID
from ..arguments import add_json, add_language, add_package, add_table
from ..package_folder import folder_of
from ..terminal import json_output, prose

EXAMPLE = "describe sources --lang zh"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_table(parser)
    add_language(parser, default="en", help_text="titles, descriptions and labels in this language; by default en")
    add_json(parser, "the Table Schema")
    add_package(parser)


def run(options: Namespace) -> int:
    """Print the schema as text, or as it is in its file."""
    package = open_package(folder_of(options.package))
    if options.json:
        print(json_output(package.schema_file(options.table).value))
        return VALID
    for line in package.schema(options.table).text(options.lang).split("\n"):
        content = line.lstrip()
        indent = " " * (len(line) - len(content))
        print(prose(content, indent=indent, hanging="  "))
    return VALID
