"""A copy of a package in which `wuxi-outsourcing format` and `generate.py` have run.

After the merge of a CSV alone, sizes, hashes and metadata are stale until they are refreshed. The site is made from
such a copy, so that what it offers is whole, and the folder itself stays as it is.
"""

from pathlib import Path
from shutil import copyfile

from generate import GENERATED
from wuxi_outsourcing import Unusable
from wuxi_outsourcing.editing.format import format_package
from wuxi_outsourcing.package import DESCRIPTOR, open_package

from .downloads import LICENCES, METADATA
from .questions_page import DOCUMENT


def refreshed(root: Path, copy: Path) -> Path:
    """Write into a new folder what the site needs of the package in `root`, up to date. Raises Unusable."""
    package = open_package(root)
    needed = [DESCRIPTOR, *package.paths.values(), *package.schema_files.values()]
    needed += [name for name in (*LICENCES, DOCUMENT) if (root / name).is_file()]
    for name in needed:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        copyfile(root / name, copy / name)
    _, problems = format_package(open_package(copy))
    if problems:
        raise Unusable(problems[0])
    for name in (*METADATA, DOCUMENT):
        # The questions are generated in part: without the document there is nothing to bring up to date.
        if name in METADATA or name in needed:
            (copy / name).write_text(GENERATED[name](copy), encoding="utf-8", newline="\n")
    return copy
