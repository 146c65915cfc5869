"""The commands and their arguments."""

import argparse
import re
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from ..package import DESCRIPTOR
from ..problems import visible


def _location(text: str) -> tuple[int, int | None]:
    match = re.fullmatch("([1-9][0-9]{0,5})(?::([0-9]{1,7}))?", text, re.ASCII)
    if not match:
        raise argparse.ArgumentTypeError(f"not PARAGRAPH or PARAGRAPH:START, such as 3 or 3:49: {text!r}")
    return int(match[1]), int(match[2]) if match[2] else None


# Each command with the module of its function, its positional arguments, and what it does.
COMMANDS = {
    "tables": ("reading", "", "list the tables"),
    "show": ("reading", "TABLE", "print the rows of a table"),
    "describe": ("reading", "TABLE", "print the schema of a table: keys, fields, terms, provenance"),
    "evidence": ("reading", "TABLE ROW FIELD?", "print the citations behind a row or a cell"),
    "corroborations": ("reading", "TABLE ROW", "print what other public sources say about a row"),
    "verify": ("articles", "FILE", "check every citation against a copy of the article"),
    "validate": ("packages", "DIRECTORY?", "check a data package; needs the extra [validate]"),
    "format": ("packages", "", "bring CSVs and JSON files into canonical form, sizes and hashes up to date"),
    "cite": ("articles", "FILE QUOTE?", "find a quote in an article, and cite it; needs the extra [validate]"),
    "add-source": ("articles", "FILE", "put a new article on record; needs the extra [validate]"),
    "diff": ("packages", "OLD? NEW?", "show what differs between two versions, by row and field"),
    "export": ("packages", "DEST", "write the package as a database, Parquet, XLSX or JSON"),
}
_PACKAGE: dict[str, Any] = {
    "type": Path,
    "help": f"the folder that holds {DESCRIPTOR}; by default this one, or else the installed package",
}
_REVISION = "a folder or a git revision (branch, tag, commit, HEAD~1 …); by default the "
_POSITIONALS: dict[str, dict[str, Any]] = {
    "TABLE": {},
    "ROW": {"help": "the value of the row's primary key"},
    "FIELD": {},
    "FILE": {"help": "the article as plain text in UTF-8"},
    "QUOTE": {"help": "the printed characters; alone, only show where they are"},
    "DIRECTORY": _PACKAGE,
    "OLD": {"help": f"{_REVISION}installed release, or HEAD if this runs from a checkout"},
    "NEW": {"help": f"{_REVISION}current folder"},
    "DEST": {"type": Path, "help": "the file, or for Parquet the folder, to make; nothing is overwritten"},
}
_OPTIONS: dict[str, dict[str, dict[str, Any]]] = {
    "show": {
        "--lang": {"choices": ("en", "zh"), "help": "titles and labels in this language; by default the names"},
        "--csv": {"action": "store_true", "help": "as CSV, with every column"},
        "--json": {"action": "store_true", "help": "as a JSON array of objects"},
    },
    "validate": {
        "--source": {
            "metavar": "FILE",
            "action": "append",
            "default": [],
            "help": "verify this copy of an article too",
        },
        "--format": {"choices": ("text", "github", "json", "markdown"), "default": "text"},
        "--allow-stale": {"action": "store_true", "help": "do not report sizes and hashes that are out of date"},
    },
    "format": {
        "--check": {"action": "store_true", "help": "change nothing, list the files; exit status 1 if any"},
        "--from-encoding": {"choices": ["gb18030"], "default": "utf-8", "help": "of the CSVs that are not UTF-8"},
    },
    "cite": {
        "--for": {"dest": "cell", "metavar": ("TABLE", "ROW", "FIELD"), "nargs": 3, "help": "cite it for this cell"},
        "--omit": {"metavar": "REASON", "help": "declare that its figure is in no cell, and why"},
        "--all": {"action": "store_true", "help": "cite every cell that lacks evidence and is printed in one place"},
        "--at": {"metavar": "PARAGRAPH[:START]", "type": _location, "help": "the place, if it is printed in several"},
    },
    "add-source": {
        "--id": {"required": True, "help": "a short ID: lower case, digits, hyphens"},
        "--title": {"required": True, "help": "the title as the article prints it"},
        "--url": {"required": True, "help": "the public address of the article"},
        "--title-en": {"metavar": "TITLE", "default": "", "help": "the title in English"},
        "--published-on": {"metavar": "DAY", "type": date.fromisoformat, "help": "printed there, as 2024-03-05"},
    },
    "diff": {"--format": {"choices": ("text", "markdown", "json"), "default": "text"}},
    "export": {
        "--to": {
            "metavar": "FORMAT",
            "required": True,
            "help": "sqlite, parquet*, xlsx* or json (*: extra [export])",
        }
    },
}
# Of those of a command, one can be given.
_EXCLUSIVE = {"--csv", "--json", "--for", "--omit", "--all"}


class _Parser(argparse.ArgumentParser):
    """A parser that repeats what it was given without what a terminal would obey."""

    def error(self, message: str) -> NoReturn:
        super().error(visible(message))


def make_parser(given: str | None) -> argparse.ArgumentParser:
    """The parser of the command that is given, or of all commands where none is, as for `--help`."""
    parser = _Parser(
        prog="wuxi-outsourcing",
        description="Service outsourcing in Wuxi: typed tables, each cell traced to the printed characters.",
        epilog="Exit status: 0 valid, 1 problems found, 2 could not run.",
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    parser.set_defaults(parser=parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in [given] if given in COMMANDS else COMMANDS:
        _, positionals, text = COMMANDS[name]
        command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        command.set_defaults(parser=command)
        for word in positionals.split():
            argument = word.rstrip("?")
            nargs = "?" if word.endswith("?") else None
            command.add_argument(argument.lower(), metavar=argument, nargs=nargs, **_POSITIONALS[argument])
        options = _OPTIONS.get(name, {})
        exclusive = command.add_mutually_exclusive_group() if _EXCLUSIVE & options.keys() else command
        for option, details in options.items():
            (exclusive if option in _EXCLUSIVE else command).add_argument(option, **details)
        if name not in ("validate", "diff"):
            command.add_argument("--package", metavar="DIRECTORY", **_PACKAGE)
    return parser
