"""The commands of the command line. A module adds its commands to the parser; each runs and gives an exit status.

What a command needs beyond the standard library is imported when it runs, so that the others start at once.
"""

VALID, PROBLEMS, COULD_NOT_RUN = 0, 1, 2
