"""What differs between two versions of the package, by key and field.

Looked at in 2026 and not used: daff, csv-diff, datacompy and deepdiff. None knows citations, and one or the other
lacks composite keys, needs compiled dependencies or gives a grid that has to be parsed again.
"""

from pathlib import Path

from ..opening import enclosing_package
from .changes import Difference
from .compare import compare
from .versions import default_version, read_version


def diff(old: str | Path | None = None, new: str | Path | None = None) -> Difference:
    """What differs between two data packages, by table, row and field.

    Each is a folder or, as a `str`, a git revision of the current folder. `new` is the package of the current folder,
    or of its nearest parent that has one, if not given; `old` is the installed release, or `HEAD` where the code runs
    from a checkout. Cells are compared as text, rows by their primary key, so that order and quoting do not matter; a
    renamed row is one removed and one added, and a column that one of them lacks is empty there. Tables come in the
    order of the descriptor, but sources and paragraphs first; rows in the order of the files. Raises Unusable for what
    cannot be read.

    >>> import wuxi_outsourcing as wx
    >>> folder = wx.path("policies").parents[1]
    >>> wx.diff(folder, folder).changes
    ()
    """
    # The new one first: where there is no package at all, that is what is wrong.
    here = enclosing_package() or Path()
    after = read_version(here if new is None else new, checkout=here)
    before = default_version(here) if old is None else read_version(old, checkout=here)
    return Difference(before.title, after.title, tuple(compare(before, after)))
