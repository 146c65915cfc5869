"""Bring CSVs and JSON files into canonical form, sizes and hashes up to date."""

from argparse import ArgumentParser, Namespace

from ...editing.editable_tables import editable_package
from ...editing.format import format_package
from ...problems import visible
from .. import PROBLEMS, VALID
from ..arguments import add_package
from ..package_folder import folder_of

EXAMPLE = "format --check"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--check",
        action="store_true",
        help="change nothing, list the files; exit status 1 if any",
    )
    parser.add_argument(
        "--from-encoding",
        choices=["gb18030"],
        default="utf-8",
        help="of the CSVs that are not UTF-8",
    )
    add_package(parser)


def run(options: Namespace) -> int:
    """Print the files that were, or would be, rewritten, and why others were left as they are."""
    with editable_package(folder_of(options.package)) as package:
        changes, problems = format_package(package, from_encoding=options.from_encoding, write=not options.check)
    for problem in problems:
        print(problem)
    done = "would be rewritten" if options.check else "rewritten"
    for file in changes:
        print(visible(f"{file}: {done}"))
    if not changes and not problems:
        print("all files are in canonical form")
    return PROBLEMS if problems or (changes and options.check) else VALID
