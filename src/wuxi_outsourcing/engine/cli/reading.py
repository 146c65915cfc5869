"""`tables`, `show`, `describe`, `evidence` and `corroborations`: what is in the package."""

import json
from argparse import Namespace

from ..opening import open_package
from ..package import Package
from ..problems import counted, visible
from ..tables import csv_text
from . import VALID
from .grid import as_grid
from .package_folder import folder_of


def _package(options: Namespace) -> Package:
    return open_package(folder_of(options.package))


def run_tables(options: Namespace) -> int:
    """List the tables."""
    package = _package(options)
    for table, schema in package.schemas.items():
        size = counted(len(package.text_rows(table)), "row")
        print(f"{visible(table):<18} {size:>10}  {visible(schema.title)}")
    return VALID


def run_show(options: Namespace) -> int:
    """Print the rows of a table."""
    package, table, lang = _package(options), options.table, options.lang
    schema = package.schema(table)
    if options.csv:
        rows = [[schema[name].label(cell, lang) for name, cell in row.items()] for row in package.text_rows(table)]
        print(csv_text([schema.names, *rows]), end="")
    elif options.json:
        objects = [
            {name: schema[name].label(value, lang) for name, value in row.items()} for row in package.rows(table)
        ]
        print(json.dumps(objects, ensure_ascii=False, indent=2, default=str))
    else:
        print(as_grid(schema, package.rows(table), lang))
    return VALID


def run_describe(options: Namespace) -> int:
    """Print the schema of a table."""
    print("\n".join(map(visible, str(_package(options).schema(options.table)).split("\n"))))
    return VALID


def run_evidence(options: Namespace) -> int:
    """Print the citations behind a row or a cell."""
    citations = _package(options).evidence(options.table, options.row, options.field)
    for cited in citations:
        location = f"{cited.source_id}, paragraph {cited.paragraph}, characters {cited.start} to {cited.end}"
        print(visible(f"{cited.field}: {location}: {cited.quote}"))
    if not citations:
        cell = f"{options.table} {options.row}" + f" {options.field}" * bool(options.field)
        reason = "it is editorial, from a reference that its description names, or empty"
        print(visible(f"{cell} has no evidence: {reason}."))
    return VALID


def run_corroborations(options: Namespace) -> int:
    """Print what other public sources say about a row."""
    for row in _package(options).corroborations(options.table, options.row):
        statement = "{relation}: {statement_en} ({publisher}, {source_class})".format_map(row)
        print(visible(f"{row['field'] or 'row'}, {statement}"))
        print(visible(f"    {row['statement_zh']}"))
        print(visible(f"    {row['url']}, read on {row['accessed_on']}"))
    return VALID
