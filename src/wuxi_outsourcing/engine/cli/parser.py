"""The parser of the command line: the program's own options, and its commands."""

import argparse
from importlib import import_module
from shutil import get_terminal_size
from typing import NoReturn

from ..problems import visible
from . import PROGRAM
from .commands import COMMANDS
from .terminal import wrapped


class Parser(argparse.ArgumentParser):
    """A parser that repeats what it was given without what a terminal would obey."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and the message, and exit with status 2."""
        super().error(visible(message))


def make_parser(given: str | None) -> Parser:
    """The parser of the command that is given, or of all commands where none is, as for `--help`."""
    description = "Read, check and edit a cited data package, in which each cell is traced to its source."
    parser = Parser(
        prog=PROGRAM,
        description=description,
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
            description=_wrapped(module.__doc__ or ""),
            epilog=f"example:\n  {PROGRAM} {module.EXAMPLE}",
            # The example is a command to copy: it stays on one line.
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(parser=command, run=module.run)
        module.register(command)
    return parser


def _wrapped(text: str) -> str:
    """A description, wrapped as argparse wraps the help below it."""
    width = get_terminal_size().columns - 2
    return "\n".join(wrapped(text, width))
