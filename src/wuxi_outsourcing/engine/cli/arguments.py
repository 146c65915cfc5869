"""Arguments that several commands have."""

from argparse import ArgumentParser
from pathlib import Path

from ..package import DESCRIPTOR

PACKAGE_HELP = f"the folder that holds {DESCRIPTOR}; by default this one, or else the installed package"


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
    parser.add_argument("file", metavar="FILE", help="the article as plain text in UTF-8")
