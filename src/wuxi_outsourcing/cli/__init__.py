"""The command line: `wuxi-outsourcing`.

Each module here adds its commands to the parser. What a command needs is imported when it runs, its module included,
so that the others start at once. A command returns its exit status.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from ..package import DESCRIPTOR, installed
from ..problems import UnknownName, Unusable, visible

VALID, PROBLEMS, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130
PACKAGE_HELP = f"the folder that holds {DESCRIPTOR}; by default this one, or else the installed package"
# The commands, each with the module that adds it.
COMMANDS = {
    "tables": "reading",
    "show": "reading",
    "describe": "reading",
    "evidence": "reading",
    "corroborations": "reading",
    "verify": "checking",
    "validate": "checking",
    "format": "editing",
    "cite": "editing",
    "add-source": "editing",
    "diff": "changes",
    "export": "exporting",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # The tables are Chinese, whatever the terminal or the pipe is set to.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    given = sys.argv[1:] if arguments is None else arguments
    try:
        options = _parser(given).parse_args(given)
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # `| head` has seen enough. Python would complain once more when it closes the stream.
        sys.stdout = None
        return VALID
    except Unusable as unusable:
        print(unusable.problem, file=sys.stderr)
    except (UnknownName, ImportError, OSError) as error:
        print(f"wuxi-outsourcing: {visible(str(error))}", file=sys.stderr)
    except KeyboardInterrupt:
        return INTERRUPTED
    else:
        return status
    return COULD_NOT_RUN


def add_package_option(command: argparse.ArgumentParser) -> None:
    """Add `--package`, whose value `package_directory` takes."""
    command.add_argument("--package", metavar="DIRECTORY", type=Path, help=PACKAGE_HELP)


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of the command that is given, or of all commands where none is, as for `--help`."""
    parser = argparse.ArgumentParser(
        prog="wuxi-outsourcing",
        description="Service outsourcing in Wuxi: typed tables, each cell traced to the printed characters.",
        epilog="Exit status: 0 valid, 1 problems found, 2 could not run.",
    )
    parser.add_argument(
        "--version", action="store_const", dest="run", const=_version, help="print the version and exit"
    )
    parser.set_defaults(run=_help, parser=parser)
    commands = parser.add_subparsers(metavar="COMMAND")
    modules = [COMMANDS[given[0]]] if given and given[0] in COMMANDS else dict.fromkeys(COMMANDS.values())
    for module in modules:
        import_module(f".{module}", __package__).add(commands)
    return parser


def _help(options: argparse.Namespace) -> int:
    options.parser.print_help()
    return VALID


def _version(_options: argparse.Namespace) -> int:
    print(f"wuxi-outsourcing {installed().version}")
    return VALID
