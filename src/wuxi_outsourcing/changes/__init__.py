"""What differs between two versions of the package, by key and field, and the version step that it calls for.

`sides` reads a folder or, with `git`, a revision; `pairs` pairs tables, columns and rows off; `definitions`, `rows` and
`citations` say what differs; `step` says what it weighs; `render` and `markdown` write it.

No library for this: comparing two dicts by key is a few lines, and what the rest is about, no library knows: citations
and their cells, renamed IDs and what refers to them, vocabularies, version steps. Looked at in 2026: daff 1.4 (aligns
by composite keys, but is 11,000 generated lines that give a grid to be parsed again), csv-diff 1.2 (no key of several
columns), datacompy 1.1 (needs polars, and pandas below 3.1), deepdiff 9 (well kept, for nested objects, with two
compiled dependencies). Reading should need none of them.
"""

from pathlib import Path

from .change import Difference
from .compare import compare
from .sides import Folder, default_files, files_of, read_side


def diff(old: str | Path | None = None, new: str | Path | None = None) -> Difference:
    """What differs between two data packages, by table, row and field, most important first.

    Each is a folder or, as a `str`, a git revision of the current folder. `new` is the current folder if not given;
    `old` is the installed release, or `HEAD` where the code runs from a checkout. Cells are compared as text, rows by
    their primary key, so that order and quoting do not matter. Reads files alone, by the standard library. Raises
    Unusable for what can't be read.

    >>> import wuxi_outsourcing as wx
    >>> folder = wx.path("policies").parents[1]
    >>> wx.diff(folder, folder).changes
    ()
    """
    # The new side first: where there is no package at all, that is what is wrong.
    after = read_side(Folder(Path(), "this folder") if new is None else files_of(new))
    return compare(read_side(default_files() if old is None else files_of(old)), after)
