"""The commands of the command line. A module adds its commands to the parser; each runs and gives an exit status.

What a command needs is imported when it runs, its own module included, so that the others start at once.
"""

VALID, PROBLEMS, COULD_NOT_RUN = 0, 1, 2
# Each module here, and the commands that it adds.
MODULES = {
    "reading": ("tables", "show", "evidence"),
    "checking": ("verify", "validate"),
    "editing": ("format", "cite", "add-source"),
    "changes": ("diff",),
    "exporting": ("export",),
}
