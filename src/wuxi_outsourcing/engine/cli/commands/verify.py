"""Check every citation against a copy of the article."""

from argparse import ArgumentParser, Namespace

from ...opening import open_package
from ...problems import visible
from .. import PROBLEMS, VALID
from ..arguments import add_article, add_package
from ..package_folder import folder_of

EXAMPLE = "verify article.txt"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_article(parser)
    add_package(parser)


def run(options: Namespace) -> int:
    """Print the problems, and how many citations hold."""
    result = open_package(folder_of(options.package)).verify(options.file)
    for problem in result.problems:
        print(problem)
    print(visible(str(result)))
    return PROBLEMS if result.problems else VALID
