"""`format`, `cite` and `add-source`: what writes into the package."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..package import DESCRIPTOR, installed
from ..problem import visible
from ..report import FORMATS
from . import PROBLEMS, VALID

if TYPE_CHECKING:
    from ..package import Package
    from ..source_text import SourceText


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the parser."""
    command = commands.add_parser("format", help="bring the CSVs into canonical form, sizes and hashes up to date")
    command.add_argument("--check", action="store_true", help="change nothing, print the diff; exit status 1 if any")
    command.add_argument("--from-encoding", choices=["gb18030"], help="how files that are not UTF-8 are encoded")
    _add_package(command)
    command.set_defaults(run=_format)

    command = commands.add_parser("cite", help="find a quote in a copy of an article, and cite it for a cell")
    command.add_argument("file", metavar="FILE", help="the article as plain text in UTF-8")
    command.add_argument("quote", metavar="QUOTE", nargs="?", help="the printed characters")
    purpose = command.add_mutually_exclusive_group()
    purpose.add_argument("--for", dest="cell", metavar=("TABLE", "ROW", "FIELD"), nargs=3, help="cite it for this cell")
    purpose.add_argument("--omit", metavar="REASON", help="declare that its figure is left out, and why")
    purpose.add_argument("--all", action="store_true", help="cite every cell that lacks evidence and is printed once")
    _add_package(command)
    command.set_defaults(run=_cite, parser=command)

    command = commands.add_parser("add-source", help="put a new article on record")
    command.add_argument("file", metavar="FILE", help="the article as plain text in UTF-8")
    command.add_argument("--id", required=True, help="a short ID: lower case, digits, hyphens")
    command.add_argument("--title", required=True, help="the title as the article prints it")
    command.add_argument("--url", required=True, help="the public address of the article")
    command.add_argument("--published-on", metavar="DAY", default="", help="as 2024-03-05; must be printed there")
    _add_package(command)
    command.set_defaults(run=_add_source)


def _add_package(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--package",
        metavar="DIRECTORY",
        type=Path,
        help=f"the folder that holds {DESCRIPTOR}; by default this one",
    )


def _format(options: argparse.Namespace) -> int:
    from ..editing.canonical import format_package  # noqa: PLC0415  (hashing and comparing are slow to import)
    from ..editing.folder import editable_package  # noqa: PLC0415

    package = editable_package(options.package)
    changes, problems = format_package(package, from_encoding=options.from_encoding, write=not options.check)
    if problems:
        print(FORMATS["text"](problems))
    for change in changes:
        if options.check:
            print("\n".join(change.diff()))
        else:
            print(f"{change.file}: " + ", ".join(["rewritten", *change.notes]))
    if not changes and not problems:
        print("all files are in canonical form")
    return PROBLEMS if problems or (changes and options.check) else VALID


def _cite(options: argparse.Namespace) -> int:
    from ..editing.citing import cite, cite_all  # noqa: PLC0415
    from ..editing.folder import editable_package  # noqa: PLC0415
    from ..editing.omitting import omit  # noqa: PLC0415
    from ..editing.places import canonical_quote  # noqa: PLC0415
    from ..source_text import read_source  # noqa: PLC0415

    if options.all != (options.quote is None):
        options.parser.error("give either a QUOTE or --all")
    source = read_source(options.file)
    writes = options.all or options.cell or options.omit is not None
    # To look something up, the installed package will do.
    here = writes or options.package or Path(DESCRIPTOR).is_file()
    package = editable_package(options.package) if here else installed()
    if options.all:
        rows, rest = cite_all(package, source)
        for row in rows:
            print("cited:", visible(",".join(row.values())))
        if rest:
            print(FORMATS["text"](rest))
        print(f"{len(rows)} cells are now cited; {len(rest)} lack evidence")
        return PROBLEMS if rest else VALID
    quote = canonical_quote(options.quote)
    if options.cell:
        print(cite(package, source, quote, tuple(options.cell)))
    elif options.omit is not None:
        print(omit(package, source, quote, options.omit))
    else:
        _show(source, package, quote)
    return VALID


def _show(source: "SourceText", package: "Package", quote: str) -> None:
    from ..editing.citing import check_quote  # noqa: PLC0415
    from ..editing.places import find  # noqa: PLC0415

    check_quote(package, source, quote)
    for place in find(source, quote):
        print(place.marked(source))


def _add_source(options: argparse.Namespace) -> int:
    from ..editing.folder import editable_package  # noqa: PLC0415
    from ..editing.new_source import NewSource, add_source  # noqa: PLC0415
    from ..source_text import read_source  # noqa: PLC0415

    new = NewSource(options.id, options.title, options.url, options.published_on)
    print("\n".join(add_source(editable_package(options.package), read_source(options.file), new)))
    return VALID
