"""`diff`: what differs between two versions of the package."""

import argparse

from . import VALID

FORMATS = ("text", "markdown", "json")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "diff",
        help="show what differs between two versions of the package, and the version step that it calls for",
        description="What differs between two versions of the package, by table, row and field, most important first. "
        "Rows are compared by their primary key and cells as text: neither order nor quoting matters.",
        epilog="A name is taken for a folder if there is one of that name, or else for a git revision (branch, tag, "
        "commit, HEAD~1 …) of the current folder; nothing in the checkout is touched. Version step: patch for notes, "
        "translations, offsets and descriptions; minor for rows, values or tables added or corrected; major for a "
        "table, column, ID or term removed or renamed. Exit status: 0 it ran, 2 it could not run.",
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
    command.add_argument("--format", choices=FORMATS, default="text", help="how to write it")
    command.set_defaults(run=_diff)


def _diff(options: argparse.Namespace) -> int:
    from ..changes import diff  # noqa: PLC0415  (only this command needs it)
    from ..changes.markdown import as_markdown  # noqa: PLC0415
    from ..changes.render import as_json, as_text  # noqa: PLC0415

    write = dict(zip(FORMATS, (as_text, as_markdown, as_json), strict=True))[options.format]
    print(write(diff(options.old, options.new)))
    return VALID
