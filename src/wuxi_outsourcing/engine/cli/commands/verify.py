"""Check every citation against a copy of the article."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from ...opening import open_package
from .. import PROBLEMS, VALID
from ..arguments import add_article, add_json, add_package
from ..package_folder import folder_of
from ..terminal import json_output, prose

EXAMPLE = "verify article.txt"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_article(parser)
    add_json(parser, "an object with the counts and the problems")
    add_package(parser)


def run(options: Namespace) -> int:
    """Print the problems, and how many citations hold."""
    result = open_package(folder_of(options.package)).verify(options.file)
    if options.json:
        print(json_output(asdict(result)))
    else:
        for problem in result.problems:
            print(problem)
        print(prose(str(result)))
    return PROBLEMS if result.problems else VALID
