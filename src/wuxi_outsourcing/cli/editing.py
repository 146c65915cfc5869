"""`format`, `cite` and `add-source`: what writes into the package."""

import argparse
import re
from datetime import date
from typing import TYPE_CHECKING

from ..package import open_package, package_directory
from ..problems import visible
from . import PROBLEMS, VALID, add_package_option
from .report import FORMATS

if TYPE_CHECKING:
    from ..editing.search import At


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the parser."""
    command = commands.add_parser(
        "format",
        help="bring CSV and JSON files into canonical form, sizes and hashes up to date",
        description="Bring the CSVs, the schemas and datapackage.json into canonical form: order, quoting, line ends, "
        "encoding, separator, sizes and hashes. No value is changed. Running it again changes nothing.",
    )
    command.add_argument("--check", action="store_true", help="change nothing, print the diff; exit status 1 if any")
    command.add_argument(
        "--from-encoding", choices=["gb18030"], default="utf-8", help="how CSVs that are not UTF-8 are encoded"
    )
    add_package_option(command)
    command.set_defaults(run=_format)

    command = commands.add_parser(
        "cite",
        help="find a quote in a copy of an article, and cite it for a cell",
        description="Find a quote in a copy of an article that is on record, cite it for a cell, or declare that its "
        "figure is omitted; without an option, only show where it is printed. Nothing is cited twice: the command can "
        "be repeated, and with --all it goes on where it stopped.",
    )
    command.add_argument("file", metavar="FILE", help="the article as plain text in UTF-8")
    command.add_argument("quote", metavar="QUOTE", nargs="?", help="the printed characters")
    purpose = command.add_mutually_exclusive_group()
    purpose.add_argument("--for", dest="cell", metavar=("TABLE", "ROW", "FIELD"), nargs=3, help="cite it for this cell")
    purpose.add_argument("--omit", metavar="REASON", help="declare that its figure is in no cell, and why")
    purpose.add_argument(
        "--all",
        action="store_true",
        help="cite every cell that lacks evidence and is printed once, in the article or in the paragraphs of its row",
    )
    command.add_argument(
        "--at",
        metavar="PARAGRAPH[:START]",
        type=_location,
        help="where the quote is meant, if it is printed more than once",
    )
    add_package_option(command)
    command.set_defaults(run=_cite, parser=command)

    command = commands.add_parser(
        "add-source",
        help="put a new article on record, or complete one",
        description="Put an article on record: its row of sources and its paragraphs. Its title and day are cited by "
        "cite --all, as other cells are. The command can be repeated for the same --id: it fills in what is still "
        "empty and overwrites nothing.",
    )
    command.add_argument("file", metavar="FILE", help="the article as plain text in UTF-8")
    command.add_argument("--id", required=True, help="a short ID: lower case, digits, hyphens")
    command.add_argument("--title", default="", help="the title as the article prints it; needed at first")
    command.add_argument("--url", default="", help="the public address of the article; needed at first")
    command.add_argument("--title-en", metavar="TITLE", default="", help="the title in English")
    command.add_argument("--published-on", metavar="DAY", type=date.fromisoformat, help="printed there, as 2024-03-05")
    add_package_option(command)
    command.set_defaults(run=_add_source)


def _location(text: str) -> "At":
    match = re.fullmatch("([1-9][0-9]{0,5})(?::([0-9]{1,7}))?", text, re.ASCII)
    if not match:
        raise argparse.ArgumentTypeError(f"not PARAGRAPH or PARAGRAPH:START, such as 3 or 3:49: {text!r}")
    return int(match[1]), int(match[2]) if match[2] else None


def _format(options: argparse.Namespace) -> int:
    from ..editing.format import diff, format_package  # noqa: PLC0415  (hashing and comparing are slow to import)
    from ..editing.text_tables import editable_package  # noqa: PLC0415

    package = editable_package(options.package)
    changes, problems = format_package(package, from_encoding=options.from_encoding, write=not options.check)
    if problems:
        print(FORMATS["text"](problems))
    for file, (before, after) in changes.items():
        print("\n".join(diff(file, before, after)) if options.check else visible(f"{file}: rewritten"))
    if not changes and not problems:
        print("all files are in canonical form")
    return PROBLEMS if problems or (changes and options.check) else VALID


def _cite(options: argparse.Namespace) -> int:
    from ..editing.cite import check_quote, cite, cite_all, omit  # noqa: PLC0415
    from ..editing.search import canonical_quote, find  # noqa: PLC0415
    from ..editing.text_tables import editable_package  # noqa: PLC0415
    from ..provenance.source_text import read_source  # noqa: PLC0415

    if options.all != (options.quote is None) or (options.all and options.at):
        options.parser.error("give either a QUOTE or --all, and --at only with a QUOTE")
    source = read_source(options.file)
    if options.all:
        rows, problems = cite_all(editable_package(options.package), source)
        for row in rows:
            print("cited:", visible(",".join(row.values())))
        if problems:
            print(FORMATS["text"](problems))
        print(f"cells now cited: {len(rows)}; still without evidence: {len(problems)}")
        return PROBLEMS if problems else VALID
    quote = canonical_quote(options.quote)
    if options.cell:
        print(visible(cite(editable_package(options.package), source, quote, tuple(options.cell), options.at)))
    elif options.omit is not None:
        print(visible(omit(editable_package(options.package), source, quote, options.omit, options.at)))
    else:
        check_quote(open_package(package_directory(options.package)), source, quote)
        for location in find(source, quote, options.at):
            print(location.in_context(source))
    return VALID


def _add_source(options: argparse.Namespace) -> int:
    from ..editing.add_source import add_source  # noqa: PLC0415
    from ..editing.text_tables import editable_package  # noqa: PLC0415
    from ..provenance.source_text import read_source  # noqa: PLC0415

    day = options.published_on.isoformat() if options.published_on else ""
    given = {"title_zh": options.title, "title_en": options.title_en, "url": options.url, "published_on": day}
    for line in add_source(editable_package(options.package), read_source(options.file), options.id, given):
        print(visible(line))
    return VALID
