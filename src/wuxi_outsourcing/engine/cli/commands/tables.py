"""List the tables."""

from argparse import ArgumentParser, Namespace

from ...opening import open_package
from ...problems import counted, visible
from .. import VALID
from ..arguments import add_json, add_language, add_package
from ..package_folder import folder_of
from ..terminal import json_output

EXAMPLE = "tables --lang zh"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_language(parser, default="en", help_text="titles in this language; by default en")
    add_json(parser, "an array of objects with name, rows, title and title_zh")
    add_package(parser)


def run(options: Namespace) -> int:
    """Print each table with the number of its rows and its title."""
    package = open_package(folder_of(options.package))
    schemas = package.schemas
    sizes = {name: len(package.text_rows(name)) for name in schemas}
    if options.json:
        tables = [
            {"name": name, "rows": sizes[name], "title": schema.title, "title_zh": schema.title_zh}
            for name, schema in schemas.items()
        ]
        print(json_output(tables))
        return VALID
    for name, schema in schemas.items():
        size = counted(sizes[name], "row")
        title = schema.title_zh if options.lang == "zh" else schema.title
        print(f"{visible(name):<18} {size:>10}  {visible(title)}")
    return VALID
