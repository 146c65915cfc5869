"""Print how to cite the package."""

from argparse import ArgumentParser, Namespace

from ...opening import open_package
from ...problems import visible
from .. import VALID
from ..arguments import add_package
from ..package_folder import folder_of
from ..terminal import prose

EXAMPLE = "cite --bibtex"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--bibtex", action="store_true", help="as an entry for BibTeX")
    add_package(parser)


def run(options: Namespace) -> int:
    """Print the citation: one line of text, or an entry for BibTeX."""
    package = open_package(folder_of(options.package))
    if options.bibtex:
        for line in package.citation("bibtex").split("\n"):
            print(visible(line))
    else:
        print(prose(package.citation()))
    return VALID
