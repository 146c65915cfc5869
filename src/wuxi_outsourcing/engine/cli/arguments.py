"""Arguments that several commands have."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from ..frames import LANGUAGES
from ..package import DESCRIPTOR

PACKAGE_HELP = (
    f"the folder that holds {DESCRIPTOR}; by default this one or its nearest parent, or else the installed package"
)


def add_package(parser: ArgumentParser) -> None:
    """`--package`: the folder of the package to act on."""
    parser.add_argument("--package", metavar="DIRECTORY", type=Path, help=PACKAGE_HELP)


def add_table(parser: ArgumentParser) -> None:
    """`TABLE`: the name of a table."""
    parser.add_argument("table", metavar="TABLE", help="the name of a table, as `tables` lists it")


def add_row(parser: ArgumentParser) -> None:
    """`TABLE ROW`: a row, by table and primary key."""
    add_table(parser)
    parser.add_argument("row", metavar="ROW", help="the value of the row's primary key")


def add_article(parser: ArgumentParser) -> None:
    """`FILE`: a copy of an article."""
    parser.add_argument("file", metavar="FILE", help="a copy of the article: plain text, or a page saved as HTML")


def add_language(parser: ArgumentParser, *, default: str | None, help_text: str) -> None:
    """`--lang`: the language of what the data and the schemas say."""
    parser.add_argument("--lang", choices=LANGUAGES, default=default, help=help_text)


def add_json(parser: ArgumentParser, what: str) -> None:
    """`--json`: the data for a program, whose structure the help names."""
    parser.add_argument("--json", action="store_true", help=f"as JSON for a program: {what}")


def add_formats(parser: ArgumentParser, formats: Iterable[str], what: str) -> None:
    """`--json`, and `--format` for the other formats than JSON: both give `options.format`."""
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument(
        "--json",
        dest="format",
        action="store_const",
        const="json",
        default="text",
        help=f"as JSON for a program: {what}",
    )
    others = [name for name in formats if name != "json"]
    forms.add_argument("--format", choices=others, default="text", help="by default text")
