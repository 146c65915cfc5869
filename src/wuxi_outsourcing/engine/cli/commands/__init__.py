"""The commands: a module for each, of the command's name.

A module has its help text as docstring, an `EXAMPLE`, `register(parser)`, which adds the command's arguments, and
`run(options)`, which runs it and returns the exit status.
"""

COMMANDS = (
    "tables",
    "show",
    "describe",
    "evidence",
    "corroborations",
    "cite",
    "verify",
    "validate",
    "format",
    "quote",
    "add-source",
    "diff",
    "export",
)
"""The commands, in the order in which `--help` lists them."""
