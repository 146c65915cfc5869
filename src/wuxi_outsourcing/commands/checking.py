"""`verify` and `validate`: whether the package is right."""

import argparse
from pathlib import Path

from ..package import DESCRIPTOR, installed
from ..problem import Unusable
from ..report import FORMATS
from . import PROBLEMS, VALID
from .progress import progress


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the parser."""
    command = commands.add_parser("verify", help="check every citation against a copy of the article")
    command.add_argument("file", metavar="FILE", help="the article as plain text in UTF-8")
    command.set_defaults(run=_verify)

    command = commands.add_parser("validate", help="check a data package; needs the extra [validate]")
    command.add_argument(
        "directory",
        metavar="DIRECTORY",
        nargs="?",
        type=Path,
        help=f"the folder that holds {DESCRIPTOR}; by default this one, or else the installed package",
    )
    command.add_argument(
        "--source", metavar="FILE", action="append", default=[], help="a copy of an article to verify against"
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="how to write the problems")
    command.set_defaults(run=_validate)


def _verify(options: argparse.Namespace) -> int:
    from ..source_text import read_source  # noqa: PLC0415  (hashing is slow to import, and only two commands need it)
    from ..verification import check  # noqa: PLC0415

    result = check(read_source(options.file), installed())
    if result.problems:
        print(FORMATS["text"](result.problems))
    print(result)
    return PROBLEMS if result.problems else VALID


def _validate(options: argparse.Namespace) -> int:
    from ..validation import check  # noqa: PLC0415  (needs an extra that reading does without)
    from ..verification import verify  # noqa: PLC0415

    here = Path() if Path(DESCRIPTOR).is_file() else installed().root
    directory = options.directory or here
    try:
        with progress() as told:
            problems = check(directory, sources=options.source, progress=told)
    except Unusable as unusable:
        # Whoever reads annotations or a summary never sees the line that goes to the error stream.
        if options.format in ("github", "markdown"):
            print(FORMATS[options.format]([unusable.problem]))
        raise
    if problems or options.format in ("json", "markdown"):
        print(FORMATS[options.format](problems))
    if options.format == "text":
        for source in options.source:
            print(verify(source, directory))
        print(f"{len(problems)} problem(s) in {directory.resolve()}" if problems else f"valid: {directory.resolve()}")
    return PROBLEMS if problems else VALID
