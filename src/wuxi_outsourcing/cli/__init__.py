"""The command line: `wuxi-outsourcing`.

`arguments` lists the commands and their arguments. The module with a command's function is imported when it runs, so
that the others start at once. A function returns the exit status.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

from ..package import installed
from ..problems import UnknownName, Unusable, visible
from .arguments import COMMANDS, make_parser

VALID, PROBLEMS, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # The tables are Chinese, whatever the terminal or the pipe is set to.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    given = sys.argv[1:] if arguments is None else arguments
    try:
        options, status = make_parser(given[0] if given else None).parse_args(given), VALID
        if options.version:
            print(f"wuxi-outsourcing {installed().version}")
        elif options.command is None:
            options.parser.print_help()
        else:
            module = import_module(f".{COMMANDS[options.command][0]}", __package__)
            status = getattr(module, f"run_{options.command.replace('-', '_')}")(options)
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
