"""The command line: `wuxi-outsourcing`.

Exit status: 0 all is well, 1 problems were found, 2 it could not run.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from .commands import COULD_NOT_RUN, MODULES, VALID
from .package import UnknownName, installed
from .problem import Unusable


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # The tables are Chinese, whatever the terminal or the pipe is set to.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser(given).parse_args(given)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except Unusable as unusable:
        print(unusable.problem, file=sys.stderr)
        return COULD_NOT_RUN
    except (UnknownName, ImportError) as error:
        print(f"wuxi-outsourcing: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    except BrokenPipeError:
        # `| head` has seen enough. Python would complain once more when it closes the stream.
        sys.stdout = None
        return VALID
    return status


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of the command that is given, or of all commands where none is, as for `--help`."""
    parser = argparse.ArgumentParser(
        prog="wuxi-outsourcing",
        description="Service outsourcing in Wuxi: typed tables, each cell traced to the printed characters.",
        epilog="Exit status: 0 all is well, 1 problems were found, 2 it could not run.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {installed().version}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    wanted = [module for module, names in MODULES.items() if given and given[0] in names] or MODULES
    for module in wanted:
        import_module(f".commands.{module}", __package__).add(commands)
    return parser
