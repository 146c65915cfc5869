"""`tables`, `show`, `describe`, `evidence` and `corroborations`: what is in the package."""

import argparse
import json

from ..package import Package, open_package, package_directory
from ..problems import visible
from ..tables import csv_text, numbered_rows, text_rows
from . import VALID, add_package_option
from .grid import as_grid


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the parser."""
    command = commands.add_parser("tables", help="list the tables")
    command.set_defaults(run=_tables)
    add_package_option(command)

    command = commands.add_parser("show", help="print the rows of a table")
    command.add_argument("table", metavar="TABLE")
    command.add_argument(
        "--lang", choices=("en", "zh"), help="titles and labels in this language; by default the names"
    )
    layout = command.add_mutually_exclusive_group()
    layout.add_argument("--csv", dest="write", action="store_const", const=_as_csv, help="as CSV, with every column")
    layout.add_argument("--json", dest="write", action="store_const", const=_as_json, help="as a JSON array of objects")
    command.set_defaults(run=_show, write=as_grid)
    add_package_option(command)

    command = commands.add_parser("describe", help="print the schema of a table: keys, fields, terms, provenance")
    command.add_argument("table", metavar="TABLE")
    command.set_defaults(run=_describe)
    add_package_option(command)

    command = commands.add_parser("evidence", help="print the citations behind a row or a cell")
    command.add_argument("table", metavar="TABLE")
    command.add_argument("row", metavar="ROW", help="the value of the row's primary key")
    command.add_argument("field", metavar="FIELD", nargs="?")
    command.set_defaults(run=_evidence)
    add_package_option(command)

    command = commands.add_parser("corroborations", help="print what other public sources say about a row")
    command.add_argument("table", metavar="TABLE")
    command.add_argument("row", metavar="ROW", help="the value of the row's primary key")
    command.set_defaults(run=_corroborations)
    add_package_option(command)


def _package(options: argparse.Namespace) -> Package:
    return open_package(package_directory(options.package))


def _tables(options: argparse.Namespace) -> int:
    package = _package(options)
    for table, schema in package.schemas.items():
        print(f"{visible(table):<18} {sum(1 for _ in text_rows(package, table)):>5} rows  {visible(schema.title)}")
    return VALID


def _show(options: argparse.Namespace) -> int:
    print(options.write(_package(options), options.table, options.lang))
    return VALID


def _describe(options: argparse.Namespace) -> int:
    print("\n".join(map(visible, str(_package(options).schema(options.table)).split("\n"))))
    return VALID


def _evidence(options: argparse.Namespace) -> int:
    from ..provenance import row_citations  # noqa: PLC0415  (the others do without)

    citations = row_citations(_package(options), options.table, options.row, options.field)
    for citation in citations:
        location = (
            f"{citation.source_id}, paragraph {citation.paragraph}, characters {citation.start} to {citation.end}"
        )
        print(visible(f"{citation.field}: {location}: {citation.quote}"))
    if not citations:
        cell = f"{options.table} {options.row}" + f" {options.field}" * bool(options.field)
        print(f"{cell} has no evidence: it is editorial, from a reference that its description names, or empty.")
    return VALID


def _corroborations(options: argparse.Namespace) -> int:
    from ..provenance import row_corroborations  # noqa: PLC0415

    for row in row_corroborations(_package(options), options.table, options.row):
        statement = "{relation}: {statement_en} ({publisher}, {source_class})".format_map(row)
        print(visible(f"{row['field'] or 'row'}, {statement}"))
        print(visible(f"    {row['statement_zh']}"))
        print(visible(f"    {row['url']}, read on {row['accessed_on']}"))
    return VALID


def _as_csv(package: Package, table: str, lang: str | None) -> str:
    schema = package.schema(table)
    rows = [[schema[name].label(cell, lang) for name, cell in row.items()] for _, row in text_rows(package, table)]
    return csv_text([schema.names, *rows]).removesuffix("\n")


def _as_json(package: Package, table: str, lang: str | None) -> str:
    schema = package.schema(table)
    rows = [
        {name: schema[name].label(value, lang) for name, value in row.items()}
        for _, row in numbered_rows(package, table)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2, default=str)
