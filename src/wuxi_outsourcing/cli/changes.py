"""`diff`: what differs between two versions of the package."""

import argparse

from . import VALID


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "diff",
        help="show what differs between two versions of the package, and the version bump that it calls for",
        description="What differs between two versions of the package, by table, row and field, most important first, "
        "with the quotes behind the cells. Rows are compared by their primary key and cells as text: neither order nor "
        "quoting matters. A renamed row or column is one removed and one added. Two sources that give different "
        "figures for one indicator are two rows; each is listed with its source.",
        epilog="A name stands for the folder of that name, or else for a git revision (branch, tag, commit, HEAD~1 …) "
        "of the current folder; nothing in the checkout is touched. Version bump: patch for notes, translations, "
        "locations of quotes and descriptions; minor for rows, values, tables, columns or terms added, or values and "
        "definitions corrected; major for a table, column, ID or term removed or renamed. Exit status: 0 it ran, 2 it "
        "could not run.",
    )
    command.add_argument(
        "old",
        metavar="OLD",
        nargs="?",
        help="a folder or a git revision; by default the installed release, or HEAD if this runs from a checkout",
    )
    command.add_argument(
        "new", metavar="NEW", nargs="?", help="a folder or a git revision; by default the current folder"
    )
    command.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="how to write it")
    command.set_defaults(run=_diff)


def _diff(options: argparse.Namespace) -> int:
    from ..diff import diff  # noqa: PLC0415  (only this command needs it)
    from ..diff.report import FORMATS  # noqa: PLC0415

    print(FORMATS[options.format](diff(options.old, options.new)))
    return VALID
