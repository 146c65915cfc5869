"""Check a data package; needs the extra [validate]."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ...package import Package
from ...problems import Unusable, counted, visible
from .. import PROBLEMS, VALID
from ..arguments import PACKAGE_HELP, add_formats
from ..package_folder import folder_of
from ..problem_formats import FORMATS

EXAMPLE = "validate . --source article.txt"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("directory", metavar="DIRECTORY", nargs="?", type=Path, help=PACKAGE_HELP)
    parser.add_argument(
        "--source",
        metavar="FILE",
        action="append",
        default=[],
        help="verify this copy of an article too",
    )
    add_formats(parser, FORMATS, "an array of objects with file, line, column, message and fix")
    parser.add_argument(
        "--allow-stale",
        action="store_true",
        help="do not report sizes and hashes that are out of date",
    )


def run(options: Namespace) -> int:
    """Print the problems and, as text, the verdict."""
    directory = folder_of(options.directory)
    write = FORMATS[options.format]
    try:
        result = Package(directory).validate(sources=options.source)
    except Unusable as unusable:
        # Whoever reads annotations or a summary never sees the line that goes to the error stream.
        if options.format != "text":
            print(write([unusable.problem]))
        raise
    problems = list(result.problems)
    if not options.allow_stale:
        problems += result.stale
    if problems or options.format in ("json", "markdown"):
        print(write(problems))
    if options.format == "text":
        for verification in result.verifications:
            print(verification)
        verdict = f"{counted(len(problems), 'problem')} in" if problems else "valid:"
        print(visible(f"{verdict} {directory.resolve()}"))
    return PROBLEMS if problems else VALID
