"""The parser of the command line: the program's own options, and its commands."""

import argparse
from importlib import import_module
from typing import NoReturn

from ..problems import visible
from . import PROGRAM
from .commands import COMMANDS


class Parser(argparse.ArgumentParser):
    """A parser that repeats what it was given without what a terminal would obey."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and the message, and exit with status 2."""
        super().error(visible(message))


def make_parser(given: str | None) -> Parser:
    """The parser of the command that is given, or of all commands where none is, as for `--help`."""
    parser = Parser(
        prog=PROGRAM,
        description="Service outsourcing in Wuxi: typed tables, each cell traced to the printed characters.",
        epilog="Exit status: 0 valid, 1 problems found, 2 could not run.",
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    parser.set_defaults(parser=parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    names = [given] if given in COMMANDS else COMMANDS
    for name in names:
        module = import_module(f".commands.{name.replace('-', '_')}", __package__)
        command = commands.add_parser(
            name,
            help=module.__doc__,
            description=module.__doc__,
            epilog=f"Example: {PROGRAM} {module.EXAMPLE}",
        )
        command.set_defaults(parser=command, run=module.run)
        module.register(command)
    return parser
