"""`tables`, `show` and `evidence`: what is in the package."""

import argparse

from ..reading import describe, path, rows, tables
from . import VALID


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the parser."""
    command = commands.add_parser("tables", help="list the tables")
    command.set_defaults(run=_tables)

    command = commands.add_parser("show", help="show a table: its codebook, then a line a row")
    command.add_argument("table", metavar="TABLE")
    command.set_defaults(run=_show)

    command = commands.add_parser("evidence", help="show what backs a row or a cell")
    command.add_argument("table", metavar="TABLE")
    command.add_argument("row", metavar="ROW", help="the value of the row's primary key")
    command.add_argument("field", metavar="FIELD", nargs="?")
    command.set_defaults(run=_evidence)


def _tables(_options: argparse.Namespace) -> int:
    for table in tables():
        print(f"{table:<18} {len(rows(table)):>5} rows  {describe(table).title}")
    return VALID


def _show(options: argparse.Namespace) -> int:
    schema = describe(options.table)
    print(f"{schema}\n\n{path(options.table)}\n")
    names = [name for name in schema.names if name.endswith(("_zh", "_en", "quote"))][:2]
    for row in rows(options.table):
        print("  ".join([schema.row_id(row), *(str(row[name]) for name in names if row[name])]))
    return VALID


def _evidence(options: argparse.Namespace) -> int:
    from ..citations import evidence  # noqa: PLC0415  (the other two do without)

    citations = evidence(options.table, options.row, options.field)
    for one in citations:
        print(
            f"{one.field}: {one.source_id}, paragraph {one.paragraph}, characters {one.start} to {one.end}: {one.quote}"
        )
    if not citations:
        what = f"{options.table} {options.row}" + f" {options.field}" * bool(options.field)
        print(f"{what} has no evidence: it is editorial, from a reference that its description names, or empty.")
    return VALID
