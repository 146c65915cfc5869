"""The command line.

`commands/` has a module for each command, with its arguments and the function that runs it. `parser` imports only the
module of the command that is given, so that each command starts at once. A command returns the exit status.
"""

import os
import sys
from collections.abc import Sequence

from ..opening import installed
from ..problems import UnknownName, Unusable, visible

PROGRAM = "wuxi-outsourcing"
VALID, PROBLEMS, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(given: Sequence[str]) -> int:
    _open_streams()
    from .parser import make_parser  # noqa: PLC0415  (an interrupt while this is read is caught)

    try:
        options = make_parser(given[0] if given else None).parse_args(given)
        status = VALID
        if options.version:
            print(f"{PROGRAM} {visible(installed().version)}")
        elif options.command is None:
            options.parser.print_help()
        else:
            status = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # `| head` has seen enough. Python would complain once more when it closes the stream.
        sys.stdout = None
        return VALID
    except Unusable as unusable:
        print(unusable.problem, file=sys.stderr)
    except (UnknownName, ImportError, OSError) as error:
        print(f"{PROGRAM}: {visible(str(error))}", file=sys.stderr)
        if isinstance(error, OSError):
            # Where the disk behind the output is full, Python would complain once more when it closes the stream.
            sys.stdout = None
    else:
        return status
    return COULD_NOT_RUN


def _open_streams() -> None:
    """Make both streams take Chinese, whatever the terminal or the pipe is set to, and open those that are closed."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # For as long as the process runs, also so that no file of the package gets the number of the stream.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        getattr(sys, name).reconfigure(encoding="utf-8", errors="replace")
