"""The command line: `wuxi-outsourcing`.

Exit status: 0 all is well, 1 problems were found, 2 it could not run.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .citations import evidence
from .package import DESCRIPTOR, UnknownName, installed
from .problem import Unusable
from .reading import describe, path, rows, tables
from .report import FORMATS

VALID, PROBLEMS, COULD_NOT_RUN = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # The tables are Chinese, whatever the terminal or the pipe is set to.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except Unusable as unusable:
        print(unusable.problem, file=sys.stderr)
        return COULD_NOT_RUN
    except (UnknownName, ImportError) as error:
        print(f"wuxi-outsourcing: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    except BrokenPipeError:
        # `| head` has seen enough. Python would complain once more when it closes the stream.
        sys.stdout = None
        return VALID
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wuxi-outsourcing",
        description="Service outsourcing in Wuxi: typed tables, each cell traced to the printed characters.",
        epilog="Exit status: 0 all is well, 1 problems were found, 2 it could not run.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {installed().version}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

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

    command = commands.add_parser("verify", help="check every citation against a copy of the article")
    command.add_argument("file", metavar="FILE", help="the article as plain text in UTF-8")
    command.set_defaults(run=_verify)

    command = commands.add_parser("validate", help="check a data package; needs the extra [validate]")
    command.add_argument(
        "directory",
        metavar="DIRECTORY",
        nargs="?",
        type=Path,
        help=f"the folder that holds {DESCRIPTOR}; by default this one, or else the installed package",
    )
    command.add_argument(
        "--source", metavar="FILE", action="append", default=[], help="a copy of an article to verify against"
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="how to write the problems")
    command.set_defaults(run=_validate)
    return parser


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
    citations = evidence(options.table, options.row, options.field)
    for one in citations:
        print(
            f"{one.field}: {one.source_id}, paragraph {one.paragraph}, characters {one.start} to {one.end}: {one.quote}"
        )
    if not citations:
        what = f"{options.table} {options.row}" + f" {options.field}" * bool(options.field)
        print(f"{what} has no evidence: it is editorial, from a reference that its description names, or empty.")
    return VALID


def _verify(options: argparse.Namespace) -> int:
    from .source_text import read_source  # noqa: PLC0415  (hashing is slow to import, and only two commands need it)
    from .verification import check  # noqa: PLC0415

    result = check(read_source(options.file), installed())
    if result.problems:
        print(FORMATS["text"](result.problems))
    print(result)
    return PROBLEMS if result.problems else VALID


def _validate(options: argparse.Namespace) -> int:
    from .validation import check  # noqa: PLC0415  (needs an extra that reading does without)
    from .verification import verify  # noqa: PLC0415

    here = Path() if Path(DESCRIPTOR).is_file() else installed().root
    directory = options.directory or here
    problems = check(directory, sources=options.source)
    if problems or options.format == "json":
        print(FORMATS[options.format](problems))
    if options.format == "text":
        for source in options.source:
            print(verify(source, directory))
        print(f"{len(problems)} problem(s) in {directory.resolve()}" if problems else f"valid: {directory.resolve()}")
    return PROBLEMS if problems else VALID
