"""Show what differs between two versions, by row and field."""

from argparse import ArgumentParser, Namespace

from ...diff import diff
from ...diff.report import FORMATS
from .. import VALID
from ..arguments import add_formats

EXAMPLE = "diff HEAD"
_VERSION = "a folder or a git revision (branch, tag, commit, HEAD~1 …); by default the"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "old",
        metavar="OLD",
        nargs="?",
        help=f"{_VERSION} installed release, or HEAD if this runs from a checkout",
    )
    parser.add_argument("new", metavar="NEW", nargs="?", help=f"{_VERSION} current folder")
    add_formats(parser, FORMATS, "an object with old, new and the list of changes")


def run(options: Namespace) -> int:
    """Print the differences."""
    difference = diff(options.old, options.new)
    print(FORMATS[options.format](difference))
    return VALID
