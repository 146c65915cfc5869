"""`verify` and `validate`: what is wrong with a package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..package import open_package, package_directory
from ..problems import Unusable, counted
from . import PACKAGE_HELP, PROBLEMS, VALID, add_package_option
from .report import FORMATS

if TYPE_CHECKING:
    import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the parser."""
    command = commands.add_parser("verify", help="check every citation against a copy of the article")
    command.add_argument("file", metavar="FILE", help="the article as plain text in UTF-8")
    add_package_option(command)
    command.set_defaults(run=_verify)

    command = commands.add_parser("validate", help="check a data package; needs the extra [validate]")
    command.add_argument("directory", metavar="DIRECTORY", nargs="?", type=Path, help=PACKAGE_HELP)
    command.add_argument(
        "--source",
        metavar="FILE",
        action="append",
        default=[],
        help="a copy of an article to verify the citations against; may be given several times",
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="how to write the problems")
    command.add_argument(
        "--allow-stale",
        action="store_true",
        help="report sizes and hashes that are not those of the files, but do not fail for them",
    )
    command.set_defaults(run=_validate)


def _verify(options: argparse.Namespace) -> int:
    from ..provenance.source_text import read_source  # noqa: PLC0415  (hashing is slow to import)
    from ..provenance.verification import verify_source  # noqa: PLC0415

    result = verify_source(read_source(options.file), open_package(package_directory(options.package)))
    if result.problems:
        print(FORMATS["text"](result.problems))
    print(result)
    return PROBLEMS if result.problems else VALID


def _validate(options: argparse.Namespace) -> int:
    from ..validation import check_package  # noqa: PLC0415  (needs an extra that reading does without)

    directory = package_directory(options.directory)
    write = FORMATS[options.format]
    try:
        result = check_package(directory, sources=options.source)
    except Unusable as unusable:
        # Whoever reads annotations or a summary never sees the line that goes to the error stream.
        if options.format != "text":
            print(write([unusable.problem]))
        raise
    problems = [*result.problems, *([] if options.allow_stale else result.stale)]
    stale = result.stale if options.allow_stale else []
    if problems or stale or options.format in ("json", "markdown"):
        print(write(problems, stale))
    if options.format == "text":
        print(*result.verifications, sep="\n", end="\n" * bool(result.verifications))
        name = directory.resolve()
        print(f"{counted(len(problems), 'problem')} in {name}" if problems else f"valid: {name}")
    return PROBLEMS if problems else VALID
